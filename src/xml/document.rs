//! An XML document, walked element by element.

use std::borrow::Cow;
use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// How deep elements may nest. The deepest shape of an AWS Query service needs about 20.
pub(super) const DEPTH: usize = 100;

/// Why an answer could not be read, and where in it.
#[derive(Debug)]
pub(crate) struct DecodeError {
    /// The elements around the place, `ListMFADevicesResponse/ListMFADevicesResult/…`.
    path: String,
    problem: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "at {}: {}",
            if self.path.is_empty() { "the start" } else { &self.path },
            self.problem
        )
    }
}

impl std::error::Error for DecodeError {}

/// A document that is being read, and the elements around the place.
pub(super) struct Decoder<'a> {
    reader: Reader<&'a [u8]>,
    pub(super) path: Vec<BytesStart<'a>>,
}

pub(super) type Step<'a, 'f> =
    &'f mut dyn FnMut(&mut Decoder<'a>, &BytesStart<'a>) -> Result<(), DecodeError>;
impl<'a> Decoder<'a> {
    pub(super) fn new(body: &'a [u8]) -> Result<Self, DecodeError> {
        let body = std::str::from_utf8(body).map_err(|error| DecodeError {
            path: String::new(),
            problem: format!("the answer is not UTF-8: {error}"),
        })?;
        let mut reader = Reader::from_str(body);
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { reader, path: Vec::new() })
    }

    pub(super) fn error(&self, problem: impl Into<String>) -> DecodeError {
        let names: Vec<_> = self.path.iter().map(local_name).collect();
        DecodeError { path: names.join("/"), problem: problem.into() }
    }

    pub(super) fn next(&mut self) -> Result<Event<'a>, DecodeError> {
        match self.reader.read_event() {
            Ok(Event::DocType(_)) => Err(self.error("a document type is not part of the protocol")),
            Ok(event) => Ok(event),
            Err(error) => Err(self.error(format!("not well-formed XML: {error}"))),
        }
    }

    /// The start of the document's element.
    pub(super) fn root(&mut self) -> Result<BytesStart<'a>, DecodeError> {
        loop {
            match self.next()? {
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Start(element) if local_name(&element).ends_with("Response") => {
                    return Ok(element);
                }
                Event::Start(element) => {
                    let name = local_name(&element);
                    return Err(self.error(format!("the document is <{name}>, not an answer")));
                }
                Event::Eof => return Err(self.error("the document is empty")),
                _ => return Err(self.error("text before the first element")),
            }
        }
    }

    /// Nothing but blanks may follow the document's element.
    pub(super) fn end(&mut self) -> Result<(), DecodeError> {
        loop {
            match self.next()? {
                Event::Eof => return Ok(()),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => return Err(self.error("something follows the end of the document")),
            }
        }
    }

    /// Calls `step` at the start of each child of `parent`; `step` reads to the child's end.
    pub(super) fn children(
        &mut self,
        parent: &BytesStart<'a>,
        step: Step<'a, '_>,
    ) -> Result<(), DecodeError> {
        if self.path.len() >= DEPTH {
            return Err(self.error(format!("elements nest deeper than {DEPTH}")));
        }
        self.path.push(parent.clone());
        loop {
            match self.next()? {
                Event::Start(element) => step(self, &element)?,
                Event::End(_) => break,
                Event::Eof => return Err(self.error("the document ends before its elements do")),
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    return Err(self.error("text where an element is expected"));
                }
                _ => {}
            }
        }
        self.path.pop();
        Ok(())
    }

    pub(super) fn skip(&mut self, element: &BytesStart<'a>) -> Result<(), DecodeError> {
        match self.reader.read_to_end(element.name()) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.error(format!("not well-formed XML: {error}"))),
        }
    }
    pub(super) fn text(&mut self, element: &BytesStart<'a>) -> Result<Cow<'a, str>, DecodeError> {
        let mut text = Cow::Borrowed("");
        loop {
            let part = match self.next()? {
                Event::Text(part) => part.xml10_content(),
                Event::CData(part) => part.xml10_content(),
                Event::GeneralRef(reference) => match resolve(&reference) {
                    Some(character) => Cow::Owned(character.to_string()),
                    None => return Err(self.error("an entity that XML does not define")),
                },
                Event::End(_) => return Ok(text),
                Event::Comment(_) | Event::PI(_) => continue,
                Event::Eof => return Err(self.error("the document ends before its elements do")),
                _ => {
                    let name = local_name(element);
                    return Err(self.error(format!("an element in <{name}>, which holds text")));
                }
            };
            if text.is_empty() {
                text = part;
            } else {
                text.to_mut().push_str(&part);
            }
        }
    }
}

/// The name without its namespace prefix.
pub(super) fn local_name<'e>(element: &'e BytesStart<'_>) -> &'e str {
    element.local_name().into_inner()
}

/// What `&name;` or `&#number;` stands for.
fn resolve(reference: &BytesRef<'_>) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character),
        Ok(None) => match &**reference {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        },
        Err(_) => None,
    }
}
