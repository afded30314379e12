//! What binding gives: everything that an emitter needs to know.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{Metadata, TimestampFormat};
use crate::page::{Access, ResourceId};

/// One service with the resources that its pages describe.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// `aws`
    pub provider: String,
    /// `iam_api`, as the pages call it.
    pub name: String,
    /// What holds for every call.
    pub metadata: Metadata,
    /// In the order of their ids.
    pub resources: Vec<Resource>,
    /// The structures and enums that methods take and give, by the model's name.
    pub shapes: BTreeMap<String, Shape>,
    /// The codes of every error that a method declares, sorted.
    pub error_codes: Vec<String>,
    /// Of these, the ones that say more than code and message: code, and the name of the structure.
    pub error_shapes: BTreeMap<String, String>,
}

/// One resource: its page, tied to operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// `aws.iam_api.mfa_devices`
    pub id: ResourceId,
    /// What a `SELECT` gives; `None` for a page without fields.
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
}

/// A row of a resource: one member for each of the page's fields, in the page's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// `mfa_device`: the resource in the singular.
    pub name: String,
    /// The fields.
    pub members: Vec<Member>,
}

/// One method, tied to its operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// `List`
    pub name: String,
    /// `mfa_devices_List`, as the page writes it.
    pub full_name: String,
    /// Which SQL verb reaches it.
    pub access: Access,
    /// The page's description, in HTML.
    pub prose: String,
    /// `ListMFADevices`
    pub operation: String,
    /// What goes in front of the endpoint's host, with the names that input members have on the wire in
    /// braces for their values.
    pub host_prefix: Option<String>,
    /// It is sent without a signature.
    pub unsigned: bool,
    /// Names of the input members that the page requires, in the page's order, without `region`.
    pub required_params: Vec<String>,
    /// What it takes, in the model's order.
    pub input: Vec<Member>,
    /// What it gives, where it gives anything.
    pub output: Option<Output>,
    /// How its output is a listing, where it is one.
    pub listing: Option<Listing>,
    /// Codes of the errors that the operation declares, in the model's order.
    pub error_codes: Vec<String>,
}

/// What an operation gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// The element around it on the wire.
    pub wrapper: String,
    /// What is in it.
    pub content: OutputShape,
}

/// What is in an output.
#[derive(Clone, Debug, PartialEq)]
pub enum OutputShape {
    /// The output itself is a row.
    Row,
    /// A structure with these members.
    Members(Vec<Member>),
}

/// An output that is a page of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// The output member that holds the rows; `None` where there are several.
    pub rows: Option<String>,
    /// How it continues; `None` for a listing that comes whole.
    pub continuation: Option<Continuation>,
}

/// How a listing continues.
#[derive(Clone, Debug, PartialEq)]
pub struct Continuation {
    /// Pairs of the input member that takes a marker and the output member that gives it.
    pub markers: Vec<(String, String)>,
    /// The output member that says whether there is more.
    pub more_results: Option<String>,
}

/// A named shape that several methods may share.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A structure.
    Structure {
        /// In the model's order.
        members: Vec<Member>,
        /// Exactly one member is set: a union in Smithy's terms.
        union: bool,
    },
    /// A string with these values known.
    Enum(Vec<String>),
}

/// One member of a structure.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools)] // Each is a flag of the published format.
pub struct Member {
    /// The model's name for it.
    pub name: String,
    /// Its name on the wire.
    pub wire: String,
    /// What it holds.
    pub ty: Type,
    /// It is always there: the page requires it of the caller, or the model of the service.
    pub required: bool,
    /// Its value is a secret.
    pub sensitive: bool,
    /// In an answer it is an attribute of the structure's element.
    pub attribute: bool,
    /// The client fills it in where a caller does not, with a value that no other call has.
    pub idempotency_token: bool,
    /// It holds, not through a list or a map, the structure that it is a member of.
    pub recursive: bool,
    /// The page's description, in HTML, where it has one.
    pub prose: Option<String>,
    /// The service model's documentation of the member, or else of its shape, in HTML.
    pub documentation: Option<String>,
}

/// A kind of string that the runtime has more for than a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Known {
    /// The serial number of an MFA device, which has a type of its own.
    SerialNumber,
    /// A policy, which answers carry percent-encoded: what is given to a user is decoded.
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

/// What a member holds.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // Each is what its name says.
pub enum Type {
    String,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Blob,
    Timestamp(TimestampFormat),
    /// A string that is more than a string.
    Known(Known),
    /// By the name of a shape.
    Enum(String),
    /// By the name of a shape.
    Structure(String),
    /// A row of the resource.
    Row,
    List {
        element: Box<Type>,
        /// The name of an element's wrapper on the wire.
        name: String,
        flattened: bool,
    },
    Map {
        value: Box<Type>,
        /// The names of key and value on the wire.
        names: (String, String),
        flattened: bool,
    },
}

impl Type {
    /// Whether it is a row of the resource, or lists or maps of them.
    #[must_use]
    pub fn is_row(&self) -> bool {
        match self {
            Self::Row => true,
            Self::List { element: inner, .. } | Self::Map { value: inner, .. } => inner.is_row(),
            _ => false,
        }
    }

    /// The named shape in it, through lists and maps.
    #[must_use]
    pub fn shape(&self) -> Option<&str> {
        match self {
            Self::Enum(name) | Self::Structure(name) => Some(name),
            Self::List { element: inner, .. } | Self::Map { value: inner, .. } => inner.shape(),
            _ => None,
        }
    }
}
