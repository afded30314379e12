//! The report, in every format.

mod github;
mod json;
pub(super) mod markdown;
mod text;

pub use self::json::VERSION as JSON_VERSION;
use super::{Changes, Class, changelog};
use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::words::counted;

/// A comparison and what came of it.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the old side is called.
    pub old: String,
    /// What the new side is called.
    pub new: String,
    /// The changes; without a value where there was an error.
    pub outcome: Outcome<Changes>,
}

/// What came of a comparison, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing is breaking that is not accepted.
    Ok,
    /// Something is.
    Breaking,
    /// There was nothing to compare: a side could not be read, or an acceptance no longer applies.
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
    /// What came of it.
    #[must_use]
    pub fn status(&self) -> Status {
        match &self.outcome.value {
            None => Status::Error,
            Some(changes) if changes.class() == Class::Breaking => Status::Breaking,
            Some(_) => Status::Ok,
        }
    }

    /// For people, on a terminal or in a log. The first line is `status: OK`, `BREAKING` or `ERROR`.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        text::write(self, style)
    }

    /// For a pull request, or a summary.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::write(self)
    }

    /// For programs: see docs/diff.md and docs/diff.schema.json.
    #[must_use]
    pub fn json(&self) -> String {
        json::write(self)
    }

    /// For GitHub: a workflow command for each change, which shows it at its place.
    #[must_use]
    pub fn annotations(&self) -> String {
        github::write(self)
    }

    /// The entry for the changelog of the crate that is made from the pages, in Markdown.
    #[must_use]
    pub fn changelog(&self) -> String {
        self.outcome.value.as_ref().map(changelog::entry).unwrap_or_default()
    }
}

/// `2 breaking, 1 warning, 5 safe`, and how many are accepted.
fn summary(changes: &Changes) -> String {
    let accepted = changes.changes.len() - changes.open().count();
    let mut parts: Vec<String> = [Class::Breaking, Class::Warning, Class::Safe]
        .into_iter()
        .map(|class| (changes.count(class), class))
        .filter(|(count, _)| *count > 0)
        .map(|(count, class)| format!("{count} {class}"))
        .collect();
    if accepted > 0 {
        parts.push(format!("{accepted} accepted"));
    }
    if parts.is_empty() { "no changes".to_owned() } else { parts.join(", ") }
}
