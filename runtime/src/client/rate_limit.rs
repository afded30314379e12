//! The rate at which a client sends in the retry mode `adaptive`.
//!
//! The client measures at which rate it sends. Once the service has throttled a request, each request takes a token from a
//! bucket, and waits until there is one. A throttled request lowers the rate at which the bucket is filled to 0.7 times the
//! measured rate; other responses raise it along CUBIC's curve (RFC 9438): fast at first, slowly near the rate that was
//! throttled last, then faster again. It is at most twice the measured rate.
//!
//! The rule and its constants are those of the AWS SDKs' client rate limiter. A test compares every number with botocore's.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

/// The part of the rate that is left after a throttled request.
const BETA: f64 = 0.7;

/// How steep CUBIC's curve is.
const SCALE: f64 = 0.4;

/// The weight of the last window in the measured rate.
const SMOOTHING: f64 = 0.8;

/// How many windows there are in a second. The measured rate changes once in each.
const WINDOWS_PER_SECOND: f64 = 2.0;

/// The lowest rate at which the bucket is filled, in tokens per second.
const MIN_FILL_RATE: f64 = 0.5;

/// The lowest number of tokens that the bucket can hold.
const MIN_CAPACITY: f64 = 1.0;

/// How many times the measured rate the bucket is filled at most.
const MAX_GROWTH: f64 = 2.0;

/// The shortest wait. Tokio's timers count milliseconds.
const MIN_WAIT: Duration = Duration::from_millis(1);

/// Delays the requests of a client, whose clones share it.
#[derive(Debug)]
pub(super) struct RateLimiter {
    created: Instant,
    rate: Mutex<SendRate>,
    /// Held by the call that waits for the next token, so that calls are sent in the order in which they came.
    turn: tokio::sync::Mutex<()>,
    /// Tells that call that the rate has changed.
    changed: Notify,
}

impl RateLimiter {
    pub(super) fn new() -> Self {
        Self {
            created: Instant::now(),
            rate: Mutex::new(SendRate::default()),
            turn: tokio::sync::Mutex::default(),
            changed: Notify::new(),
        }
    }

    /// Waits until a request may be sent. A wait that is cancelled takes no token.
    pub(super) async fn wait(&self) {
        let _turn = self.turn.lock().await;
        while let Err(seconds) = self.update(SendRate::take_token) {
            // No longer than two seconds, since a token is missing at most.
            let wait = Duration::from_secs_f64(seconds).max(MIN_WAIT);
            // Either way, the wait is computed again.
            let _ = timeout(wait, self.changed.notified()).await;
        }
    }

    /// Adapts the rate to a request that has ended.
    pub(super) fn record(&self, throttled: bool) {
        self.update(|rate, now| rate.record(now, throttled));
        self.changed.notify_one();
    }

    /// Calls `update` with the state and the number of seconds since the limiter was created.
    fn update<T>(&self, update: impl FnOnce(&mut SendRate, f64) -> T) -> T {
        // The state is valid even if a thread panicked while it held the lock.
        let mut rate = self.rate.lock().unwrap_or_else(PoisonError::into_inner);
        // The time is read under the lock, so that it does not decrease from one update to the next.
        update(&mut rate, self.created.elapsed().as_secs_f64())
    }
}

/// The measured rate and the bucket of tokens. Times are in seconds since the limiter was created, and rates per second.
#[derive(Debug)]
struct SendRate {
    measured: f64,
    /// When the window began whose requests are counted.
    window: f64,
    /// How many requests have ended in it.
    requests: f64,
    /// Whether the service has throttled a request. Until then, requests take no tokens.
    is_limited: bool,
    /// The rate that the service throttled last.
    throttled_rate: f64,
    throttled_at: f64,
    fill_rate: f64,
    capacity: f64,
    tokens: f64,
    filled_at: f64,
}

impl Default for SendRate {
    fn default() -> Self {
        Self {
            measured: 0.0,
            window: 0.0,
            requests: 0.0,
            is_limited: false,
            throttled_rate: 0.0,
            throttled_at: 0.0,
            fill_rate: 1.0,
            capacity: MIN_CAPACITY,
            tokens: 0.0,
            filled_at: 0.0,
        }
    }
}

impl SendRate {
    /// Takes the token of a request.
    ///
    /// # Errors
    /// If there is none: the number of seconds until there is one at the current rate.
    fn take_token(&mut self, now: f64) -> Result<(), f64> {
        if !self.is_limited {
            return Ok(());
        }
        self.fill(now);
        if self.tokens < 1.0 {
            return Err((1.0 - self.tokens) / self.fill_rate);
        }
        self.tokens -= 1.0;
        Ok(())
    }

    /// Adapts the rate to a request that has ended.
    fn record(&mut self, now: f64, throttled: bool) {
        self.measure(now);
        let rate = if throttled { self.lowered(now) } else { self.raised(now) };
        // What is missing until now is filled at the previous rate.
        self.fill(now);
        let rate = rate.min(MAX_GROWTH * self.measured);
        self.fill_rate = rate.max(MIN_FILL_RATE);
        self.capacity = rate.max(MIN_CAPACITY);
        self.tokens = self.tokens.min(self.capacity);
    }

    /// Counts a request. The first one in a new window updates the measured rate.
    fn measure(&mut self, now: f64) {
        self.requests += 1.0;
        let window = (now * WINDOWS_PER_SECOND).floor() / WINDOWS_PER_SECOND;
        if window > self.window {
            let current = self.requests / (window - self.window);
            self.measured = current * SMOOTHING + self.measured * (1.0 - SMOOTHING);
            self.requests = 0.0;
            self.window = window;
        }
    }

    /// The rate after a throttled request.
    fn lowered(&mut self, now: f64) -> f64 {
        self.throttled_rate =
            if self.is_limited { self.measured.min(self.fill_rate) } else { self.measured };
        self.throttled_at = now;
        self.is_limited = true;
        self.throttled_rate * BETA
    }

    /// The rate on CUBIC's curve, which reaches the throttled rate again after `plateau` seconds.
    fn raised(&self, now: f64) -> f64 {
        let plateau = (self.throttled_rate * (1.0 - BETA) / SCALE).cbrt();
        SCALE * (now - self.throttled_at - plateau).powi(3) + self.throttled_rate
    }

    fn fill(&mut self, now: f64) {
        let filled = self.tokens + (now - self.filled_at) * self.fill_rate;
        self.tokens = filled.min(self.capacity);
        self.filled_at = now;
    }
}

#[cfg(test)]
mod tests;
