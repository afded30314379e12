//! A text that was read, and places in it.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text with the name under which messages speak of it. Cloning shares the text.
#[derive(Clone)]
pub struct Source(Arc<Inner>);

struct Inner {
    name: String,
    text: String,
    /// Where each line begins. Made on first use, so that a page with a thousand diagnostics is
    /// searched for line ends once and not a thousand times.
    line_starts: OnceLock<Vec<usize>>,
    /// How many characters stand before each multiple of [`BLOCK`] bytes, for columns in lines that are as
    /// long as their text.
    characters: OnceLock<Vec<usize>>,
}

/// How many bytes are counted at a time.
const BLOCK: usize = 1024;

impl Source {
    /// A source named `name` (a path as the user wrote it, with `/` between its parts) that holds `text`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (line_starts, characters) = (OnceLock::new(), OnceLock::new());
        Self(Arc::new(Inner { name: name.into(), text: text.into(), line_starts, characters }))
    }

    /// The name under which messages speak of this text.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The place that `range` (bytes of the text) covers. A range outside the text, or inside a
    /// character, is moved to the nearest place that exists.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.0.text.floor_char_boundary(range.start);
        let end = self.0.text.ceil_char_boundary(range.end.max(start));
        Span { source: self.clone(), range: start..end }
    }

    fn line_starts(&self) -> &[usize] {
        self.0.line_starts.get_or_init(|| line_starts(self.text()).collect())
    }

    /// How many characters begin before the byte at `offset`.
    fn characters_before(&self, offset: usize) -> usize {
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let bytes = self.text().as_bytes();
        let blocks = self.0.characters.get_or_init(|| {
            let blocks = bytes.chunks(BLOCK).scan(0, |before, block| {
                let here = *before;
                *before += count(block);
                Some(here)
            });
            blocks.collect()
        });
        let block = offset / BLOCK;
        let before = blocks.get(block).copied().unwrap_or_default();
        before + count(bytes.get(block * BLOCK..offset).unwrap_or_default())
    }

    /// Number of the line (from 1) that holds the byte at `offset`, and where that line begins.
    fn line_at(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset);
        (line, starts.get(line.saturating_sub(1)).copied().unwrap_or_default())
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.name() == other.name() && self.text() == other.text())
    }
}

impl Eq for Source {}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {} bytes)", self.name(), self.text().len())
    }
}

/// A range of bytes in a [`Source`].
#[derive(Clone, PartialEq, Eq)]
pub struct Span {
    source: Source,
    range: Range<usize>,
}

impl Span {
    /// The text that this is a place in.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The bytes that it covers; both ends lie in the text and between characters.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The text that it covers.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.text().get(self.range()).unwrap_or_default()
    }

    /// Line and column of its start, both from 1; a column is a character.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        let (line, start) = self.source.line_at(self.range.start);
        let before = |offset| self.source.characters_before(offset);
        (line, before(self.range.start) - before(start) + 1)
    }

    /// The whole line in which it starts, without the line's end, and where that line begins.
    #[must_use]
    pub(crate) fn line(&self) -> (&str, usize) {
        let (number, start) = self.source.line_at(self.range.start);
        let text = self.source.text();
        let end = self.source.line_starts().get(number).map_or(text.len(), |next| next - 1);
        let line = text.get(start..end).unwrap_or_default();
        (line.strip_suffix('\r').unwrap_or(line), start)
    }

    /// The bytes `range` of the text that this covers.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        self.source.span(self.range.start + range.start..self.range.start + range.end)
    }

    /// This without the characters at both ends that `is_removed` selects.
    pub(crate) fn trimmed_of(&self, is_removed: fn(char) -> bool) -> Self {
        let text = self.text();
        let start = text.len() - text.trim_start_matches(is_removed).len();
        self.part(start..start + text.trim_matches(is_removed).len())
    }

    /// This without white space at both ends.
    pub(crate) fn trimmed(&self) -> Self {
        self.trimmed_of(char::is_whitespace)
    }

    /// The first line, without white space at its end.
    pub(crate) fn first_line(&self) -> Self {
        self.part(0..self.text().lines().next().map_or(0, |line| line.trim_end().len()))
    }

    /// Where a diagnostic about the table cell at this place points: its text, or at least one character.
    pub(crate) fn visible(&self) -> Self {
        let text = self.trimmed();
        if text.range.is_empty() { self.part(0..self.range.len().max(1)) } else { text }
    }

    /// The text without white space at both ends.
    pub(crate) fn words(&self) -> Spanned<String> {
        let span = self.trimmed();
        Spanned::new(span.text().to_owned(), span)
    }

    /// The text with `\n` as the end of each line.
    pub(crate) fn lines(self) -> Spanned<String> {
        Spanned::new(self.text().replace("\r\n", "\n"), self)
    }
}

/// The offset of each line in `text`.
pub(crate) fn line_starts(text: &str) -> impl DoubleEndedIterator<Item = usize> + Clone {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

/// `name:line:column`, the form that editors open.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.source.name())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A value and the place that it was read from. Two are equal when their values are.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value` as it was read at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}
