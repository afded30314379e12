//! An XML document, walked element by element.

use std::borrow::Cow;
use std::fmt;

use quick_xml::events::{BytesRef, BytesText};

use super::scanner::{Element, Event, Scanner};
use crate::codec::error::DecodeError;
use crate::schema::Budget;

/// How deep elements may nest, also where they are passed over. The deepest shape of an AWS Query service needs about 20.
pub(crate) const MAX_DEPTH: usize = 100;

/// A document that is being read, and the elements around the place.
pub(crate) struct Decoder<'a, 'b> {
    scanner: Scanner<'a>,
    path: Vec<&'a str>,
    pub(crate) budget: &'b mut Budget,
}

pub(crate) type Step<'a, 'b, 'f> =
    &'f mut dyn FnMut(&mut Decoder<'a, 'b>, &Element<'a>) -> Result<(), DecodeError>;

impl<'a, 'b> Decoder<'a, 'b> {
    pub(crate) fn new(body: &'a [u8], budget: &'b mut Budget) -> Result<Self, DecodeError> {
        let body = std::str::from_utf8(body)
            .map_err(|error| DecodeError::new(format!("the response is not UTF-8: {error}")))?;
        Ok(Self { scanner: Scanner::new(body), path: Vec::new(), budget })
    }

    pub(crate) fn error(&self, problem: impl Into<String>) -> DecodeError {
        DecodeError::at(self.path.join("/"), problem)
    }

    #[cold]
    fn stopped(&self) -> DecodeError {
        self.error("the caller waits no longer")
    }

    /// The error of a value for which the budget has no room.
    #[cold]
    pub(crate) fn too_large(&self) -> DecodeError {
        DecodeError::over_budget(self.path.join("/"), self.budget)
    }

    /// An error about `element` itself, which stands at the place.
    pub(crate) fn error_of(
        &mut self,
        element: &Element<'a>,
        problem: impl Into<String>,
    ) -> DecodeError {
        self.path.push(element.name);
        self.error(problem)
    }

    fn too_deep(&self) -> DecodeError {
        self.error(format!("elements nest deeper than {MAX_DEPTH}"))
    }

    pub(crate) fn ill_formed(&self, error: &dyn fmt::Display) -> DecodeError {
        self.error(format!("not well-formed XML: {error}"))
    }

    fn next(&mut self) -> Result<Event<'a>, DecodeError> {
        match self.scanner.next() {
            Ok(Event::DocumentType) => {
                Err(self.error("a document type is not part of the protocol"))
            }
            Ok(event) => Ok(event),
            Err(error) => Err(self.ill_formed(&error)),
        }
    }

    /// The start of the document's element.
    pub(crate) fn root(&mut self) -> Result<Element<'a>, DecodeError> {
        loop {
            match self.next()? {
                Event::Declaration | Event::Aside => {}
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Start(element) => return Ok(element),
                Event::EndOfDocument => return Err(self.error("the document is empty")),
                _ => return Err(self.error("text before the first element")),
            }
        }
    }

    /// Nothing but blanks may follow the document's element.
    pub(crate) fn end(&mut self) -> Result<(), DecodeError> {
        loop {
            match self.next()? {
                Event::EndOfDocument => return Ok(()),
                Event::Aside => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => return Err(self.error("something follows the end of the document")),
            }
        }
    }

    /// Calls `step` at the start of each child of `parent`; `step` reads to the child's end.
    pub(crate) fn children(
        &mut self,
        parent: &Element<'a>,
        step: Step<'a, 'b, '_>,
    ) -> Result<(), DecodeError> {
        if self.path.len() >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.path.push(parent.name);
        loop {
            self.scanner.pass_blanks();
            match self.next()? {
                Event::Start(element) => {
                    if self.budget.is_stopped() {
                        return Err(self.stopped());
                    }
                    step(self, &element)?;
                }
                Event::End => break,
                Event::EndOfDocument => {
                    return Err(self.error("the document ends before its elements do"));
                }
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Text(_) | Event::CData(_) | Event::Reference(_) => {
                    return Err(self.error("text where an element is expected"));
                }
                _ => {}
            }
        }
        self.path.pop();
        Ok(())
    }

    /// Passes over what is left of the element that started last.
    pub(crate) fn skip(&mut self) -> Result<(), DecodeError> {
        match self.scanner.skip(MAX_DEPTH) {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.too_deep()),
            Err(error) => Err(self.ill_formed(&error)),
        }
    }

    pub(crate) fn text(&mut self, element: &Element<'a>) -> Result<Cow<'a, str>, DecodeError> {
        if let Some(text) = self.scanner.plain_text() {
            return Ok(Cow::Borrowed(text));
        }
        let mut text = Cow::Borrowed("");
        loop {
            let part = match self.next()? {
                Event::Text(part) => BytesText::from_escaped(part).xml10_content(),
                Event::CData(part) => part.xml10_content(),
                Event::Reference(reference) => match resolve(&reference) {
                    Some(character) => Cow::Owned(character.to_string()),
                    None => return Err(self.error("an entity that XML does not define")),
                },
                Event::End => return Ok(text),
                Event::Aside => continue,
                Event::EndOfDocument => {
                    return Err(self.error("the document ends before its elements do"));
                }
                _ => {
                    let name = element.name;
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
