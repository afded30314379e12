//! The service model: how the requests and responses of a service are encoded, as AWS publishes it in `service-2.json`
//! and `paginators-1.json`.

mod auth;
mod format;
mod paginators;
mod published;
mod read;
pub mod rules;
mod shapes;
pub mod vocabulary;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

pub use self::auth::AuthScheme;
use self::published::{ErrorTrait, one_or_many};
use crate::invariant;
use crate::json::{Places, other_keys};
use crate::source::{Source, Span};

/// The model of one service. Every shape that another refers to exists. The order is that of the file.
#[derive(Clone, Debug)]
pub struct ServiceModel {
    /// The text of `service-2.json`.
    pub source: Source,
    /// Facts that hold for every request.
    pub metadata: Metadata,
    /// By name (`ListMFADevices`).
    pub operations: IndexMap<String, Operation>,
    /// By name (`listMFADevicesRequest`).
    pub shapes: IndexMap<String, Shape>,
    /// How listings continue, by operation name; from `paginators-1.json`.
    pub pagination: IndexMap<String, Pagination>,
    places: Places,
}

/// Facts that hold for every request of a service.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Metadata {
    /// `2010-05-08`
    pub api_version: String,
    /// `iam`
    pub endpoint_prefix: String,
    /// `iam.amazonaws.com`, for a service with one endpoint for all regions.
    pub global_endpoint: Option<String>,
    /// `query`: the preferred protocol.
    pub protocol: String,
    /// Every protocol of the service; only `protocol` if the file lists none.
    #[serde(default)]
    pub protocols: Vec<String>,
    /// `v4`, if the file has it.
    pub signature_version: Option<String>,
    /// `IAM`
    pub service_id: String,
    /// `AWS Identity and Access Management`
    #[serde(rename = "serviceFullName")]
    pub full_name: String,
    signing_name: Option<String>,
    /// `https://iam.amazonaws.com/doc/2010-05-08/`
    pub xml_namespace: Option<String>,
    /// `1.0` or `1.1`, for the protocol `json`.
    pub json_version: Option<String>,
    /// `DynamoDB_20120810`: with an operation's name, the target of its requests.
    pub target_prefix: Option<String>,
    aws_query_compatible: Option<QueryCompatible>,
    /// How requests are authenticated, the preferred scheme first: `aws.auth#sigv4`.
    #[serde(default)]
    pub auth: Vec<String>,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
}

impl Metadata {
    /// The service name in a signature's credential scope; the endpoint prefix if the file has none.
    #[must_use]
    pub fn signing_name(&self) -> &str {
        self.signing_name.as_deref().unwrap_or(&self.endpoint_prefix)
    }

    /// Whether the version of the protocol `json` is 1.1 and not 1.0.
    #[must_use]
    pub fn is_json_1_1(&self) -> bool {
        self.json_version.as_deref() == Some("1.1")
    }

    /// Whether errors also have the codes of AWS Query, which the service once used.
    #[must_use]
    pub fn is_query_compatible(&self) -> bool {
        self.aws_query_compatible.is_some()
    }

    /// The protocol that requests use: of those of the service, the first in [`Protocol::PREFERRED`]. `None` if there is none.
    #[must_use]
    pub fn supported_protocol(&self) -> Option<Protocol> {
        let is_offered =
            |protocol: &Protocol| self.protocols.iter().any(|it| it == protocol.name());
        Protocol::PREFERRED.into_iter().find(is_offered)
    }
}

/// `{}`: its presence is the fact.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
struct QueryCompatible {}

/// A protocol of AWS's services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the protocols.
pub enum Protocol {
    AwsJson,
    RestJson,
    RestXml,
    RpcV2Cbor,
    AwsQuery,
    Ec2Query,
}

impl Protocol {
    /// All protocols, in the order in which botocore prefers them.
    pub const PREFERRED: [Self; 6] = [
        Self::AwsJson,
        Self::RestJson,
        Self::RestXml,
        Self::RpcV2Cbor,
        Self::AwsQuery,
        Self::Ec2Query,
    ];

    /// Its name in a service model.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AwsJson => "json",
            Self::RestJson => "rest-json",
            Self::RestXml => "rest-xml",
            Self::RpcV2Cbor => "smithy-rpc-v2-cbor",
            Self::AwsQuery => "query",
            Self::Ec2Query => "ec2",
        }
    }

    /// Whether an operation has a method and a path of its own.
    #[must_use]
    pub const fn is_rest(self) -> bool {
        matches!(self, Self::RestJson | Self::RestXml)
    }
}

