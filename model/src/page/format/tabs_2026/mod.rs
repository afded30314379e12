//! `tabs-2026`: HTML tables, a tab for each method, a table of params, and examples.
//!
//! ```text
//! <TabItem value="list_mfa_devices">
//!
//! <table>
//! …
//! <tr>
//!     <td><CopyableCode code="EnableDate" /></td>
//!     <td><code>string</code></td>
//!     <td>The date when the MFA device was enabled for the user.</td>
//! </tr>
//! ```
//!
//! The parts of a section have a fixed order. Reading of a section ends at the first part that is misplaced; the other
//! sections are still read.

mod examples;
mod tabs;

use std::collections::HashSet;

use super::sections;
use crate::page::cursor::{self, Cursor, Misplaced};
use crate::page::dialect::Dialect;
use crate::page::front_matter::FrontMatter;
use crate::page::markdown::Document;
use crate::page::model::{
    Access, ExampleKind, ExampleSection, Field, FieldTab, Layout, Method, Page, Select,
};
use crate::page::notation::{FIELD_COLUMNS, METHOD_COLUMNS_2026, Notation};
use crate::page::problems::{PARAM_ONCE, Problems};
use crate::page::syntax::{self, CodeSyntax, NameSyntax, PARAM_ID};
use crate::page::{overview, rules};
use crate::source::Spanned;
use crate::words;

const NOTATION: Notation = Notation {
    overview_names: &[CodeSyntax::Component, CodeSyntax::Element],
    id: CodeSyntax::Component,
    field: CodeSyntax::Component,
    datatype: CodeSyntax::Element,
    method: NameSyntax { code: CodeSyntax::Component, link: Some("#") },
    access: CodeSyntax::Component,
    param: NameSyntax { code: CodeSyntax::Element, link: Some("#parameter-") },
    method_columns: &METHOD_COLUMNS_2026,
    has_pipe_tables: false,
};

const FIELDS_INTRODUCTION: &str = "The following fields are returned by `SELECT` queries:";
const UNSUPPORTED: &str = "`SELECT` not supported for this resource, use `SHOW METHODS` to view \
     available operations for the resource.";
pub(super) const METHODS_INTRODUCTION: &str =
    "The following methods are available for this resource:";
const PARAMS_INTRODUCTION: &str = "Parameters can be passed in the `WHERE` clause of a query. Check \
     the [Methods](#methods) section to see which parameters are required or optional for each operation.";

pub(super) fn parse(
    document: &Document,
    front_matter: FrontMatter,
    problems: &Problems,
) -> Option<Page> {
    let (imports, introduction) = read_preamble(document, problems);
    let headings = EXAMPLE_KINDS.map(heading);
    let optional: Vec<&str> = headings.iter().map(String::as_str).collect();
    let required = ["Overview", "Fields", "Methods", "Parameters"];
    let ([overview, fields, methods, params], examples) =
        sections::find(document, required, &optional, problems);

    let overview =
        overview.and_then(|section| overview::read(section, &NOTATION, &front_matter, problems));
    let fields = fields.and_then(|section| cursor::read_all(&section.body, problems, read_fields));
    // If the overview is not valid, the title is the resource of the methods.
    let resource = overview.as_ref().map(|(overview, _)| &overview.name).or(front_matter.title());
    let methods = methods.and_then(|section| {
        cursor::read_all(&section.body, problems, |cursor| {
            cursor.expect(METHODS_INTRODUCTION)?;
            Ok(NOTATION.methods(&cursor.table()?, resource, problems))
        })
    });
    let params = params.and_then(|section| {
        cursor::read_all(&section.body, problems, |cursor| read_params(cursor, methods.as_deref()))
    });
    let examples = EXAMPLE_KINDS.into_iter().zip(examples).filter_map(|(kind, section)| {
        cursor::read_all(&section?.body, problems, |cursor| examples::read(kind, cursor))
    });
    let examples = examples.collect();

    let (overview, name) = overview?;
    let (select, field_tabs) = fields?;
    Some(Page {
        source: document.source.clone(),
        dialect: Dialect::Tabs2026,
        front_matter,
        introduction,
        overview,
        select,
        fields: union(&field_tabs),
        field_tabs,
        methods: methods?,
        params: params?,
        examples,
        layout: Layout {
            fields_described: true,
            methods_described: true,
            imports,
            copyable_name: name == CodeSyntax::Component,
            end: None,
        },
    })
}

