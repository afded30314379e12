//! Tables, however a page writes them: a header, and rows of as many cells.

use crate::page::problems::Problems;
use crate::page::rules;
use crate::source::{Source, Span, Spanned};
use crate::words;

/// A table as it stands in the page.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) header: Vec<Spanned<String>>,
    pub(crate) header_span: Span,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) span: Span,
    /// The row's `id`, where it is written as an element that has one.
    pub(crate) id: Option<Spanned<String>>,
    /// What stands in each cell, blanks included.
    pub(crate) cells: Vec<Span>,
    /// The first cell too many, where the description has taken the rest of the row.
    pub(crate) beyond: Option<Span>,
}

/// A column that a table may or must have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
}

impl Column {
    pub(crate) const fn required(name: &'static str) -> Self {
        Self { name, required: true }
    }

    pub(crate) const fn optional(name: &'static str) -> Self {
        Self { name, required: false }
    }
}

/// A row and, for each column asked for, its cell.
pub(crate) type Record<'t, const N: usize> = (&'t Row, [Option<&'t Span>; N]);

impl Table {
    /// Reads a pipe table, whose every line is a row and whose second line is the delimiter.
    pub(crate) fn from_pipes(block: &Span) -> Self {
        let source = block.source();
        let mut start = block.range().start;
        let mut lines = block.text().split_inclusive('\n').map(|line| {
            let length = line.trim_end().len();
            let span = source.span(start..start + length);
            start += line.len();
            span
        });
        let header_span = lines.next().unwrap_or_else(|| block.clone());
        let header: Vec<Spanned<String>> = split_row(&header_span).iter().map(trimmed).collect();
        // The parser has seen that it is one, else this were no table.
        let _delimiter = lines.next();
        let is_described = header.last().is_some_and(|column| **column == "Description");
        let columns = if is_described { header.len() } else { usize::MAX };
        let rows = lines.map(|span| Row::from_pipes(span, columns)).collect();
        Self { header, header_span, rows }
    }

    pub(crate) fn has_column(&self, name: &str) -> bool {
        self.header.iter().any(|column| **column == name)
    }

    /// The rows, with the cells of `columns` in that order. Reports what is wrong with the header,
    /// and every row that does not have a cell for each of its columns.
    pub(crate) fn records<const N: usize>(
        &self,
        columns: &[Column; N],
        problems: &mut Problems,
    ) -> Vec<Record<'_, N>> {
        let before = problems.count();
        let places = self.locate(columns, problems);
        if problems.count() > before {
            return Vec::new();
        }
        let mut records = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            if self.check_length(row, problems) {
                let cells = places.map(|place| place.and_then(|index| row.cells.get(index)));
                records.push((row, cells));
            }
        }
        records
    }

    fn check_length(&self, row: &Row, problems: &mut Problems) -> bool {
        let (expected, found) = (self.header.len(), row.cells.len());
        let counts = format!("the header has {expected} columns, this row {found} cells");
        if let Some(beyond) = &row.beyond {
            let message =
                "the description has a pipe in it, which Markdown takes for the end of the cell";
            problems.push(
                rules::TOO_MANY_CELLS
                    .warning(message, trimmed(beyond).span)
                    .related(self.header_span.clone(), "the header"),
            );
        }
        if found < expected {
            problems.push(
                rules::TOO_FEW_CELLS
                    .error(counts, row.span.clone())
                    .related(self.header_span.clone(), "the header"),
            );
        } else if let Some(extra) = row.cells.get(expected) {
            problems.push(
                rules::TOO_MANY_CELLS
                    .error(counts, trimmed(extra).span)
                    .related(self.header_span.clone(), "the header"),
            );
        }
        found == expected
    }

    /// At which index each of `columns` stands.
    fn locate<const N: usize>(
        &self,
        columns: &[Column; N],
        problems: &mut Problems,
    ) -> [Option<usize>; N] {
        let known = || columns.iter().map(|column| column.name);
        let places =
            columns.map(|column| self.header.iter().position(|name| **name == column.name));
        // Found once: a hostile header has a million columns.
        let missing: Vec<&str> = known()
            .zip(&places)
            .filter(|(_, place)| place.is_none())
            .map(|(name, _)| name)
            .collect();
        let mut last = 0;
        for (index, name) in self.header.iter().enumerate() {
            let Some(rank) = columns.iter().position(|column| column.name == **name) else {
                problems.push(self.unknown_column(name, &missing));
                continue;
            };
            let first = places.get(rank).copied().flatten().unwrap_or(index);
            if let Some(first) = self.header.get(first).filter(|_| first != index) {
                let message = format!("the column {} stands twice", words::quoted(name));
                problems.push(
                    rules::DUPLICATE_COLUMN
                        .error(message, name.span.clone())
                        .related(first.span.clone(), "the first one"),
                );
            } else if rank < last {
                let message = format!("the column {} is out of order", words::quoted(name));
                let help = format!("write the columns in the order {}", words::list_of(known()));
                problems
                    .push(rules::MISORDERED_COLUMN.error(message, name.span.clone()).help(help));
            }
            last = last.max(rank);
        }
        for (column, place) in columns.iter().zip(&places) {
            // A column that is called almost so is reported as misnamed, and not as missing too.
            let misnamed = self.header.iter().any(|name| {
                known().all(|one| *one != **name) && words::nearest(name, [column.name]).is_some()
            });
            if column.required && place.is_none() && !misnamed {
                let message = format!("the table has no column `{}`", column.name);
                let help = format!("write the columns {}", words::list_of(known()));
                problems.push(
                    rules::MISSING_COLUMN.error(message, self.header_span.clone()).help(help),
                );
            }
        }
        places
    }

    fn unknown_column(
        &self,
        name: &Spanned<String>,
        missing: &[&str],
    ) -> crate::diagnostic::Diagnostic {
        let message = format!("{} is no column of this table", words::quoted(name));
        let span =
            if name.span.text().is_empty() { self.header_span.clone() } else { name.span.clone() };
        let found = rules::UNKNOWN_COLUMN.error(message, span);
        match words::nearest(name, missing.iter().copied()) {
            Some(meant) => found.help(format!("did you mean `{meant}`?")),
            None => found,
        }
    }
}

