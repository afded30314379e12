//! What decoding has used up, and what failed.

use serde_json::error::Category;

use crate::schema::{Budget, DecodeError};

/// The state of decoding a document.
pub(super) struct State<'b> {
    pub(super) budget: &'b mut Budget,
    /// The names around a failure, innermost first.
    pub(super) path: Vec<String>,
    problem: Option<Problem>,
}

enum Problem {
    OverBudget,
    Other(String),
}

impl<'b> State<'b> {
    pub(super) fn new(budget: &'b mut Budget) -> Self {
        Self { budget, path: Vec::new(), problem: None }
    }

    pub(super) fn into_error(mut self, error: &serde_json::Error) -> DecodeError {
        self.path.reverse();
        let path = self.path.join("/");
        match self.problem {
            Some(Problem::OverBudget) => DecodeError::over_budget(path, self.budget),
            Some(Problem::Other(problem)) => DecodeError::at(path, problem),
            // The message of serde_json contains the value.
            None if error.classify() == Category::Data => {
                DecodeError::at(path, "the value does not have the type of its member")
            }
            None => DecodeError::at(path, format!("not valid JSON: {error}")),
        }
    }

    /// Keeps `problem`. The error of the deserializer only ends the decoding.
    pub(super) fn fail<E: serde::de::Error>(&mut self, problem: impl Into<String>) -> E {
        self.problem.get_or_insert(Problem::Other(problem.into()));
        E::custom("")
    }

    /// Returns what was taken from the budget, unless that exceeds it.
    pub(super) fn within_budget<T, E: serde::de::Error>(
        &mut self,
        taken: Option<T>,
    ) -> Result<T, E> {
        taken.ok_or_else(|| {
            self.problem.get_or_insert(Problem::OverBudget);
            E::custom("")
        })
    }
}
