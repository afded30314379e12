//! A text that was read, and places in it.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, Rule};

/// The most bytes that a text may have: 10 MiB, a thousand times the longest page of the corpus.
/// Everything up to it is read in time linear in its length; anything above is refused unread.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// Rules about a text as a whole, before anything is made of it.
pub static RULES: &[&Rule] = &[&UNREADABLE_FILE, &FILE_TOO_LARGE, &INVALID_UTF8];

/// The file could not be opened or read.
pub static UNREADABLE_FILE: Rule = Rule {
    id: "unreadable-file",
    label: "this file could not be read",
    help: "check the path and the permissions of the file",
};

/// The text is longer than [`MAX_BYTES`].
pub static FILE_TOO_LARGE: Rule = Rule {
    id: "file-too-large",
    label: "the limit is 10 MiB",
    help: "check that this is the right file; if it is, split it",
};

/// The bytes are not text.
pub static INVALID_UTF8: Rule =
    Rule { id: "invalid-utf8", label: "this is not UTF-8", help: "save the file as UTF-8" };

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

    /// A source named `name` that holds `bytes`, which must be UTF-8.
    ///
    /// # Errors
    /// `invalid-utf8`, with the place of the first bad byte; `file-too-large` above [`MAX_BYTES`].
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        let name = name.into();
        if bytes.len() > MAX_BYTES {
            return Err(too_large(name));
        }
        String::from_utf8(bytes).map(|text| Self::new(name.as_str(), text)).map_err(|error| {
            // What stands before the bad byte is valid, so its place is the same in the text that
            // has a replacement character instead of it.
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes().get(at).copied().unwrap_or_default();
            let source = Self::new(name.as_str(), String::from_utf8_lossy(error.as_bytes()));
            let message = format!("the byte 0x{byte:02X} is not part of any UTF-8 character");
            INVALID_UTF8.error(message, source.span(at..at + 1))
        })
    }

    /// Reads the file at `path`; messages call it `name`.
    ///
    /// # Errors
    /// `unreadable-file` if it cannot be read, and all that [`Source::from_bytes`] refuses.
    pub fn read(path: &Path, name: impl Into<String>) -> Result<Self, Diagnostic> {
        let name = name.into();
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        // One byte above the limit tells that there is more.
        let read = open_regular(path)
            .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes));
        match read {
            Ok(_) => Self::from_bytes(name, bytes),
            Err(error) => {
                let start = Self::new(name, "").span(0..0);
                Err(UNREADABLE_FILE
                    .error(format!("cannot read {}: {error}", path.display()), start))
            }
        }
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
}

/// Opens the regular file at `path`, or the one that a link there leads to. Anything else is refused before it is
/// opened: opening a named pipe waits until something writes to it.
///
/// # Errors
/// Those of opening a file, and one where the path leads to what is not a regular file.
///
/// # Example
/// ```
/// let error = pagesmith_codegen::source::open_regular(std::path::Path::new(".")).unwrap_err();
/// assert_eq!(error.to_string(), "it is not a regular file");
/// ```
pub fn open_regular(path: &Path) -> io::Result<File> {
    if std::fs::metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
    }
}

/// The bytes of the regular file at `path`; see [`open_regular`].
///
/// # Errors
/// Those of [`open_regular`], and of reading.
pub fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_large(name: String) -> Diagnostic {
    let message = format!("the text is longer than {MAX_BYTES} bytes");
    FILE_TOO_LARGE.error(message, Source::new(name, "").span(0..0))
}

impl Source {
    /// Refuses a text that is longer than [`MAX_BYTES`], however it came to be.
    pub(crate) fn bounded(&self) -> Result<(), Diagnostic> {
        if self.text().len() > MAX_BYTES { Err(too_large(self.0.name.clone())) } else { Ok(()) }
    }

    fn line_starts(&self) -> &[usize] {
        self.0.line_starts.get_or_init(|| {
            let ends = self.text().bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        })
    }

    /// How many characters begin before the byte at `offset`.
    fn characters_before(&self, offset: usize) -> usize {
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let bytes = self.text().as_bytes();
        let blocks = self.0.characters.get_or_init(|| {
            let mut before = 0;
            let counts = bytes.chunks(BLOCK).map(|block| {
                let here = before;
                before += count(block);
                here
            });
            counts.collect()
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
