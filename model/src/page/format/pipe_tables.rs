//! `gfm-2024` and `copyable-2024`: pipe tables.
//!
//! ```text
//! ## Fields
//! | Name | Datatype | Description |
//! |:-----|:---------|:------------|
//! | `EnableDate` | `string` | The date when the MFA device was enabled for the user. |
//! ## Methods
//! | Name | Accessible by | Required Params | Description |
//! |:-----|:--------------|:----------------|:------------|
//! | `mfa_devices_List` | `SELECT` | `region` | Lists the MFA devices for an IAM user. |
//! ```
//!
//! In `copyable-2024`, names are components: `<CopyableCode code="EnableDate" />`.

use super::sections;
use crate::page::dialect::Dialect;
use crate::page::front_matter::FrontMatter;
use crate::page::markdown::{Block, BlockKind, Document, Section};
use crate::page::model::{Layout, Page, Select};
use crate::page::notation::{FIELD_COLUMNS, METHOD_COLUMNS_2024, Notation};
use crate::page::problems::Problems;
use crate::page::syntax::{CodeSyntax, NameSyntax};
use crate::page::table::Table;
use crate::page::{overview, rules};
use crate::source::Spanned;

/// The content of the Fields section if `SELECT` is not supported, without the two spaces at its end.
const UNSUPPORTED: &str = "`SELECT` not supported for this resource, use `SHOW METHODS` to view \
     available operations for the resource and then invoke a supported method using the `EXEC` command";

/// A dialect with pipe tables.
pub(super) struct PipeTables {
    dialect: Dialect,
    /// The text between the front matter and the Overview.
    preamble: &'static str,
    notation: Notation,
}

/// The dialect of the first pages.
pub(super) const GFM_2024: PipeTables = PipeTables {
    dialect: Dialect::Gfm2024,
    // The spaces are the indentation of tags in the generator's template.
    preamble: "  \n    \n\n",
    notation: Notation {
        overview_names: &[CodeSyntax::Element],
        id: CodeSyntax::Element,
        field: CodeSyntax::Backquotes,
        datatype: CodeSyntax::Backquotes,
        method: NameSyntax { code: CodeSyntax::Backquotes, link: None },
        access: CodeSyntax::Backquotes,
        param: NameSyntax { code: CodeSyntax::Backquotes, link: None },
        method_columns: &METHOD_COLUMNS_2024,
        has_pipe_tables: true,
    },
};

/// The dialect of the pages since May 2024.
pub(super) const COPYABLE_2024: PipeTables = PipeTables {
    dialect: Dialect::Copyable2024,
    preamble: "\nimport CopyableCode from '@site/src/components/CopyableCode/CopyableCode';\n\n\n\n\n",
    notation: Notation {
        id: CodeSyntax::Component,
        field: CodeSyntax::Component,
        method: NameSyntax { code: CodeSyntax::Component, link: None },
        param: NameSyntax { code: CodeSyntax::Component, link: None },
        ..GFM_2024.notation
    },
};

impl PipeTables {
    pub(super) fn parse(
        &self,
        document: &Document,
        front_matter: FrontMatter,
        problems: &Problems,
    ) -> Option<Page> {
        for block in &document.preamble {
            if block.span.text() != self.preamble.trim() {
                unexpected(block, "before the overview", problems);
            }
        }
        let titles = ["Overview", "Fields", "Methods"];
        let ([overview, fields, methods], _) = sections::find(document, titles, &[], problems);
        let overview = overview
            .and_then(|section| overview::read(section, &self.notation, &front_matter, problems))
            .map(|(overview, _)| overview);
        let (select, fields_table) = fields
            .map_or((Select::Unstated, None), |section| read_fields_section(section, problems));
        let fields = fields_table.as_ref().map(|table| self.notation.fields(table, problems));
        let methods_table = methods.and_then(|section| read_methods_section(section, problems));
        // If the overview is not valid, the title is the resource of the methods.
        let resource = overview.as_ref().map(|overview| &overview.name).or(front_matter.title());
        let methods =
            methods_table.as_ref().map(|table| self.notation.methods(table, resource, problems));
        let is_described = |table: Option<&Table>| table.is_some_and(Table::is_described);
        Some(Page {
            source: document.source.clone(),
            dialect: self.dialect,
            introduction: Spanned::new(String::new(), document.preamble_span.clone()),
            overview: overview?,
            select,
            // Without a table of fields, there are none.
            fields: fields.unwrap_or_default(),
            field_tabs: Vec::new(),
            methods: methods?,
            params: Vec::new(),
            examples: Vec::new(),
            layout: Layout {
                fields_described: is_described(fields_table.as_ref()),
                methods_described: is_described(methods_table.as_ref()),
                ..Layout::default()
            },
            front_matter,
        })
    }

