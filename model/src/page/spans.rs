//! Parts of spans.

use std::ops::Range;

use crate::source::{Span, Spanned};

/// Returns the bytes `range` of `span`.
pub(crate) fn part(span: &Span, range: Range<usize>) -> Span {
    let start = span.range().start;
    span.source().span(start + range.start..start + range.end)
}

/// Returns `span` without the characters at both ends that `is_removed` selects.
pub(crate) fn trimmed_of(span: &Span, is_removed: fn(char) -> bool) -> Span {
    let text = span.text();
    let start = text.len() - text.trim_start_matches(is_removed).len();
    part(span, start..start + text.trim_matches(is_removed).len())
}

/// Returns `span` without white space at both ends.
pub(crate) fn trimmed(span: &Span) -> Span {
    trimmed_of(span, char::is_whitespace)
}

/// Returns the text of `span` without white space at both ends.
pub(crate) fn words(span: &Span) -> Spanned<String> {
    let span = trimmed(span);
    Spanned::new(span.text().to_owned(), span)
}

/// Returns the text of `span` with `\n` as the end of each line.
pub(crate) fn lines(span: Span) -> Spanned<String> {
    Spanned::new(span.text().replace("\r\n", "\n"), span)
}

/// Returns the first line of `span`, without white space at its end.
pub(crate) fn first_line(span: &Span) -> Span {
    part(span, 0..span.text().lines().next().map_or(0, |line| line.trim_end().len()))
}

/// Returns where a diagnostic about the table cell `cell` points: its text, or at least one character.
pub(crate) fn visible(cell: &Span) -> Span {
    let text = trimmed(cell);
    let length = cell.range().len().max(1);
    if text.range().is_empty() { part(cell, 0..length) } else { text }
}

/// Returns the offset of each line in `text`.
pub(crate) fn line_starts(text: &str) -> impl DoubleEndedIterator<Item = usize> + Clone {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}
