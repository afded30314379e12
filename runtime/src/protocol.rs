//! Protocols: how a call becomes an HTTP request, and how a response and an error are read from HTTP.
//!
//! Each protocol is a module here with an implementation of [`Protocol`], built on the [codecs](crate::codec). Generated code names the protocol
//! of its service, so a program links only the codecs that it uses.

mod error;
#[cfg(feature = "json")]
mod json;
#[cfg(test)]
#[cfg(feature = "json")]
mod published;
pub(crate) mod query;
#[cfg(feature = "json")]
mod rest;
#[cfg(feature = "json")]
mod rest_json;

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

/// AWS JSON 1.0: a JSON object is posted, and a header names the operation.
#[cfg(feature = "json")]
pub const AWS_JSON_1_0: ProtocolRef =
    ProtocolRef(&json::AwsJson { media_type: "application/x-amz-json-1.0" });

/// AWS JSON 1.1, which differs from 1.0 in the media type.
#[cfg(feature = "json")]
pub const AWS_JSON_1_1: ProtocolRef =
    ProtocolRef(&json::AwsJson { media_type: "application/x-amz-json-1.1" });

/// REST-JSON: HTTP bindings, with JSON documents in bodies.
#[cfg(feature = "json")]
pub const REST_JSON_1: ProtocolRef = ProtocolRef(&rest_json::RestJson1);

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
#[allow(dead_code)] // Not every protocol reads status and headers.
pub(crate) struct Response<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// The message about `member`, a timestamp whose year no format can represent.
fn invalid_year(member: impl std::fmt::Display) -> String {
    format!("the parameter {member} cannot be sent: its year is not between 0 and 9999")
}
