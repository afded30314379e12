//! The error of a response that could not be decoded.

use std::fmt;

use crate::error::{Error, ErrorKind};
use crate::redact::{MAX_MESSAGE, Sanitizer};
use crate::schema::Budget;

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

    /// The error of a call of `operation`. Text from the response passes through `sanitizer`.
    pub(crate) fn into_error(self, operation: &str, sanitizer: &Sanitizer) -> Error {
        let shown = Self {
            path: sanitizer.show(&self.path, MAX_MESSAGE).into(),
            problem: sanitizer.show(&self.problem, MAX_MESSAGE).into(),
            over_budget: self.over_budget,
        };
        let error = match self.over_budget {
            Some(limit) => {
                let message = format!(
                    "the values in the response take more memory than the limit of {limit} bytes; raise it with \
                     decode_limit(…)"
                );
                Error::new(ErrorKind::ResponseTooLarge, message)
            }
            None => Error::new(
                ErrorKind::Response,
                "the response could not be decoded; check that the endpoint is the service's, or a proxy in between",
            ),
        };
        error.of_operation(operation).sent().with_source(shown)
    }
}