impl ServiceModel {
    /// The operation of that name.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.get(name)
    }

    /// The shape of that name.
    #[must_use]
    pub fn shape(&self, name: &str) -> Option<&Shape> {
        self.shapes.get(name)
    }

    /// The structure of that name.
    #[must_use]
    pub fn structure(&self, name: &str) -> Option<&Structure> {
        match &self.shape(name)?.kind {
            ShapeKind::Structure(structure) => Some(structure),
            _ => None,
        }
    }

    /// The shape that `member` uses.
    #[must_use]
    pub fn target(&self, member: &MemberRef) -> &Shape {
        invariant!(self.shape(&member.shape), "the shapes that a model refers to exist")
    }

    /// The input of `operation`, if it has one.
    #[must_use]
    pub fn input_of(&self, operation: &Operation) -> Option<&Structure> {
        operation.input.as_ref().map(|input| self.message(input))
    }

    /// The output of `operation`, if it has one.
    #[must_use]
    pub fn output_of(&self, operation: &Operation) -> Option<&Structure> {
        operation.output.as_ref().map(|output| self.message(output))
    }

    fn message(&self, message: &Message) -> &Structure {
        invariant!(self.structure(&message.shape), "inputs and outputs are structures")
    }

    /// Every error: its name, structure and facts.
    pub fn errors(&self) -> impl Iterator<Item = (&str, &Structure, &ErrorFacts)> {
        self.shapes.keys().filter_map(|name| {
            let structure = self.structure(name)?;
            Some((name.as_str(), structure, structure.error.as_ref()?))
        })
    }

    /// The errors of `operation`, in the order of the file.
    pub fn error_codes<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = &'a ErrorFacts> {
        operation.errors.iter().filter_map(|error| self.structure(&error.shape)?.error.as_ref())
    }

    /// A use of a shape, then that of its list's members or its map's values, and so on, each with its shape. A list of
    /// itself has no last one.
    pub fn nested<'a>(
        &'a self,
        member: &'a MemberRef,
    ) -> impl Iterator<Item = (&'a MemberRef, &'a Shape)> {
        let with_shape = |member: &'a MemberRef| (member, self.target(member));
        std::iter::successors(Some(with_shape(member)), move |(_, shape)| match &shape.kind {
            ShapeKind::List { member, .. } => Some(with_shape(member)),
            ShapeKind::Map { value, .. } => Some(with_shape(value)),
            _ => None,
        })
    }

    /// The place of the value at `path`, a list of keys and indices: `["shapes", "Tag", "members", "Key"]`. See
    /// [`Places::span`].
    #[must_use]
    pub fn span(&self, path: &[&str]) -> Span {
        self.places.span(path)
    }
}

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Operation {
    /// `ListMFADevices`: the name that requests have, or else the key in the model.
    pub name: String,
    /// The HTTP request.
    pub http: Http,
    /// What it takes.
    pub input: Option<Message>,
    /// What it returns.
    pub output: Option<Message>,
    /// The errors that it declares.
    #[serde(default)]
    pub errors: Vec<ErrorRef>,
    authtype: Option<String>,
    #[serde(default)]
    auth: Vec<String>,
    endpoint: Option<Endpoint>,
    #[serde(default)]
    http_checksum_required: bool,
    http_checksum: Option<HttpChecksum>,
    #[serde(default)]
    unsigned_payload: bool,
    #[serde(rename = "requestcompression")]
    request_compression: Option<RequestCompression>,
    /// Values of parameters of the endpoint rule set, by parameter.
    #[serde(default)]
    pub static_context_params: BTreeMap<String, StaticContextParam>,
    /// Where in the input the values of parameters of the endpoint rule set are, by parameter.
    #[serde(default)]
    pub operation_context_params: BTreeMap<String, OperationContextParam>,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
    /// HTML, as published.
    pub documentation: Option<String>,
}

impl Operation {
    /// Whether it is sent without a signature (`AssumeRoleWithWebIdentity`).
    #[must_use]
    pub fn is_unsigned(&self) -> bool {
        self.authtype.as_deref() == Some("none") || self.auth == ["smithy.api#noAuth"]
    }

