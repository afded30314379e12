//! Collecting what is wrong with a page.

use crate::diagnostic::{Diagnostic, Diagnostics, Outcome};
use crate::page::rules;
use crate::source::Span;

/// A page of ten megabytes can be wrong in millions of places. So many are listed; the others are
/// counted, and the count is a diagnostic of its own, so that none is passed over in silence.
const MOST_LISTED: usize = 1000;

/// What was found wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    listed: Diagnostics,
    beyond: usize,
    first_beyond: Option<Span>,
}

impl Problems {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.listed.len() < MOST_LISTED {
            self.listed.push(diagnostic);
        } else {
            if self.first_beyond.is_none() {
                self.first_beyond = diagnostic.span().cloned();
            }
            self.beyond += 1;
        }
    }

    /// How many there are: comparing two counts tells whether a step went well.
    pub(crate) fn count(&self) -> usize {
        self.listed.len() + self.beyond
    }

    /// The outcome of a stage that made `value`: a value that has an error is no value.
    pub(crate) fn outcome<T>(mut self, value: Option<T>) -> Outcome<T> {
        if let Some(span) = self.first_beyond {
            let message = format!("{} more problems are not listed", self.beyond);
            self.listed.push(rules::TOO_MANY_PROBLEMS.error(message, span));
        }
        let value = value.filter(|_| !self.listed.has_errors());
        Outcome { value, diagnostics: self.listed }
    }
}
