//! HTTP bindings, which the REST protocols share: which part of a message has which member.
//!
//! The rules are those of Smithy's HTTP binding traits. The protocols differ in the documents in bodies.

mod request;
mod response;

use std::fmt::Debug;

use http::HeaderValue;
use zeroize::Zeroizing;

use crate::schema::{Budget, DecodeError, Member, Operation, Record, Response, Shape};

pub(super) use request::encode;
pub(super) use response::decode;

/// The documents in the bodies of a REST protocol.
pub(super) trait Documents: Debug + Sync {
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
}

/// What a document contains.
pub(super) struct Document<'a> {
    pub(super) shape: &'a Shape<'a>,
    /// `None` if the payload is absent.
    pub(super) record: Option<&'a dyn Record>,
    /// The member that is the payload, unless the document has the members of the input.
    pub(super) payload: Option<&'a Member<'a>>,
}
