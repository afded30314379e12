//! The error of a response that could not be decoded.

use std::fmt;

use super::Budget;

/// The error of a response that could not be decoded, with the position in the document.
#[derive(Debug)]
pub(crate) struct DecodeError {
    /// The elements that contain the failure, such as `ListMFADevicesResponse/ListMFADevicesResult/…`.
    path: String,
    problem: String,
    /// The limit in bytes, if decoding would take more memory than that.
    over_budget: Option<usize>,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the start" } else { &self.path };
        write!(f, "at {path}: {}", self.problem)
    }
}

impl std::error::Error for DecodeError {}

impl DecodeError {
    /// An error about the document as a whole.
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self::at(String::new(), problem)
    }

    /// An error at `path`, the elements that contain the failure.
    pub(crate) fn at(path: String, problem: impl Into<String>) -> Self {
        Self { path, problem: problem.into(), over_budget: None }
    }

    /// The error of values that would take more memory than `budget` has.
    pub(crate) fn over_budget(path: String, budget: &Budget) -> Self {
        let limit = budget.limit();
        let error = Self::at(path, format!("the values up to here take more than {limit} bytes"));
        Self { over_budget: Some(limit), ..error }
    }

    /// The same with the text from the response as `show` returns it.
    pub(crate) fn shown(self, show: impl Fn(&str) -> String) -> Self {
        Self { path: show(&self.path), problem: show(&self.problem), ..self }
    }

    /// The limit in bytes, if decoding would take more memory than that.
    pub(crate) fn limit(&self) -> Option<usize> {
        self.over_budget
    }
}
