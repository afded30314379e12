//! A cursor over an XML document.

use std::borrow::Cow;
use std::fmt;

use quick_xml::events::{BytesRef, BytesText};

use super::scanner::{Element, Event, Scanner};
use crate::schema::{Budget, DecodeError};

/// The maximum depth of nested elements, including skipped ones. The deepest structure of an AWS Query service needs about 20
/// levels.
pub(crate) const MAX_DEPTH: usize = 100;

/// A document that is being decoded, and the elements around the current position.
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
        self.error("the caller no longer waits for the response")
    }

    /// The error of a value that exceeds the budget.
    #[cold]
    pub(crate) fn too_large(&self) -> DecodeError {
        DecodeError::over_budget(self.path.join("/"), self.budget)
    }

    /// An error about `element`, which has just started.
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
                Err(self.error("a document type declaration is not allowed"))
            }
            Ok(event) => Ok(event),
            Err(error) => Err(self.ill_formed(&error)),
        }
    }

    /// Reads up to the start of the root element.
    pub(crate) fn root(&mut self) -> Result<Element<'a>, DecodeError> {
        loop {
            match self.next()? {
                Event::Declaration | Event::Misc => {}
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Start(element) => return Ok(element),
                Event::EndOfDocument => return Err(self.error("the document is empty")),
                _ => return Err(self.error("text before the first element")),
            }
        }
    }

    /// Checks that only whitespace and comments follow the root element.
    pub(crate) fn end(&mut self) -> Result<(), DecodeError> {
        loop {
            match self.next()? {
                Event::EndOfDocument => return Ok(()),
                Event::Misc => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => return Err(self.error("there is content after the root element")),
            }
        }
    }

    /// Calls `step` at the start of each child of `parent`. `step` must read to the end of the child.
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
            self.scanner.skip_whitespace();
            let element = match self.scanner.plain_start() {
                Some(element) => element,
                None => match self.child()? {
                    Some(element) => element,
                    None => break,
                },
            };
            if self.budget.is_stopped() {
                return Err(self.stopped());
            }
            step(self, &element)?;
        }
        self.path.pop();
        Ok(())
    }

    /// Reads up to the start of the next child of the current element, or its end.
    fn child(&mut self) -> Result<Option<Element<'a>>, DecodeError> {
        loop {
            match self.next()? {
                Event::Start(element) => return Ok(Some(element)),
                Event::End => return Ok(None),
                Event::EndOfDocument => {
                    return Err(self.error("the document ends within an element"));
                }
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Text(_) | Event::CData(_) | Event::Reference(_) => {
                    return Err(self.error("found text where an element is expected"));
                }
                Event::Declaration | Event::DocumentType | Event::Misc => {}
            }
        }
    }

    /// Skips the rest of the current element.
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
                    None => return Err(self.error("found an entity that XML does not define")),
                },
                Event::End => return Ok(text),
                Event::Misc => continue,
                Event::EndOfDocument => {
                    return Err(self.error("the document ends within an element"));
                }
                _ => {
                    let name = element.name;
                    return Err(self.error(format!(
                        "found an element in <{name}>, which should contain text"
                    )));
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

/// The character that `&name;` or `&#number;` refers to.
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
