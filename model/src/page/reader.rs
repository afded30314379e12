//! Reading a text whose every part is known in advance, from its start to its end.

use std::ops::Range;

use crate::diagnostic::Rule;
use crate::page::html::{self, TagText};
use crate::page::problems::Problems;
use crate::page::rules;
use crate::page::table::{self, Row, Table};
use crate::source::{Source, Span, Spanned};
use crate::words;

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
    rule: &'static Rule,
    expected: String,
    place: Span,
}

impl Misplaced {
    pub(crate) fn new(expected: &str, place: Span) -> Self {
        Self { rule: &rules::MISPLACED, expected: expected.to_owned(), place }
    }

    pub(crate) fn report(self, problems: &mut Problems) {
        let found = match self.place.text() {
            "" => "the end of the section".to_owned(),
            text => words::quoted(text),
        };
        let message = format!("expected {}, found {found}", self.expected);
        let expected = format!("expected {}", self.expected);
        problems.push(self.rule.error(message, self.place).expected(expected));
    }
}

impl<'s> Reader<'s> {
    pub(crate) fn new(span: &'s Span) -> Self {
        Self { source: span.source(), at: span.range().start, end: span.range().end }
    }

    pub(crate) fn rest(&self) -> &'s str {
        self.source.text().get(self.at..self.end).unwrap_or_default()
    }

    /// Goes past `text`, if that comes next.
    pub(crate) fn accept(&mut self, text: &str) -> bool {
        let start = self.next_place();
        let found =
            self.source.text().get(start..self.end).is_some_and(|rest| rest.starts_with(text));
        if found {
            self.at = start + text.len();
        }
        found
    }

    pub(crate) fn expect(&mut self, text: &str) -> Result<(), Misplaced> {
        if self.accept(text) { Ok(()) } else { Err(self.misplaced(format!("`{text}`"))) }
    }

    /// Nothing, at the place that comes next.
    pub(crate) fn nothing(&self) -> Span {
        self.source.span(self.at..self.at)
    }

    /// The next `length` bytes.
    pub(crate) fn next_of(&mut self, length: usize) -> Span {
        let span = self.source.span(self.at..self.at + length);
        self.at += length;
        span
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

    /// As [`Reader::until`], if it is on the same line.
    pub(crate) fn until_on_line(&mut self, text: &str) -> Result<Span, Misplaced> {
        let line = self.rest().lines().next().unwrap_or_default();
        if line.contains(text) {
            self.until(text)
        } else {
            Err(self.misplaced(format!("`{text}`")))
        }
    }

    /// What is left of the tab that is being read, up to its end.
    pub(crate) fn tab(&self) -> &'s str {
        let rest = self.rest();
        // Looking no further than the tab's end keeps a page of many tabs linear.
        rest.find("</TabItem>").and_then(|end| rest.get(..end)).unwrap_or(rest)
    }

    /// The prose before the first line of this tab that begins with `text`, which it stops at.
    pub(crate) fn prose(&mut self, text: &str) -> Result<Span, Misplaced> {
        let tab = self.tab();
        let lines =
            line_starts(tab).find(|at| tab.get(*at..).is_some_and(|line| line.starts_with(text)));
        let Some(length) = lines else {
            let is_component = self.starts_component();
            self.at = if is_component { self.next_place() } else { self.at + tab.len() };
            return Err(self.misplaced(format!("`{text}`")));
        };
        self.prose_of(length)
    }

    /// The prose in the next `length` bytes, behind which it stops: what is between an empty line above and one below,
    /// blanks included. A component is not prose. Markdown takes what stands right below a tag for HTML, and would read
    /// it otherwise when the page is written back.
    pub(crate) fn prose_of(&mut self, length: usize) -> Result<Span, Misplaced> {
        let all = self.source.span(self.at..self.at + length);
        let Range { start, end } = all.range();
        let trimmed = table::trimmed(&all).span;
        if self.starts_component() && !trimmed.text().is_empty() {
            return Err(self.misplaced("text or code".to_owned()));
        }
        let is_gap =
            |from: usize, to: usize| self.source.span(from..to).text().matches('\n').count() >= 2;
        let first = if trimmed.text().is_empty() { end } else { trimmed.range().start };
        if !is_gap(start, first) {
            self.at = first;
            return Err(self.misplaced("an empty line above this one".to_owned()));
        }
        if !trimmed.text().is_empty() && !is_gap(trimmed.range().end, end) {
            self.at = end;
            return Err(self.misplaced("an empty line above this one".to_owned()));
        }
        self.at = end;
        let exact = between_gaps(all.text());
        Ok(exact.map_or(trimmed, |inner| self.source.span(start + inner.start..start + inner.end)))
    }

    fn starts_component(&self) -> bool {
        let rest = self.rest().trim_start();
        rest.starts_with('<')
            && rest
                .trim_start_matches(['<', '/'])
                .starts_with(|first: char| first.is_ascii_uppercase())
    }

    /// That nothing comes any more.
    pub(crate) fn finish(&mut self) -> Result<(), Misplaced> {
        self.at = self.next_place();
        if self.at == self.end {
            Ok(())
        } else {
            Err(Misplaced {
                rule: &rules::UNEXPECTED_TEXT,
                ..self.misplaced("nothing more".to_owned())
            })
        }
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
        let Some(tag) = self.next_tag().filter(|tag| tag.name == "tr") else {
            return Ok(None);
        };
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
        Ok(Some(Row { span: self.source.span(start..self.at), id, cells, beyond: None }))
    }

    /// Cells called `name`, and the tag that closes their row.
    fn cells(&mut self, name: &str, expected: &str) -> Result<Vec<Span>, Misplaced> {
        let mut cells = Vec::new();
        while self.accept_tag(name)? {
            let cell = self.until(&format!("</{name}>"))?;
            // Another row or cell inside this one: the end that was found is not this one's.
            if let Some(at) =
                ["<td>", "<th>", "</tr>"].iter().filter_map(|tag| cell.text().find(tag)).min()
            {
                self.at = cell.range().start + at;
                return Err(self.misplaced(format!("`</{name}>`")));
            }
            cells.push(cell);
        }
        self.expect_tag("/tr", expected)?;
        Ok(cells)
    }

    /// A link: where it leads, and what stands in it.
    pub(crate) fn link(&mut self) -> Result<(Spanned<String>, Span), Misplaced> {
        let start = self.next_place();
        let tag = self.next_tag().filter(|tag| tag.name == "a");
        let Some((length, [("href", target, range)])) =
            tag.as_ref().map(|tag| (tag.length, tag.attributes.as_slice()))
        else {
            return Err(self.misplaced("`<a href=\"#…\">`".to_owned()));
        };
        let place = self.source.span(start + range.start..start + range.end);
        let target = Spanned::new((*target).to_owned(), place);
        self.at = start + length;
        Ok((target, self.until("</a>")?))
    }

    fn expect_tag(&mut self, name: &str, expected: &str) -> Result<(), Misplaced> {
        if self.accept_tag(name)? { Ok(()) } else { Err(self.misplaced(expected.to_owned())) }
    }

    /// Goes past the tag called `name`, if that comes next. It has no attributes.
    fn accept_tag(&mut self, name: &str) -> Result<bool, Misplaced> {
        let Some(tag) = self.next_tag().filter(|tag| tag.name == name) else {
            return Ok(false);
        };
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
        Misplaced {
            rule: &rules::MISPLACED,
            expected,
            place: self.source.span(start..start + length),
        }
    }
}

/// Where `text` is without the two line ends that it begins with and the two that it ends with, if it has them.
fn between_gaps(text: &str) -> Option<Range<usize>> {
    let mut rest = text;
    for _ in 0..2 {
        rest = rest.strip_prefix('\r').unwrap_or(rest).strip_prefix('\n')?;
    }
    let start = text.len() - rest.len();
    for _ in 0..2 {
        rest = rest.strip_suffix('\n')?;
        rest = rest.strip_suffix('\r').unwrap_or(rest);
    }
    Some(start..start + rest.len())
}

/// Where each line of `text` begins.
pub(crate) fn line_starts(text: &str) -> impl DoubleEndedIterator<Item = usize> + Clone {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}
