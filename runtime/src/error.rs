//! The one error of the library.

use std::fmt;
use std::sync::Arc;

use crate::redact::{MAX_NAME, Sanitizer, Shown};

/// Why a call failed. One pointer wide; everything else is asked of it.
///
/// `Display` says what happened, to which operation, and the service's request id where there is
/// one. It never repeats its [`source`](std::error::Error::source), and never shows a secret that was part of the call.
///
/// ```
/// # fn show(error: &pagesmith::Error) {
/// // NoSuchEntity (404): The user with name bob cannot be found. [ListMFADevices, request id 6c0…]
/// println!("{error}");
/// if error.code() == Some("NoSuchEntity") { /* … */ }
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    code: Option<String>,
    status: Option<u16>,
    request_id: Option<String>,
    operation: Option<String>,
    sent: bool,
    /// Whether the same call fails again, whatever the kind says.
    is_permanent: bool,
    /// Whether any attempt may have been carried out, where there may have been several.
    perhaps_carried_out: Option<bool>,
    attempts: u32,
    /// The service's own error document, without secrets.
    document: Option<Vec<u8>>,
    source: Option<Source>,
}

/// Shared, since many calls can fail for one cause.
type Source = Arc<dyn std::error::Error + Send + Sync>;

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client was not told enough, or something that makes no sense.
    Configuration,
    /// A parameter has a value that cannot be sent.
    Input,
    /// No credentials could be had.
    Credentials,
    /// No connection to the endpoint could be made.
    Connection,
    /// The connection broke after the request may have been sent.
    Transport,
    /// A time limit passed.
    Timeout,
    /// The answer says that what was asked was not done, or may not have been: an error of the
    /// service's, or something on the way that answered in its place.
    Service,
    /// The answer could not be understood.
    Response,
    /// The answer was larger than one of the client's limits: that of its bytes, or that of what its values take in memory.
    ResponseTooLarge,
    /// A listing does not end.
    Pagination,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            code: None,
            status: None,
            request_id: None,
            operation: None,
            sent: false,
            is_permanent: false,
            perhaps_carried_out: None,
            attempts: 0,
            document: None,
            source: None,
        }))
    }

    /// An error of kind [`ErrorKind::Input`], for who reads params before a call is made.
    #[must_use]
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// An error as the service would give it, with its `code` and a `message`, for tests of what a program does
    /// with it. It has the status 400; see [`with_status`](Self::with_status).
    ///
    /// ```
    /// use pagesmith::Error;
    ///
    /// fn devices_or_none(result: Result<usize, Error>) -> Result<usize, Error> {
    ///     match result {
    ///         Err(error) if error.is_not_found() => Ok(0),
    ///         other => other,
    ///     }
    /// }
    ///
    /// let missing = Error::service("NoSuchEntity", "The user with name bob cannot be found.");
    /// assert_eq!(devices_or_none(Err(missing.with_status(404))).unwrap(), 0);
    /// ```
    #[must_use]
    pub fn service(code: impl Into<String>, message: impl Into<String>) -> Self {
        let code = Sanitizer::default().show(&code.into(), MAX_NAME);
        Self::new(ErrorKind::Service, message).with_code(code).with_answer(400, None)
    }

    /// The same with the HTTP status `status`, for tests. [`is_retryable`](Self::is_retryable) and
    /// [`may_have_been_carried_out`](Self::may_have_been_carried_out) depend on it.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// The same with the service's id of the request, for tests.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<String>) -> Self {
        self.0.request_id = Some(request_id.into());
        self
    }

    pub(crate) fn with_source(
        self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.with_shared_source(source.into().into())
    }

    pub(crate) fn with_shared_source(mut self, source: Source) -> Self {
        self.0.source = Some(source);
        self
    }

    pub(crate) fn with_code(mut self, code: Shown) -> Self {
        self.0.code = Some(code.into());
        self
    }

    pub(crate) fn with_document(mut self, document: Vec<u8>) -> Self {
        self.0.document = Some(document);
        self
    }

    pub(crate) fn with_answer(mut self, status: u16, request_id: Option<Shown>) -> Self {
        self.0.status = Some(status);
        self.0.request_id = request_id.map(String::from);
        self.0.sent = true;
        self
    }

    pub(crate) fn of_operation(mut self, operation: &str) -> Self {
        self.0.operation = Some(operation.to_owned());
        self
    }

    pub(crate) fn after_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn sent(mut self) -> Self {
        self.0.sent = true;
        self
    }

    pub(crate) fn permanent(mut self) -> Self {
        self.0.is_permanent = true;
        self
    }

    /// The same after so many `attempts`, of which any may have been sent, or carried out.
    pub(crate) fn of_attempts(mut self, attempts: u32, sent: bool, carried_out: bool) -> Self {
        self.0.attempts = attempts;
        self.0.sent = sent;
        self.0.perhaps_carried_out = Some(carried_out);
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The service's code, `NoSuchEntity`. `None` where the service gave none.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The service's own error document, without secrets.
    pub(crate) fn document(&self) -> Option<&[u8]> {
        self.0.document.as_deref()
    }

    /// What happened, in a sentence: the service's own where there is one.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The service's id of the request, which its support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The HTTP status of the answer, where there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The operation, `ListMFADevices`. `None` where the error came before any call.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// How many times the request was tried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the request, at this attempt or one before, may have reached the service. `false` says
    /// that nothing was done.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.0.sent
    }

    /// Whether the service may have done what was asked, at this attempt or one before. `false` where it
    /// never received the request, or refused it at each attempt: a throttled call, a wrong parameter, a missing
    /// permission. `true` where a response was lost, or was a failure of the service or of something on the way,
    /// which `InternalError` and `RequestTimeout` are with any status.
    #[must_use]
    pub fn may_have_been_carried_out(&self) -> bool {
        self.0.perhaps_carried_out.unwrap_or_else(|| {
            let refused = self.kind() == ErrorKind::Service
                && self.code().is_some()
                && matches!(self.status(), Some(400..500))
                // A service that failed does not say how far it had come, whatever the status.
                && !is_transient(self.code(), self.status());
            self.may_have_been_sent() && !refused
        })
    }

    /// Whether the same call may succeed later: the service was throttling or failing, or the
    /// network was. A certificate that is not accepted stays so. Says nothing on whether a repetition is harmless; see
    /// [`may_have_been_carried_out`](Self::may_have_been_carried_out).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            _ if self.0.is_permanent => false,
            ErrorKind::Connection | ErrorKind::Transport | ErrorKind::Timeout => true,
            ErrorKind::Service => self.is_throttling() || is_transient(self.code(), self.status()),
            _ => false,
        }
    }

    /// Whether the service asks to be called less often. A quota that is used up, which IAM calls
    /// `LimitExceeded`, is none of these.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.code().is_some_and(|code| THROTTLING.contains(&code)) || self.status() == Some(429)
    }

    /// Whether what the call speaks of does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.code().is_some_and(|code| {
            code.starts_with("NoSuch")
                || code.ends_with("NotFound")
                || code.ends_with("NotFoundException")
        })
    }

    /// Whether the caller lacks the permission.
    #[must_use]
    pub fn is_access_denied(&self) -> bool {
        matches!(
            self.code(),
            Some(
                "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" | "AuthFailure"
            )
        )
    }
}

