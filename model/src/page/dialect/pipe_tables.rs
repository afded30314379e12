//! What the two dialects of 2024 have in common: pipe tables.

use std::fmt::Write as _;

use crate::page::code::Code;
use crate::page::dialect::sections;
use crate::page::markdown::{Block, BlockKind, Document, Section};
use crate::page::overview::{self, OverviewNotation};
use crate::page::problems::Problems;
use crate::page::records::{self, Notation, param_list};
use crate::page::table::{Column, Table};
use crate::page::{Dialect, Field, FrontMatter, Layout, Method, Page, Select, rules};
use crate::source::Spanned;

/// What the Fields section says where `SELECT` has no rows to give, two blanks at its end aside.
const UNSUPPORTED: &str = "`SELECT` not supported for this resource, use `SHOW METHODS` to view \
     available operations for the resource and then invoke a supported method using the `EXEC` command";

const METHOD_COLUMNS: [Column; 4] = [
    Column::required("Name"),
    Column::required("Accessible by"),
    Column::required("Required Params"),
    Column::optional("Description"),
];

/// A dialect of pipe tables.
pub(crate) struct PipeTables {
    pub(crate) dialect: Dialect,
    /// What stands between the front matter and the Overview.
    pub(crate) preamble: &'static str,
    pub(crate) overview: OverviewNotation,
    /// How names of fields, methods and params are written.
    pub(crate) name: Code,
}

impl PipeTables {
    pub(crate) fn parse(
        &self,
        document: &Document,
        front_matter: FrontMatter,
        problems: &mut Problems,
    ) -> Option<Page> {
        for block in &document.preamble {
            if block.span.text() != self.preamble.trim() {
                unexpected(block, "before the overview", problems);
            }
        }
        let titles = ["Overview", "Fields", "Methods"];
        let ([overview, fields, methods], _) = sections::find(document, titles, &[], problems);
        let overview = overview
            .and_then(|section| overview::read(section, self.overview, problems))
            .map(|(overview, _)| overview);
        if let Some(overview) = &overview {
            overview::check(overview, &front_matter, problems);
        }
        let (select, fields_table) = fields
            .map_or((Select::Unstated, None), |section| read_fields_section(section, problems));
        let fields = fields_table.as_ref().map(|table| self.notation().fields(table, problems));
        let methods_table = methods.and_then(|section| read_methods_section(section, problems));
        // Without an overview the title tells which resource the methods belong to.
        let resource = overview.as_ref().map(|overview| &overview.name).or(front_matter.title());
        let methods = methods_table.as_ref().map(|table| self.methods(table, resource, problems));
        let described = |table: &Option<Table>| {
            table.as_ref().is_some_and(|table| table.has_column("Description"))
        };
        Some(Page {
            source: document.source.clone(),
            dialect: self.dialect,
            introduction: Spanned::new(String::new(), document.preamble_span.clone()),
            overview: overview?,
            select,
            fields: fields.unwrap_or_default(),
            field_tabs: Vec::new(),
            methods: methods?,
            params: Vec::new(),
            examples: Vec::new(),
            layout: Layout {
                fields_described: described(&fields_table),
                methods_described: described(&methods_table),
                ..Layout::default()
            },
            front_matter,
        })
    }

    fn notation(&self) -> Notation {
        Notation {
            name: self.name,
            datatype: Code::Backquotes,
            access: Code::Backquotes,
            small_access: false,
            pipes: true,
        }
    }

    fn methods(
        &self,
        table: &Table,
        resource: Option<&Spanned<String>>,
        problems: &mut Problems,
    ) -> Vec<Method> {
        let notation = self.notation();
        records::methods(table, &METHOD_COLUMNS, resource, problems, |row, cells, problems| {
            let [name, access, params, description] = cells;
            let full_name = name.and_then(|cell| notation.name(cell, problems));
            let access = access.and_then(|cell| notation.access(cell, problems));
            let required_params =
                params.map(|cell| param_list(self.name, cell, problems)).unwrap_or_default();
            let (description, description_spelling) = notation.description(description, row);
            Some(Method {
                full_name: full_name?,
                name: String::new(),
                access: access?,
                required_params,
                optional_params: Vec::new(),
                description,
                description_spelling,
            })
        })
    }

    pub(crate) fn render(&self, page: &Page) -> String {
        let mut text = page.front_matter.render();
        text.push_str(self.preamble);
        text.push_str("## Overview\n");
        text.push_str(&overview::render(&page.overview, Code::Element, self.overview.id));
        text.push_str("\n## Fields\n");
        match page.select {
            Select::Fields => self.render_fields(page, &mut text),
            Select::Unsupported => {
                text.push_str(UNSUPPORTED);
                text.push_str("  \n");
            }
            Select::Unstated => {}
        }
        text.push_str("## Methods\n");
        self.render_methods(page, &mut text);
        text
    }

