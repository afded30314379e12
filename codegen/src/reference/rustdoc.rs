//! The documentation of a resource's module.

use super::page::setters;
use super::table::table;
use crate::lower::{Method, Resource, Service};
use crate::prose;

/// The documentation of the module of `resource`, in rustdoc's Markdown: its row and its methods.
#[must_use]
pub fn module_docs(service: &Service, resource: &Resource) -> String {
    let rows = resource.row.as_ref().map_or_else(String::new, |row| {
        format!(" Each row is an instance of [`{}`].", row.name.name.plain())
    });
    let methods = resource.methods.iter().map(|method| row(resource, method));
    format!(
        "The resource `{}` of {}.{rows}\n\n{}",
        resource.id,
        prose::to_markdown(&service.bound.metadata.full_name),
        table(["Method", "Required params", "Summary"], methods)
    )
}

fn row(resource: &Resource, method: &Method) -> [String; 3] {
    // In a link, rustdoc takes a keyword without the mark of a raw identifier.
    let link = format!("[`{}`]({}::{})", method.name, resource.handle, method.name.plain());
    [link, setters(method.required()), prose::summary(&method.bound.documentation)]
}
