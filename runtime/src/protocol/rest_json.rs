//! REST-JSON: HTTP bindings, with JSON documents in bodies.

use http::HeaderValue;
use zeroize::Zeroizing;

use super::rest::{self, Document, Documents};
use crate::codec::json;
use crate::schema::{
    Budget, DecodeError, EncodedRequest, ErrorDocument, NO_OUTPUT, Operation, Protocol, Record,
    Response, Shape,
};

/// REST-JSON.
#[derive(Debug)]
pub(crate) struct RestJson1;

impl Documents for RestJson1 {
    fn media_type(&self) -> HeaderValue {
        HeaderValue::from_static("application/json")
    }

    fn encode(
        &self,
        _: &Operation<'_>,
        document: &Document<'_>,
        token: &dyn Fn() -> String,
    ) -> Result<Zeroizing<Vec<u8>>, String> {
        json::encode(document.shape, document.record.unwrap_or(&()), token)
            .map_err(super::invalid_year)
    }

    fn decode(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        record: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        json::decode(super::json::document(response), shape, record, budget)
    }
}

impl Protocol for RestJson1 {
    fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
        token: &dyn Fn() -> String,
    ) -> Result<EncodedRequest, String> {
        rest::encode(self, operation, input, token)
    }

    fn decode(
        &self,
        operation: &Operation<'_>,
        response: &Response<'_>,
        output: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        let shape = operation.output.as_ref().map_or(NO_OUTPUT, |output| output.shape);
        rest::decode(self, response, shape, output, budget)
    }

    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument> {
        super::json::decode_error(response)
    }

    fn error_details(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        details: &mut dyn Record,
    ) -> Result<(), DecodeError> {
        let mut budget = Budget::for_response_of(response.body.len());
        rest::decode(self, response, shape, details, &mut budget)
    }
}
