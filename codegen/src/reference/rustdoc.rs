//! The documentation of a resource's module.

use std::fmt::Write as _;

use super::example::Sdk;
use super::table::{cell, code, table};
use super::{aws, optional, required, table::codes};
use crate::emit::{Outline, OutlineMethod};
use crate::prose;
use pagesmith_model::schema::{Method, Resource, Service};

/// What the module of `resource` says of itself, in rustdoc's Markdown: its rows and its methods, each
/// linked, and an example of each method.
#[must_use]
pub fn module_docs(service: &Service, resource: &Resource, outline: &Outline) -> String {
    let mut text = format!(
        "The resource `{}` of {}.\n",
        resource.id,
        prose::to_markdown(&service.metadata.full_name)
    );
    rows(resource, outline, &mut text);
    let methods = || resource.methods.iter().zip(&outline.methods);
    text += "\n# Methods\n\n";
    let lines: Vec<_> = methods().map(|(method, names)| row(method, names, outline)).collect();
    text += &table(
        ["Method", "Accessible by", "Required params", "Optional params", "Summary"],
        &lines,
    );
    let takes_region =
        "Every method takes `region` too, which is the client's where a call sets no other.";
    // Writing to a String cannot fail.
    let _ = write!(text, "\n{takes_region}\n\n# Examples\n");
    let sdk = Sdk { service, outline };
    for (method, names) in methods() {
        let _ = write!(text, "\n## {}", link(&outline.handle, &names.name));
        let operation = code(&method.operation);
        let _ = match aws::link(service, &method.operation) {
            Some(link) => write!(text, "\n\nThe operation [{operation}]({link})."),
            None => write!(text, "\n\nThe operation {operation}."),
        };
        if !names.errors.is_empty() {
            let _ = write!(text, " It can fail with {}.", errors(names));
        }
        let _ = write!(text, "\n\n{}", sdk.block(method, names));
    }
    text
}

/// A link to `item` of the type `of`. In a link, rustdoc takes a keyword as it is.
fn link(of: &str, item: &str) -> String {
    format!("[`{item}`]({of}::{})", item.trim_start_matches("r#"))
}

fn errors(names: &OutlineMethod) -> String {
    let links: Vec<String> = names
        .errors
        .iter()
        .map(|(name, variant)| format!("[{}](super::ErrorCode::{variant})", code(name)))
        .collect();
    links.join(", ")
}

fn rows(resource: &Resource, outline: &Outline, text: &mut String) {
    let (Some(row), Some(name)) = (&resource.row, &outline.row) else {
        return;
    };
    let lines: Vec<_> = row
        .members
        .iter()
        .zip(&outline.fields)
        .map(|(member, field)| {
            [
                link(name, &field.name),
                code(&field.takes.replace("super::types::", "")),
                cell(member.documentation.as_deref().unwrap_or_default()),
            ]
        })
        .collect();
    let _ = write!(text, "\n# Rows\n\nEach is one [`{name}`].\n\n");
    *text += &table(["Field", "Type", "Description"], &lines);
}

fn row(method: &Method, names: &OutlineMethod, outline: &Outline) -> [String; 5] {
    [
        link(&outline.handle, &names.name),
        code(method.access.name()),
        codes(required(method, names).map(|(_, setter)| setter.name.as_str())),
        codes(optional(method, names).map(|(_, setter)| setter.name.as_str())),
        prose::summary(&method.documentation),
    ]
}
