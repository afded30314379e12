//! Bounds of timers.

use std::time::Duration;

use tokio::time::Instant;

/// The longest time that a timer is set for, 30 years: tokio's timers panic near the end of the clock.
const MAX: Duration = Duration::from_hours(24 * 365 * 30);

/// `limit`, if a timer can take it, or the longest time that it can take.
pub(crate) fn bounded(limit: Duration) -> Duration {
    limit.min(MAX)
}

/// The instant at which `limit` from now has passed.
pub(crate) fn deadline(limit: Duration) -> Instant {
    Instant::now() + bounded(limit)
}
