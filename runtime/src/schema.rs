//! Schemas: tables that describe how structures are encoded, and the traits through which codecs read and fill values.
//!
//! Generated code has a table and a short [`Record`] implementation for each structure. The codecs are not generic over structures,
//! so each further structure adds little code.

mod auth_scheme;
mod budget;
mod debug;
mod decode_error;
mod impls;
mod member_set;
mod operation;
mod secrets;
mod stream;
#[cfg(test)]
pub(crate) mod tests;

use std::fmt::Debug;
use std::sync::OnceLock;

use time::OffsetDateTime;

use crate::body::Body;
use crate::timestamp::TimestampFormat;

pub use auth_scheme::AuthScheme;
pub use budget::Budget;
pub use debug::debug;
pub(crate) use decode_error::DecodeError;
pub(crate) use member_set::MemberSet;
pub(crate) use operation::{
    EncodedRequest, ErrorDocument, NO_OUTPUT, Protocol, RequestBody, Response,
};
pub use operation::{Http, Operation, Output, Pagination, ProtocolRef, Retryable, Service};
pub(crate) use secrets::sensitive_texts;
#[cfg(feature = "event-stream")]
pub(crate) use stream::EventContext;
pub(crate) use stream::StreamSlot;
pub(crate) use stream::{Streamed, put_stream};

/// The schema of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// The Rust type's name, for `Debug`.
    pub name: &'a str,
    /// Its members. A [`Record`] identifies them by their index here.
    pub members: &'a [Member<'a>],
}

impl<'a> Shape<'a> {
    /// Creates the schema of the type `name` with `members`.
    #[must_use]
    pub const fn new(name: &'a str, members: &'a [Member<'a>]) -> Self {
        Self { name, members }
    }
}

/// The schema of a member of a structure.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // The flags are independent of each other.
pub struct Member<'a> {
    /// The Rust field's name, for `Debug`.
    pub field: &'a str,
    /// The name on the wire.
    pub wire: &'a str,
    /// The type of its value.
    pub target: Target<'a>,
    /// Whether a response without it is an error.
    pub required: bool,
    /// Whether its value is never shown.
    pub sensitive: bool,
    /// Whether the client sets it to a unique value if the caller does not set it.
    pub idempotency_token: bool,
    /// Which part of the HTTP message has it. Only REST protocols have other parts than the body.
    pub binding: Binding,
    /// Its name in a request of the EC2 protocol, if that is not [`wire`](Self::wire) with a capital first letter.
    pub query_name: Option<&'a str>,
    /// The XML namespace of its element.
    pub namespace: Option<&'a Namespace<'a>>,
}

/// The part of an HTTP message that has the value of a member, as in Smithy's HTTP binding traits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Binding {
    /// The document in the body.
    #[default]
    Body,
    /// The document in the body: an attribute of the structure's element in XML.
    Attribute,
    /// A label of the path, `{Name}` or `{Name+}`.
    Label,
    /// A param of the query string. A map from strings to strings or lists of strings has a param for each entry.
    Query,
    /// A header.
    Header,
    /// The headers that start with its name: an entry of a map for each.
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

impl Binding {
    /// Whether the document in the body has the member.
    pub(crate) const fn is_in_document(self) -> bool {
        matches!(self, Self::Body | Self::Attribute)
    }
}

/// An XML namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namespace<'a> {
    /// `xsi`; `None` for the default namespace.
    pub prefix: Option<&'a str>,
    /// `http://www.w3.org/2001/XMLSchema-instance`
    pub uri: &'a str,
}

impl<'a> Namespace<'a> {
    /// Creates the default namespace `uri`.
    #[must_use]
    pub const fn new(uri: &'a str) -> Self {
        Self { prefix: None, uri }
    }

    /// Sets the prefix of its names.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'a str) -> Self {
        self.prefix = Some(prefix);
        self
    }
}

