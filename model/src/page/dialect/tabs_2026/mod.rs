//! `tabs-2026`: HTML tables, a tab for each method, a table of params, and examples.
//!
//! ```text
//! ## Fields
//!
//! The following fields are returned by `SELECT` queries:
//!
//! <Tabs
//!     defaultValue="list_mfa_devices"
//!     values={[
//!         { label: 'list_mfa_devices', value: 'list_mfa_devices' }
//!     ]}
//! >
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
//! A section of such a page is read from its start to its end, each part in its place; what is out
//! of place ends the reading of its section, and the other sections are read all the same.

mod examples;
mod methods;
mod render;
mod tabs;

use std::collections::HashSet;

use crate::page::code::Code;
use crate::page::dialect::{Dialect, Format, sections};
use crate::page::markdown::{Document, Section};
use crate::page::overview::{self, OverviewNotation};
use crate::page::problems::Problems;
use crate::page::reader::{Misplaced, Reader};
use crate::page::records::Notation;
use crate::page::table::trimmed;
use crate::page::{Access, ExampleKind, Field, FieldTab, FrontMatter, Layout, Page, Select, rules};
use crate::source::{Span, Spanned};
use crate::words;

/// The dialect of the pages since 2025.
pub(crate) struct Tabs2026;

const OVERVIEW: OverviewNotation =
    OverviewNotation { name: &[Code::Copyable, Code::Element], id: Code::Copyable };

const NOTATION: Notation = Notation {
    name: Code::Copyable,
    datatype: Code::Element,
    access: Code::Copyable,
    small_access: true,
    pipes: false,
};

const FIELDS_INTRODUCTION: &str = "The following fields are returned by `SELECT` queries:";
const UNSUPPORTED: &str = "`SELECT` not supported for this resource, use `SHOW METHODS` to view \
     available operations for the resource.";
const METHODS_INTRODUCTION: &str = "The following methods are available for this resource:";
const PARAMS_INTRODUCTION: &str = "Parameters can be passed in the `WHERE` clause of a query. Check \
     the [Methods](#methods) section to see which parameters are required or optional for each operation.";

impl Format for Tabs2026 {
    fn recognises(&self, body: &str) -> bool {
        [METHODS_INTRODUCTION, "import Tabs ", "<Tabs\n", "<TabItem "]
            .iter()
            .any(|mark| body.contains(mark))
    }

    fn parse(
        &self,
        document: &Document,
        front_matter: FrontMatter,
        problems: &mut Problems,
    ) -> Option<Page> {
        let (imports, introduction) = read_preamble(document, problems);
        let kinds = example_kinds().map(heading);
        let optional: Vec<&str> = kinds.iter().map(String::as_str).collect();
        let required = ["Overview", "Fields", "Methods", "Parameters"];
        let ([overview, fields, methods, params], examples) =
            sections::find(document, required, &optional, problems);

        let overview = overview.and_then(|section| overview::read(section, OVERVIEW, problems));
        if let Some((overview, _)) = &overview {
            overview::check(overview, &front_matter, problems);
        }
        let fields = fields.and_then(|section| read_section(section, problems, read_fields));
        // Without an overview the title tells which resource the methods belong to.
        let resource =
            overview.as_ref().map(|(overview, _)| &overview.name).or(front_matter.title());
        let methods = methods.and_then(|section| {
            read_section(section, problems, |reader, problems| {
                methods::read_methods(reader, resource, problems)
            })
        });
        let params = params.and_then(|section| {
            read_section(section, problems, |reader, problems| {
                methods::read_params(reader, methods.as_deref().unwrap_or_default(), problems)
            })
        });
        let examples: Vec<_> = examples
            .into_iter()
            .filter_map(|section| {
                let kind =
                    example_kinds().into_iter().find(|kind| heading(*kind) == section.title)?;
                read_section(section, problems, |reader, problems| {
                    examples::read(kind, reader, problems)
                })
            })
            .collect();

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
                copyable_name: name == Code::Copyable,
                end: None,
            },
        })
    }

    fn render(&self, page: &Page) -> String {
        render::page(page)
    }
}

