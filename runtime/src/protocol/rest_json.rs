//! REST-JSON: HTTP bindings, with JSON documents in bodies.

use http::HeaderValue;
use zeroize::Zeroizing;

use super::rest::{Document, Documents, Rest};
use crate::codec::json;
use crate::schema::{Budget, DecodeError, ErrorDocument, Operation, Record, Response, Shape};

/// REST-JSON.
pub(crate) const REST_JSON: Rest<JsonDocuments> =
    Rest { documents: JsonDocuments, errors: JsonDocuments };

/// JSON documents in bodies.
#[derive(Debug)]
pub(crate) struct JsonDocuments;

impl Documents for JsonDocuments {
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

    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument> {
        super::json::decode_error(response)
    }
}
