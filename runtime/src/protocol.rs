//! Protocols: how a call becomes an HTTP request, and how a response and an error are read from HTTP.
//!
//! Each protocol is a module here with an implementation of [`Protocol`](crate::schema::Protocol), built on the [codecs](crate::codec). Generated code names the protocol
//! of its service, so a program links only the codecs that it uses.

mod ec2;
mod error;
#[cfg(feature = "json")]
mod json;
#[cfg(test)]
#[cfg(feature = "json")]
mod published;
pub(crate) mod query;
#[cfg(any(feature = "cbor", feature = "json"))]
mod query_compatible;
mod rest;
#[cfg(feature = "json")]
mod rest_json;
mod rest_xml;
#[cfg(feature = "cbor")]
mod rpc_v2_cbor;

use crate::schema::ProtocolRef;

pub use error::ErrorDetails;

/// AWS Query: a form-encoded request, and an XML document as the response.
pub const AWS_QUERY: ProtocolRef = ProtocolRef(&query::AwsQuery);

/// EC2 Query: AWS Query with other names, and without an element around the output.
pub const EC2_QUERY: ProtocolRef = ProtocolRef(&ec2::Ec2Query);

/// REST-XML: HTTP bindings, with XML documents in bodies.
pub const REST_XML: ProtocolRef = ProtocolRef(&rest_xml::REST_XML);

/// AWS JSON 1.0: a JSON object is posted, and a header names the operation.
#[cfg(feature = "json")]
pub const AWS_JSON_1_0: ProtocolRef =
    ProtocolRef(&json::AwsJson { media_type: "application/x-amz-json-1.0" });

/// AWS JSON 1.1, which differs from 1.0 in the media type.
#[cfg(feature = "json")]
pub const AWS_JSON_1_1: ProtocolRef =
    ProtocolRef(&json::AwsJson { media_type: "application/x-amz-json-1.1" });

/// REST-JSON: HTTP bindings, with JSON documents in bodies.
#[cfg(feature = "json")]
pub const REST_JSON_1: ProtocolRef = ProtocolRef(&rest_json::REST_JSON);

/// Smithy RPC v2 CBOR: a CBOR document is posted to a path that names the operation.
#[cfg(feature = "cbor")]
pub const RPC_V2_CBOR: ProtocolRef = ProtocolRef(&rpc_v2_cbor::RpcV2Cbor);

/// The message about `member`, a timestamp whose year no format can represent.
fn invalid_year(member: impl std::fmt::Display) -> String {
    format!(
        "the time in the parameter {member} cannot be sent: its year must be between 0 and 9999"
    )
}
