//! Waiting for what a call shows, since IAM is eventually consistent.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use crate::error::{Error, ErrorKind};
use crate::timer::deadline;

/// How long and how often [`wait_until`] asks.
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
    /// Asks for up to `limit`, with pauses of 1, 2, 4 and then 8 seconds.
    pub const fn for_up_to(limit: Duration) -> Self {
        Self { limit, first_pause: Duration::from_secs(1), max_pause: Duration::from_secs(8) }
    }

    /// The pause after the first time; it doubles with each further one.
    pub const fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// The longest pause.
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

/// However short a pause is asked for, the service is not asked without one.
const SHORTEST: Duration = Duration::from_millis(1);

/// How long beyond the limit an answer to the last call is waited for.
const LAST_ANSWER: Duration = Duration::from_secs(1);

/// Makes a call again and again until its result is as it should be, and gives that result.
///
/// `call` makes any call, usually a `SELECT`; `is_done` looks at what it gave.
///
/// ```no_run
/// # async fn example(client: pagesmith::Client) -> Result<(), pagesmith::Error> {
/// use pagesmith::{Wait, aws::iam_api::mfa_devices, wait_until};
///
/// let devices = mfa_devices(&client);
/// let call = || devices.list().user_name("alice").rows().collect();
/// // The device is gone:
/// wait_until(Wait::default(), call, |rows| rows.is_empty()).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// The first error of a call, which has had its own retries; or [`ErrorKind::Timeout`] where the
/// limit passes first. Right after something was made, IAM may not find it yet: a call to which that
/// is no error maps it, as in `call().await.or_else(|error| if error.is_not_found() { Ok(…) } …)`.
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
            "what was waited for did not come within {limit:?}, asked for {times} times; wait longer with \
             Wait::for_up_to(…)"
        );
        Error::new(ErrorKind::Timeout, message).sent()
    };
    loop {
        times = times.saturating_add(1);
        let answer = tokio::time::timeout_at(end + LAST_ANSWER, call());
        let answer = answer.await.map_err(|_| too_late(times))??;
        if is_done(&answer) {
            return Ok(answer);
        }
        pause = pause.clamp(SHORTEST, max_pause.max(SHORTEST));
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(too_late(times));
        }
        // The last time is asked at the limit, and given a moment to be answered.
        tokio::time::sleep(pause.min(left)).await;
        pause = pause.saturating_mul(2);
    }
}
