//! Shapes as data: tables that say how a structure travels, and the traits through which the
//! encoders and decoders walk a table and a value side by side.
//!
//! Generated code has a table and a [`Record`] of a few lines for each structure; the encoders and
//! decoders are generic over neither, so a further structure costs next to nothing.

mod budget;
mod builder;
mod debug;
mod impls;
mod operation;
mod secrets;
mod seen;
#[cfg(test)]
pub(crate) mod tests;

use std::fmt::Debug;
use std::sync::OnceLock;

use time::OffsetDateTime;

use crate::timestamp::TimestampFormat;

pub use budget::Budget;
pub use builder::{GivenMembers, Place};
pub use debug::debug;
pub(crate) use operation::NO_OUTPUT;
pub use operation::{Operation, Output, Pagination, Service};
pub(crate) use secrets::sensitive_texts;
pub(crate) use seen::Seen;

/// How a structure travels.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// The Rust type's name, for `Debug`.
    pub name: &'a str,
    /// Its members; a [`Record`] speaks of them by their index here.
    pub members: &'a [Member<'a>],
}

impl<'a> Shape<'a> {
    /// The shape of the type `name` with `members`.
    #[must_use]
    pub const fn new(name: &'a str, members: &'a [Member<'a>]) -> Self {
        Self { name, members }
    }
}

/// How one member of a structure travels.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact by itself.
pub struct Member<'a> {
    /// The Rust field's name, for `Debug`.
    pub field: &'a str,
    /// The name on the wire.
    pub wire: &'a str,
    /// What it holds.
    pub target: Target<'a>,
    /// An answer without it is refused.
    pub required: bool,
    /// Its value is shown nowhere.
    pub sensitive: bool,
    /// In an answer it is an attribute of the structure's element, and not a child.
    pub attribute: bool,
    /// Where a call is without it, the client gives it a value that no other call has.
    pub idempotency_token: bool,
}

impl<'a> Member<'a> {
    /// An optional member: Rust field `field`, `wire` on the wire.
    #[must_use]
    pub const fn new(field: &'a str, wire: &'a str, target: Target<'a>) -> Self {
        Self {
            field,
            wire,
            target,
            required: false,
            sensitive: false,
            attribute: false,
            idempotency_token: false,
        }
    }

    /// An optional member that is a string, an enum, a boolean, a number or a blob.
    #[must_use]
    pub const fn scalar(field: &'a str, wire: &'a str) -> Self {
        Self::new(field, wire, Target::Scalar)
    }

    /// An optional member that is a point in time.
    #[must_use]
    pub const fn timestamp(field: &'a str, wire: &'a str, format: TimestampFormat) -> Self {
        Self::new(field, wire, Target::Timestamp(format))
    }

    /// An optional member that is a structure of `shape`.
    #[must_use]
    pub const fn structure(field: &'a str, wire: &'a str, shape: &'a Shape<'a>) -> Self {
        Self::new(field, wire, Target::Structure(shape))
    }

    /// An optional member that is a list, not flattened, of what `element` says, each in a `member`.
    #[must_use]
    pub const fn list(field: &'a str, wire: &'a str, element: &'a Target<'a>) -> Self {
        Self::new(field, wire, Target::List { name: "member", flattened: false, element })
    }

    /// The same, which must be there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, with a value that is shown nowhere.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// The same, as an attribute of the structure's element in an answer.
    #[must_use]
    pub const fn attribute(mut self) -> Self {
        self.attribute = true;
        self
    }

    /// The same, with a value of its own for each call that gives none.
    #[must_use]
    pub const fn idempotency_token(mut self) -> Self {
        self.idempotency_token = true;
        self
    }
}

