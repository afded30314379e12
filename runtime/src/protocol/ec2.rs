//! EC2 Query: AWS Query with other names in the form, and without an element around the output.

use super::error::{self, Root};
use super::query;
use crate::codec::xml::Decoder;
use crate::schema::{
    Budget, DecodeError, EncodedRequest, ErrorDocument, Operation, Protocol, Record, Response,
    Shape,
};

/// EC2 Query.
#[derive(Debug)]
pub(crate) struct Ec2Query;

impl Protocol for Ec2Query {
    fn encode(
        &self,
        operation: &Operation<'_>,
        input: &dyn Record,
        token: &dyn Fn() -> String,
    ) -> Result<EncodedRequest, String> {
        query::encode::<true>(operation, input, token)
    }

    fn decode(
        &self,
        operation: &Operation<'_>,
        response: &Response<'_>,
        output: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        let mut decoder = Decoder::new(response.body, budget)?;
        let root = query::root(&mut decoder, operation)?;
        let shape = operation.output_shape();
        decoder.record(&root, shape, output)?;
        decoder.end()
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

#[cfg(test)]
mod tests;
