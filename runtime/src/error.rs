//! The error of all calls.

mod classify;
mod decoding;
mod kind;

use std::fmt;
use std::sync::Arc;

use crate::redact::{MAX_NAME, Sanitizer, Shown};
use crate::schema::ProtocolRef;

pub use kind::ErrorKind;

/// The error of a call. It has the size of a pointer.
///
/// `Display` shows what happened, the operation, and the service's request id if there is one. It does not repeat the
/// [`source`](std::error::Error::source), and never shows a secret of the call.
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
    /// Whether the call would fail again, regardless of the kind.
    is_permanent: bool,
    /// Whether the service limits the rate of requests, if the service model says that a call may be repeated after the error.
    throttles: Option<bool>,
    /// Whether the service may have carried out any attempt; `None` for an error of a single attempt.
    may_be_carried_out: Option<bool>,
    attempts: u32,
    /// The service's own error document, without secrets, and how to read it.
    document: Option<(ProtocolRef, Vec<u8>)>,
    source: Option<Source>,
}

/// The source is shared, because many calls can fail for one reason.
type Source = Arc<dyn std::error::Error + Send + Sync>;

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
            throttles: None,
            may_be_carried_out: None,
            attempts: 0,
            document: None,
            source: None,
        }))
    }

    /// Creates an error of kind [`ErrorKind::Input`], for code that validates parameters before a call.
    #[must_use]
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// Creates an error as if the service had returned it, with its `code` and a `message`, for tests. Its status is 400; see
    /// [`with_status`](Self::with_status).
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
        Self::new(ErrorKind::Service, message).with_code(code).with_response(400, None)
    }

    /// Sets the HTTP status, for tests. [`is_retryable`](Self::is_retryable) and
    /// [`may_have_been_carried_out`](Self::may_have_been_carried_out) depend on it.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Sets the service's request id, for tests.
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

    pub(crate) fn with_document(mut self, protocol: ProtocolRef, document: Vec<u8>) -> Self {
        self.0.document = Some((protocol, document));
        self
    }

    pub(crate) fn with_response(mut self, status: u16, request_id: Option<Shown>) -> Self {
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

    /// Adds `note` to the message.
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        self.0.message.push_str("; ");
        self.0.message.push_str(note);
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

    /// Sets the number of attempts, and whether any may have been sent or carried out.
    pub(crate) fn of_attempts(mut self, attempts: u32, sent: bool, carried_out: bool) -> Self {
        self.0.attempts = attempts;
        self.0.sent = sent;
        self.0.may_be_carried_out = Some(carried_out);
        self
    }

    /// The kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The service's error code, such as `NoSuchEntity`. `None` if the error is not from the service.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The service's own error document, without secrets, and how to read it.
    pub(crate) fn document(&self) -> Option<&(ProtocolRef, Vec<u8>)> {
        self.0.document.as_ref()
    }

    /// The message: the service's own, if the error is from the service.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The service's request id, which you need if you contact AWS support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The HTTP status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The operation, such as `ListMFADevices`. `None` if the error occurred before any call.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// The number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the request may have reached the service, in any attempt. `false` means that the call had no effect.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.0.sent
    }
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

/// The text of `Display`, followed by that of each source. This text is printed if `main` returns the error. `{:#?}` shows the
/// fields instead.
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
