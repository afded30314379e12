//! Schemas: what the methods of a service take and return, and how each structure travels, as data.
//!
//! [`bind`](crate::bind::bind) builds a [`Service`]. Generated code, calls by name at run time and documents are all
//! derived from it. It has wire names and types, and no names of Rust.
//!
//! ```text
//! Service ── Resource ── Method ── input: Member…   output: Output   listing   rows
//!    │           └────── Row: Member…
//!    └────── Schema by name: Structure, Union, Enum
//! ```
//!
//! A [`Member`] has a [`Target`], and a target refers to a structure by its name, so that a structure may contain itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::invariant;
use crate::model::{
    AuthScheme, HttpChecksum, Metadata, OperationContextParam, Protocol, Retryable,
    StaticContextParam, TimestampFormat, XmlNamespace,
};
use crate::page::{Access, Datatype, DatatypeKind, ResourceId};

/// One service, with the resources that its pages describe.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// `aws`
    pub provider: String,
    /// `iam_api`, as the pages name it.
    pub name: String,
    /// Facts that hold for every request.
    pub metadata: Metadata,
    /// The protocol of every request.
    pub protocol: Protocol,
    /// Sorted by id.
    pub resources: Vec<Resource>,
    /// The structures, unions and enums that methods take and return, by the model's name.
    pub schemas: BTreeMap<String, Schema>,
    /// The code of every error that a method declares, sorted.
    pub error_codes: Vec<String>,
    /// The structure of each error that has members beside code and message: its name, by the error's code.
    pub error_structures: BTreeMap<String, String>,
    /// Operations of the model that cannot be called, because their requests are event streams.
    pub unsupported_operations: Vec<String>,
}

impl Service {
    /// The members of the structure or union `name`; `None` if there is no such structure.
    #[must_use]
    pub fn structure(&self, name: &str) -> Option<&[Member]> {
        self.schemas.get(name)?.members()
    }

    /// How a request of `method`, one of this service's, can be authenticated, the preferred scheme first.
    #[must_use]
    pub fn auth_schemes(&self, method: &Method) -> Vec<AuthScheme> {
        method.auth.map_or_else(|| self.metadata.auth_schemes(), |scheme| vec![scheme])
    }

    /// Whether a request of `method`, one of this service's, can be presigned: its URL has the signature and everything but headers
    /// and a body that is not signed.
    #[must_use]
    pub fn can_be_presigned(&self, method: &Method) -> bool {
        let body_is_signed = match self.auth_schemes(method).first() {
            Some(AuthScheme::S3) => false,
            Some(AuthScheme::SigV4) => !method.unsigned_payload,
            Some(AuthScheme::Bearer | AuthScheme::NoAuth) | None => return false,
        };
        let is_outside = |member: &Member| match member.binding {
            Binding::Body | Binding::Attribute => false,
            // Whoever has the URL sends a body of their own, or none.
            Binding::Payload => match member.target {
                Target::Stream => !body_is_signed && !member.required,
                Target::Blob | Target::String => !member.required,
                _ => false,
            },
            _ => true,
        };
        match self.protocol {
            // The form in the body can be the query string.
            Protocol::AwsQuery | Protocol::Ec2Query => true,
            Protocol::RestJson | Protocol::RestXml => method.input.iter().all(is_outside),
            Protocol::AwsJson | Protocol::RpcV2Cbor => false,
        }
    }
}

/// One resource: its page, bound to operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// `aws.iam_api.mfa_devices`
    pub id: ResourceId,
    /// What a `SELECT` returns; `None` if the page has no fields.
    pub row: Option<Row>,
    /// In the page's order.
    pub methods: Vec<Method>,
}

impl Resource {
    /// The method that the page writes as `full_name`.
    #[must_use]
    pub fn method(&self, full_name: &str) -> Option<&Method> {
        self.methods.iter().find(|method| method.full_name == full_name)
    }

    /// The members of a row; empty if the page has no fields.
    #[must_use]
    pub fn row_members(&self) -> &[Member] {
        self.row.as_ref().map_or(&[], |row| &row.members)
    }

    /// The members of what `method`, one of this resource's, returns: those of the row if its output is a row; empty if
    /// it returns nothing.
    #[must_use]
    pub fn output_members<'a>(&'a self, method: &'a Method) -> &'a [Member] {
        match method.output.as_ref().map(|output| &output.shape) {
            Some(OutputShape::Members(members)) => members,
            Some(OutputShape::Row) => {
                &invariant!(&self.row, "an output is a row only if the page has fields").members
            }
            None => &[],
        }
    }
}

