//! One change: what it is, what it breaks, and where it stands.

use std::fmt;

use super::kinds::Kind;
use pagesmith_model::diagnostic::is_direction_control;
use pagesmith_model::page::ResourceId;
use pagesmith_model::source::Span;

/// What a change does to those who rely on how things were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// They need not notice.
    Safe,
    /// Somebody should look: it depends on what the old and the new page do not say.
    Warning,
    /// They must change.
    Breaking,
}

impl Class {
    /// `safe`, `warning` or `breaking`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Warning => "warning",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a change is about, by the old page's names; by the new page's where only that has it.
///
/// Written out, it is what an override file names: `aws.iam.users` for a page, `aws.iam.users.List` for
/// a method, `aws.iam.users.List(Marker)` for a param of it, `aws.iam.users(Marker)` for a param of the page, `aws.iam.users.List[Users]` for a member of what a
/// method gives, `aws.iam.users[Arn]` for a field, `aws.iam::Tag[Key]` for a member or a value of a shape,
/// `sdk[serde]` for a part in `sdk.json`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// `aws.iam.users`, or for what is of a whole service `aws.iam`.
    pub of: String,
    /// What of it.
    pub part: Part,
}

/// What of a page or a service a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // Each is what its name says, by wire names.
pub enum Part {
    Page,
    Method(String),
    Param { method: String, name: String },
    Output { method: String, name: String },
    Field(String),
    Service,
    Shape(String),
    Member { shape: String, name: String },
}

impl Subject {
    pub(super) fn page(id: &ResourceId) -> Self {
        Self { of: id.to_string(), part: Part::Page }
    }

    pub(super) fn method(&self, method: &str) -> Self {
        Self { of: self.of.clone(), part: Part::Method(method.to_owned()) }
    }

    pub(super) fn field(&self, name: &str) -> Self {
        Self { of: self.of.clone(), part: Part::Field(name.to_owned()) }
    }

    /// A param of this, a method.
    pub(super) fn param(&self, name: &str) -> Self {
        let part = Part::Param { method: self.method_name(), name: name.to_owned() };
        Self { of: self.of.clone(), part }
    }

    /// A member of what this, a method, gives.
    pub(super) fn output(&self, name: &str) -> Self {
        let part = Part::Output { method: self.method_name(), name: name.to_owned() };
        Self { of: self.of.clone(), part }
    }

    fn method_name(&self) -> String {
        match &self.part {
            Part::Method(method) => method.clone(),
            _ => String::new(),
        }
    }

    /// The name of what it is about, without what that is part of.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.part {
            Part::Page | Part::Service => &self.of,
            Part::Method(name) | Part::Field(name) | Part::Shape(name) => name,
            Part::Param { name, .. } | Part::Output { name, .. } | Part::Member { name, .. } => {
                name
            }
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = &self.of;
        match &self.part {
            Part::Page | Part::Service => write!(f, "{of}"),
            Part::Method(method) => write!(f, "{of}.{method}"),
            Part::Param { method, name } if method.is_empty() => write!(f, "{of}({name})"),
            Part::Param { method, name } => write!(f, "{of}.{method}({name})"),
            Part::Output { method, name } => write!(f, "{of}.{method}[{name}]"),
            Part::Field(name) => write!(f, "{of}[{name}]"),
            Part::Shape(shape) => write!(f, "{of}::{shape}"),
            Part::Member { shape, name } => write!(f, "{of}::{shape}[{name}]"),
        }
    }
}

/// A sentence in which names are told from words, so that each output format can set them apart and
/// no name is taken for markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(Vec<Piece>);

/// A piece of a [`Sentence`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The report's own words.
    Words(String),
    /// What a page or a model calls something.
    Name(String),
}

impl Sentence {
    /// `pattern` with `names` in the place of its `{}`, in order.
    pub(super) fn new(pattern: &str, names: &[&str]) -> Self {
        let mut names = names.iter();
        let mut pieces = Vec::new();
        for (index, words) in pattern.split("{}").enumerate() {
            if index > 0 {
                pieces.extend(names.next().map(|name| Piece::Name((*name).to_owned())));
            }
            if !words.is_empty() {
                pieces.push(Piece::Words(words.to_owned()));
            }
        }
        Self(pieces)
    }

    /// This with `more` behind it.
    #[must_use]
    pub(super) fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    /// Its pieces, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }
}

/// As one line of text: names in backquotes, nothing in it that a terminal acts on.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Words(words) => f.write_str(words),
            Piece::Name(name) => {
                let name = harmless(name);
                let quote = if name.contains('`') { '"' } else { '`' };
                write!(f, "{quote}{name}{quote}")
            }
        })
    }
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it is.
    pub kind: &'static Kind,
    /// For programs written against the Rust API of the old page: mostly the kind's.
    pub rust: Class,
    /// For programs made from the old page that call the service as it is now: mostly the kind's.
    pub wire: Class,
    /// What it is about.
    pub subject: Subject,
    /// What happened.
    pub sentence: Sentence,
    /// Where the old side has it.
    pub old: Option<Span>,
    /// Where the new side has it.
    pub new: Option<Span>,
    /// Why it was accepted, where an override file does.
    pub accepted: Option<String>,
}

impl Change {
    pub(super) fn new(kind: &'static Kind, subject: Subject, sentence: Sentence) -> Self {
        Self {
            kind,
            rust: kind.rust,
            wire: kind.wire,
            subject,
            sentence,
            old: None,
            new: None,
            accepted: None,
        }
    }

    pub(super) fn from(mut self, old: &Span) -> Self {
        self.old = Some(old.clone());
        self
    }

    pub(super) fn to(mut self, new: &Span) -> Self {
        self.new = Some(new.clone());
        self
    }

    pub(super) fn rust(mut self, class: Class) -> Self {
        self.rust = class;
        self
    }

    pub(super) fn wire(mut self, class: Class) -> Self {
        self.wire = class;
        self
    }

    /// The worse of its two classes.
    #[must_use]
    pub fn class(&self) -> Class {
        self.rust.max(self.wire)
    }

    /// The place to show: in the new side where that has it, else in the old.
    #[must_use]
    pub fn place(&self) -> Option<&Span> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

/// `text` on one line, with every character replaced that a terminal or a reader would act on.
pub(super) fn harmless(text: &str) -> String {
    let replace = |character: char| match character {
        '\n' | '\t' | '\r' => ' ',
        other if other.is_control() || is_direction_control(other) || other == '\u{FEFF}' => {
            '\u{FFFD}'
        }
        other => other,
    };
    text.chars().map(replace).collect()
}
