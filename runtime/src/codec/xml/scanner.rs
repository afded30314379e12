//! The events of an XML document.
//!
//! Services write simple documents: elements without attributes, text without references. This module scans those itself, without
//! copying and with little work per event. It passes everything else to quick-xml, one event at a time, so that quick-xml decides
//! what is well-formed. Tests check that the events and the errors equal those of quick-xml's reader for the whole document.

use memchr::{memchr2, memchr3};
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{self, BytesCData, BytesRef};
use quick_xml::{Reader, name::QName};

/// An event. An empty element has a start and an end like any other.
#[derive(Debug)]
pub(super) enum Event<'a> {
    Start(Element<'a>),
    /// The end of the innermost open element.
    End,
    /// Text up to the next markup or reference, still escaped.
    Text(&'a str),
    CData(BytesCData<'a>),
    Reference(BytesRef<'a>),
    Declaration,
    DocumentType,
    /// A comment or a processing instruction.
    Misc,
    EndOfDocument,
}

/// The start of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element<'a> {
    /// The name without its namespace prefix.
    pub(crate) name: &'a str,
    /// The content of the tag, and the length of the name with its prefix.
    tag: &'a str,
    name_length: usize,
}

impl<'a> Element<'a> {
    fn new(tag: &'a str, name: &'a str) -> Self {
        Self { name: QName(name).local_name().into_inner(), tag, name_length: name.len() }
    }

    /// The attributes. The caller must check for duplicates: quick-xml would compare each attribute with all earlier ones.
    pub(super) fn attributes(&self) -> Attributes<'a> {
        let mut attributes = Attributes::new(self.tag, self.name_length);
        attributes.with_checks(false);
        attributes
    }
}

/// Scans a document.
pub(super) struct Scanner<'a> {
    rest: &'a str,
    open: Vec<Open<'a>>,
    /// Whether the innermost element is empty, and its end has not been returned yet.
    within_empty: bool,
}