    /// Whether the signature does not cover the body.
    #[must_use]
    pub fn has_unsigned_payload(&self) -> bool {
        self.unsigned_payload || self.authtype.as_deref() == Some("v4-unsigned-body")
    }

    /// The checksums of requests and responses; `None` if they have none.
    #[must_use]
    pub fn checksum(&self) -> Option<HttpChecksum> {
        let mut checksum = self.http_checksum.clone();
        if self.http_checksum_required {
            checksum.get_or_insert_default().request_checksum_required = true;
        }
        checksum
    }

    /// Whether the body of a request may be compressed with gzip.
    #[must_use]
    pub fn allows_gzip(&self) -> bool {
        let compression = self.request_compression.as_ref();
        compression.is_some_and(|it| it.encodings.iter().any(|encoding| encoding == "gzip"))
    }

    /// A prefix of the endpoint's host name.
    #[must_use]
    pub fn host_prefix(&self) -> Option<&str> {
        self.endpoint.as_ref()?.host_prefix.as_deref()
    }
}

/// How an operation is sent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Http {
    /// `POST`
    pub method: String,
    /// `/`
    pub request_uri: String,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
}

/// The checksums of an operation's requests and responses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct HttpChecksum {
    /// A request needs one.
    #[serde(default)]
    pub request_checksum_required: bool,
    /// The input member that selects the algorithm.
    pub request_algorithm_member: Option<String>,
    /// The input member that asks the service to send checksums with the response.
    pub request_validation_mode_member: Option<String>,
    /// The algorithms that responses can have: `CRC32`.
    #[serde(default)]
    pub response_algorithms: Vec<String>,
}

/// The compression of an operation's requests.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
struct RequestCompression {
    encodings: Vec<String>,
}

/// A parameter of the endpoint rule set that has the same value in all requests of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
pub struct StaticContextParam {
    /// A string, a boolean, or a list of strings.
    pub value: serde_json::Value,
}

/// A parameter of the endpoint rule set that is in the input of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
pub struct OperationContextParam {
    /// A `JMESPath` expression.
    pub path: String,
}

/// A parameter of the endpoint rule set that is a member of an input.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
pub struct ContextParam {
    /// `Bucket`
    pub name: String,
}

/// An XML namespace.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "PublishedNamespace")]
pub struct XmlNamespace {
    /// `xsi`; `None` for the default namespace.
    pub prefix: Option<String>,
    /// `http://www.w3.org/2001/XMLSchema-instance`
    pub uri: String,
}

/// An XML namespace as models have it: its URI alone is the default namespace.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "an XML namespace must be a URI, or an object with `uri` and optionally `prefix`"
)]
enum PublishedNamespace {
    Default(String),
    Named { prefix: Option<String>, uri: String },
}

impl From<PublishedNamespace> for XmlNamespace {
    fn from(published: PublishedNamespace) -> Self {
        match published {
            PublishedNamespace::Default(uri) => Self { prefix: None, uri },
            PublishedNamespace::Named { prefix, uri } => Self { prefix, uri },
        }
    }
}

/// The input or output of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Message {
    /// The name of a structure.
    pub shape: String,
    /// `ListMFADevicesResult`: the element around an output.
    pub result_wrapper: Option<String>,
    /// The root element of an XML document with the input, if the model names it.
    pub location_name: Option<String>,
    /// The namespace of that element.
    pub xml_namespace: Option<XmlNamespace>,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
}

/// An error that an operation declares.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
pub struct ErrorRef {
    /// The name of a structure.
    pub shape: String,
    /// Facts that are not at the structure; [`Structure::error`] has them too.
    error: Option<ErrorTrait>,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
struct Endpoint {
    host_prefix: Option<String>,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
}

/// One shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its type.
    pub kind: ShapeKind,
    /// Its values are secrets.
    pub sensitive: bool,
    /// A blob that is the body of a message and is not read as a whole.
    pub streaming: bool,
    /// A string that is a JSON document.
    pub json_value: bool,
    /// Its XML namespace.
    pub xml_namespace: Option<XmlNamespace>,
    /// HTML, as published.
    pub documentation: Option<String>,
}