impl<'a> Member<'a> {
    /// Creates an optional member with the Rust field `field` and the name `wire` on the wire.
    #[must_use]
    pub const fn new(field: &'a str, wire: &'a str, target: Target<'a>) -> Self {
        Self {
            field,
            wire,
            target,
            required: false,
            sensitive: false,
            idempotency_token: false,
            binding: Binding::Body,
            query_name: None,
            namespace: None,
        }
    }

    /// Creates an optional member that is a string, an enum, a boolean, a number or a blob.
    #[must_use]
    pub const fn scalar(field: &'a str, wire: &'a str) -> Self {
        Self::new(field, wire, Target::Scalar)
    }

    /// Creates an optional member that is a timestamp.
    #[must_use]
    pub const fn timestamp(field: &'a str, wire: &'a str, format: TimestampFormat) -> Self {
        Self::new(field, wire, Target::Timestamp(format))
    }

    /// Creates an optional member that is a structure with the schema `shape`.
    #[must_use]
    pub const fn structure(field: &'a str, wire: &'a str, shape: &'a Shape<'a>) -> Self {
        Self::new(field, wire, Target::Structure(shape))
    }

    /// Creates an optional member that is a list of `element`, not flattened, each in a `member`.
    #[must_use]
    pub const fn list(field: &'a str, wire: &'a str, element: &'a Target<'a>) -> Self {
        Self::new(field, wire, Target::List { name: "member", flattened: false, element })
    }

    /// Makes the member required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Marks the value as a secret.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Makes the member an attribute of the structure's element in XML.
    #[must_use]
    pub const fn attribute(mut self) -> Self {
        self.binding = Binding::Attribute;
        self
    }

    /// Sets which part of the HTTP message has the member.
    #[must_use]
    pub const fn binding(mut self, binding: Binding) -> Self {
        self.binding = binding;
        self
    }

    /// Sets the name in a request of the EC2 protocol.
    #[must_use]
    pub const fn query_name(mut self, name: &'a str) -> Self {
        self.query_name = Some(name);
        self
    }

    /// Sets the XML namespace.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'a Namespace<'a>) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// Makes the member an idempotency token.
    #[must_use]
    pub const fn idempotency_token(mut self) -> Self {
        self.idempotency_token = true;
        self
    }
}

/// The type of a value. It has only the information that codecs cannot get from the value itself.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// A string, an enum, a boolean, a number, a blob or a document.
    Scalar,
    /// A string that is percent-encoded in responses, as IAM's policy documents are.
    PercentEncoded,
    /// A string that is a JSON document, which headers have in base64.
    JsonValue,
    /// A blob that is the payload, and is sent and received in chunks.
    Stream,
    /// A stream of events, which is the payload of a response.
    Events,
    /// A timestamp.
    Timestamp(TimestampFormat),
    /// A structure with that schema.
    Structure(&'a Shape<'a>),
    /// A structure whose table is created after this one: at run time, a structure that contains itself.
    Deferred(&'a dyn Deferred),
    /// A list.
    List {
        /// The name of an element's wrapper (`member`); unused if the list is flattened.
        name: &'a str,
        /// Whether elements are directly under the member's name.
        flattened: bool,
        /// The type of an element.
        element: &'a Target<'a>,
    },
    /// A map from strings.
    Map {
        /// The name of a key (`key`).
        key: &'a str,
        /// The name of a value (`value`).
        value: &'a str,
        /// Whether entries are directly under the member's name, without `entry`.
        flattened: bool,
        /// The type of a value.
        element: &'a Target<'a>,
    },
}

impl Target<'_> {
    /// Whether the value is read after the call, from the body of the response.
    pub(crate) const fn is_streamed(&self) -> bool {
        matches!(self, Self::Stream | Self::Events)
    }

    /// The schema of the structure, if this is a structure.
    #[must_use]
    pub fn structure(&self) -> Option<&Shape<'_>> {
        match self {
            Self::Structure(shape) => Some(shape),
            Self::Deferred(shape) => shape.shape(),
            _ => None,
        }
    }
}

