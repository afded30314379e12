//! The service model: how the operations of a service travel, as AWS publishes it in `service-2.json`
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

use crate::json::{Places, other_keys};
use crate::source::{Source, Span};

/// The wire facts of one service. Every shape that is referred to exists, and order is the file's.
#[derive(Clone, Debug)]
pub struct ServiceModel {
    /// The text of `service-2.json`.
    pub source: Source,
    /// What holds for the whole service.
    pub metadata: Metadata,
    /// By name (`ListMFADevices`).
    pub operations: IndexMap<String, Operation>,
    /// By name (`listMFADevicesRequest`).
    pub shapes: IndexMap<String, Shape>,
    /// How listings continue, by operation name; from `paginators-1.json`.
    pub pagination: IndexMap<String, Pagination>,
    /// Where in the text everything is.
    places: Places,
}

/// What holds for the whole service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// `2010-05-08`
    pub api_version: String,
    /// `iam`
    pub endpoint_prefix: String,
    /// `iam.amazonaws.com`, for a service that is one for all regions.
    pub global_endpoint: Option<String>,
    /// `query`: the one that the file prefers.
    pub protocol: String,
    /// Every protocol that the service answers to; only `protocol` where the file lists none.
    pub protocols: Vec<String>,
    /// `v4`, where the file says.
    pub signature_version: Option<String>,
    /// `IAM`
    pub service_id: String,
    /// `AWS Identity and Access Management`
    pub full_name: String,
    /// The name in the credential scope; the endpoint prefix where the file names none.
    pub signing_name: String,
    /// `https://iam.amazonaws.com/doc/2010-05-08/`
    pub xml_namespace: Option<String>,
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

    /// The shape of that name, where it is a structure.
    #[must_use]
    pub fn structure(&self, name: &str) -> Option<&Structure> {
        match &self.shape(name)?.kind {
            ShapeKind::Structure(structure) => Some(structure),
            _ => None,
        }
    }

    /// What `operation` takes; `None` where it takes nothing.
    #[must_use]
    pub fn input_of(&self, operation: &Operation) -> Option<&Structure> {
        self.structure(operation.input.as_deref()?)
    }

    /// What `operation` gives; `None` where it gives nothing.
    #[must_use]
    pub fn output_of(&self, operation: &Operation) -> Option<&Structure> {
        self.structure(operation.output.as_deref()?)
    }

    /// Every structure that is an error, with its name and what the model says of it.
    pub fn errors(&self) -> impl Iterator<Item = (&str, &Structure, &ErrorFacts)> {
        self.shapes.iter().filter_map(|(name, shape)| match &shape.kind {
            ShapeKind::Structure(structure) => {
                structure.error.as_ref().map(|error| (name.as_str(), structure, error))
            }
            _ => None,
        })
    }

    /// The errors that `operation` declares, in the file's order.
    pub fn error_codes<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = &'a ErrorFacts> {
        operation.errors.iter().filter_map(|name| self.structure(name)?.error.as_ref())
    }

    /// The place of a path of keys and indices in the text (`["shapes", "Tag", "members", "Key"]`), for
    /// diagnostics: a string or number as a whole, anything larger by its key. What is not there has the
    /// place of the nearest thing around it, at worst the file's start. The first place in an operation or
    /// shape takes a walk over its text; further ones are looked up.
    #[must_use]
    pub fn span(&self, path: &[&str]) -> Span {
        self.places.span(path)
    }
}

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// `ListMFADevices`; old versions of a service put the date in, where the model's key has none.
    pub name: String,
    /// `POST`
    pub http_method: String,
    /// `/`
    pub request_uri: String,
    /// Name of the input structure.
    pub input: Option<String>,
    /// Name of the output structure.
    pub output: Option<String>,
    /// `ListMFADevicesResult`: the element around the output.
    pub result_wrapper: Option<String>,
    /// Names of the error structures.
    pub errors: Vec<String>,
    /// Sent without a signature (`AssumeRoleWithWebIdentity`).
    pub unsigned: bool,
    /// What goes in front of the endpoint's host.
    pub host_prefix: Option<String>,
    /// Keys of the file that change how it travels and have no field here. Who cannot honour them refuses it.
    pub unsupported: Vec<String>,
    /// HTML, as published.
    pub documentation: Option<String>,
}

/// One shape, with what is true of it wherever it is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What it is.
    pub kind: ShapeKind,
    /// Its values are secrets.
    pub sensitive: bool,
    /// Keys of the file that change how it travels and have no field here (`streaming`, `document`).
    pub unsupported: Vec<String>,
    /// HTML, as published.
    pub documentation: Option<String>,
}

/// What a shape is.
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

/// A structure: members by name, in the file's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// By member name.
    pub members: IndexMap<String, MemberRef>,
    /// Names of the members that must be there.
    pub required: Vec<String>,
    /// For an error, what the service says of it.
    pub error: Option<ErrorFacts>,
    /// At most one member is set.
    pub union: bool,
}

/// What the model says of an error structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorFacts {
    /// The code on the wire (`NoSuchEntity`); the shape's name where the file gives none.
    pub code: String,
    /// The HTTP status, where given.
    pub status: Option<u16>,
    /// The sender's fault, not the service's.
    pub sender_fault: bool,
}

/// A use of a shape: as a member, a list's member, a map's key or value.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
#[allow(clippy::struct_excessive_bools)] // Each is a flag of the published format.
pub struct MemberRef {
    /// Name of the shape.
    pub shape: String,
    /// `locationName`: its name on the wire, where that differs; said at the use or by the shape.
    pub location_name: Option<String>,
    /// `queryName`: its name in a request of protocol `ec2`, where that differs.
    pub query_name: Option<String>,
    /// A timestamp's own format here.
    pub timestamp_format: Option<TimestampFormat>,
    /// Lists and maps without their wrapper element, said at the use.
    #[serde(default)]
    pub flattened: bool,
    /// An attribute of the element, not a child.
    #[serde(default)]
    pub xml_attribute: bool,
    /// Filled in by the client where the user gives none.
    #[serde(default)]
    pub idempotency_token: bool,
    /// Its value becomes part of the host's name.
    #[serde(default)]
    pub host_label: bool,
    /// A secret here, whatever the shape says.
    #[serde(default)]
    pub sensitive: bool,
    /// Keys of the file that change how it travels and have no field here (`location`, `jsonvalue`).
    #[serde(flatten, deserialize_with = "other_keys")]
    pub unsupported: Vec<String>,
    /// HTML, as published.
    pub documentation: Option<String>,
}

/// How a timestamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum TimestampFormat {
    Iso8601,
    UnixTimestamp,
    Rfc822,
}

/// How a listing continues; names are members of the input or paths into the output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pagination {
    /// Input members that take the marker.
    pub input_token: Vec<String>,
    /// Output members that give it.
    pub output_token: Vec<String>,
    /// The output member that says whether there is more.
    pub more_results: Option<String>,
    /// The input member that bounds a page.
    pub limit_key: Option<String>,
    /// Output members that hold the rows.
    pub result_key: Vec<String>,
}
