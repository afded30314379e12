//! The difference between this machine's clock and the service's, learned from responses.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use time::OffsetDateTime;

use crate::error::Error;
use crate::timestamp;

/// The tolerated difference in seconds. A signature is valid for five minutes before and after its time, so a smaller difference
/// is not the cause.
const TOLERATED: i64 = 4 * 60;

/// The maximum difference in seconds. If it is larger, the response's date is wrong.
const MAX_PLAUSIBLE: i64 = 7 * 24 * 60 * 60;

/// The time by which the service's clock is ahead, in seconds. It is shared by the clones of a client.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

/// A failed request and its times.
pub(crate) struct Rejection<'a> {
    /// The error of this attempt alone, without the history of earlier attempts.
    pub(crate) error: &'a Error,
    /// The service's time, from the response.
    pub(crate) date: Option<OffsetDateTime>,
    /// The time that the request was signed for.
    pub(crate) signed: SystemTime,
    /// This machine's time.
    pub(crate) now: SystemTime,
    /// Whether this call has already been signed again for the service's time.
    pub(crate) signed_again: bool,
}

impl Skew {
    /// Converts `now`, by this machine's clock, to the service's time.
    pub(crate) fn correct(&self, now: SystemTime) -> SystemTime {
        let seconds = self.0.load(Ordering::Relaxed);
        let offset = Duration::from_secs(seconds.unsigned_abs());
        let corrected = if seconds < 0 { now.checked_sub(offset) } else { now.checked_add(offset) };
        corrected.unwrap_or(now)
    }

    /// Updates the difference from `rejection`, and resets a correction that did not help. Returns whether the call may
    /// succeed if it is signed again, which is tried once per call. A request that the service may have carried out is never
    /// sent again.
    pub(crate) fn learn(&self, rejection: &Rejection<'_>) -> bool {
        let Rejection { error, date, signed, now, signed_again } = *rejection;
        if !is_about_time(error.code()) || error.may_have_been_carried_out() {
            return false;
        }
        if signed_again {
            self.reset();
            return false;
        }
        let date = date.map(OffsetDateTime::unix_timestamp);
        let ahead_of = |time| date.map(|date| date.saturating_sub(timestamp::seconds(time)));
        if ahead_of(signed).is_some_and(|ahead| ahead.abs() < TOLERATED) {
            // The request was signed for the service's time, so the clock is not the cause.
            return false;
        }
        match ahead_of(now).filter(|ahead| ahead.abs() <= MAX_PLAUSIBLE) {
            Some(ahead) => {
                self.0.store(ahead, Ordering::Relaxed);
                true
            }
            None => self.reset(),
        }
    }

    /// Resets the difference. Returns whether there was one.
    fn reset(&self) -> bool {
        self.0.swap(0, Ordering::Relaxed) != 0
    }
}

/// Whether `code` can mean that the signature has a wrong date.
fn is_about_time(code: Option<&str>) -> bool {
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
