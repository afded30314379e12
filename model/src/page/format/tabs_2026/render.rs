//! Writing pages.

use super::{
    FIELDS_INTRODUCTION, METHODS_INTRODUCTION, NOTATION, PARAMS_INTRODUCTION, UNSUPPORTED,
    examples, heading, tabs,
};
use crate::page::model::{ExampleSection, FieldTab, Page, Select};
use crate::page::notation::{FIELD_COLUMNS, METHOD_COLUMNS_2026};
use crate::page::overview;
use crate::page::syntax::{CodeSyntax, PARAM_ID};

/// Writes `page`.
pub(in crate::page::format) fn page(page: &Page) -> String {
    let name = if page.layout.copyable_name { CodeSyntax::Component } else { CodeSyntax::Element };
    let overview = overview::render(&page.overview, name, CodeSyntax::Component);
    let methods = page.methods.iter().map(|method| row("", &NOTATION.method_cells(method)));
    let params = page.params.iter().map(|param| {
        row(&format!(" id=\"{PARAM_ID}{}\"", *param.name), &NOTATION.field_cells(param))
    });
    let examples: Vec<String> = page.examples.iter().map(example_section).collect();
    [
        page.front_matter.render(),
        preamble(page),
        format!("## Overview\n{overview}"),
        format!("\n## Fields\n\n{FIELDS_INTRODUCTION}\n\n{}", fields(page)),
        format!(
            "\n## Methods\n\n{METHODS_INTRODUCTION}\n\n{}",
            table(&METHOD_COLUMNS_2026, methods)
        ),
        format!("\n## Parameters\n\n{PARAMS_INTRODUCTION}\n\n{}", table(&FIELD_COLUMNS, params)),
        // The first section of examples follows a table, the others follow tabs and have one more empty line.
        if examples.is_empty() { "" } else { "\n" }.to_owned(),
        examples.join("\n\n"),
    ]
    .concat()
}

fn preamble(page: &Page) -> String {
    let imports = page.layout.imports.join("\n");
    let parts = [imports.as_str(), page.introduction.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let end = if parts.is_empty() { "" } else { "\n\n" };
    format!("\n{}{end}", parts.join("\n\n"))
}

fn fields(page: &Page) -> String {
    if page.select == Select::Unsupported {
        return format!("{UNSUPPORTED}\n\n");
    }
    let list: Vec<_> = page.field_tabs.iter().map(|tab| (&**tab.method, &**tab.method)).collect();
    let content: String = page.field_tabs.iter().map(field_tab).collect();
    tabs::render(&list, &content)
}

fn field_tab(FieldTab { method, prose, fields }: &FieldTab) -> String {
    let rows = fields.iter().map(|field| row("", &NOTATION.field_cells(field)));
    tabs::render_tab(method, prose, &table(&FIELD_COLUMNS, rows))
}

fn row(id: &str, cells: &[String]) -> String {
    format!("<tr{id}>\n    <td>{}</td>\n</tr>\n", cells.join("</td>\n    <td>"))
}

fn table(columns: &[&str], rows: impl Iterator<Item = String>) -> String {
    let header = columns.join("</th>\n    <th>");
    let rows: String = rows.collect();
    format!(
        "<table>\n<thead>\n    <tr>\n    <th>{header}</th>\n    </tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn example_section(section: &ExampleSection) -> String {
    let examples = &section.examples;
    let list: Vec<_> = examples.iter().map(|example| (&**example.label, &*example.value)).collect();
    let content: String = examples.iter().map(examples::render).collect();
    format!("## {}\n\n{}", heading(section.kind), tabs::render(&list, &content))
}