impl Row {
    /// A line of pipes. Where it has more than `columns` cells, the last column, which holds prose, is the rest of the
    /// line: generators write a pipe of the prose as it is.
    fn from_pipes(span: Span, columns: usize) -> Self {
        let mut cells = split_row(&span);
        let beyond = cells.get(columns).cloned();
        let end = cells.last().map_or(0, |cell| cell.range().end);
        if let (Some(_), Some(last)) = (&beyond, columns.checked_sub(1)) {
            cells.truncate(columns);
            if let Some(last) = cells.get_mut(last) {
                *last = span.source().span(last.range().start..end);
            }
        }
        Self { span, id: None, cells, beyond }
    }
}

/// What stands between the pipes of a row. As in GitHub's Markdown, a pipe separates wherever it
/// stands, in code too, unless a backslash is before it.
fn split_row(line: &Span) -> Vec<Span> {
    let source = line.source();
    let text = line.text();
    let base = line.range().start;
    let mut pipes = Vec::new();
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'|' if !escaped => pipes.push(at),
            b'\\' if !escaped => {
                escaped = true;
                continue;
            }
            _ => {}
        }
        escaped = false;
    }
    let opens = text.starts_with('|');
    let closes = pipes.last().is_some_and(|last| last + 1 == text.len() && (*last > 0 || !opens));
    let starts = std::iter::once(0).chain(pipes.iter().map(|pipe| pipe + 1));
    let ends = pipes.iter().copied().chain(std::iter::once(text.len()));
    let mut cells: Vec<Span> =
        starts.zip(ends).map(|(start, end)| source.span(base + start..base + end)).collect();
    if opens && !cells.is_empty() {
        cells.remove(0);
    }
    if closes {
        cells.pop();
    }
    cells
}

/// The text of `cell` without blanks around it.
pub(crate) fn trimmed(cell: &Span) -> Spanned<String> {
    let text = cell.text();
    let start = cell.range().start + (text.len() - text.trim_start().len());
    let text = text.trim();
    Spanned::new(text.to_owned(), cell.source().span(start..start + text.len()))
}

/// A place for a message about `cell`: the cell, or the pipe before it where it is empty.
pub(crate) fn place_of(cell: &Span) -> Span {
    let text = trimmed(cell);
    if text.is_empty() { visible_place(cell.source(), cell) } else { text.span }
}

fn visible_place(source: &Source, cell: &Span) -> Span {
    let range = cell.range();
    source.span(range.start..range.end.max(range.start + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Vec<String> {
        let source = Source::new("a.md", line);
        split_row(&source.span(0..line.len())).iter().map(|cell| cell.text().to_owned()).collect()
    }

    #[test]
    fn splits_rows_as_github_does() {
        assert_eq!(cells("| a | b |"), [" a ", " b "]);
        assert_eq!(cells("a | b"), ["a ", " b"]);
        assert_eq!(cells("| a | `b|c` |"), [" a ", " `b", "c` "]);
        assert_eq!(cells(r"| a \| b | c |"), [r" a \| b ", " c "]);
        assert_eq!(cells(r"| a \\| b |"), [r" a \\", " b "]);
        assert_eq!(cells("|  |"), ["  "]);
        assert_eq!(cells("|"), [""]);
        assert_eq!(cells("||"), [""]);
        assert_eq!(cells("| a |b"), [" a ", "b"]);
    }
}
