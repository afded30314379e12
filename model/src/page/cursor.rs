//! A position in a section whose parts have a fixed order.

use crate::diagnostic::Rule;
use crate::html::Tag;
use crate::invariant;
use crate::page::problems::Problems;
use crate::page::rules;
use crate::page::table::{Row, Table};
use crate::source::{Source, Span, Spanned, line_starts};
use crate::words;

/// A position in a source. White space between two parts is skipped.
#[derive(Debug)]
pub(crate) struct Cursor<'s> {
    pub(crate) problems: &'s Problems,
    source: &'s Source,
    at: usize,
    end: usize,
}

/// The error that a cursor found something other than the expected part. Reading of the section ends there.
#[derive(Debug)]
pub(crate) struct Misplaced {
    rule: &'static Rule,
    expected: String,
    found: Span,
}

impl Misplaced {
    pub(crate) fn new(expected: impl Into<String>, found: Span) -> Self {
        Self { rule: &rules::MISPLACED, expected: expected.into(), found }
    }

    pub(crate) fn report(self, problems: &Problems) {
        let found = match self.found.text() {
            "" => "the end of the section".to_owned(),
            text => words::quoted(text),
        };
        let expected = format!("expected {}", self.expected);
        let message = format!("{expected}, found {found}");
        problems.push(self.rule.error(message, self.found).expected(expected));
    }
}

/// Reads all of `span`, or reports the first part that is misplaced.
pub(crate) fn read_all<'s, T>(
    span: &'s Span,
    problems: &'s Problems,
    read: impl FnOnce(&mut Cursor<'s>) -> Result<T, Misplaced>,
) -> Option<T> {
    let mut cursor =
        Cursor { problems, source: span.source(), at: span.range().start, end: span.range().end };
    let value = read(&mut cursor).and_then(|value| {
        cursor.skip_space();
        if cursor.at == cursor.end {
            return Ok(value);
        }
        Err(Misplaced { rule: &rules::UNEXPECTED_TEXT, ..cursor.misplaced("no more text here") })
    });
    value.map_err(|misplaced| misplaced.report(problems)).ok()
}