/// What a member holds, as far as the wire needs to be told beyond the value itself.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// A string, an enum, a boolean, a number, a blob: the value says all.
    Scalar,
    /// A string that answers carry percent-encoded, as IAM's policy documents are.
    PercentEncoded,
    /// A point in time.
    Timestamp(TimestampFormat),
    /// A structure of that shape.
    Structure(&'a Shape<'a>),
    /// A structure whose table is made after this one: at run time, a shape that holds itself.
    Deferred(&'a dyn Deferred),
    /// A list.
    List {
        /// The name of an element's wrapper (`member`); unused where flattened.
        name: &'a str,
        /// Elements stand directly under the member's name.
        flattened: bool,
        /// What an element holds.
        element: &'a Target<'a>,
    },
    /// A map from strings.
    Map {
        /// The name of a key (`key`).
        key: &'a str,
        /// The name of a value (`value`).
        value: &'a str,
        /// Entries stand directly under the member's name, without `entry`.
        flattened: bool,
        /// What a value holds.
        element: &'a Target<'a>,
    },
}

impl Target<'_> {
    /// The table of the structure that it holds, where it holds one.
    #[must_use]
    pub fn structure(&self) -> Option<&Shape<'_>> {
        match self {
            Self::Structure(shape) => Some(shape),
            Self::Deferred(shape) => shape.shape(),
            _ => None,
        }
    }
}

/// A table that is made later than what leads to it.
pub trait Deferred: Debug + Sync {
    /// The table, once it is made.
    fn shape(&self) -> Option<&Shape<'_>>;
}

impl Deferred for OnceLock<Shape<'_>> {
    fn shape(&self) -> Option<&Shape<'_>> {
        self.get()
    }
}

/// A structure that can be read and filled member by member.
pub trait Record: Send + Sync {
    /// The member at `index` of its shape; `None` beyond its end.
    fn member(&self, index: usize) -> Option<&dyn Value>;

    /// The member at `index` of its shape, to fill; `None` beyond its end.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;

    /// How many bytes it has allocated for its members, without what they hold: 0 where they stand in it.
    fn allocated(&self) -> usize {
        0
    }

    /// A record with nothing set, for a decoder to fill.
    fn empty() -> Self
    where
        Self: Sized;
}

/// A value that the encoders can read and the decoders can fill.
pub trait Value: Send + Sync {
    /// What it holds now.
    fn data(&self) -> Data<'_>;

    /// Where a decoder puts what it read.
    fn slot(&mut self) -> Slot<'_>;

    /// The value before anything was read.
    fn empty() -> Self
    where
        Self: Sized;
}

/// What a [`Value`] holds.
#[allow(missing_docs)] // Each is what its name says.
#[allow(missing_debug_implementations)] // It may be a secret.
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
    List(&'a dyn List),
    Map(&'a dyn Map),
    Record(&'a dyn Record),
}

/// Where a decoder puts what it read.
#[allow(missing_docs, missing_debug_implementations)] // Each takes what its name says.
pub enum Slot<'a> {
    Text(&'a mut dyn Text),
    Boolean(&'a mut bool),
    Integer(&'a mut i32),
    Long(&'a mut i64),
    Float(&'a mut f32),
    Double(&'a mut f64),
    Timestamp(&'a mut OffsetDateTime),
    Blob(&'a mut Vec<u8>),
    List(&'a mut dyn List),
    Map(&'a mut dyn Map),
    Record(&'a mut dyn Record),
}

/// A value made of text: a string, an enum, a secret.
pub trait Text: Send + Sync {
    /// Replaces it.
    fn set(&mut self, text: &str);
}

/// A list of values.
pub trait List: Send + Sync {
    /// The element at `index`; `None` beyond the end.
    fn at(&self, index: usize) -> Option<&dyn Value>;

    /// Adds an element and gives the place to fill; `None` where `budget` does not allow for it.
    fn push(&mut self, budget: &mut Budget) -> Option<Slot<'_>>;
}

/// A map from strings to values.
pub trait Map: Send + Sync {
    /// Shows each entry to `see`, in the map's order, until it says `false`.
    fn each(&self, see: &mut dyn FnMut(&str, &dyn Value) -> bool);

    /// Puts an empty value under `key` and gives the place to fill; `None` where `budget` does not allow for it.
    fn insert(&mut self, key: String, budget: &mut Budget) -> Option<Slot<'_>>;
}