/// An open element.
struct Open<'a> {
    /// The name with its prefix.
    name: &'a str,
    /// Whether the start tag was scanned here, so that the end tag can be too.
    plain: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(document: &'a str) -> Self {
        let rest = document.strip_prefix('\u{feff}').unwrap_or(document);
        Self { rest, open: Vec::new(), within_empty: false }
    }

    /// Returns the next event. After an error, further events are meaningless.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Error> {
        if self.within_empty {
            self.within_empty = false;
            self.open.pop();
            return Ok(Event::End);
        }
        let plain = match self.rest.as_bytes() {
            [] => Some(Event::EndOfDocument),
            [b'<', b'/', ..] => self.end(),
            [b'<', ..] => self.start().map(Event::Start),
            _ => self.text(),
        };
        match plain {
            Some(event) => Ok(event),
            None => self.other(),
        }
    }

    /// Skips whitespace before markup, which most documents have between elements.
    pub(super) fn skip_whitespace(&mut self) {
        let is_whitespace = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        let length = self.rest.bytes().take_while(is_whitespace).count();
        if let Some(rest) = self.rest.get(length..).filter(|rest| rest.starts_with('<')) {
            self.rest = rest;
        }
    }

    /// Reads the start of an element, if it is next and needs no further processing. It is cheaper than [`next`](Self::next), whose
    /// events and errors are large.
    #[inline]
    pub(super) fn plain_start(&mut self) -> Option<Element<'a>> {
        if self.within_empty { None } else { self.start() }
    }

    /// Reads the rest of the innermost element, including its end, if it is only text without references and without line ends that
    /// need normalization.
    pub(super) fn plain_text(&mut self) -> Option<&'a str> {
        let length = memchr3(b'<', b'&', b'\r', self.rest.as_bytes())?;
        let (text, end) = self.rest.split_at_checked(length).filter(|_| !self.within_empty)?;
        self.rest = self.after_end(end)?;
        self.open.pop();
        Some(text)
    }

    /// Skips the rest of the innermost open element. Returns `false` if more than `max_depth` elements are open at once.
    pub(super) fn skip(&mut self, max_depth: usize) -> Result<bool, Error> {
        let Some(Open { name, .. }) = self.open.last() else { return Ok(true) };
        let (name, around) = (*name, self.open.len() - 1);
        while self.open.len() > around {
            if matches!(self.next()?, Event::EndOfDocument) {
                return Err(IllFormedError::MissingEndTag(name.to_owned()).into());
            }
            if self.open.len() > max_depth {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `<Name>` or `<Name/>`
    #[inline]
    fn start(&mut self) -> Option<Element<'a>> {
        let tag = self.rest.strip_prefix('<')?;
        let length = tag.bytes().position(|byte| !is_plain(byte))?;
        let (name, after) = tag.split_at_checked(length).filter(|(name, _)| !name.is_empty())?;
        self.rest = match after.strip_prefix('>') {
            Some(rest) => rest,
            None => {
                let rest = after.strip_prefix("/>")?;
                self.within_empty = true;
                rest
            }
        };
        self.open.push(Open { name, plain: true });
        Some(Element { name, tag: name, name_length: length })
    }

    /// `</Name>`
    fn end(&mut self) -> Option<Event<'a>> {
        self.rest = self.after_end(self.rest)?;
        self.open.pop();
        Some(Event::End)
    }

    /// The text after the end tag of the innermost element, if `rest` begins with that tag in its simple form.
    fn after_end(&self, rest: &'a str) -> Option<&'a str> {
        let open = self.open.last().filter(|open| open.plain)?;
        rest.strip_prefix("</")?.strip_prefix(open.name)?.strip_prefix('>')
    }

    /// Text up to markup, a reference or the end of the document.
    fn text(&mut self) -> Option<Event<'a>> {
        let length = memchr2(b'<', b'&', self.rest.as_bytes()).unwrap_or(self.rest.len());
        let (text, rest) =
            self.rest.split_at_checked(length).filter(|(text, _)| !text.is_empty())?;
        self.rest = rest;
        Some(Event::Text(text))
    }

    /// Reads any event with quick-xml. Whether start and end tags match is checked here, because quick-xml sees only the rest of
    /// the document.
    #[cold]
    fn other(&mut self) -> Result<Event<'a>, Error> {
        let mut reader = Reader::from_str(self.rest);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        let event = reader.read_event()?;
        let document = self.rest;
        let (read, rest) = document
            .split_at_checked(document.len() - reader.get_ref().len())
            .unwrap_or((document, ""));
        self.rest = rest;
        Ok(match event {
            events::Event::Start(start) => {
                self.opened(read, &start).ok_or(SyntaxError::UnclosedTag)?
            }
            events::Event::Empty(start) => {
                self.within_empty = true;
                self.opened(read, &start).ok_or(SyntaxError::UnclosedTag)?
            }
            events::Event::End(end) => return self.closed(end.name().into_inner()),
            events::Event::Text(_) => Event::Text(read),
            events::Event::CData(data) => Event::CData(data),
            events::Event::GeneralRef(reference) => Event::Reference(reference),
            events::Event::Decl(_) => Event::Declaration,
            events::Event::DocType(_) => Event::DocumentType,
            events::Event::Comment(_) | events::Event::PI(_) => Event::Misc,
            events::Event::Eof => Event::EndOfDocument,
        })
    }

    /// The start of the element with the start tag `whole`; `None` if `whole` is shorter than `start`.
    fn opened(&mut self, whole: &'a str, start: &events::BytesStart<'_>) -> Option<Event<'a>> {
        let tag = whole.strip_prefix('<')?.get(..start.len())?;
        let name = tag.get(..start.name().into_inner().len())?;
        self.open.push(Open { name, plain: false });
        Some(Event::Start(Element::new(tag, name)))
    }

    /// The end of an element by the name `found`.
    fn closed(&mut self, found: &str) -> Result<Event<'a>, Error> {
        let error = match self.open.pop() {
            Some(open) if open.name == found => return Ok(Event::End),
            Some(open) => {
                let (expected, found) = (open.name.to_owned(), found.to_owned());
                IllFormedError::MismatchedEndTag { expected, found }
            }
            None => IllFormedError::UnmatchedEndTag(found.to_owned()),
        };
        Err(error.into())
    }
}

/// Whether `byte` can be part of a name that needs no further processing: it is not the end of a name, a quote or a prefix.
fn is_plain(byte: u8) -> bool {
    PLAIN.get(usize::from(byte)).is_some_and(|plain| *plain)
}

/// [`is_plain`] for each byte, as a table, because it is called for each byte of each name.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut rest: &mut [bool] = &mut plain;
    let mut byte = 0_u8;
    while let [first, others @ ..] = rest {
        *first = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        byte = byte.wrapping_add(1);
        rest = others;
    }
    plain
};

#[cfg(test)]
mod tests;
