//! The difference between this machine's clock and the services', found from their responses.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use time::OffsetDateTime;

use crate::error::Error;
use crate::timestamp;

/// In seconds. A signature is good for five minutes either way; a smaller difference is not the cause.
const TOLERATED: i64 = 4 * 60;

/// In seconds. A response that is dated further from this machine's clock is taken to be dated wrongly.
const BELIEVED: i64 = 7 * 24 * 60 * 60;

/// How far the services' clocks are ahead, in seconds. Shared by a client's clones.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

/// A request that failed, and the times that belong to it.
pub(crate) struct Refusal<'a> {
    /// What its own response said, whatever became of attempts before.
    pub(crate) error: &'a Error,
    /// What the response gives as the service's time.
    pub(crate) date: Option<OffsetDateTime>,
    /// The time that the request was signed for.
    pub(crate) signed: SystemTime,
    /// This machine's time.
    pub(crate) now: SystemTime,
    /// Whether this call had been signed again for the service's time already.
    pub(crate) signed_again: bool,
}

impl Skew {
    /// The services' time at this machine's `now`.
    pub(crate) fn correct(&self, now: SystemTime) -> SystemTime {
        let seconds = self.0.load(Ordering::Relaxed);
        let offset = Duration::from_secs(seconds.unsigned_abs());
        let corrected = if seconds < 0 { now.checked_sub(offset) } else { now.checked_add(offset) };
        corrected.unwrap_or(now)
    }

    /// Learns from a `refusal`, and forgets a correction that did not help. Returns whether the call may
    /// succeed, signed anew, which is tried once a call. Only a refusal counts: a request that may have been
    /// carried out is not sent again.
    pub(crate) fn learn(&self, refusal: &Refusal<'_>) -> bool {
        let Refusal { error, date, signed, now, signed_again } = *refusal;
        if !speaks_of_time(error.code()) || error.may_have_been_carried_out() {
            return false;
        }
        if signed_again {
            self.forget();
            return false;
        }
        let date = date.map(OffsetDateTime::unix_timestamp);
        let ahead_of = |time| date.map(|date| date.saturating_sub(timestamp::seconds(time)));
        if ahead_of(signed).is_some_and(|ahead| ahead.abs() < TOLERATED) {
            // It was signed for the service's time: the clock is not the cause.
            return false;
        }
        match ahead_of(now).filter(|ahead| ahead.abs() <= BELIEVED) {
            Some(ahead) => {
                self.0.store(ahead, Ordering::Relaxed);
                true
            }
            None => self.forget(),
        }
    }

    /// Whether there was anything to forget.
    fn forget(&self) -> bool {
        self.0.swap(0, Ordering::Relaxed) != 0
    }
}

/// The codes under which services refuse a signature that is dated wrongly.
fn speaks_of_time(code: Option<&str>) -> bool {
    matches!(
        code,
        Some(
            "RequestTimeTooSkewed"
                | "RequestExpired"
                | "RequestInTheFuture"
                | "InvalidSignatureException"
                | "SignatureDoesNotMatch"
                | "AuthFailure"
        )
    )
}
