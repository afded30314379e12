//! Whether a call is retried, and when: the retry modes `standard` and `adaptive` of the AWS SDKs.
//!
//! By default there are three attempts. The pause between them is a random part (full jitter) of 1, 2, 4 … seconds, at most 20.
//! The clones of a client share a bucket of retry tokens, so that retries do not multiply the load of a failing service. One rule
//! is stricter than in the AWS SDKs: a call that may change something is not retried if the service may have carried it out,
//! unless the caller allows that.
//!
//! [`Retry::allows`] decides by the error and the attempt; [`RetryTokens::take`] by the load. The mode `adaptive` also limits the
//! rate at which the client sends: see [`rate_limit`](super::rate_limit).

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Mutex;
use std::time::Duration;

use crate::error::{Error, ErrorKind};

/// The number of retries of a failed call, and the pauses between them.
///
/// ```
/// use std::time::Duration;
/// use pagesmith::Retry;
///
/// let patient = Retry::standard().max_attempts(6).max_pause(Duration::from_secs(5));
/// let never = Retry::never();
/// # let _ = (patient, never);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Retry {
    max_attempts: u32,
    first_pause: Duration,
    max_pause: Duration,
    replay_lost_responses: bool,
    is_adaptive: bool,
}

impl Retry {
    /// Up to three attempts, with pauses of at most 1 and 2 seconds between them.
    pub const fn standard() -> Self {
        Self {
            max_attempts: 3,
            first_pause: Duration::from_secs(1),
            max_pause: Duration::from_secs(20),
            replay_lost_responses: false,
            is_adaptive: false,
        }
    }

    /// As [`standard`](Self::standard), with a limit on the rate at which the client sends: the retry mode `adaptive` of the AWS
    /// SDKs.
    ///
    /// Nothing is delayed until the service throttles a request. From then on, every attempt of a call waits for its turn, the
    /// first one too. The rate falls with each throttled request, and rises again with the others: quickly to the rate that the
    /// service throttled, slowly around it, then quickly again. It is at least one request in two seconds.
    ///
    /// Use it for many calls that the service throttles together and that can wait, such as a batch job on one account. A client
    /// has one limit, which all its clones share, so that a throttled operation delays those that are not throttled too: use a
    /// client for each quota, and the standard mode where a call must not be delayed. Only calls in this mode wait and are
    /// counted.
    ///
    /// The wait counts towards the limit of the call, but not towards that of an attempt. A call that is dropped or times out
    /// while it waits does not use up the turn of another.
    ///
    /// The rule is described in [Retry behavior] of the AWS SDKs reference guide. The rates are those of botocore.
    ///
    /// ```
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// use pagesmith::{Client, Retry};
    ///
    /// let client = Client::builder("us-east-1")
    ///     .credentials("AKIDEXAMPLE", "secret", None)
    ///     .retry(Retry::adaptive().max_attempts(8))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [Retry behavior]: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    pub const fn adaptive() -> Self {
        Self { is_adaptive: true, ..Self::standard() }
    }

    /// One attempt only.
    pub const fn never() -> Self {
        Self::standard().max_attempts(1)
    }

    /// Sets how many times a call is sent at most, including the first time. A call that is signed again because the service's
    /// clock differs from this machine's counts too. 0 is the same as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// Sets the longest pause before the second attempt. It doubles with each further attempt.
    pub const fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets the longest pause before any attempt, even if the service's `Retry-After` asks for a longer one.
    pub const fn max_pause(mut self, pause: Duration) -> Self {
        self.max_pause = pause;
        self
    }

    /// Sets whether a method other than `SELECT` is retried if the service may have carried it out: the response was lost, or
    /// said that the service failed. The default is `false`, because a one-time code must not be used twice.
    pub const fn replay_lost_responses(mut self, replay: bool) -> Self {
        self.replay_lost_responses = replay;
        self
    }

    /// Whether a call may be retried that failed with `error` at attempt number `attempt` (from 1).
    pub(crate) fn allows(&self, error: &Error, attempt: u32, read_only: bool) -> bool {
        self.has_attempt_after(attempt)
            && error.is_retryable()
            && (read_only || self.replay_lost_responses || !error.may_have_been_carried_out())
    }

    /// Whether the client's rate limit applies.
    pub(crate) fn is_adaptive(&self) -> bool {
        self.is_adaptive
    }

    /// Whether another attempt may follow number `attempt`.
    pub(crate) fn has_attempt_after(&self, attempt: u32) -> bool {
        attempt < self.max_attempts
    }

    /// The pause after attempt number `attempt`.
    pub(crate) fn pause(&self, attempt: u32, retry_after: Option<Duration>) -> Duration {
        let doubled = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        let longest = self.first_pause.saturating_mul(doubled).min(self.max_pause);
        let jittered = longest.mul_f64(random_fraction());
        jittered.max(retry_after.unwrap_or(Duration::ZERO).min(self.max_pause))
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::standard()
    }
}

/// A random number from 0 to 1, exclusive. The standard library's randomly keyed hasher is the only source of randomness that
/// needs no further crate, and good enough for a pause.
fn random_fraction() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 11;
    #[allow(clippy::cast_precision_loss)] // An f64 represents 53 bits exactly.
    let fraction = bits as f64 / (1_u64 << 53) as f64;
    fraction
}

/// The tokens that retries cost, shared by the clones of a client.
#[derive(Debug)]
pub(crate) struct RetryTokens(Mutex<u32>);

const CAPACITY: u32 = 500;
const COST: u32 = 5;
const COST_OF_TIMEOUT: u32 = 10;
const REFUND_WITHOUT_RETRY: u32 = 1;

impl Default for RetryTokens {
    fn default() -> Self {
        Self(Mutex::new(CAPACITY))
    }
}

impl RetryTokens {
    /// Takes the cost of a retry after `error`, and returns the cost; `None` if the bucket has too few tokens.
    pub(crate) fn take(&self, error: &Error) -> Option<u32> {
        let timed_out = matches!(
            error.kind(),
            ErrorKind::Timeout | ErrorKind::Connection | ErrorKind::Transport
        );
        let cost = if timed_out { COST_OF_TIMEOUT } else { COST };
        let mut tokens = self.lock();
        *tokens = tokens.checked_sub(cost)?;
        Some(cost)
    }

    /// Returns tokens for a call that succeeded: the cost of its last retry, or [`REFUND_WITHOUT_RETRY`] if it was not retried.
    pub(crate) fn refund(&self, cost: Option<u32>) {
        let mut tokens = self.lock();
        *tokens = tokens.saturating_add(cost.unwrap_or(REFUND_WITHOUT_RETRY)).min(CAPACITY);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, u32> {
        // The number is valid even if a thread panicked while it held the lock.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
