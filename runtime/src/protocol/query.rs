//! The AWS Query protocol: a form-encoded request, and an XML document as the response. Its variant EC2 Query shares most of it.

mod request;
mod response;

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};

use super::error::{self, Root};
use crate::codec::form;
use crate::schema::{
    Budget, DecodeError, EncodedRequest, ErrorDocument, Operation, Protocol, Record, Response,
    Shape,
};

pub(super) use response::root;

/// AWS Query.
#[derive(Debug)]
pub(crate) struct AwsQuery;

impl Protocol for AwsQuery {
    fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
        token: &dyn Fn() -> String,
    ) -> Result<EncodedRequest, String> {
        encode::<false>(operation, input, token)
    }

    fn decode(
        &self,
        operation: &Operation<'_>,
        response: &Response<'_>,
        output: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        response::decode(operation, response.body, output, budget).map(drop)
    }

    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument> {
        error::decode_error(response.body)
    }

    fn error_details(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        details: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        error::decode_details(Root::Response, response.body, shape, details, budget)
    }
}

/// Encodes a call as AWS Query, or as EC2 Query.
///
/// # Errors
/// As of [`Protocol::encode`].
pub(super) fn encode<const EC2: bool>(
    operation: &Operation<'_>,
    input: &dyn Record,
    token: &dyn Fn() -> String,
) -> Result<EncodedRequest, String> {
    let Operation { name, service, input: shape, .. } = operation;
    let body = request::encode::<EC2>(name, service.api_version, shape, input, token);
    let body = body.map_err(super::invalid_year)?;
    Ok(EncodedRequest {
        method: Method::POST,
        path: Cow::Borrowed("/"),
        query: String::new(),
        headers: vec![(CONTENT_TYPE, HeaderValue::from_static(form::CONTENT_TYPE))],
        body: body.into(),
    })
}
