//! Errors of this crate, and error responses of the endpoint.

use std::borrow::Cow;
use std::fmt;

/// An error of starting the endpoint, or of a call without HTTP.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No listener could be bound on the loopback interface, or no thread could be started for it.
    Start(std::io::Error),
    /// The operating system provided no random numbers for the endpoint's credentials and seeds.
    Randomness,
    /// The call failed. The endpoint returns the same error over HTTP.
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
                "the IAM endpoint could not start: the operating system provided no random numbers for \
                 identifiers and seeds; check that this process may call the random number \
                 generator of the system (`getrandom`)",
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

/// An error response of IAM: the HTTP status, IAM's error code and its message.
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

    /// The message of IAM.
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
