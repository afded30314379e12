//! REST-XML: HTTP bindings, with XML documents in bodies.

use std::borrow::Cow;

use http::HeaderValue;
use zeroize::Zeroizing;

use super::error::{self, Root};
use super::rest::{Document, Documents, Rest};
use crate::codec::xml::{self, Decoder, Tag, Unencodable};
use crate::schema::{
    Budget, Data, DecodeError, ErrorDocument, Operation, Record, Response, Shape, Value,
};

/// REST-XML.
pub(crate) const REST_XML: Rest<XmlDocuments> =
    Rest { documents: XmlDocuments::Plain, errors: XmlDocuments::Errors };

/// XML documents in bodies.
#[derive(Debug)]
pub(crate) enum XmlDocuments {
    /// The root element has the members.
    Plain,
    /// The members are in an error document.
    Errors,
}

impl Documents for XmlDocuments {
    fn media_type(&self) -> HeaderValue {
        HeaderValue::from_static("application/xml")
    }

    /// Encodes nothing for an absent payload, and for an input without any member that belongs to the document.
    fn encode(
        &self,
        operation: &Operation<'_>,
        document: &Document<'_>,
        token: &dyn Fn() -> String,
    ) -> Result<Zeroizing<Vec<u8>>, String> {
        let Document { shape, record, payload } = document;
        let Some(record) = record.filter(|record| payload.is_some() || has_content(shape, *record))
        else {
            return Ok(Zeroizing::default());
        };
        let name = match (payload, operation.http.root) {
            (Some(payload), _) => Cow::Borrowed(payload.wire),
            (None, Some(root)) => Cow::Borrowed(root),
            // The name that AWS gives to the inputs of its operations.
            (None, None) => Cow::Owned([operation.name, "Request"].concat()),
        };
        let namespace = payload.and_then(|payload| payload.namespace.copied());
        let namespace = namespace.or(operation.http.namespace);
        xml::encode(Tag { name: &name, namespace }, shape, record, token).map_err(|error| match error {
            Unencodable::Year(member) => super::invalid_year(member),
            Unencodable::Character(member) => format!(
                "the parameter {member} cannot be sent: it contains a character that XML does not allow"
            ),
        })
    }

    fn decode(
        &self,
        response: &Response<'_>,
        shape: &Shape<'_>,
        record: &mut dyn Record,
        budget: &mut Budget,
    ) -> Result<(), DecodeError> {
        if let Self::Errors = self {
            return error::decode_details(
                Root::ResponseOrError,
                response.body,
                shape,
                record,
                budget,
            );
        }
        // Services leave out a document without members.
        let body = if response.body.is_empty() { b"<Empty/>" } else { response.body };
        let mut decoder = Decoder::new(body, budget)?;
        let root = decoder.root()?;
        decoder.record(&root, shape, record)?;
        decoder.end()
    }

    fn error(&self, response: &Response<'_>) -> Option<ErrorDocument> {
        // A response to HEAD has no body, so only the status says what is wrong. That of another server than the service is 5xx.
        if response.body.is_empty() && (400..500).contains(&response.status) {
            let code = Some(response.status.to_string());
            return Some(ErrorDocument { code, ..ErrorDocument::default() });
        }
        error::decode_error_in(Root::ResponseOrError, response.body)
    }
}

/// Whether the document of `record` has any member.
fn has_content(shape: &Shape<'_>, record: &dyn Record) -> bool {
    shape.members.iter().enumerate().any(|(index, member)| {
        let is_absent = |value: &dyn Value| matches!(value.data(), Data::Absent);
        let is_present = record.member(index).is_some_and(|value| !is_absent(value));
        member.binding.is_in_document() && (is_present || member.idempotency_token)
    })
}

#[cfg(test)]
mod tests;
