//! The error documents of services that respond with XML.

use http::HeaderMap;

use crate::codec::xml::{Decoder, Element};
use crate::error::Error;
use crate::schema::{Budget, DecodeError, ErrorDocument, Record, Response, Shape};

/// The members of a service's error besides code and message.
pub trait ErrorDetails: Record {
    /// The error's code.
    const CODE: &'static str;

    /// The schema of the error.
    fn shape() -> &'static Shape<'static>
    where
        Self: Sized;
}

impl Error {
    /// The members of the service's error besides code and message, for errors that have such members.
    /// `None` if this is another error, or if its document does not match `T`.
    #[must_use]
    pub fn details<T: ErrorDetails>(&self) -> Option<T> {
        let mut details = T::empty();
        let matches = self.code() == Some(T::CODE);
        (matches && self.read_details(T::shape(), &mut details)).then_some(details)
    }

    /// Fills `details` from the service's error document; `false` if there is no document or it does not match `shape`.
    pub(crate) fn read_details(&self, shape: &Shape<'_>, details: &mut dyn Record) -> bool {
        self.document().is_some_and(|(protocol, body)| {
            let status = self.status().unwrap_or(0);
            let response = Response { status, headers: &HeaderMap::new(), body };
            let mut budget = Budget::for_response_of(body.len());
            protocol.0.error_details(&response, shape, details, &mut budget).is_ok()
        })
    }
}

/// The name of an error's shape in `text`, which may also have a namespace and a URL: `aws.protocoltests#FooError:http://…`.
#[cfg(any(feature = "cbor", feature = "json"))]
pub(super) fn shape_name(text: &str) -> &str {
    let name = text.split(':').next().unwrap_or(text);
    name.rsplit('#').next().unwrap_or(name).trim()
}

/// Reads `<ErrorResponse><Error><Code>…`, or `<Response><Errors><Error>…` as older services write it.
/// `None` if the body is not such a document, for example because a proxy or a load balancer sent it.
pub(crate) fn decode_error(body: &[u8]) -> Option<ErrorDocument> {
    decode_error_in(Root::Response, body)
}

/// The root element of an error document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// `<ErrorResponse>` or `<Response>`
    Response,
    /// The same, or the `<Error>` itself, as S3 writes it.
    ResponseOrError,
}

/// As [`decode_error`], with any of the root elements that `root` allows.
pub(super) fn decode_error_in(root: Root, body: &[u8]) -> Option<ErrorDocument> {
    let mut budget = Budget::for_response_of(body.len());
    let mut decoder = Decoder::new(body, &mut budget).ok()?;
    let root = root.read(&mut decoder).ok()?;
    let mut document = ErrorDocument::default();
    members(&mut decoder, &root, &mut document).ok()?;
    decoder.end().ok()?;
    document.code.is_some().then_some(document)
}

/// Fills `details`, which has the schema `shape`, from the `Error` element of an error document.
///
/// # Errors
/// If the document is not a well-formed error document that matches `shape`.
pub(super) fn decode_details(
    root: Root,
    body: &[u8],
    shape: &Shape<'_>,
    details: &mut dyn Record,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let mut decoder = Decoder::new(body, budget)?;
    let root = root.read(&mut decoder)?;
    if root.name == "Error" {
        decoder.record(&root, shape, details)?;
    } else {
        own_members(&mut decoder, &root, shape, details)?;
    }
    decoder.end()
}

impl Root {
    /// Reads the start of an error document.
    fn read<'a>(self, decoder: &mut Decoder<'a, '_>) -> Result<Element<'a>, DecodeError> {
        let root = decoder.root()?;
        let is_error = self == Self::ResponseOrError && root.name == "Error";
        if is_error || root.name.ends_with("Response") {
            Ok(root)
        } else {
            Err(decoder.error(format!("the document is <{}>, not an error", root.name)))
        }
    }
}

/// Reads the members that all errors have.
fn members<'a>(
    decoder: &mut Decoder<'a, '_>,
    parent: &Element<'a>,
    document: &mut ErrorDocument,
) -> Result<(), DecodeError> {
    decoder.children(parent, &mut |decoder, element| match element.name {
        "Errors" | "Error" => members(decoder, element, document),
        "Code" => {
            document.code = Some(decoder.text(element)?.trim().to_owned());
            Ok(())
        }
        "Message" | "message" => {
            document.message = Some(decoder.text(element)?.trim().to_owned());
            Ok(())
        }
        _ => read_request_id(decoder, element, &mut document.request_id),
    })
}

/// Reads the members that are specific to this error.
fn own_members<'a>(
    decoder: &mut Decoder<'a, '_>,
    parent: &Element<'a>,
    shape: &Shape<'_>,
    details: &mut dyn Record,
) -> Result<(), DecodeError> {
    decoder.children(parent, &mut |decoder, element| match element.name {
        "Errors" => own_members(decoder, element, shape, details),
        "Error" => decoder.record(element, shape, details),
        _ => decoder.skip(),
    })
}

/// Reads `element` into `request_id` if it is a request id, and skips it otherwise.
pub(super) fn read_request_id<'a>(
    decoder: &mut Decoder<'a, '_>,
    element: &Element<'a>,
    request_id: &mut Option<String>,
) -> Result<(), DecodeError> {
    match element.name {
        "RequestId" | "RequestID" | "requestId" => {
            *request_id = Some(decoder.text(element)?.trim().to_owned());
            Ok(())
        }
        _ => decoder.skip(),
    }
}