/// A table that is created after the tables that refer to it.
pub trait Deferred: Debug + Sync {
    /// The table, once it has been created.
    fn shape(&self) -> Option<&Shape<'_>>;
}

impl Deferred for OnceLock<Shape<'_>> {
    fn shape(&self) -> Option<&Shape<'_>> {
        self.get()
    }
}

/// A structure whose members can be read and filled by index.
pub trait Record: Send + Sync {
    /// The member at `index` of its schema; `None` beyond the end.
    fn member(&self, index: usize) -> Option<&dyn Value>;

    /// The member at `index` of its schema, to fill; `None` beyond the end.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// The number of bytes that it has allocated for the members themselves: 0 unless they are in a `Box`.
    fn allocated(&self) -> usize {
        0
    }

    /// Creates a record without values, for a decoder to fill.
    fn empty() -> Self
    where
        Self: Sized;
}

/// A value that encoders can read and decoders can fill.
pub trait Value: Send + Sync {
    /// The current value.
    fn data(&self) -> Data<'_>;

    /// The slot that a decoder fills.
    fn slot(&mut self) -> Slot<'_>;

    /// Creates an empty value.
    fn empty() -> Self
    where
        Self: Sized;
}

/// The content of a [`Value`].
#[allow(missing_docs)] // The names are the documentation.
#[allow(missing_debug_implementations)] // The value may be a secret.
#[derive(Clone, Copy)]
pub enum Data<'a> {
    Absent,
    Text(&'a str),
    Boolean(bool),
    Integer(i64),
    Float(f32),
    Double(f64),
    Timestamp(OffsetDateTime),
    Blob(&'a [u8]),
    /// A JSON value of any type.
    #[cfg(feature = "json")]
    Document(&'a serde_json::Value),
    List(&'a dyn List),
    Map(&'a dyn Map),
    Record(&'a dyn Record),
    Stream(&'a Body),
}

/// The slot of a [`Value`] that a decoder fills.
#[allow(missing_docs, missing_debug_implementations)] // The names are the documentation.
pub enum Slot<'a> {
    Text(&'a mut dyn Text),
    Boolean(&'a mut bool),
    Integer(&'a mut i32),
    Long(&'a mut i64),
    Float(&'a mut f32),
    Double(&'a mut f64),
    Timestamp(&'a mut OffsetDateTime),
    Blob(&'a mut Vec<u8>),
    #[cfg(feature = "json")]
    Document(&'a mut serde_json::Value),
    List(&'a mut dyn List),
    Map(&'a mut dyn Map),
    Record(&'a mut dyn Record),
    Stream(&'a mut dyn StreamSlot),
}

/// A value that is set from text: a string, an enum, a secret.
pub trait Text: Send + Sync {
    /// Replaces the value.
    fn set(&mut self, text: &str);
}

/// A list of values.
pub trait List: Send + Sync {
    /// The element at `index`; `None` beyond the end.
    fn at(&self, index: usize) -> Option<&dyn Value>;

    /// Adds an element and returns its slot; `None` if that exceeds `budget`.
    fn push(&mut self, budget: &mut Budget) -> Option<Slot<'_>>;

    /// Adds an absent element, and returns whether elements can be absent; `None` if that exceeds `budget`.
    fn push_absent(&mut self, budget: &mut Budget) -> Option<bool>;
}

/// A map from strings to values.
pub trait Map: Send + Sync {
    /// Calls `visit` for each entry in order, until it returns `false`.
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Value) -> bool);

    /// Inserts an empty value under `key` and returns its slot; `None` if that exceeds `budget`.
    fn insert(&mut self, key: String, budget: &mut Budget) -> Option<Slot<'_>>;

    /// Inserts an absent value under `key`, and returns whether values can be absent; `None` if that exceeds `budget`.
    fn insert_absent(&mut self, key: String, budget: &mut Budget) -> Option<bool>;
}
