//! The AWS Query protocol's answers: an XML document fills a record.
//!
//! A pull reader walks the document once and asks the record for the place of each element that
//! its table knows; others are passed over, since a service may add members at any time. Nothing
//! in a document makes this recurse deeper than [`DEPTH`], and a document type, which is where
//! XML's expansions live, is refused.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::shape::{List, Map, Member, Record, Seen, Shape, Slot, Target};
use crate::timestamp;

/// How deep elements may nest. The deepest shape of an AWS Query service needs about 20.
const DEPTH: usize = 100;

/// What an answer said beside its output.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) request_id: Option<String>,
}

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

/// Fills `output` from the element `wrapper` in the document `body`. Without a wrapper the output
/// has no members, and the document is only checked.
///
/// # Errors
/// Where the body is no well-formed XML document of the expected form, lacks a member that the
/// table calls required, or holds a value that is none of its member's type.
pub(crate) fn decode(
    body: &[u8],
    wrapper: Option<&str>,
    shape: &Shape<'_>,
    output: &mut dyn Record,
) -> Result<Metadata, DecodeError> {
    let mut decoder = Decoder::new(body)?;
    let root = decoder.root()?;
    let mut metadata = Metadata::default();
    let mut found = wrapper.is_none();
    decoder.children(&root, &mut |decoder, element| {
        let name = local_name(element);
        if wrapper == Some(name) {
            found = true;
            decoder.record(element, shape, output)
        } else if name == "ResponseMetadata" {
            decoder.children(element, &mut |decoder, element| {
                decoder.keep_request_id(element, &mut metadata.request_id)
            })
        } else {
            decoder.keep_request_id(element, &mut metadata.request_id)
        }
    })?;
    decoder.end()?;
    match wrapper {
        Some(wrapper) if !found => Err(decoder.error(format!("the element {wrapper} is missing"))),
        _ => Ok(metadata),
    }
}

/// What an error document says.
#[derive(Debug, Default)]
pub(crate) struct ErrorDocument {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
}

/// Reads `<ErrorResponse><Error><Code>…`, or `<Response><Errors><Error>…` as older services write it.
/// `None` where the body is no such document, as from a proxy or a load balancer.
pub(crate) fn decode_error(body: &[u8]) -> Option<ErrorDocument> {
    let mut decoder = Decoder::new(body).ok()?;
    let root = decoder.root().ok()?;
    let mut document = ErrorDocument::default();
    decoder.error_members(&root, &mut document).ok()?;
    decoder.end().ok()?;
    document.code.is_some().then_some(document)
}

struct Decoder<'a> {
    reader: Reader<&'a [u8]>,
    path: Vec<BytesStart<'a>>,
}

type Step<'a, 'f> = &'f mut dyn FnMut(&mut Decoder<'a>, &BytesStart<'a>) -> Result<(), DecodeError>;

