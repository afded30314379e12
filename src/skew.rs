//! The difference between this machine's clock and the services', found from their answers.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use time::OffsetDateTime;

use crate::error::Error;
use crate::timestamp;

/// A signature is good for five minutes either way; a difference below this is not the cause.
const TOLERATED: i64 = 4 * 60;

/// How far the services' clocks are ahead, in seconds. Shared by a client's clones.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    /// The services' time at this machine's `now`.
    pub(crate) fn correct(&self, now: SystemTime) -> SystemTime {
        let seconds = self.0.load(Ordering::Relaxed);
        let offset = Duration::from_secs(seconds.unsigned_abs());
        let corrected = if seconds < 0 { now.checked_sub(offset) } else { now.checked_add(offset) };
        corrected.unwrap_or(now)
    }

    /// Learns from an `error` whose answer was dated `date`, to a request that was signed for the time
    /// `signed`, by this machine's clock at `now`. Whether signing anew may help.
    pub(crate) fn learn(
        &self,
        error: &Error,
        date: Option<OffsetDateTime>,
        signed: SystemTime,
        now: SystemTime,
    ) -> bool {
        let Some(date) = date.filter(|_| speaks_of_time(error.code())) else {
            return false;
        };
        let ahead_of = |time: SystemTime| date.unix_timestamp() - timestamp::seconds(time);
        if ahead_of(signed).abs() < TOLERATED {
            return false;
        }
        self.0.store(ahead_of(now), Ordering::Relaxed);
        true
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
