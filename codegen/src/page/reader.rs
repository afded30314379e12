//! Reading a text whose every part is known in advance, from its start to its end.

use crate::page::html::{self, TagText};
use crate::page::names;
use crate::page::problems::Problems;
use crate::page::rules;
use crate::page::table::{self, Row, Table};
use crate::source::{Source, Span, Spanned};

/// Reads on from a place in a source. Blanks and line ends between two parts are skipped.
#[derive(Debug)]
pub(crate) struct Reader<'s> {
    source: &'s Source,
    at: usize,
    end: usize,
}

/// Something else stands where a part was expected. What follows cannot be told apart any more, so
/// that one of these ends the reading of a section.
#[derive(Debug)]
pub(crate) struct Misplaced {
    expected: String,
    place: Span,
}

impl Misplaced {
    pub(crate) fn report(self, problems: &mut Problems) {
        let found = match self.place.text() {
            "" => "the end of the section".to_owned(),
            text => names::quoted(text),
        };
        let message = format!("expected {}, found {found}", self.expected);
        let expected = format!("expected {}", self.expected);
        problems.push(rules::MALFORMED_HTML.error(message, self.place).expected(expected));
    }
}

impl<'s> Reader<'s> {
    pub(crate) fn new(span: &'s Span) -> Self {
        Self { source: span.source(), at: span.range().start, end: span.range().end }
    }

    /// Where it has come to.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn rest(&self) -> &'s str {
        self.source.text().get(self.at..self.end).unwrap_or_default()
    }

    /// Goes past `text`, if that comes next.
    pub(crate) fn accept(&mut self, text: &str) -> bool {
        let start = self.next_place();
        let found = self.source.text().get(start..self.end).is_some_and(|rest| rest.starts_with(text));
        if found {
            self.at = start + text.len();
        }
        found
    }

    pub(crate) fn expect(&mut self, text: &str) -> Result<(), Misplaced> {
        if self.accept(text) { Ok(()) } else { Err(self.misplaced(format!("`{text}`"))) }
    }

    /// What stands before the next `text`, and goes past both.
    pub(crate) fn until(&mut self, text: &str) -> Result<Span, Misplaced> {
        let Some(length) = self.rest().find(text) else {
            return Err(self.misplaced(format!("`{}` somewhere below", text.trim())));
        };
        let span = self.source.span(self.at..self.at + length);
        self.at += length + text.len();
        Ok(span)
    }

    /// That nothing comes any more.
    pub(crate) fn finish(&mut self) -> Result<(), Misplaced> {
        self.at = self.next_place();
        if self.at == self.end { Ok(()) } else { Err(self.misplaced("nothing more".to_owned())) }
    }

    /// A table: rows of `<td>` in a `<tbody>`, with or without a `<thead>` before it.
    pub(crate) fn table(&mut self) -> Result<Table, Misplaced> {
        self.expect_tag("table", "`<table>`")?;
        let mut header = Vec::new();
        let mut header_span = self.source.span(self.at..self.at);
        if self.accept_tag("thead")? {
            self.expect_tag("tr", "`<tr>`")?;
            let start = self.at;
            header = self.cells("th", "`<th>` or `</tr>`")?.iter().map(table::trimmed).collect();
            header_span = table::trimmed(&self.source.span(start..self.at)).span;
            self.expect_tag("/thead", "`</thead>`")?;
        }
        self.expect_tag("tbody", "`<tbody>`")?;
        let mut rows = Vec::new();
        while let Some(row) = self.row()? {
            rows.push(row);
        }
        self.expect_tag("/tbody", "`<tr>` or `</tbody>`")?;
        self.expect_tag("/table", "`</table>`")?;
        Ok(Table { header, header_span, rows })
    }

    /// A row, which alone may have an attribute, its `id`.
    fn row(&mut self) -> Result<Option<Row>, Misplaced> {
        let start = self.next_place();
        let Some(tag) = self.next_tag().filter(|tag| tag.name == "tr") else { return Ok(None) };
        let id = match tag.attributes.as_slice() {
            [] => None,
            [("id", value, range)] => {
                let place = self.source.span(start + range.start..start + range.end);
                Some(Spanned::new((*value).to_owned(), place))
            }
            _ => return Err(self.misplaced("`<tr>`, or `<tr>` with an id".to_owned())),
        };
        self.at = start + tag.length;
        let cells = self.cells("td", "`<td>` or `</tr>`")?;
        Ok(Some(Row { span: self.source.span(start..self.at), id, cells }))
    }

    /// Cells called `name`, and the tag that closes their row.
    fn cells(&mut self, name: &str, expected: &str) -> Result<Vec<Span>, Misplaced> {
        let mut cells = Vec::new();
        while self.accept_tag(name)? {
            cells.push(self.until(&format!("</{name}>"))?);
        }
        self.expect_tag("/tr", expected)?;
        Ok(cells)
    }

    pub(crate) fn expect_tag(&mut self, name: &str, expected: &str) -> Result<(), Misplaced> {
        if self.accept_tag(name)? { Ok(()) } else { Err(self.misplaced(expected.to_owned())) }
    }

    /// Goes past the tag called `name`, if that comes next. It has no attributes.
    fn accept_tag(&mut self, name: &str) -> Result<bool, Misplaced> {
        let Some(tag) = self.next_tag().filter(|tag| tag.name == name) else { return Ok(false) };
        if !tag.attributes.is_empty() || tag.self_closing {
            return Err(self.misplaced(format!("`<{name}>` without attributes")));
        }
        self.at = self.next_place() + tag.length;
        Ok(true)
    }

    fn next_tag(&self) -> Option<TagText<'s>> {
        html::tag(self.rest().trim_start())
    }

    fn next_place(&self) -> usize {
        let rest = self.rest();
        self.at + (rest.len() - rest.trim_start().len())
    }

    pub(crate) fn misplaced(&self, expected: String) -> Misplaced {
        let rest = self.rest().trim_start();
        let length = match html::tag(rest) {
            Some(tag) => tag.length,
            None => rest.lines().next().map_or(0, |line| line.trim_end().len()),
        };
        let start = self.next_place();
        Misplaced { expected, place: self.source.span(start..start + length) }
    }
}
