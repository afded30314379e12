//! Waiting until a change is visible: for a condition, or by a waiter of the service model.

mod acceptors;
mod polling;
mod waiting;

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use crate::error::{Error, ErrorKind};
use crate::timer::deadline;

#[cfg(feature = "dynamic")]
pub(crate) use polling::{Polling, Seen, Settings};
pub use waiting::Waiting;

/// The time limit of [`wait_until`], and the pauses between its calls.
///
/// ```
/// use std::time::Duration;
/// let wait = pagesmith::Wait::for_up_to(Duration::from_secs(30));
/// # let _ = wait;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Wait {
    limit: Duration,
    first_pause: Duration,
    max_pause: Duration,
}

impl Wait {
    /// Waits for up to `limit`, with pauses of 1, 2, 4 and then 8 seconds between calls.
    pub const fn for_up_to(limit: Duration) -> Self {
        Self { limit, first_pause: Duration::from_secs(1), max_pause: Duration::from_secs(8) }
    }

    /// Sets the pause after the first call. It doubles with each further call.
    pub const fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets the longest pause.
    pub const fn max_pause(mut self, pause: Duration) -> Self {
        self.max_pause = pause;
        self
    }
}

impl Default for Wait {
    /// Up to two minutes.
    fn default() -> Self {
        Self::for_up_to(Duration::from_mins(2))
    }
}

/// The shortest pause between two calls.
const MIN_PAUSE: Duration = Duration::from_millis(1);

/// The time that the last call may take after the limit.
const LAST_CALL: Duration = Duration::from_secs(1);

/// Repeats a call until its result meets a condition, and returns that result.
///
/// `call` makes the call, usually a `SELECT`. `is_done` checks the result.
///
/// ```no_run
/// # async fn example(client: pagesmith::Client) -> Result<(), pagesmith::Error> {
/// use pagesmith::{Wait, aws::iam_api::mfa_devices, wait_until};
///
/// let devices = mfa_devices(&client);
/// let call = || devices.list().user_name("alice").rows().collect();
/// // Waits until the device is gone.
/// wait_until(Wait::default(), call, |rows| rows.is_empty()).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// The first error of a call, after its own retries; or [`ErrorKind::Timeout`] if the limit passes first. IAM may not find a
/// resource that was just created. If that is not an error for you, map it in `call`, as in
/// `call().await.or_else(|error| if error.is_not_found() { Ok(…) } …)`.
pub async fn wait_until<T, Call, Response>(
    wait: Wait,
    mut call: Call,
    mut is_done: impl FnMut(&T) -> bool,
) -> Result<T, Error>
where
    Call: FnMut() -> Response,
    Response: Future<Output = Result<T, Error>>,
{
    let Wait { limit, first_pause, max_pause } = wait;
    let end = deadline(limit);
    let mut pause = first_pause;
    let mut times = 0_u32;
    let too_late = |times: u32| {
        let message = format!(
            "the condition was not met within {limit:?}, after {times} calls; wait longer with \
             Wait::for_up_to(…)"
        );
        Error::new(ErrorKind::Timeout, message).sent()
    };
    loop {
        times = times.saturating_add(1);
        let result = tokio::time::timeout_at(end + LAST_CALL, call());
        let result = result.await.map_err(|_| too_late(times))??;
        if is_done(&result) {
            return Ok(result);
        }
        pause = pause.clamp(MIN_PAUSE, max_pause.max(MIN_PAUSE));
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(too_late(times));
        }
        // The last call is made at the limit, and may take [`LAST_CALL`].
        tokio::time::sleep(pause.min(left)).await;
        pause = pause.saturating_mul(2);
    }
}
