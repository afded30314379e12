//! HTTP bindings, which the REST protocols share: which part of a message has which member.
//!
//! The rules are those of Smithy's HTTP binding traits. The protocols differ in the documents in bodies.

mod request;
mod response;

use std::fmt::Debug;

use http::HeaderValue;
use zeroize::Zeroizing;

use crate::schema::{
    Budget, DecodeError, EncodedRequest, ErrorDocument, Member, Operation, Protocol, Record,
    Response, Shape,
};

/// A REST protocol, with the documents in its bodies and the documents of its errors.
#[derive(Debug)]
pub(crate) struct Rest<D> {
    pub(super) documents: D,
    pub(super) errors: D,
}

impl<D: Documents> Protocol for Rest<D> {
    fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
        token: &dyn Fn() -> String,
    ) -> Result<EncodedRequest, String> {
        request::encode(&self.documents, operation, input, token)
    }

    fn decode(
        &self,
        operation: &Operation<'_>,
        response: &Response<'_>,
        output: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        response::decode(&self.documents, response, operation.output_shape(), output, budget)
    }

    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument> {
        self.errors.error(response)
    }

    fn error_details(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        details: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        response::decode(&self.errors, response, shape, details, budget)
    }
}

/// The documents in the bodies of a REST protocol.
pub(crate) trait Documents: Debug + Sync {
    fn media_type(&self) -> HeaderValue;

    /// Encodes the members of the record that belong to the body, as the document of a request of `operation`, or as its payload.
    ///
    /// # Errors
    /// A message that names the parameter whose value cannot be sent.
    fn encode(
        &self,
        operation: &Operation<'_>,
        document: &Document<'_>,
        token: &dyn Fn() -> String,
    ) -> Result<Zeroizing<Vec<u8>>, String>;

    /// Fills the members of `record` that belong to the body. An empty body has none.
    ///
    /// # Errors
    /// As of [`Protocol::decode`](crate::schema::Protocol::decode).
    fn decode(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        record: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError>;

    /// As [`Protocol::error`].
    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument>;
}

/// What a document contains.
pub(crate) struct Document<'a> {
    pub(super) shape: &'a Shape<'a>,
    /// `None` if the payload is absent.
    pub(super) record: Option<&'a dyn Record>,
    /// The member that is the payload, unless the document has the members of the input.
    pub(super) payload: Option<&'a Member<'a>>,
}
