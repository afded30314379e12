//! The report of `diff`, in every format.

mod github;
mod json;
mod markdown;
mod text;

use super::breaking::Class;
use super::changelog;
use super::{Change, Changes};
use crate::report::Format;
use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::source::Span;
use pagesmith_model::words::counted;

pub use self::json::VERSION as JSON_VERSION;

/// The result of a comparison.
#[derive(Clone, Debug)]
pub struct Report {
    /// The name of the old side.
    pub old: String,
    /// The name of the new side.
    pub new: String,
    /// The changes, or no value if there was an error.
    pub outcome: Outcome<Changes>,
}

/// The result of a comparison in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Every breaking change is accepted.
    Ok,
    /// There are breaking changes.
    Breaking,
    /// Nothing was compared: a side could not be read, or an accepted change no longer exists.
    Error,
}

impl Status {
    /// `OK`, `BREAKING` or `ERROR`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Breaking => "BREAKING",
            Self::Error => "ERROR",
        }
    }
}

impl Report {
    /// The result in one word.
    #[must_use]
    pub fn status(&self) -> Status {
        match &self.outcome.value {
            None => Status::Error,
            Some(changes) if changes.class() == Class::Breaking => Status::Breaking,
            Some(_) => Status::Ok,
        }
    }

    /// The report in `format`; only text uses `style`. The first line of text and of annotations is the status,
    /// `status: OK`, `BREAKING` or `ERROR`. The JSON is described in docs/diff.md and docs/diff.schema.json.
    #[must_use]
    pub fn render(&self, format: Format, style: Style) -> String {
        match format {
            Format::Text => text::write(self, style),
            Format::Markdown => markdown::write(self),
            Format::Json => json::write(self),
            Format::Github => github::write(self),
        }
    }

    /// The entry for the changelog of the crate that is generated from the pages, in Markdown.
    #[must_use]
    pub fn changelog(&self) -> String {
        let changes = self.outcome.value.as_ref().map(|changes| changes.changes.as_slice());
        changelog::entry(changes.unwrap_or_default())
    }
}

/// `2 breaking, 1 warning, 5 safe, 1 accepted; 3 pages before, 4 now`
fn summary(changes: &Changes) -> String {
    let mut parts: Vec<String> = [Class::Breaking, Class::Warning, Class::Safe]
        .into_iter()
        .map(|class| (changes.count(class), class.name()))
        .chain([(accepted(changes), "accepted")])
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if parts.is_empty() {
        parts.push("no changes".to_owned());
    }
    let (old, new) = changes.pages;
    format!("{}; {} before, {} now", parts.join(", "), counted(old, "page"), counted(new, "page"))
}

/// The number of accepted changes.
fn accepted(changes: &Changes) -> usize {
    changes.changes.len() - changes.open().count()
}

/// The changes in groups of the same page or service.
fn by_page(changes: &Changes) -> impl Iterator<Item = (&str, &[Change])> {
    let groups = changes.changes.chunk_by(|left, right| left.subject.of == right.subject.of);
    groups.filter_map(|group| Some((group.first()?.subject.of.as_str(), group)))
}

/// The places of a change, each with the name of its side.
fn places(change: &Change) -> impl Iterator<Item = (&'static str, &Span)> {
    let sides = [("old", change.old.as_ref()), ("new", change.new.as_ref())];
    sides.into_iter().filter_map(|(side, span)| Some((side, span?)))
}
