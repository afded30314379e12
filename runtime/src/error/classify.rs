//! Classification of errors: whether the call may have been carried out, and whether a retry may succeed.

use super::{Error, ErrorKind};
use crate::schema::Retryable;

impl Error {
    /// Whether the service may have carried out the call, in any attempt. `false` if it never received the request, or rejected it
    /// in each attempt: a throttled call, an invalid parameter, a missing permission. `true` if a response was lost, or if the
    /// service or a gateway failed. `InternalError` and `RequestTimeout` are such failures with any status.
    #[must_use]
    pub fn may_have_been_carried_out(&self) -> bool {
        self.0.may_be_carried_out.unwrap_or_else(|| {
            let rejected = self.kind() == ErrorKind::Service
                && self.code().is_some()
                && matches!(self.status(), Some(400..500))
                // If the service failed, it is unknown whether the call took effect, whatever the status is.
                && !is_transient(self.code(), self.status());
            self.may_have_been_sent() && !rejected
        })
    }

    /// Whether the same call may succeed later: the service throttled the call or failed, or the network failed. An untrusted
    /// certificate is not retryable. Whether a retry is safe is a separate question; see
    /// [`may_have_been_carried_out`](Self::may_have_been_carried_out).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            _ if self.0.is_permanent => false,
            ErrorKind::Connection | ErrorKind::Transport | ErrorKind::Timeout => true,
            ErrorKind::Service => {
                self.0.throttles.is_some()
                    || self.is_throttling()
                    || is_transient(self.code(), self.status())
            }
            _ => false,
        }
    }

    /// Whether the service throttled the call. An exhausted quota, which IAM calls `LimitExceeded`, does not count.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.0.throttles == Some(true)
            || self.code().is_some_and(|code| THROTTLING.contains(&code))
            || self.status() == Some(429)
    }

    /// Adds what the service model says about its code: `retryable` are the errors after which a call may be repeated.
    pub(crate) fn with_retryable(mut self, retryable: &[Retryable<'_>]) -> Self {
        let found = retryable.iter().find(|it| self.code() == Some(it.code));
        self.0.throttles = found.map(|found| found.throttling);
        self
    }

    /// Whether the resource of the call does not exist.
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

/// The codes that count as throttling in the standard retry mode of the AWS SDKs.
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

/// Whether the service or a gateway failed, by code and status, as in the standard retry mode of the AWS SDKs.
pub(crate) fn is_transient(code: Option<&str>, status: Option<u16>) -> bool {
    matches!(code, Some("RequestTimeout" | "RequestTimeoutException" | "InternalError"))
        || matches!(status, Some(500 | 502 | 503 | 504))
}
