//! One change: its kind, its subject, its classes, and where it is.

use std::fmt;

use super::breaking::{ChangeKind, Class};
use super::sentence::Sentence;
use pagesmith_model::page::ResourceId;
use pagesmith_model::source::Span;

/// The subject of a change, by the names of the old side, or of the new side if only that has it.
///
/// An override file names it as it is displayed:
///
/// | Subject | Example |
/// |:--|:--|
/// | page | `aws.iam.users` |
/// | method | `aws.iam.users.List` |
/// | param of a method | `aws.iam.users.List(Marker)` |
/// | param in the page's table | `aws.iam.users(Marker)` |
/// | member of a method's output | `aws.iam.users.List[Users]` |
/// | field | `aws.iam.users[Arn]` |
/// | member of a structure, value of an enum | `aws.iam::Tag[Key]` |
/// | part in `sdk.json` | `sdk[serde]` |
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The page, `aws.iam.users`, or the service, `aws.iam`.
    pub of: String,
    /// The part of it that changed.
    pub part: Part,
}

/// The part of a page or a service that changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // The names say it; all are names of the page or the model.
pub enum Part {
    Whole,
    Method(String),
    Param { method: String, name: String },
    Output { method: String, name: String },
    Field(String),
    Member { shape: String, name: String },
}

impl Subject {
    pub(super) fn whole(of: impl Into<String>) -> Self {
        Self { of: of.into(), part: Part::Whole }
    }

    pub(super) fn page(id: &ResourceId) -> Self {
        Self::whole(id.to_string())
    }

    fn part(&self, part: Part) -> Self {
        Self { of: self.of.clone(), part }
    }

    pub(super) fn method(&self, name: &str) -> Self {
        self.part(Part::Method(name.to_owned()))
    }

    pub(super) fn field(&self, name: &str) -> Self {
        self.part(Part::Field(name.to_owned()))
    }

    pub(super) fn member(&self, shape: &str, name: &str) -> Self {
        self.part(Part::Member { shape: shape.to_owned(), name: name.to_owned() })
    }

    /// A param of this method, or of the table of this page.
    pub(super) fn param(&self, name: &str) -> Self {
        self.part(Part::Param { method: self.method_name(), name: name.to_owned() })
    }

    /// A member of the output of this method.
    pub(super) fn output(&self, name: &str) -> Self {
        self.part(Part::Output { method: self.method_name(), name: name.to_owned() })
    }

    fn method_name(&self) -> String {
        match &self.part {
            Part::Method(method) => method.clone(),
            _ => String::new(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = &self.of;
        match &self.part {
            Part::Whole => write!(f, "{of}"),
            Part::Method(method) => write!(f, "{of}.{method}"),
            Part::Param { method, name } if method.is_empty() => write!(f, "{of}({name})"),
            Part::Param { method, name } => write!(f, "{of}.{method}({name})"),
            Part::Output { method, name } => write!(f, "{of}.{method}[{name}]"),
            Part::Field(name) => write!(f, "{of}[{name}]"),
            Part::Member { shape, name } => write!(f, "{of}::{shape}[{name}]"),
        }
    }
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// What happened, in the terms of the table.
    pub kind: &'static ChangeKind,
    /// For programs written against the Rust API of the old pages.
    pub rust: Class,
    /// For programs built from the old pages that call the service as it is now.
    pub wire: Class,
    /// What changed.
    pub subject: Subject,
    /// What happened, with names.
    pub sentence: Sentence,
    /// Where it is on the old side.
    pub old: Option<Span>,
    /// Where it is on the new side.
    pub new: Option<Span>,
    /// The reason for accepting it, if an override file does.
    pub accepted: Option<String>,
}

impl Change {
    /// A change with the classes and the message of its kind; `names` replace the `{}` of the message.
    pub(super) fn new(kind: &'static ChangeKind, subject: Subject, names: &[&str]) -> Self {
        let ChangeKind { rust, wire, .. } = *kind;
        let (sentence, old, new, accepted) = (Sentence::default(), None, None, None);
        let change = Self { kind, rust, wire, subject, sentence, old, new, accepted };
        change.and(kind.message, names)
    }

    /// Replaces the sentence.
    pub(super) fn say(mut self, pattern: &str, names: &[&str]) -> Self {
        self.sentence = Sentence::default();
        self.and(pattern, names)
    }

    /// Adds to the sentence.
    pub(super) fn and(mut self, pattern: &str, names: &[&str]) -> Self {
        self.sentence.push(pattern, names);
        self
    }

    /// Sets the place on the old side.
    pub(super) fn from(mut self, old: &Span) -> Self {
        self.old = Some(old.clone());
        self
    }

    /// Sets the place on the new side.
    pub(super) fn to(mut self, new: &Span) -> Self {
        self.new = Some(new.clone());
        self
    }

    /// Sets the class for the Rust API.
    pub(super) fn rust(mut self, class: Class) -> Self {
        self.rust = class;
        self
    }

    /// Sets the class on the wire.
    pub(super) fn wire(mut self, class: Class) -> Self {
        self.wire = class;
        self
    }

    /// The worse of its two classes.
    #[must_use]
    pub fn class(&self) -> Class {
        self.rust.max(self.wire)
    }

    /// The place to show: on the new side if that has it, otherwise on the old side.
    #[must_use]
    pub fn place(&self) -> Option<&Span> {
        self.new.as_ref().or(self.old.as_ref())
    }
}