/// A row of a resource: a member for each of the page's fields, in the page's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// `mfa_device`: the resource in the singular.
    pub name: String,
    /// The fields.
    pub members: Vec<Member>,
}

/// One method, bound to its operation.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools)] // Each is a trait of the published format.
pub struct Method {
    /// `List`
    pub name: String,
    /// `mfa_devices_List`, as the page writes it.
    pub full_name: String,
    /// The SQL verb that reaches it.
    pub access: Access,
    /// The page's description, in HTML.
    pub documentation: String,
    /// `ListMFADevices`
    pub operation: String,
    /// The HTTP request.
    pub http: Http,
    /// Whether the model has a structure for the input.
    pub has_input: bool,
    /// The prefix of the endpoint's host, with wire names of input members in braces where their values go.
    pub host_prefix: Option<String>,
    /// How it is authenticated, if it differs from its service.
    pub auth: Option<AuthScheme>,
    /// The signature does not cover the body.
    pub unsigned_payload: bool,
    /// The checksums of requests and responses; `None` if they have none.
    pub checksum: Option<HttpChecksum>,
    /// The body of a request may be compressed with gzip.
    pub allows_gzip: bool,
    /// Values of parameters of the endpoint rule set, by parameter.
    pub static_context_params: BTreeMap<String, StaticContextParam>,
    /// Where in the input the values of parameters of the endpoint rule set are, by parameter.
    pub operation_context_params: BTreeMap<String, OperationContextParam>,
    /// Names of the input members that the page requires, in the page's order, without `region`.
    pub required_params: Vec<String>,
    /// What it takes, in the model's order.
    pub input: Vec<Member>,
    /// What it returns; `None` if a response has no content.
    pub output: Option<Output>,
    /// Where in the output rows are; `None` if it has none.
    pub rows: Option<Rows>,
    /// How the output is a listing; `None` if it is not one.
    pub listing: Option<Listing>,
    /// Codes of the errors that the operation declares, in the model's order.
    pub error_codes: Vec<String>,
    /// Those of the errors after which a call may be repeated.
    pub retryable: BTreeMap<String, Retryable>,
}

/// The HTTP request of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Http {
    /// `GET`
    pub method: String,
    /// `/{Bucket}/{Key+}?x-id=GetObject`: path and query string, with wire names of input members in braces.
    pub uri: String,
    /// The root element of an XML document with the input, if the model names it.
    pub root: Option<String>,
    /// The namespace of that element.
    pub namespace: Option<XmlNamespace>,
}

impl Method {
    /// The members of an output that is not a row; `None` if the output is a row, or there is none.
    #[must_use]
    pub fn own_output(&self) -> Option<&[Member]> {
        match &self.output.as_ref()?.shape {
            OutputShape::Members(members) => Some(members),
            OutputShape::Row => None,
        }
    }
}

/// What an operation returns.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// The element around it on the wire.
    pub wrapper: String,
    /// The structure inside.
    pub shape: OutputShape,
}

/// The structure of an output.
#[derive(Clone, Debug, PartialEq)]
pub enum OutputShape {
    /// The output itself is a row.
    Row,
    /// A structure of its own with these members.
    Members(Vec<Member>),
}

/// Where in an output the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// The output itself is one row.
    Output,
    /// The output member at this index is one row, or a list of rows.
    Member(usize),
}

/// How an output is one page of a longer list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The index of the output member that is the list; `None` if several are.
    pub rows: Option<usize>,
    /// How it continues; `None` if the first page is all.
    pub continuation: Option<Continuation>,
}

/// How a listing continues on the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// Pairs of indices: the input member that takes a marker, and the output member that returns it.
    pub markers: Vec<(usize, usize)>,
    /// The index of the output member that says whether there is more.
    pub more_results: Option<usize>,
}

/// A named type that several methods may share.
#[derive(Clone, Debug, PartialEq)]
pub enum Schema {
    /// A structure with these members, in the model's order.
    Structure(Vec<Member>),
    /// A structure of which one member is set, in the model's order.
    Union(Vec<Member>),
    /// A string of which these values are known.
    Enum(Vec<String>),
}

impl Schema {
    /// The members of a structure or a union; `None` for an enum.
    #[must_use]
    pub fn members(&self) -> Option<&[Member]> {
        match self {
            Self::Structure(members) | Self::Union(members) => Some(members),
            Self::Enum(_) => None,
        }
    }

    pub(crate) fn members_mut(&mut self) -> Option<&mut [Member]> {
        match self {
            Self::Structure(members) | Self::Union(members) => Some(members),
            Self::Enum(_) => None,
        }
    }
}

