//! Protocols: how a call becomes an HTTP request, and how a response and an error are read from HTTP.
//!
//! Each protocol is a module here with an implementation of [`Protocol`], built on the [codecs](crate::codec). Generated code names the protocol
//! of its service, so a program links only the codecs that it uses.

mod error;
pub(crate) mod query;

use std::borrow::Cow;
use std::fmt::Debug;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use zeroize::Zeroizing;

use crate::codec::DecodeError;
use crate::schema::{Budget, Operation, Record, Shape};

pub use error::ErrorDetails;
pub(crate) use error::ErrorDocument;

/// A protocol that services use.
pub(crate) trait Protocol: Debug + Sync {
    /// Encodes a call of `operation` with `input`. An absent idempotency token gets the value that `token` returns.
    ///
    /// # Errors
    /// A message that names the parameter whose value cannot be sent.
    fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
        token: &dyn Fn() -> String,
    ) -> Result<EncodedRequest, String>;

    /// Fills `output` from a successful `response` of `operation`.
    ///
    /// # Errors
    /// If the response is not well-formed, lacks a required member, contains a value that does not have its member's type, or takes more
    /// memory than `budget` allows.
    fn decode(
        &self,
        operation: &Operation<'_>,
        response: &Response<'_>,
        output: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError>;

    /// Reads code, message and request id of an error. `None` if the response is not an error of a service, for example because a proxy or
    /// a load balancer sent it.
    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument>;

    /// Fills `details`, which has the schema `shape`, from an error.
    ///
    /// # Errors
    /// If the response is not a well-formed error that matches `shape`.
    fn error_details(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        details: &mut dyn Record,
    ) -> Result<(), DecodeError>;
}

/// A protocol, as generated code names it.
#[derive(Clone, Copy, Debug)]
pub struct ProtocolRef(pub(crate) &'static dyn Protocol);

/// AWS Query: a form-encoded request, and an XML document as the response.
pub const AWS_QUERY: ProtocolRef = ProtocolRef(&query::AwsQuery);

/// An HTTP request without its endpoint and its signature.
#[derive(Debug)]
pub(crate) struct EncodedRequest {
    pub(crate) method: Method,
    /// The path below that of the endpoint, percent-encoded. It starts with a slash.
    pub(crate) path: Cow<'static, str>,
    /// The query string, percent-encoded.
    pub(crate) query: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// It is overwritten when it is dropped, since it may contain secrets.
    pub(crate) body: Zeroizing<Vec<u8>>,
}

/// An HTTP response whose body has been read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Response<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}