    pub(super) fn render(&self, page: &Page) -> String {
        let Self { notation, preamble, .. } = self;
        let overview = overview::render(&page.overview, CodeSyntax::Element, notation.id);
        let fields = match page.select {
            Select::Fields => {
                let rows = page.fields.iter().map(|field| notation.field_cells(field));
                table(&FIELD_COLUMNS, rows, page.layout.fields_described)
            }
            Select::Unsupported => format!("{UNSUPPORTED}  \n"),
            Select::Unstated => String::new(),
        };
        let methods = page.methods.iter().map(|method| notation.method_cells(method));
        let methods = table(notation.method_columns, methods, page.layout.methods_described);
        let front_matter = page.front_matter.render();
        format!(
            "{front_matter}{preamble}## Overview\n{overview}\n## Fields\n{fields}## Methods\n{methods}"
        )
    }
}

/// Writes a table; the last column, which is the description, only if `is_described`.
fn table(columns: &[&str], rows: impl Iterator<Item = Vec<String>>, is_described: bool) -> String {
    let count = columns.len() - usize::from(!is_described);
    let columns = || columns.iter().take(count);
    let row = |cells: Vec<String>| {
        let cells: Vec<String> = cells.into_iter().take(count).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let header = row(columns().map(|column| (*column).to_owned()).collect());
    let dashes: Vec<String> = columns().map(|name| "-".repeat(name.len() + 1)).collect();
    let delimiter = format!("|:{}|", dashes.join("|:"));
    let rows: String = rows.map(row).collect();
    format!("{header}{delimiter}\n{rows}")
}

fn read_fields_section(section: &Section, problems: &Problems) -> (Select, Option<Table>) {
    match section.blocks.as_slice() {
        [] => (Select::Unstated, None),
        [notice] if notice.span.text() == UNSUPPORTED => (Select::Unsupported, None),
        _ => (Select::Fields, only_table(section, problems)),
    }
}

fn read_methods_section(section: &Section, problems: &Problems) -> Option<Table> {
    let before = problems.count();
    let table = only_table(section, problems);
    let has_rows = table.as_ref().is_some_and(|table| !table.rows.is_empty());
    if problems.count() == before && !has_rows {
        let found = rules::NO_METHODS.warning("the page has no methods", section.heading.clone());
        // An empty table says that there are none; without a table, something is missing.
        problems.push(if table.is_some() { found } else { found.into_error() });
    }
    table
}

/// Reads the table that the section must consist of.
fn only_table(section: &Section, problems: &Problems) -> Option<Table> {
    let mut table: Option<&Block> = None;
    for block in &section.blocks {
        match (table, block.kind) {
            (None, BlockKind::Table) => table = Some(block),
            (Some(first), BlockKind::Table) => problems.push(
                rules::SECOND_TABLE
                    .error("the section has a second table", block.span.first_line())
                    .related(first.span.first_line(), "the first one is here"),
            ),
            _ => unexpected(block, "outside the table", problems),
        }
    }
    table.map(|block| Table::from_pipes(&block.rows))
}

fn unexpected(block: &Block, place: &str, problems: &Problems) {
    let line = block.span.first_line();
    if line.text().starts_with('|') {
        problems.error(&rules::ROW_OUTSIDE_TABLE, format!("unexpected row {place}"), line);
    } else {
        let message = format!("unexpected {} {place}", block.noun);
        problems.error(&rules::UNEXPECTED_TEXT, message, line);
    }
}
