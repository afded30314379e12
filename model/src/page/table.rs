//! Tables, from pipes or from HTML: a header and rows.

use crate::diagnostic::Severity;
use crate::page::order::Order;
use crate::page::problems::Problems;
use crate::page::rules;
use crate::source::{Span, Spanned};
use crate::{invariant, words};

/// The only column that a table may leave out.
pub(crate) const DESCRIPTION: &str = "Description";

static COLUMNS: Order = Order {
    noun: "column",
    unknown: &rules::UNKNOWN_COLUMN,
    duplicate: &rules::DUPLICATE_COLUMN,
    misordered: &rules::MISORDERED_COLUMN,
};

/// A table of a page.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) header: Vec<Spanned<String>>,
    pub(crate) header_span: Span,
    pub(crate) rows: Vec<Row>,
}

/// A row of a [`Table`], or its header.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) span: Span,
    /// The `id` attribute of the row; only in HTML tables.
    pub(crate) id: Option<Spanned<String>>,
    /// The content of each cell, with white space. A pipe table has no more cells than columns.
    pub(crate) cells: Vec<Span>,
    /// The text after the last column, without the pipe at its end; only in pipe tables.
    pub(crate) extra: Option<Span>,
}

/// A row whose cells are known by the names of their columns.
pub(crate) struct Record<'t> {
    pub(crate) row: &'t Row,
    cells: Vec<(&'static str, &'t Span)>,
}

impl<'t> Record<'t> {
    /// Returns the cell in `column`, unless the table has no such column.
    pub(crate) fn cell(&self, column: &str) -> Option<&'t Span> {
        self.cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| *cell)
    }
}

impl Table {
    /// Creates the pipe table of `rows`, the first of which is the header.
    pub(crate) fn from_pipes(rows: &[Row]) -> Self {
        let (header, rows) = invariant!(rows.split_first(), "a pipe table starts with its header");
        let mut table = Self::new(header, rows.to_vec());
        if table.is_described() {
            for row in &mut table.rows {
                // Generators do not escape the pipes of a description, which therefore takes the rest of the row.
                if let (Some(extra), Some(last)) = (&row.extra, row.cells.last_mut()) {
                    *last = last.source().span(last.range().start..extra.range().end);
                }
            }
        }
        table
    }

    pub(crate) fn new(header: &Row, rows: Vec<Row>) -> Self {
        let names = header.cells.iter().map(Span::words).collect();
        Self { header: names, header_span: header.span.clone(), rows }
    }

    /// Whether the last column is the description.
    pub(crate) fn is_described(&self) -> bool {
        self.header.last().is_some_and(|name| **name == DESCRIPTION)
    }

    /// Returns the rows that have a cell for each column of the header. Reports the other rows; reports a header
    /// that does not have `columns` in this order, and then returns no rows.
    pub(crate) fn records<'t>(
        &'t self,
        columns: &[&'static str],
        problems: &Problems,
    ) -> Vec<Record<'t>> {
        let before = problems.count();
        let indices = self.check_header(columns, problems);
        if problems.count() > before {
            return Vec::new();
        }
        let rows = self.rows.iter().filter(|row| self.check_length(row, problems));
        let record = |row: &'t Row| {
            let cells = columns.iter().zip(&indices);
            let cells = cells.filter_map(|(name, index)| Some((*name, row.cells.get((*index)?)?)));
            Record { row, cells: cells.collect() }
        };
        rows.map(record).collect()
    }

    fn check_length(&self, row: &Row, problems: &Problems) -> bool {
        let (expected, found) = (self.header.len(), row.cells.len());
        let header = || format!("the header has {expected} columns");
        let found = match (&row.extra, row.cells.get(expected)) {
            (Some(extra), _) if self.is_described() => {
                let message = "the description contains a pipe, which ends a cell in Markdown";
                rules::TOO_MANY_CELLS.warning(message, extra.clone())
            }
            (Some(extra), _) | (None, Some(extra)) => {
                let message = header() + ", but this row has more";
                rules::TOO_MANY_CELLS.error(message, extra.trimmed())
            }
            (None, None) if found < expected => {
                let message = format!("{}, but this row has {found} cells", header());
                rules::TOO_FEW_CELLS.error(message, row.span.clone())
            }
            (None, None) => return true,
        };
        let is_warning = found.severity() == Severity::Warning;
        problems.push(found.related(self.header_span.clone(), "the header"));
        is_warning
    }

    /// Returns the index of each of `columns` in the header.
    fn check_header(&self, columns: &[&str], problems: &Problems) -> Vec<Option<usize>> {
        let found = self.header.iter().map(|name| {
            let place = if name.is_empty() { &self.header_span } else { &name.span };
            (name.as_str(), place)
        });
        let indices = COLUMNS.find(columns, &found.collect::<Vec<_>>(), problems);
        for (column, index) in columns.iter().zip(&indices) {
            if index.is_none() && *column != DESCRIPTION {
                let message = format!("the table has no column `{column}`");
                let help = format!("write the columns {}", words::list_of(columns.iter().copied()));
                let found = rules::MISSING_COLUMN.error(message, self.header_span.clone());
                problems.push(found.help(help));
            }
        }
        indices
    }
}
