//! An XML document, walked element by element.

use std::borrow::Cow;
use std::fmt;

use quick_xml::events::{BytesRef, BytesText};

use super::scanner::{Element, Event, Scanner};
use crate::error::{Error, ErrorKind};
use crate::sanitize::{MESSAGE, Sanitizer};
use crate::shape::Budget;

/// How deep elements may nest, also where they are passed over. The deepest shape of an AWS Query service needs about 20.
pub(super) const DEPTH: usize = 100;

/// Why an answer could not be read, and where in it.
#[derive(Debug)]
pub(crate) struct DecodeError {
    /// The elements around the place, `ListMFADevicesResponse/ListMFADevicesResult/…`.
    path: String,
    problem: String,
    /// The limit in bytes, where decoding would take more memory than that.
    over_budget: Option<usize>,
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

impl DecodeError {
    /// An error about the document as a whole.
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self { path: String::new(), problem: problem.into(), over_budget: None }
    }

    /// The error of values that would take more memory than `budget` has.
    pub(crate) fn over_budget(budget: &Budget) -> Self {
        let limit = budget.limit();
        let error = Self::new(format!("the values up to here take more than {limit} bytes"));
        Self { over_budget: Some(limit), ..error }
    }

    /// The error of a call of `operation` whose answer this is about, with what `sanitizer` lets be shown of it.
    pub(crate) fn into_error(self, operation: &str, sanitizer: &Sanitizer) -> Error {
        let shown = Self {
            path: sanitizer.show(&self.path, MESSAGE).into(),
            problem: sanitizer.show(&self.problem, MESSAGE).into(),
            over_budget: self.over_budget,
        };
        let error = match self.over_budget {
            Some(limit) => {
                let message = format!(
                    "the values in the response take more memory than the limit of {limit} bytes; raise it with \
                     decode_limit(…)"
                );
                Error::new(ErrorKind::ResponseTooLarge, message)
            }
            None => Error::new(ErrorKind::Response, "the answer could not be understood"),
        };
        error.of_operation(operation).sent().with_source(shown)
    }
}

/// A document that is being read, and the elements around the place.
pub(super) struct Decoder<'a, 'b> {
    scanner: Scanner<'a>,
    path: Vec<&'a str>,
    pub(super) budget: &'b mut Budget,
}

pub(super) type Step<'a, 'b, 'f> =
    &'f mut dyn FnMut(&mut Decoder<'a, 'b>, &Element<'a>) -> Result<(), DecodeError>;

impl<'a, 'b> Decoder<'a, 'b> {
    pub(super) fn new(body: &'a [u8], budget: &'b mut Budget) -> Result<Self, DecodeError> {
        let body = std::str::from_utf8(body).map_err(|error| DecodeError {
            path: String::new(),
            problem: format!("the answer is not UTF-8: {error}"),
            over_budget: None,
        })?;
        Ok(Self { scanner: Scanner::new(body), path: Vec::new(), budget })
    }

    pub(super) fn error(&self, problem: impl Into<String>) -> DecodeError {
        DecodeError { path: self.path.join("/"), problem: problem.into(), over_budget: None }
    }

    #[cold]
    fn stopped(&self) -> DecodeError {
        self.error("the caller waits no longer")
    }

    /// The error of a value for which the budget has no room.
    #[cold]
    pub(super) fn too_large(&self) -> DecodeError {
        DecodeError { path: self.path.join("/"), ..DecodeError::over_budget(self.budget) }
    }

    /// An error about `element` itself, which stands at the place.
    pub(super) fn error_of(
        &mut self,
        element: &Element<'a>,
        problem: impl Into<String>,
    ) -> DecodeError {
        self.path.push(element.name);
        self.error(problem)
    }

    fn too_deep(&self) -> DecodeError {
        self.error(format!("elements nest deeper than {DEPTH}"))
    }

    pub(super) fn ill_formed(&self, error: &dyn fmt::Display) -> DecodeError {
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
    pub(super) fn root(&mut self) -> Result<Element<'a>, DecodeError> {
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
    pub(super) fn end(&mut self) -> Result<(), DecodeError> {
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
    pub(super) fn children(
        &mut self,
        parent: &Element<'a>,
        step: Step<'a, 'b, '_>,
    ) -> Result<(), DecodeError> {
        if self.path.len() >= DEPTH {
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
    pub(super) fn skip(&mut self) -> Result<(), DecodeError> {
        match self.scanner.skip(DEPTH) {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.too_deep()),
            Err(error) => Err(self.ill_formed(&error)),
        }
    }

    pub(super) fn text(&mut self, element: &Element<'a>) -> Result<Cow<'a, str>, DecodeError> {
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