/// One member of a structure: its names, its target and its traits.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools)] // Each is a trait of the published format.
pub struct Member {
    /// The model's name for it.
    pub name: String,
    /// Its name on the wire.
    pub wire: String,
    /// The type of its value.
    pub target: Target,
    /// It is always present. The page decides this for a param, the model for everything else.
    pub required: bool,
    /// Its value is a secret.
    pub sensitive: bool,
    /// Which part of the message has it.
    pub binding: Binding,
    /// Its name in a request of the protocol `ec2`, if the model names it.
    pub query_name: Option<String>,
    /// The XML namespace of its element.
    pub namespace: Option<XmlNamespace>,
    /// The parameter of the endpoint rule set that it is.
    pub context_param: Option<String>,
    /// If the caller does not set it, the client fills in a unique value.
    pub idempotency_token: bool,
    /// It contains, not through a list or a map, the structure that it is a member of.
    pub recursive: bool,
    /// What it means, in HTML: the page's description of a row's field, or else what the service model says.
    pub documentation: Option<String>,
}

/// The part of an HTTP message, or of an event's message, that has a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// The document in the body.
    Body,
    /// The document in the body: an XML attribute of the structure's element.
    Attribute,
    /// A label of the path.
    Label,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// All headers that start with its name.
    PrefixHeaders,
    /// The whole body.
    Payload,
    /// The status code of a response.
    StatusCode,
    /// A header of an event's message.
    EventHeader,
    /// The whole payload of an event's message.
    EventPayload,
}

/// A string for which the runtime has a type or an encoding of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Known {
    /// The serial number of an MFA device.
    SerialNumber,
    /// A policy document, which responses carry percent-encoded.
    PolicyDocument,
}

impl Known {
    /// Its name in an override file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SerialNumber => "SerialNumber",
            Self::PolicyDocument => "PolicyDocument",
        }
    }
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // The names say it.
pub enum Target {
    String,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Blob,
    /// A blob that is the body of a message and is not read as a whole.
    Stream,
    Timestamp(TimestampFormat),
    /// A JSON value of any type.
    Document,
    /// A string that is a JSON document.
    JsonValue,
    /// The events of the [`Schema::Union`] of that name.
    EventStream(String),
    Known(Known),
    /// The [`Schema::Enum`] of that name.
    Enum(String),
    /// The [`Schema::Structure`] or [`Schema::Union`] of that name.
    Structure(String),
    /// The row of the resource.
    Row,
    List {
        element: Box<Target>,
        /// The name of an element's wrapper on the wire.
        name: String,
        flattened: bool,
        /// Whether elements can be absent.
        sparse: bool,
    },
    Map {
        value: Box<Target>,
        /// The names of key and value on the wire.
        names: (String, String),
        flattened: bool,
        /// Whether values can be absent.
        sparse: bool,
    },
}

impl Target {
    /// The target inside lists and maps: itself if it is neither.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        let mut target = self;
        while let Self::List { element: inner, .. } | Self::Map { value: inner, .. } = target {
            target = inner;
        }
        target
    }

    /// Whether it is the row of the resource, or lists or maps of rows.
    #[must_use]
    pub fn is_row(&self) -> bool {
        *self.innermost() == Self::Row
    }

    /// The name of the schema that it refers to, also through lists and maps.
    #[must_use]
    pub fn schema(&self) -> Option<&str> {
        match self.innermost() {
            Self::Enum(name) | Self::Structure(name) | Self::EventStream(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it is a string, a boolean, a number, a timestamp or a blob, and not a structure, a document, a list or a map.
    #[must_use]
    pub fn is_scalar(&self) -> bool {
        !matches!(
            self,
            Self::Structure(_)
                | Self::Row
                | Self::List { .. }
                | Self::Map { .. }
                | Self::Document
                | Self::EventStream(_)
        )
    }

    /// The documentation site's name for this type.
    #[must_use]
    pub fn datatype(&self) -> Datatype {
        let kind = match self {
            Self::String
            | Self::Blob
            | Self::Stream
            | Self::JsonValue
            | Self::Known(_)
            | Self::Enum(_) => DatatypeKind::String,
            Self::Boolean => DatatypeKind::Boolean,
            Self::Integer | Self::Long => DatatypeKind::Integer,
            Self::Float | Self::Double => DatatypeKind::Number,
            Self::Structure(_) | Self::Row | Self::Map { .. } | Self::Document => {
                DatatypeKind::Object
            }
            Self::List { .. } | Self::EventStream(_) => DatatypeKind::Array,
            Self::Timestamp(_) => {
                return Datatype {
                    kind: DatatypeKind::String,
                    format: Some("date-time".to_owned()),
                };
            }
        };
        kind.into()
    }
}
