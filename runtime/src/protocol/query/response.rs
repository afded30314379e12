//! Decoding of an XML document into a record.

use crate::codec::xml::{Decoder, Element};
use crate::protocol::error::read_request_id;
use crate::schema::{Budget, DecodeError, NO_OUTPUT, Operation, Record};

/// Metadata of a response.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) request_id: Option<String>,
}

/// Fills `output` from the document `body`, the response to `operation`: `<OperationResponse>`, which contains the output. If
/// the operation has no output, the document is only checked: every operation of the protocol has a response document, so a
/// successful response with another document is not from the service.
///
/// # Errors
/// If the body is not a well-formed XML document of the expected form, lacks a required member, contains a value that does
/// not have its member's type, or takes more memory than `budget` allows.
pub(crate) fn decode(
    operation: &Operation<'_>,
    body: &[u8],
    output: &mut dyn Record,
    budget: &mut Budget,
) -> Result<Metadata, DecodeError> {
    let (wrapper, shape) = match &operation.output {
        Some(expected) => (Some(expected.wrapper), expected.shape),
        None => (None, NO_OUTPUT),
    };
    let mut decoder = Decoder::new(body, budget)?;
    let root = root(&mut decoder, operation)?;
    let mut metadata = Metadata::default();
    // An output without members may be omitted.
    let mut found = wrapper.is_none() || shape.members.is_empty();
    decoder.children(&root, &mut |decoder, element| {
        if wrapper == Some(element.name) {
            found = true;
            decoder.record(element, shape, output)
        } else if element.name == "ResponseMetadata" {
            decoder.children(element, &mut |decoder, element| {
                read_request_id(decoder, element, &mut metadata.request_id)
            })
        } else {
            read_request_id(decoder, element, &mut metadata.request_id)
        }
    })?;
    decoder.end()?;
    match wrapper {
        Some(wrapper) if !found => Err(decoder.error(format!("the element {wrapper} is missing"))),
        _ => Ok(metadata),
    }
}

/// Reads the start of `<OperationResponse>`.
#[inline]
pub(in crate::protocol) fn root<'a>(
    decoder: &mut Decoder<'a, '_>,
    operation: &Operation<'_>,
) -> Result<Element<'a>, DecodeError> {
    let root = decoder.root()?;
    if matches!(root.name, "ErrorResponse" | "Response") {
        return Err(
            decoder.error("the document is an error, although the HTTP status says success")
        );
    }
    let name = operation.name;
    if root.name.strip_suffix("Response") != Some(name) {
        let problem = format!("the document is <{}>, not <{name}Response>", root.name);
        return Err(decoder.error(problem));
    }
    Ok(root)
}

#[cfg(test)]
mod tests;
