//! One change: its kind, its subject, its classes, and where it is.

use std::fmt;

use super::breaking::{ChangeKind, Class};
use super::sentence::Sentence;
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The page, `aws.iam.users`, or the service, `aws.iam`.
    pub of: String,
    /// The part of it that changed, as it is displayed: `.List(Marker)`. Empty for all of it.
    pub part: String,
}

impl Subject {
    pub(super) fn whole(of: &impl ToString) -> Self {
        Self { of: of.to_string(), part: String::new() }
    }

    pub(super) fn method(&self, name: &str) -> Self {
        self.with(".", name, "")
    }

    /// A param of this method, or of the table of this page.
    pub(super) fn param(&self, name: &str) -> Self {
        self.with("(", name, ")")
    }

    /// A structure or an enum of this service.
    pub(super) fn shape(&self, name: &str) -> Self {
        self.with("::", name, "")
    }

    /// A field of this page, or a member of this shape or of this method's output.
    pub(super) fn member(&self, name: &str) -> Self {
        self.with("[", name, "]")
    }

    /// A change of it, with the classes and the message of its kind; `names` replace the `{}` of the message.
    pub(super) fn change(&self, kind: &'static ChangeKind, names: &[&str]) -> Change {
        self.change_as(kind, kind.message, names)
    }

    /// A change of it, with another message than that of its kind.
    pub(super) fn change_as(
        &self,
        kind: &'static ChangeKind,
        pattern: &str,
        names: &[&str],
    ) -> Change {
        let mut sentence = Sentence::default();
        sentence.push(pattern, names);
        let ChangeKind { rust, wire, .. } = *kind;
        let (subject, old, new, accepted) = (self.clone(), None, None, None);
        Change { kind, rust, wire, subject, sentence, old, new, accepted }
    }

    fn with(&self, before: &str, name: &str, after: &str) -> Self {
        Self { of: self.of.clone(), part: [&self.part, before, name, after].concat() }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.of, self.part)
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
    /// Adds to the sentence.
    pub(super) fn and(mut self, pattern: &str, names: &[&str]) -> Self {
        self.sentence.push(pattern, names);
        self
    }

    /// Sets the places on the old and the new side.
    pub(super) fn at<'s>(
        self,
        old: impl Into<Option<&'s Span>>,
        new: impl Into<Option<&'s Span>>,
    ) -> Self {
        Self { old: old.into().cloned(), new: new.into().cloned(), ..self }
    }

    /// Sets the class for the Rust API.
    pub(super) fn rust(self, rust: Class) -> Self {
        Self { rust, ..self }
    }

    /// Sets the class on the wire.
    pub(super) fn wire(self, wire: Class) -> Self {
        Self { wire, ..self }
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
