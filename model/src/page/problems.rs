//! Collects the diagnostics of a page.

use crate::diagnostic::{Diagnostic, Diagnostics, Outcome, Rule};
use crate::page::rules;
use crate::source::Span;
use crate::words;

/// The most diagnostics that are listed. A page of ten megabytes can have millions of problems; the others are
/// counted, and reported as one diagnostic.
const MAX_LISTED: usize = 1000;

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    listed: Diagnostics,
    unlisted: usize,
    first_unlisted: Option<Span>,
}

impl Problems {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.listed.len() < MAX_LISTED {
            self.listed.push(diagnostic);
        } else {
            self.unlisted += 1;
            self.first_unlisted = self.first_unlisted.take().or(diagnostic.span().cloned());
        }
    }

    pub(crate) fn error(&mut self, rule: &'static Rule, message: impl Into<String>, span: Span) {
        self.push(rule.error(message, span));
    }

    /// Returns the number of problems. If a step does not change it, the step succeeded.
    pub(crate) fn count(&self) -> usize {
        self.listed.len() + self.unlisted
    }

    /// Returns the outcome of parsing: `value`, unless there are errors.
    pub(crate) fn outcome<T>(mut self, value: Option<T>) -> Outcome<T> {
        if let Some(span) = self.first_unlisted {
            let message = format!("{} more problems are not listed", self.unlisted);
            self.listed.push(rules::TOO_MANY_PROBLEMS.error(message, span));
        }
        let value = value.filter(|_| !self.listed.has_errors());
        Outcome { value, diagnostics: self.listed }
    }
}

/// Adds the closest of `known` to `word` as a suggestion, or else all of `known`.
pub(crate) fn suggest(diagnostic: Diagnostic, word: &str, known: &[&str]) -> Diagnostic {
    diagnostic.help(match words::nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of {}", words::list_of(known.iter().copied())),
    })
}
