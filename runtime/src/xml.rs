//! The AWS Query protocol's answers: an XML document fills a record.
//!
//! A pull reader walks the document once and asks the record for the place of each element that
//! its table knows; others are passed over, since a service may add members at any time. Nothing
//! in a document makes this recurse deeper than a hundred levels, and a document type, which is where
//! XML's expansions live, is refused.

mod document;
mod scanner;
mod values;

pub(crate) use self::document::DecodeError;
use self::document::Decoder;
use self::scanner::Element;
use crate::shape::{Budget, Record, Shape};

/// What an answer said beside its output.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) request_id: Option<String>,
}

/// The document that an operation responds with: `<OperationResponse>`, and in it the output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) operation: &'a str,
    /// The element around the output; `None` for an operation that has none.
    pub(crate) wrapper: Option<&'a str>,
    pub(crate) shape: &'a Shape<'a>,
}

/// Fills `output` from the document `body`. Where no output is expected, the document is only checked: the protocol
/// has one for every operation, and a success with something else is not the service's.
///
/// # Errors
/// Where the body is no well-formed XML document of the expected form, lacks a member that the
/// table calls required, holds a value that is none of its member's type, or takes more memory than `budget` allows.
pub(crate) fn decode(
    body: &[u8],
    expected: &Expected<'_>,
    output: &mut dyn Record,
    budget: &mut Budget,
) -> Result<Metadata, DecodeError> {
    let Expected { operation, wrapper, shape } = *expected;
    let mut decoder = Decoder::new(body, budget)?;
    let root = decoder.root()?;
    if matches!(root.name, "ErrorResponse" | "Response") {
        return Err(decoder.error("the document is an error, under the status of a success"));
    }
    if root.name.strip_suffix("Response") != Some(operation) {
        let problem = format!("the document is <{}>, not <{operation}Response>", root.name);
        return Err(decoder.error(problem));
    }
    let mut metadata = Metadata::default();
    // An output without members may be left out.
    let mut found = wrapper.is_none() || shape.members.is_empty();
    decoder.children(&root, &mut |decoder, element| {
        let name = element.name;
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
    let mut budget = Budget::for_response_of(body.len());
    let mut decoder = Decoder::new(body, &mut budget).ok()?;
    let root = decoder.error_root().ok()?;
    let mut document = ErrorDocument::default();
    decoder.error_members(&root, &mut document).ok()?;
    decoder.end().ok()?;
    document.code.is_some().then_some(document)
}

/// Fills `details`, which is of `shape`, from the `Error` of an error document.
///
/// # Errors
/// As those of [`decode`].
pub(crate) fn decode_details(
    body: &[u8],
    shape: &Shape<'_>,
    details: &mut dyn Record,
) -> Result<(), DecodeError> {
    let mut budget = Budget::for_response_of(body.len());
    let mut decoder = Decoder::new(body, &mut budget)?;
    let root = decoder.error_root()?;
    decoder.error_details(&root, shape, details)?;
    decoder.end()
}

impl<'a> Decoder<'a, '_> {
    /// The start of an error document, `<ErrorResponse>` or `<Response>`.
    fn error_root(&mut self) -> Result<Element<'a>, DecodeError> {
        let root = self.root()?;
        if root.name.ends_with("Response") {
            Ok(root)
        } else {
            Err(self.error(format!("the document is <{}>, not an error", root.name)))
        }
    }

    fn error_details(
        &mut self,
        parent: &Element<'a>,
        shape: &Shape<'_>,
        details: &mut dyn Record,
    ) -> Result<(), DecodeError> {
        self.children(parent, &mut |decoder, element| match element.name {
            "Errors" => decoder.error_details(element, shape, details),
            "Error" => decoder.record(element, shape, details),
            _ => decoder.skip(),
        })
    }

    fn keep_request_id(
        &mut self,
        element: &Element<'a>,
        request_id: &mut Option<String>,
    ) -> Result<(), DecodeError> {
        match element.name {
            "RequestId" | "RequestID" | "requestId" => {
                *request_id = Some(self.text(element)?.trim().to_owned());
                Ok(())
            }
            _ => self.skip(),
        }
    }

    fn error_members(
        &mut self,
        parent: &Element<'a>,
        document: &mut ErrorDocument,
    ) -> Result<(), DecodeError> {
        self.children(parent, &mut |decoder, element| match element.name {
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

#[cfg(test)]
mod tests;