/// The type of a shape.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)] // A model has few shapes, compared with their texts.
#[allow(missing_docs)] // Each is the type of that name in the published format.
pub enum ShapeKind {
    Structure(Structure),
    Document,
    List { member: MemberRef, flattened: bool, sparse: bool },
    Map { key: MemberRef, value: MemberRef, flattened: bool, sparse: bool },
    String { values: Vec<String> },
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Timestamp { format: Option<TimestampFormat> },
    Blob,
}

/// A structure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// By name, in the order of the file.
    pub members: IndexMap<String, MemberRef>,
    /// Names of the required members.
    pub required: Vec<String>,
    /// The facts of an error.
    pub error: Option<ErrorFacts>,
    /// It is a union: exactly one member is set.
    pub union: bool,
    /// It is a stream of events, of which each is a member.
    pub event_stream: bool,
    /// It is an event of an event stream.
    pub event: bool,
    /// The member that is the whole body of a message.
    pub payload: Option<String>,
}

/// The facts of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorFacts {
    /// The code in responses (`NoSuchEntity`); the name of the shape if the file has none.
    pub code: String,
    /// The HTTP status, if the file has it.
    pub status: Option<u16>,
    /// The request caused it, not the service.
    pub sender_fault: bool,
    /// A call that fails with it may be repeated.
    pub retryable: Option<Retryable>,
}

/// How a call that failed with an error may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
pub struct Retryable {
    /// The service limits the rate of requests.
    #[serde(default)]
    pub throttling: bool,
}

/// A use of a shape: as a member of a structure or a list, or as the key or value of a map.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
#[allow(clippy::struct_excessive_bools)] // Each is a flag of the published format.
pub struct MemberRef {
    /// Name of the shape.
    pub shape: String,
    /// `locationName` of the use, or else of the shape: its encoded name, if that differs.
    pub location_name: Option<String>,
    /// `queryName`: its name in a request of the protocol `ec2`, if that differs.
    pub query_name: Option<String>,
    /// The format of a timestamp, if it differs from that of the shape.
    pub timestamp_format: Option<TimestampFormat>,
    /// A list or map without a wrapper element.
    #[serde(default)]
    pub flattened: bool,
    /// An XML attribute of the structure's element, not a child element.
    #[serde(default)]
    pub xml_attribute: bool,
    /// The client fills it in if the caller does not.
    #[serde(default)]
    pub idempotency_token: bool,
    /// Its value becomes a part of the host name.
    #[serde(default)]
    pub host_label: bool,
    /// Its values are secrets, even if those of the shape are not.
    #[serde(default)]
    pub sensitive: bool,
    /// Which part of the HTTP message has it, if that is not the body.
    pub location: Option<Location>,
    /// A string that is a JSON document.
    #[serde(default, rename = "jsonvalue")]
    pub json_value: bool,
    /// A blob that is the body of a message and is not read as a whole.
    #[serde(default)]
    pub streaming: bool,
    /// A header of an event's message.
    #[serde(default, rename = "eventheader")]
    pub event_header: bool,
    /// The payload of an event's message.
    #[serde(default, rename = "eventpayload")]
    pub event_payload: bool,
    /// The parameter of the endpoint rule set that it is.
    pub context_param: Option<ContextParam>,
    /// Its XML namespace.
    pub xml_namespace: Option<XmlNamespace>,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
    /// HTML, as published.
    pub documentation: Option<String>,
}

/// A part of an HTTP message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Location {
    /// A label of the path.
    Uri,
    /// The query string.
    #[serde(rename = "querystring")]
    QueryString,
    /// A header.
    Header,
    /// All headers with a prefix.
    Headers,
    /// The status code of a response.
    StatusCode,
}

/// The format of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum TimestampFormat {
    Iso8601,
    UnixTimestamp,
    Rfc822,
}

/// How a listing continues. Names are those of input members, or paths in the output.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
pub struct Pagination {
    /// The input members for the markers of the next page.
    #[serde(default, deserialize_with = "one_or_many")]
    pub input_token: Vec<String>,
    /// The output members with these markers.
    #[serde(default, deserialize_with = "one_or_many")]
    pub output_token: Vec<String>,
    /// The output member that says whether there is a next page.
    pub more_results: Option<String>,
    /// The input member that limits the size of a page.
    pub limit_key: Option<String>,
    /// The output members with the rows.
    #[serde(default, deserialize_with = "one_or_many")]
    pub result_key: Vec<String>,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
}