impl<'s> Cursor<'s> {
    fn rest(&self) -> &'s str {
        let rest = self.source.text().get(self.at..self.end);
        invariant!(rest, "a cursor moves by the lengths of texts that it found")
    }

    fn skip_space(&mut self) {
        self.at = self.end - self.rest().trim_start().len();
    }

    /// Returns the next `length` bytes.
    pub(crate) fn take(&mut self, length: usize) -> Span {
        let span = self.source.span(self.at..self.at + length);
        self.at += length;
        span
    }

    /// Skips `text`, if it is next.
    pub(crate) fn accept(&mut self, text: &str) -> bool {
        let found = self.rest().trim_start().strip_prefix(text);
        self.at = found.map_or(self.at, |rest| self.end - rest.len());
        found.is_some()
    }

    pub(crate) fn expect(&mut self, text: &str) -> Result<(), Misplaced> {
        if self.accept(text) { Ok(()) } else { Err(self.misplaced(format!("`{text}`"))) }
    }

    /// Returns the text before the next `text`, and skips both.
    pub(crate) fn until(&mut self, text: &str) -> Result<Span, Misplaced> {
        let Some(length) = self.rest().find(text) else {
            return Err(self.misplaced(format!("`{}` after this", text.trim())));
        };
        let span = self.take(length);
        self.at += text.len();
        Ok(span)
    }

    /// Like [`Cursor::until`], for a `text` on the same line.
    pub(crate) fn until_on_line(&mut self, text: &str) -> Result<Span, Misplaced> {
        if self.rest().lines().next().is_some_and(|line| line.contains(text)) {
            return self.until(text);
        }
        Err(self.misplaced(format!("`{text}`")))
    }

    /// Returns the rest of the current tab.
    pub(crate) fn tab(&self) -> &'s str {
        // The search ends with the tab, so that it takes linear time for all tabs of a page.
        self.rest().split_once("</TabItem>").map_or(self.rest(), |(tab, _)| tab)
    }

    /// Reads the text before the first line of the current tab that starts with `text`.
    pub(crate) fn prose_before(&mut self, text: &str) -> Result<Spanned<String>, Misplaced> {
        let tab = self.tab();
        let is_start = |at: &usize| tab.get(*at..).is_some_and(|line| line.starts_with(text));
        if let Some(length) = line_starts(tab).find(is_start) {
            return self.prose(length);
        }
        if !self.is_at_component() {
            self.at += tab.len();
        }
        Err(self.misplaced(format!("`{text}`")))
    }

    /// Reads the next `length` bytes as text: without the empty line before it and the one after it. Without them,
    /// Markdown would take the text for HTML. A component is not text.
    pub(crate) fn prose(&mut self, length: usize) -> Result<Spanned<String>, Misplaced> {
        let all = self.source.span(self.at..self.at + length);
        let text = all.text().trim_start();
        let (before, after) = (length - text.len(), text.trim_end().len());
        if self.is_at_component() && !text.is_empty() {
            return Err(self.misplaced("text or code"));
        }
        let has_empty_line = |space: Span| space.text().matches('\n').count() >= 2;
        let starts_well = has_empty_line(all.part(0..before));
        self.at += if starts_well { length } else { before };
        if !starts_well || (after > 0 && !has_empty_line(all.part(before + after..length))) {
            return Err(self.misplaced("an empty line before this line"));
        }
        // The text itself can start with spaces and end with them.
        let lines = all.clone().lines().value;
        let exact = lines.strip_prefix("\n\n").and_then(|text| text.strip_suffix("\n\n"));
        Ok(Spanned::new(exact.unwrap_or(lines.trim()).to_owned(), all.trimmed()))
    }

    fn is_at_component(&self) -> bool {
        let rest = self.rest().trim_start();
        rest.starts_with('<')
            && rest.trim_start_matches(['<', '/']).starts_with(|c: char| c.is_ascii_uppercase())
    }

    /// Reads an HTML table with a `<tbody>` and an optional `<thead>`.
    pub(crate) fn table(&mut self) -> Result<Table, Misplaced> {
        self.expect_tag("table", "`<table>`")?;
        let start = self.source.span(self.at..self.at);
        let mut header = Row { span: start, id: None, cells: Vec::new(), extra: None };
        if self.accept_tag("thead")? {
            self.expect_tag("tr", "`<tr>`")?;
            let start = self.at;
            header.cells = self.cells("th", "`<th>` or `</tr>`")?;
            header.span = self.source.span(start..self.at).trimmed();
            self.expect_tag("/thead", "`</thead>`")?;
        }
        self.expect_tag("tbody", "`<tbody>`")?;
        let mut rows = Vec::new();
        while let Some(row) = self.row()? {
            rows.push(row);
        }
        self.expect_tag("/tbody", "`<tr>` or `</tbody>`")?;
        self.expect_tag("/table", "`</table>`")?;
        Ok(Table::new(&header, rows))
    }

    /// Reads a row, which may have an `id`.
    fn row(&mut self) -> Result<Option<Row>, Misplaced> {
        let Some((tag, span)) = self.next_tag("tr") else {
            return Ok(None);
        };
        let id = attribute(tag, &span, "id");
        if id.is_none() && tag.attributes().next().is_some() {
            return Err(self.misplaced("`<tr>`, or `<tr>` with an id"));
        }
        self.at = span.range().end;
        let cells = self.cells("td", "`<td>` or `</tr>`")?;
        let span = self.source.span(span.range().start..self.at);
        Ok(Some(Row { span, id, cells, extra: None }))
    }

    /// Reads the cells of a row, which are elements called `name`, and the end of the row.
    fn cells(&mut self, name: &str, expected: &str) -> Result<Vec<Span>, Misplaced> {
        let mut cells = Vec::new();
        while self.accept_tag(name)? {
            let cell = self.until(&format!("</{name}>"))?;
            // If another row or cell starts in this cell, the end tag belongs to that one.
            let starts = ["<td>", "<th>", "</tr>"].iter().filter_map(|tag| cell.text().find(tag));
            if let Some(at) = starts.min() {
                self.at = cell.range().start + at;
                return Err(self.misplaced(format!("`</{name}>`")));
            }
            cells.push(cell);
        }
        self.expect_tag("/tr", expected)?;
        Ok(cells)
    }

    /// Reads a link; returns its target and its content.
    pub(crate) fn link(&mut self) -> Result<(Spanned<String>, Span), Misplaced> {
        let link = self.next_tag("a");
        let link = link.and_then(|(tag, span)| Some((attribute(tag, &span, "href")?, span)));
        let (target, span) = link.ok_or_else(|| self.misplaced("`<a href=\"#…\">`"))?;
        self.at = span.range().end;
        Ok((target, self.until("</a>")?))
    }

    fn expect_tag(&mut self, name: &str, expected: &str) -> Result<(), Misplaced> {
        if self.accept_tag(name)? { Ok(()) } else { Err(self.misplaced(expected)) }
    }

    /// Skips the tag `name`, if it is next. It must have no attributes.
    fn accept_tag(&mut self, name: &str) -> Result<bool, Misplaced> {
        let Some((tag, span)) = self.next_tag(name) else {
            return Ok(false);
        };
        if tag.attributes().next().is_some() || tag.is_self_closing {
            return Err(self.misplaced(format!("`<{name}>` without attributes")));
        }
        self.at = span.range().end;
        Ok(true)
    }

    /// Returns the next tag, if it is called `name`; a name with a slash is that of an end tag.
    fn next_tag(&self, name: &str) -> Option<(Tag<'s>, Span)> {
        let rest = self.rest().trim_start();
        let tag = Tag::read(rest)?;
        let start = self.end - rest.len();
        let is_named =
            tag.is_end == name.starts_with('/') && tag.name == name.trim_start_matches('/');
        is_named.then(|| (tag, self.source.span(start..start + tag.text.len())))
    }

    pub(crate) fn misplaced(&self, expected: impl Into<String>) -> Misplaced {
        let rest = self.rest().trim_start();
        let start = self.end - rest.len();
        let found = match Tag::read(rest) {
            Some(tag) => self.source.span(start..start + tag.text.len()),
            None => self.source.span(start..self.end).first_line(),
        };
        Misplaced::new(expected, found)
    }
}

/// Returns the value of the attribute `name` of the tag at `span`, if the tag has no other attributes.
fn attribute(tag: Tag<'_>, span: &Span, name: &str) -> Option<Spanned<String>> {
    let found = tag.only_attribute(name)?;
    Some(Spanned::new(found.value.to_owned(), span.part(found.range)))
}