    fn render_fields(&self, page: &Page, text: &mut String) {
        let described = page.layout.fields_described;
        header(&["Name", "Datatype", "Description"], described, text);
        for Field { name, datatype, description, description_spelling } in &page.fields {
            let (name, datatype) = (self.name.render(name), datatype.to_string());
            // Writing to a String cannot fail.
            let _ = write!(text, "| {name} | `{datatype}` |");
            self.render_description(description, description_spelling.as_ref(), described, text);
        }
    }

    fn render_methods(&self, page: &Page, text: &mut String) {
        let described = page.layout.methods_described;
        header(&["Name", "Accessible by", "Required Params", "Description"], described, text);
        for method in &page.methods {
            let name = self.name.render(&method.full_name);
            let params: Vec<&str> =
                method.required_params.iter().map(|param| param.as_str()).collect();
            let params = match params.as_slice() {
                [] => String::new(),
                params => self.name.render(&params.join(", ")),
            };
            let _ = write!(text, "| {name} | `{}` | {params} |", *method.access);
            let spelling = method.description_spelling.as_ref();
            self.render_description(&method.description, spelling, described, text);
        }
    }

    fn render_description(
        &self,
        description: &str,
        spelling: Option<&String>,
        described: bool,
        text: &mut String,
    ) {
        if described {
            let _ = write!(text, " {} |", self.notation().spell(description, spelling));
        }
        text.push('\n');
    }
}

/// The header row and the delimiter row, the last column left out where it is not `described`.
fn header(columns: &[&str], described: bool, text: &mut String) {
    let columns = columns.get(..columns.len() - usize::from(!described)).unwrap_or_default();
    for column in columns {
        let _ = write!(text, "| {column} ");
    }
    text.push_str("|\n");
    for column in columns {
        let _ = write!(text, "|:{}", "-".repeat(column.len() + 1));
    }
    text.push_str("|\n");
}

fn read_fields_section(section: &Section, problems: &mut Problems) -> (Select, Option<Table>) {
    let is_notice =
        |block: &Block| block.kind == BlockKind::Paragraph && block.span.text() == UNSUPPORTED;
    match section.blocks.as_slice() {
        [] => (Select::Unstated, None),
        [notice] if is_notice(notice) => (Select::Unsupported, None),
        _ => (Select::Fields, only_table(section, problems)),
    }
}

fn read_methods_section(section: &Section, problems: &mut Problems) -> Option<Table> {
    let before = problems.count();
    let table = only_table(section, problems);
    if problems.count() > before {
        return table;
    }
    let rows = table.as_ref().map(|table| table.rows.len());
    if rows.is_none_or(|rows| rows == 0) {
        let (message, place) = ("the page has no methods", section.heading.clone());
        // An empty table says so; without a table, something is missing.
        problems.push(match rows {
            Some(_) => rules::NO_METHODS.warning(message, place),
            None => rules::NO_METHODS.error(message, place),
        });
    }
    table
}

/// The table of a section that holds nothing else.
fn only_table(section: &Section, problems: &mut Problems) -> Option<Table> {
    let mut table: Option<(&Block, Table)> = None;
    for block in &section.blocks {
        match (&table, block.kind) {
            (None, BlockKind::Table) => table = Some((block, Table::from_pipes(&block.span))),
            (Some((first, _)), BlockKind::Table) => problems.push(
                rules::SECOND_TABLE
                    .error("the section has a second table", first_line(block))
                    .related(first_line(first), "the first one"),
            ),
            _ => unexpected(block, "in this section beside its table", problems),
        }
    }
    table.map(|(_, table)| table)
}

fn unexpected(block: &Block, place: &str, problems: &mut Problems) {
    let span = first_line(block);
    let (rule, what) = match block.kind {
        _ if block.span.text().starts_with('|') => (&rules::ROW_OUTSIDE_TABLE, "a row"),
        BlockKind::Heading => (&rules::UNEXPECTED_TEXT, "a heading"),
        BlockKind::Table => (&rules::UNEXPECTED_TEXT, "a table"),
        BlockKind::Html => (&rules::UNEXPECTED_TEXT, "HTML"),
        BlockKind::Paragraph => (&rules::UNEXPECTED_TEXT, "text"),
        BlockKind::Other(what) => (&rules::UNEXPECTED_TEXT, what),
    };
    problems.push(rule.error(format!("{what} stands {place}"), span));
}

fn first_line(block: &Block) -> crate::source::Span {
    let start = block.span.range().start;
    let length = block.span.text().lines().next().map_or(0, |line| line.trim_end().len());
    block.span.source().span(start..start + length)
}
