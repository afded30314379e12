//! Writing a page of `tabs-2026`.

use super::methods::PARAM_ANCHOR;
use super::{
    FIELDS_INTRODUCTION, METHODS_INTRODUCTION, NOTATION, PARAMS_INTRODUCTION, UNSUPPORTED,
    examples, heading, tabs,
};
use crate::page::code::Code;
use crate::page::{Datatype, ExampleSection, FieldTab, Method, Page, Param, Select, overview};
use crate::source::Spanned;

const FIELD_HEADER: [&str; 3] = ["Name", "Datatype", "Description"];
const METHOD_HEADER: [&str; 5] =
    ["Name", "Accessible by", "Required Params", "Optional Params", "Description"];

pub(super) fn page(page: &Page) -> String {
    let name = if page.layout.copyable_name { Code::Copyable } else { Code::Element };
    let overview = overview::render(&page.overview, name, Code::Copyable);
    let methods = table(&METHOD_HEADER, page.methods.iter().map(method_row));
    let params = table(&FIELD_HEADER, page.params.iter().map(param_row));
    let examples: Vec<String> = page.examples.iter().map(example_section).collect();
    [
        page.front_matter.render(),
        preamble(page),
        format!("## Overview\n{overview}"),
        format!("\n## Fields\n\n{FIELDS_INTRODUCTION}\n\n{}", fields(page)),
        format!("\n## Methods\n\n{METHODS_INTRODUCTION}\n\n{methods}"),
        format!("\n## Parameters\n\n{PARAMS_INTRODUCTION}\n\n{params}"),
        // The first section of examples follows a table, the others follow tabs, which have a line
        // more behind them.
        if examples.is_empty() { String::new() } else { "\n".to_owned() },
        examples.join("\n\n"),
    ]
    .concat()
}

fn preamble(page: &Page) -> String {
    let imports = page.layout.imports.join("\n");
    let parts = [imports.as_str(), page.introduction.as_str()];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    std::iter::once("\n".to_owned()).chain(parts.map(|part| format!("{part}\n\n"))).collect()
}

fn fields(page: &Page) -> String {
    if page.select == Select::Unsupported {
        return format!("{UNSUPPORTED}\n\n");
    }
    let list = page.field_tabs.iter().map(|tab| (tab.method.as_str(), tab.method.as_str()));
    let tabs: Vec<String> = page.field_tabs.iter().map(field_tab).collect();
    format!("{}{}</Tabs>\n", tabs::render_list(list), tabs.concat())
}

fn field_tab(tab: &FieldTab) -> String {
    let FieldTab { method, prose, fields } = tab;
    let prose = if prose.is_empty() { String::new() } else { format!("{}\n\n", **prose) };
    let rows = fields.iter().map(|field| {
        let spelling = field.description_spelling.as_ref();
        row(None, &named_cells(&field.name, &field.datatype, &field.description, spelling))
    });
    format!("<TabItem value=\"{}\">\n\n{prose}{}</TabItem>\n", **method, table(&FIELD_HEADER, rows))
}

fn method_row(method: &Method) -> String {
    let name = method.full_name.as_str();
    let cells = [
        format!("<a href=\"#{name}\">{}</a>", NOTATION.name.render(name)),
        NOTATION.access.render(&NOTATION.spell_access(*method.access)),
        param_links(&method.required_params),
        param_links(&method.optional_params),
        NOTATION.spell(&method.description, method.description_spelling.as_ref()),
    ];
    row(None, &cells)
}

fn param_links(params: &[Spanned<String>]) -> String {
    let link = |param: &Spanned<String>| {
        format!("<a href=\"#{PARAM_ANCHOR}{}\">{}</a>", **param, Code::Element.render(param))
    };
    params.iter().map(link).collect::<Vec<_>>().join(", ")
}

fn param_row(param: &Param) -> String {
    let spelling = param.description_spelling.as_ref();
    let cells = named_cells(&param.name, &param.datatype, &param.description, spelling);
    row(Some(&format!("{PARAM_ANCHOR}{}", *param.name)), &cells)
}

fn named_cells(
    name: &str,
    datatype: &Datatype,
    description: &str,
    spelling: Option<&String>,
) -> [String; 3] {
    [
        NOTATION.name.render(name),
        NOTATION.datatype.render(&datatype.to_string()),
        NOTATION.spell(description, spelling),
    ]
}

fn row(id: Option<&str>, cells: &[String]) -> String {
    let id = id.map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
    let cells = cells.join("</td>\n    <td>");
    format!("<tr{id}>\n    <td>{cells}</td>\n</tr>\n")
}

fn table(header: &[&str], rows: impl Iterator<Item = String>) -> String {
    let header = header.join("</th>\n    <th>");
    let rows: String = rows.collect();
    format!(
        "<table>\n<thead>\n    <tr>\n    <th>{header}</th>\n    </tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn example_section(section: &ExampleSection) -> String {
    let list =
        section.examples.iter().map(|example| (example.label.as_str(), example.value.as_str()));
    let examples: String = section.examples.iter().map(examples::render).collect();
    format!("## {}\n\n{}{examples}</Tabs>\n", heading(section.kind), tabs::render_list(list))
}