/// The kinds of examples, in the order of their sections.
const EXAMPLE_KINDS: [ExampleKind; 6] = [
    ExampleKind::Verb(Access::Select),
    ExampleKind::Verb(Access::Insert),
    ExampleKind::Verb(Access::Update),
    ExampleKind::Verb(Access::Replace),
    ExampleKind::Verb(Access::Delete),
    ExampleKind::Lifecycle,
];

fn heading(kind: ExampleKind) -> String {
    match kind {
        ExampleKind::Verb(access) => format!("`{access}` examples"),
        ExampleKind::Lifecycle => "Lifecycle Methods".to_owned(),
    }
}

/// Reads the imports, one on each line, and the text after them.
fn read_preamble(document: &Document, problems: &Problems) -> (Vec<String>, Spanned<String>) {
    let preamble = &document.preamble_span;
    let text = preamble.text();
    let mut imports = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let statement = line.trim();
        if !statement.is_empty() && !statement.starts_with("import ") {
            break;
        }
        let place = preamble.part(at..at + line.len()).trimmed();
        at += line.len();
        if !statement.is_empty() {
            let is_import = statement.contains(" from '") && statement.ends_with("';");
            if !is_import {
                let message = format!("{} is not a valid import", words::quoted(statement));
                let found = rules::UNEXPECTED_TEXT.error(message, place);
                problems.push(found.expected("expected `import NAME from 'PATH';`"));
            }
            imports.push(statement.to_owned());
        }
    }
    let introduction = preamble.part(at..text.len());
    (imports, introduction.trimmed_of(|c| matches!(c, '\n' | '\r')).lines())
}

fn read_fields(cursor: &mut Cursor<'_>) -> Result<(Select, Vec<FieldTab>), Misplaced> {
    cursor.expect(FIELDS_INTRODUCTION)?;
    if cursor.accept(UNSUPPORTED) {
        return Ok((Select::Unsupported, Vec::new()));
    }
    let tabs = tabs::read(cursor, |tab, cursor| {
        if tab.value != *tab.label {
            return Err(Misplaced::new(
                "the name of the method as label and value",
                tab.label.span,
            ));
        }
        let prose = cursor.prose_before("<table>")?;
        let fields = NOTATION.fields(&cursor.table()?, cursor.problems);
        Ok(FieldTab { method: tab.label, prose, fields })
    })?;
    // Empty tables mean the same as an empty section.
    let has_fields = tabs.iter().any(|tab| !tab.fields.is_empty());
    Ok((if has_fields { Select::Fields } else { Select::Unstated }, tabs))
}

/// Returns the fields of all tabs, the first of each name.
fn union(tabs: &[FieldTab]) -> Vec<Field> {
    let mut seen = HashSet::new();
    let fields = tabs.iter().flat_map(|tab| &tab.fields);
    fields.filter(|field| seen.insert(field.name.as_str())).cloned().collect()
}

/// Reads the params of `methods`, which are unknown if the Methods section is not valid.
fn read_params(
    cursor: &mut Cursor<'_>,
    methods: Option<&[Method]>,
) -> Result<Vec<Field>, Misplaced> {
    cursor.expect(PARAMS_INTRODUCTION)?;
    let table = cursor.table()?;
    let mut params = Vec::new();
    for record in table.records(&FIELD_COLUMNS, cursor.problems) {
        if let Some(param) = NOTATION.field(&record, cursor.problems) {
            syntax::check_id(record.row, &param.name, cursor.problems);
            params.push(param);
        }
    }
    let names = |params: fn(&Method) -> &Vec<Spanned<String>>| -> HashSet<&str> {
        methods.into_iter().flatten().flat_map(params).map(|param| param.as_str()).collect()
    };
    let required = names(|method| &method.required_params);
    let optional = names(|method| &method.optional_params);
    // A param that some methods require and others accept has two rows.
    let is_both = |name: &str| required.contains(name) && optional.contains(name);
    let mut seen = HashSet::new();
    let names = params.iter().map(|param| &param.name);
    let once = names.filter(|name| !(is_both(name) && seen.insert(name.as_str())));
    cursor.problems.check_unique(once, PARAM_ONCE);
    Ok(params)
}

/// Writes `page`.
pub(super) fn render(page: &Page) -> String {
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
            table(NOTATION.method_columns, methods)
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
