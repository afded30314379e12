//! What can go wrong, for the caller of this crate and for a client of the endpoint.

use std::borrow::Cow;
use std::fmt;

/// Why the endpoint could not start, or why it refused a direct call.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No listener could be bound on the loopback interface, or no thread started for it.
    Start(std::io::Error),
    /// The operating system gave no randomness for the endpoint's credentials and seeds.
    Randomness,
    /// The call was refused as the endpoint would refuse it over HTTP.
    Refused(Refusal),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(_) => f.write_str(
                "the IAM endpoint could not start on 127.0.0.1; check that this process may open \
                 sockets and start threads",
            ),
            Self::Randomness => f.write_str(
                "the operating system gave no randomness, which identifiers and seeds are made of; \
                 check that this process may ask for it",
            ),
            Self::Refused(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Start(source) => Some(source),
            Self::Randomness | Self::Refused(_) => None,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// An answer of IAM that says no: the HTTP status, IAM's error code and its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    status: u16,
    code: Cow<'static, str>,
    message: String,
}

impl Refusal {
    pub(crate) fn new(
        status: u16,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self { status, code: code.into(), message: message.into() }
    }

    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new(400, "ValidationError", message)
    }

    pub(crate) fn no_such_entity(message: impl Into<String>) -> Self {
        Self::new(404, "NoSuchEntity", message)
    }

    pub(crate) fn already_exists(message: impl Into<String>) -> Self {
        Self::new(409, "EntityAlreadyExists", message)
    }

    pub(crate) fn limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(409, "LimitExceeded", message)
    }

    pub(crate) fn invalid_input(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidInput", message)
    }

    /// The HTTP status, for example 404.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The error code of IAM, for example `NoSuchEntity`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The message of IAM, in its words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IAM refused with {} (HTTP {}): {}", self.code, self.status, self.message)
    }
}

impl std::error::Error for Refusal {}
