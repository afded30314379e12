//! The AWS JSON protocols, 1.0 and 1.1: a JSON object is posted to `/`, and a header names the operation.

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method};
use serde_json::Value;

use super::error::shape_name;
use super::query_compatible;
use crate::codec::json;
use crate::schema::{
    Budget, DecodeError, EncodedRequest, ErrorDocument, Operation, Protocol, Record, Response,
    Shape,
};

const X_AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const X_AMZN_ERRORTYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// AWS JSON in one of its versions, which have different media types.
#[derive(Debug)]
pub(crate) struct AwsJson {
    pub(crate) media_type: &'static str,
}

impl Protocol for AwsJson {
    fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
        token: &dyn Fn() -> String,
    ) -> Result<EncodedRequest, String> {
        let body = json::encode(operation.input, input, token).map_err(super::invalid_year)?;
        let target = match operation.service.target_prefix {
            Some(prefix) => [prefix, ".", operation.name].concat(),
            None => operation.name.to_owned(),
        };
        let target = HeaderValue::try_from(target)
            .map_err(|_| format!("{} is not the name of an operation", operation.name))?;
        let mut headers =
            vec![(CONTENT_TYPE, HeaderValue::from_static(self.media_type)), (X_AMZ_TARGET, target)];
        headers.extend(query_compatible::mode(operation.service));
        Ok(EncodedRequest {
            method: Method::POST,
            path: Cow::Borrowed("/"),
            query: String::new(),
            headers,
            body: body.into(),
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
        json::decode(document(response), expected.shape, output, budget)
    }

    #[cfg(feature = "event-stream")]
    fn has_initial_response(&self) -> bool {
        true
    }

    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument> {
        decode_error(response)
    }

    fn error_details(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        details: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        json::decode(document(response), shape, details, budget)
    }
}

/// The document of `response`. Services leave out one without members.
pub(super) fn document<'a>(response: &Response<'a>) -> &'a [u8] {
    if response.body.is_empty() { b"{}" } else { response.body }
}

/// Reads an error whose code is in the header `x-amzn-errortype`, or in the document as `__type` or `code`. `None` if there is no code.
pub(super) fn decode_error(response: &Response<'_>) -> Option<ErrorDocument> {
    /// The largest document that is read, in bytes: in memory, it can take many times its size. Those of services are far smaller.
    const MAX_DOCUMENT: usize = 1 << 20;
    let header = |name| response.headers.get(name)?.to_str().ok();
    let body = Some(response.body).filter(|body| body.len() <= MAX_DOCUMENT);
    // A response of something else is not JSON.
    let document: Value =
        body.and_then(|body| serde_json::from_slice(body).ok()).unwrap_or(Value::Null);
    let first = |keys: &[&str]| keys.iter().find_map(|key| document.get(key)?.as_str());
    let code =
        header(X_AMZN_ERRORTYPE).or_else(|| first(&["code", "Code", "__type"])).map(shape_name);
    let code = query_compatible::code(response).or(code)?;
    Some(ErrorDocument {
        code: Some(code.to_owned()),
        message: first(&["message", "Message", "errorMessage"]).map(str::to_owned),
        request_id: None,
    })
}
