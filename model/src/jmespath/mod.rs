//! `JMESPath` expressions, as far as service models use them: in paginators, waiters, and parameters of endpoint rule sets.
//!
//! [`parse`] checks an expression against the types of a message, and makes [`Step`]s of it, in which members have their
//! indices. The runtime carries out the steps. What is supported:
//!
//! | form | example |
//! |---|---|
//! | members, elements | `Jobs[-1].JobId` |
//! | projections | `Reservations[].Instances[].State.Name`, `Items[*].Id`, `Attributes.*.Status` |
//! | filters | `services[?runningCount == desiredCount]` |
//! | operators | `a \|\| b`, `a && b`, `!(a)`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `a \| b` |
//! | functions | `length(Items)`, `keys(RequestItems)` |
//! | lists of values | `Items[*].[Get.Name, Put.Name]` |
//! | literals | `'ACTIVE'`, `` `0` ``, `` `true` `` |
//! | the value itself | `@` |

mod lexer;
mod parser;
#[cfg(test)]
mod tests;

use std::fmt;

pub use self::parser::{Expression, parse};

/// One step of the evaluation of an expression, which makes another value of the value so far.
///
/// The steps after a projection ([`Flatten`](Self::Flatten), [`Elements`](Self::Elements), [`Values`](Self::Values),
/// [`Filter`](Self::Filter)) apply to each element, up to the next [`Flatten`](Self::Flatten) or [`Whole`](Self::Whole).
/// Elements that become absent are dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The member of a structure at this index.
    Member(usize),
    /// The element of a list at this index; from the end if it is negative.
    Index(i32),
    /// The elements of a list, and those of lists in it.
    Flatten,
    /// The elements of a list.
    Elements,
    /// The values of a map.
    Values,
    /// The elements of a list for which the steps give a value that is neither absent, false nor empty.
    Filter(Vec<Step>),
    /// The list of a projection as one value.
    Whole,
    /// The number of characters of a string, or of elements of a list or a map.
    Length,
    /// The keys of a map.
    Keys,
    /// True if the value is absent, false or empty.
    Not,
    /// A string.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
    /// A list of what each of these gives.
    List(Vec<Vec<Step>>),
    /// What the first gives, or what the second gives if that is absent, false or empty.
    Or(Vec<Step>, Vec<Step>),
    /// What the first gives if that is absent, false or empty, or what the second gives.
    And(Vec<Step>, Vec<Step>),
    /// Whether what both give compares like this.
    Compare(Comparison, Vec<Step>, Vec<Step>),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names say it.
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The types of the message that an expression is about.
pub trait Types {
    /// A type.
    type Type: Clone;

    /// The member `name` of a structure; `None` if `structure` is not a structure or has no such member.
    fn member(&self, structure: &Self::Type, name: &str) -> Option<Member<Self::Type>>;

    /// The type of the elements of a list; `None` if `list` is not a list.
    fn element(&self, list: &Self::Type) -> Option<Self::Type>;

    /// The type of the values of a map; `None` if `map` is not a map.
    fn value(&self, map: &Self::Type) -> Option<Self::Type>;
}

/// A member of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Member<T> {
    /// Its index in the structure.
    pub index: usize,
    /// The type of its value.
    pub of: T,
    /// Its value is a secret.
    pub sensitive: bool,
}

/// The type of what an expression gives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names say it.
pub enum Kind<T> {
    /// A type of the message.
    Type(T),
    List(Box<Kind<T>>),
    Text,
    Integer,
    Boolean,
}

/// Why an expression cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It names a member that a structure does not have, or uses a value as one of another type.
    Type(String),
    /// It is not `JMESPath`, or not of a form that is supported.
    Form(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Type(message) | Self::Form(message)) = self;
        f.write_str(message)
    }
}
