//! When a call is tried again: the standard retry mode of the AWS SDKs.
//!
//! Three attempts, a pause of up to 1, 2, 4 … seconds, at most 20, of which a random part is taken
//! (full jitter), and a bucket of tokens that the clones of a client share, so that a service in
//! trouble is not met with many times the calls. One thing is stricter than in the SDKs: a method that is not
//! `SELECT` is not repeated where it may have been carried out, unless that is allowed.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::Mutex;
use std::time::Duration;

use crate::error::{Error, ErrorKind};

/// How often and how soon a call is tried again.
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
    replay_lost_answers: bool,
}

impl Retry {
    /// Three attempts, with pauses of at most 1 and 2 seconds between them.
    pub const fn standard() -> Self {
        Self {
            max_attempts: 3,
            first_pause: Duration::from_secs(1),
            max_pause: Duration::from_secs(20),
            replay_lost_answers: false,
        }
    }

    /// One attempt.
    pub const fn never() -> Self {
        Self::standard().max_attempts(1)
    }

    /// How many times a call is sent at most, the first time included. A call that is signed again,
    /// because the service's clock differs from this machine's, counts too. 0 counts as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// The longest pause before the second attempt; it doubles with each further one.
    pub const fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// The longest pause of all, also where the service's `Retry-After` asks for a longer one.
    pub const fn max_pause(mut self, pause: Duration) -> Self {
        self.max_pause = pause;
        self
    }

    /// Whether a method that is not `SELECT` is sent again where its answer was lost, or was a failure
    /// of the service, after the request may have been carried out. Off unless said: a one-time code
    /// must not be spent twice.
    pub const fn replay_lost_answers(mut self, replay: bool) -> Self {
        self.replay_lost_answers = replay;
        self
    }

    /// Whether a call that failed with `error` at its attempt number `attempt` (from 1) is one to
    /// try again.
    pub(crate) fn allows(&self, error: &Error, attempt: u32, read_only: bool) -> bool {
        self.has_attempt_after(attempt)
            && error.is_retryable()
            && (read_only || self.replay_lost_answers || !error.may_have_been_carried_out())
    }

    /// Whether another attempt may follow number `attempt`.
    pub(crate) fn has_attempt_after(&self, attempt: u32) -> bool {
        attempt < self.max_attempts
    }

    /// The pause before the attempt after number `attempt`.
    pub(crate) fn pause(&self, attempt: u32, retry_after: Option<Duration>) -> Duration {
        let doubled = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
        let longest = self.first_pause.saturating_mul(doubled).min(self.max_pause);
        let jittered = longest.mul_f64(random_fraction());
        jittered.max(retry_after.unwrap_or_default().min(self.max_pause))
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::standard()
    }
}

/// A number from 0 up to 1. The standard library's randomly keyed hasher is the one source of
/// chance that costs no further crate; a pause needs no better one.
fn random_fraction() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 11;
    #[allow(clippy::cast_precision_loss)] // 53 bits are what a f64 holds.
    let fraction = bits as f64 / (1_u64 << 53) as f64;
    fraction
}

/// The tokens that retries cost.
#[derive(Debug)]
pub(crate) struct RetryTokens(Mutex<u32>);

const CAPACITY: u32 = 500;
const COST: u32 = 5;
const COST_OF_TIMEOUT: u32 = 10;
const REFUND: u32 = 1;

impl Default for RetryTokens {
    fn default() -> Self {
        Self(Mutex::new(CAPACITY))
    }
}

impl RetryTokens {
    /// Takes what a retry after `error` costs; `None` where the bucket has not that much.
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

    /// Gives back what the last retry of a call that then succeeded had cost, or a little for a call that
    /// succeeded at once.
    pub(crate) fn refund(&self, taken: Option<u32>) {
        let mut tokens = self.lock();
        *tokens = tokens.saturating_add(taken.unwrap_or(REFUND)).min(CAPACITY);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, u32> {
        // A number is never half written.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
