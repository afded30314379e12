//! Smithy RPC v2 CBOR: a CBOR map is posted to a path that names service and operation.

use std::borrow::Cow;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method};
use percent_encoding::utf8_percent_encode;
use zeroize::Zeroizing;

use super::error::shape_name;
use super::query_compatible;
use crate::codec::{cbor, form};
use crate::schema::{
    Budget, DecodeError, EncodedRequest, ErrorDocument, Member, Operation, Protocol, Record,
    Response, Shape, Value,
};

const SMITHY_PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/cbor");

/// A map without entries.
const EMPTY: &[u8] = &[0xa0];

/// Smithy RPC v2 CBOR.
#[derive(Debug)]
pub(crate) struct RpcV2Cbor;

impl Protocol for RpcV2Cbor {
    fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
        token: &dyn Fn() -> String,
    ) -> Result<EncodedRequest, String> {
        let service = operation.service;
        let prefix = service
            .target_prefix
            .ok_or_else(|| format!("the service {} has no target prefix", service.id))?;
        let [prefix, name] =
            [prefix, operation.name].map(|name| utf8_percent_encode(name, form::ESCAPED));
        let mut headers =
            vec![(SMITHY_PROTOCOL, HeaderValue::from_static("rpc-v2-cbor")), (ACCEPT, MEDIA_TYPE)];
        if operation.has_input {
            headers.push((CONTENT_TYPE, MEDIA_TYPE));
        }
        headers.extend(query_compatible::mode(service));
        Ok(EncodedRequest {
            method: Method::POST,
            path: Cow::Owned(format!("/service/{prefix}/operation/{name}")),
            query: String::new(),
            headers,
            body: if operation.has_input {
                cbor::encode(operation.input, input, token)
            } else {
                Zeroizing::default()
            }
            .into(),
        })
    }

    fn decode(
        &self,
        operation: &Operation<'_>,
        response: &Response<'_>,
        output: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        let Some(expected) = &operation.output else {
            return Ok(());
        };
        cbor::decode(document(response), expected.shape, output, budget)
    }

    #[cfg(feature = "event-stream")]
    fn has_initial_response(&self) -> bool {
        true
    }

    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument> {
        let mut members = <ErrorMembers as Record>::empty();
        let mut budget = Budget::for_response_of(response.body.len());
        // A response of something else is not CBOR.
        let _ = cbor::decode(response.body, &ERROR, &mut members, &mut budget);
        let ErrorMembers([code, message, capital]) = members;
        let code = query_compatible::code(response).or(code.as_deref().map(shape_name))?;
        Some(ErrorDocument {
            code: Some(code.to_owned()),
            message: message.or(capital),
            request_id: None,
        })
    }

    fn error_details(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        details: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        cbor::decode(document(response), shape, details, budget)
    }
}

/// The document of `response`. Services leave out one without members.
fn document<'a>(response: &Response<'a>) -> &'a [u8] {
    if response.body.is_empty() { EMPTY } else { response.body }
}

/// The members that each error has, with both spellings of `message`.
struct ErrorMembers([Option<String>; 3]);

static ERROR: Shape<'static> = Shape::new(
    "Error",
    &[
        Member::scalar("code", "__type"),
        Member::scalar("message", "message"),
        Member::scalar("message", "Message"),
    ],
);

impl Record for ErrorMembers {
    fn member(&self, index: usize) -> Option<&dyn Value> {
        self.0.get(index).map(|member| member as _)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.0.get_mut(index).map(|member| member as _)
    }

    fn empty() -> Self {
        Self([None, None, None])
    }
}
