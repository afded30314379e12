//! The service model: how the requests and responses of a service are encoded, as AWS publishes it in `service-2.json`
//! and `paginators-1.json`.

mod format;
mod paginators;
mod published;
mod read;
pub mod rules;
mod shapes;
pub mod vocabulary;

use indexmap::IndexMap;
use serde::Deserialize;

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
    /// Keys of the file that belong to other protocols.
    #[serde(flatten, deserialize_with = "other_keys")]
    pub unsupported: Vec<String>,
}

impl Metadata {
    /// The service name in a signature's credential scope; the endpoint prefix if the file has none.
    #[must_use]
    pub fn signing_name(&self) -> &str {
        self.signing_name.as_deref().unwrap_or(&self.endpoint_prefix)
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
#[serde(expecting = "an object")]
pub struct Operation {
    /// `ListMFADevices`. In old versions of a service it can have a date that the key in the model does not have.
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
    /// Keys of the file that change how it is encoded and are not supported; `input.payload` is a key of its input.
    /// [`bind`](crate::bind) refuses them.
    #[serde(flatten, deserialize_with = "other_keys")]
    pub unsupported: Vec<String>,
    /// HTML, as published.
    pub documentation: Option<String>,
}

impl Operation {
    /// Whether it is sent without a signature (`AssumeRoleWithWebIdentity`).
    #[must_use]
    pub fn is_unsigned(&self) -> bool {
        self.authtype.as_deref() == Some("none") || self.auth == ["smithy.api#noAuth"]
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

/// The input or output of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Message {
    /// The name of a structure.
    pub shape: String,
    /// `ListMFADevicesResult`: the element around an output.
    pub result_wrapper: Option<String>,
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
    /// Keys of the file that change how it is encoded and are not supported (`streaming`, `document`).
    pub unsupported: Vec<String>,
    /// HTML, as published.
    pub documentation: Option<String>,
}

/// The type of a shape.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // Each is the type of that name in the published format.
pub enum ShapeKind {
    Structure(Structure),
    List { member: MemberRef, flattened: bool },
    Map { key: MemberRef, value: MemberRef, flattened: bool },
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
    /// Keys of the file that change how it is encoded and are not supported (`location`, `jsonvalue`).
    #[serde(flatten, deserialize_with = "other_keys")]
    pub unsupported: Vec<String>,
    /// HTML, as published.
    pub documentation: Option<String>,
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