impl<'a> Decoder<'a> {
    fn new(body: &'a [u8]) -> Result<Self, DecodeError> {
        let body = std::str::from_utf8(body).map_err(|error| DecodeError {
            path: String::new(),
            problem: format!("the answer is not UTF-8: {error}"),
        })?;
        let mut reader = Reader::from_str(body);
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { reader, path: Vec::new() })
    }

    fn error(&self, problem: impl Into<String>) -> DecodeError {
        let names: Vec<_> = self.path.iter().map(local_name).collect();
        DecodeError { path: names.join("/"), problem: problem.into() }
    }

    fn next(&mut self) -> Result<Event<'a>, DecodeError> {
        match self.reader.read_event() {
            Ok(Event::DocType(_)) => Err(self.error("a document type is not part of the protocol")),
            Ok(event) => Ok(event),
            Err(error) => Err(self.error(format!("not well-formed XML: {error}"))),
        }
    }

    /// The start of the document's element.
    fn root(&mut self) -> Result<BytesStart<'a>, DecodeError> {
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
    fn end(&mut self) -> Result<(), DecodeError> {
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
    fn children(&mut self, parent: &BytesStart<'a>, step: Step<'a, '_>) -> Result<(), DecodeError> {
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

    fn skip(&mut self, element: &BytesStart<'a>) -> Result<(), DecodeError> {
        match self.reader.read_to_end(element.name()) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.error(format!("not well-formed XML: {error}"))),
        }
    }

    fn record(
        &mut self,
        element: &BytesStart<'a>,
        shape: &Shape<'_>,
        record: &mut dyn Record,
    ) -> Result<(), DecodeError> {
        let mut seen = Seen::default();
        let mut expected = 0;
        self.children(element, &mut |decoder, child| {
            let name = local_name(child);
            let Some((index, member)) = find(shape.members, name, expected) else {
                return decoder.skip(child);
            };
            // A flattened list comes as one element after the other.
            expected = if is_flattened(&member.target) { index } else { index + 1 };
            seen.insert(index);
            match record.member_mut(index) {
                Some(value) => decoder.member(child, &member.target, value.slot()),
                None => decoder.skip(child),
            }
        })?;
        let missing = |(index, member): (usize, &Member<'_>)| {
            (member.required && !seen.contains(index)).then(|| member.wire.to_owned())
        };
        match shape.members.iter().enumerate().find_map(missing) {
            Some(wire) => {
                self.path.push(element.clone());
                Err(self.error(format!("the member {wire} is missing, which the service promises")))
            }
            None => Ok(()),
        }
    }

    /// A member's element: a flattened list's or map's is an entry of it, any other the whole value.
    fn member(
        &mut self,
        element: &BytesStart<'a>,
        target: &Target<'_>,
        slot: Slot<'_>,
    ) -> Result<(), DecodeError> {
        match (slot, target) {
            (Slot::List(list), Target::List { flattened: true, element: of, .. }) => {
                self.value(element, of, list.push())
            }
            (Slot::Map(map), Target::Map { flattened: true, .. }) => {
                self.entry(element, target, map)
            }
            (slot, target) => self.value(element, target, slot),
        }
    }

    fn value(
        &mut self,
        element: &BytesStart<'a>,
        target: &Target<'_>,
        slot: Slot<'_>,
    ) -> Result<(), DecodeError> {
        match (slot, target) {
            (Slot::Record(record), Target::Structure(shape)) => self.record(element, shape, record),
            (Slot::List(list), Target::List { element: of, .. }) => self.list(element, of, list),
            (Slot::Map(map), Target::Map { .. }) => {
                self.children(element, &mut |decoder, entry| decoder.entry(entry, target, map))
            }
            (Slot::Text(text), _) => self.scalar(element, "text", |read| {
                text.set(read);
                Some(())
            }),
            (Slot::Boolean(place), _) => {
                self.scalar(element, "a boolean", |read| put(place, boolean(read)))
            }
            (Slot::Integer(place), _) => self
                .scalar(element, "a 32-bit integer", |read| put(place, read.trim().parse().ok())),
            (Slot::Long(place), _) => self
                .scalar(element, "a 64-bit integer", |read| put(place, read.trim().parse().ok())),
            (Slot::Float(place), _) => {
                self.scalar(element, "a number", |read| put(place, read.trim().parse().ok()))
            }
            (Slot::Double(place), _) => {
                self.scalar(element, "a number", |read| put(place, read.trim().parse().ok()))
            }
            (Slot::Timestamp(place), _) => {
                self.scalar(element, "a timestamp", |read| put(place, timestamp::parse(read)))
            }
            (Slot::Blob(place), _) => self.scalar(element, "base64", |read| {
                put(place, BASE64_STANDARD.decode(read.trim()).ok())
            }),
            // A table that is not this value's: the generator writes both from one source.
            _ => self.skip(element),
        }
    }

    fn list(
        &mut self,
        element: &BytesStart<'a>,
        of: &Target<'_>,
        list: &mut dyn List,
    ) -> Result<(), DecodeError> {
        self.children(element, &mut |decoder, child| decoder.value(child, of, list.push()))
    }

    fn entry(
        &mut self,
        element: &BytesStart<'a>,
        target: &Target<'_>,
        map: &mut dyn Map,
    ) -> Result<(), DecodeError> {
        let Target::Map { key: key_name, value: value_name, element: of, .. } = target else {
            return self.skip(element);
        };
        let mut key: Option<String> = None;
        let mut valued = false;
        self.children(element, &mut |decoder, child| {
            let name = local_name(child);
            if name == *key_name {
                decoder.scalar(child, "text", |read| put(&mut key, Some(Some(read.to_owned()))))
            } else if name == *value_name {
                let Some(key) = key.take() else {
                    return Err(decoder.error(format!("the value {name} comes before its key")));
                };
                valued = true;
                decoder.value(child, of, map.insert(key))
            } else {
                decoder.skip(child)
            }
        })?;
        if valued { Ok(()) } else { Err(self.error("an entry of a map has no key and value")) }
    }

    /// Hands the text of `element` to `take`, which says `None` where it is not `expected`.
    fn scalar(
        &mut self,
        element: &BytesStart<'a>,
        expected: &str,
        take: impl FnOnce(&str) -> Option<()>,
    ) -> Result<(), DecodeError> {
        let text = self.text(element)?;
        take(&text).ok_or_else(|| {
            self.path.push(element.clone());
            // The value itself may be a secret, so it is not shown.
            self.error(format!("the value is not {expected}"))
        })
    }

    fn text(&mut self, element: &BytesStart<'a>) -> Result<Cow<'a, str>, DecodeError> {
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

    fn keep_request_id(
        &mut self,
        element: &BytesStart<'a>,
        request_id: &mut Option<String>,
    ) -> Result<(), DecodeError> {
        match local_name(element) {
            "RequestId" | "RequestID" | "requestId" => {
                *request_id = Some(self.text(element)?.trim().to_owned());
                Ok(())
            }
            _ => self.skip(element),
        }
    }

    fn error_members(
        &mut self,
        parent: &BytesStart<'a>,
        document: &mut ErrorDocument,
    ) -> Result<(), DecodeError> {
        self.children(parent, &mut |decoder, element| match local_name(element) {
            "Errors" | "Error" => decoder.error_members(element, document),
            "Code" => {
                document.code = Some(decoder.text(element)?.trim().to_owned());
                Ok(())
            }
            "Message" | "message" => {
                document.message = Some(decoder.text(element)?.trim().to_owned());
                Ok(())
            }
            _ => decoder.keep_request_id(element, &mut document.request_id),
        })
    }
}

/// The member with the name `wire`, and its index. `expected` is looked at first, since services
/// answer in the model's order.
fn find<'s>(
    members: &'s [Member<'s>],
    wire: &str,
    expected: usize,
) -> Option<(usize, &'s Member<'s>)> {
    match members.get(expected) {
        Some(member) if member.wire == wire => Some((expected, member)),
        _ => members.iter().enumerate().find(|(_, member)| member.wire == wire),
    }
}

fn is_flattened(target: &Target<'_>) -> bool {
    matches!(target, Target::List { flattened: true, .. } | Target::Map { flattened: true, .. })
}

/// The name without its namespace prefix.
fn local_name<'e>(element: &'e BytesStart<'_>) -> &'e str {
    element.local_name().into_inner()
}

fn put<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
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

#[cfg(test)]
mod tests;