/// In the order of their sections.
fn example_kinds() -> [ExampleKind; 6] {
    [
        ExampleKind::Verb(Access::Select),
        ExampleKind::Verb(Access::Insert),
        ExampleKind::Verb(Access::Update),
        ExampleKind::Verb(Access::Replace),
        ExampleKind::Verb(Access::Delete),
        ExampleKind::Lifecycle,
    ]
}

fn heading(kind: ExampleKind) -> String {
    match kind {
        ExampleKind::Verb(access) => format!("`{access}` examples"),
        ExampleKind::Lifecycle => "Lifecycle Methods".to_owned(),
    }
}

/// Imports, one on each line, and then prose.
fn read_preamble(document: &Document, problems: &mut Problems) -> (Vec<String>, Spanned<String>) {
    let preamble = trimmed(&document.preamble_span);
    let mut imports = Vec::new();
    let mut at = preamble.span.range().start;
    for line in preamble.split_inclusive('\n') {
        let statement = line.trim();
        if !statement.is_empty() && !statement.starts_with("import ") {
            break;
        }
        if !statement.is_empty() {
            if !(statement.contains(" from '") && statement.ends_with("';")) {
                let message = format!("{} is no import", words::quoted(statement));
                let span = document.source.span(at..at + line.trim_end().len());
                problems.push(rules::UNEXPECTED_TEXT.error(message, span));
            }
            imports.push(statement.to_owned());
        }
        at += line.len();
    }
    (
        imports,
        without_line_ends(&document.source.span(at..document.preamble_span.range().end.max(at))),
    )
}

/// `span` without the line ends around it, and with its blanks.
fn without_line_ends(span: &Span) -> Spanned<String> {
    let is_end = |character: char| matches!(character, '\n' | '\r');
    let text = span.text();
    let start = span.range().start + (text.len() - text.trim_start_matches(is_end).len());
    let text = text.trim_matches(is_end);
    let span = span.source().span(start..start + text.len());
    Spanned::new(text.replace("\r\n", "\n"), span)
}

/// Reads all of a section, or reports what is out of place in it.
fn read_section<T>(
    section: &Section,
    problems: &mut Problems,
    read: impl FnOnce(&mut Reader<'_>, &mut Problems) -> Result<T, Misplaced>,
) -> Option<T> {
    let mut reader = Reader::new(&section.body);
    let value = read(&mut reader, problems).and_then(|value| reader.finish().map(|()| value));
    value.map_err(|misplaced| misplaced.report(problems)).ok()
}

fn read_fields(
    reader: &mut Reader<'_>,
    problems: &mut Problems,
) -> Result<(Select, Vec<FieldTab>), Misplaced> {
    reader.expect(FIELDS_INTRODUCTION)?;
    if reader.accept(UNSUPPORTED) {
        return Ok((Select::Unsupported, Vec::new()));
    }
    let tabs = tabs::read(reader, |tab, reader| {
        if tab.value != *tab.label {
            return Err(Misplaced::new("the method's name as label and as value", tab.label.span));
        }
        let prose = reader.prose("<table>")?;
        let prose = Spanned::new(prose.text().replace("\r\n", "\n"), prose);
        let table = reader.table()?;
        Ok(FieldTab { method: tab.label, prose, fields: NOTATION.fields(&table, problems) })
    })?;
    // Tables without a row say no more than an empty section.
    let has_fields = tabs.iter().any(|tab| !tab.fields.is_empty());
    Ok((if has_fields { Select::Fields } else { Select::Unstated }, tabs))
}

/// Every field once, as the first tab that has it says.
fn union(tabs: &[FieldTab]) -> Vec<Field> {
    let mut seen = HashSet::new();
    let fields = tabs.iter().flat_map(|tab| &tab.fields);
    fields.filter(|field| seen.insert(field.name.as_str())).cloned().collect()
}