/// The codes that the standard retry mode of the AWS SDKs takes for throttling.
const THROTTLING: &[&str] = &[
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
];

/// The service's or a gateway's own failure, by code and status as the standard retry mode has it.
pub(crate) fn is_transient(code: Option<&str>, status: Option<u16>) -> bool {
    matches!(code, Some("RequestTimeout" | "RequestTimeoutException" | "InternalError"))
        || matches!(status, Some(500 | 502 | 503 | 504))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0.code, self.0.status) {
            (Some(code), Some(status)) => write!(f, "{code} ({status}): ")?,
            (Some(code), None) => write!(f, "{code}: ")?,
            (None, Some(status)) => write!(f, "HTTP {status}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.0.message)?;
        let mut notes = Vec::new();
        if let Some(operation) = &self.0.operation {
            notes.push(operation.clone());
        }
        if let Some(request_id) = &self.0.request_id {
            notes.push(format!("request id {request_id}"));
        }
        if self.0.attempts > 1 {
            notes.push(format!("{} attempts", self.0.attempts));
        }
        if notes.is_empty() { Ok(()) } else { write!(f, " [{}]", notes.join(", ")) }
    }
}

/// What `Display` says, and below it each error that led to this one: `main` shows this when it returns an
/// error. With `{:#?}`, the fields.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            fmt::Display::fmt(self, f)?;
            let mut cause = std::error::Error::source(self);
            while let Some(error) = cause {
                write!(f, "\ncaused by: {error}")?;
                cause = error.source();
            }
            return Ok(());
        }
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("code", &self.0.code)
            .field("message", &self.0.message)
            .field("status", &self.0.status)
            .field("request_id", &self.0.request_id)
            .field("attempts", &self.0.attempts)
            .field("may_have_been_sent", &self.0.sent)
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}
