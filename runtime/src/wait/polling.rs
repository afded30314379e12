//! The loop of a waiter: what to do after each call, and what was last seen.

use std::fmt::Write as _;
use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use super::acceptors::{Outcome, decide};
use super::{LAST_CALL, MIN_PAUSE};
use crate::error::{Error, ErrorKind};
use crate::redact::{MAX_NAME, Sanitizer};
use crate::schema::{Acceptor, Data, Found, Record, Waiter, evaluate};
use crate::timer::{bounded, deadline};

/// How often a waiter calls, and when it gives up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings {
    /// The pause between two calls, instead of the waiter's.
    pub(crate) delay: Option<Duration>,
    /// The number of calls after which it gives up, instead of the waiter's.
    pub(crate) max_attempts: Option<u32>,
    /// The time after which it gives up, instead of a number of calls.
    pub(crate) limit: Option<Duration>,
}

/// What a call showed.
pub(crate) struct Seen {
    decision: Decision,
    /// For errors.
    what: String,
    error: Option<Error>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Success,
    Retry,
    Failure,
    /// No acceptor matches.
    Open,
}

/// The most elements of a list that an error shows.
const SHOWN_ELEMENTS: usize = 5;

impl Seen {
    /// What a successful call shows: the HTTP status and the output. `sanitizer` hides the secrets of the call.
    pub(crate) fn output(
        waiter: &Waiter<'_>,
        (status, output): (u16, &dyn Record),
        sanitizer: &Sanitizer,
    ) -> Self {
        let outcome: Outcome<'_> = Ok((status, output));
        let decision = Decision::of(decide(waiter, outcome));
        // Only errors show what was seen.
        let what = if decision == Decision::Success {
            String::new()
        } else {
            describe(waiter, (status, output), sanitizer)
        };
        Self { decision, what, error: None }
    }

    /// What a failed call shows.
    pub(crate) fn error(waiter: &Waiter<'_>, error: Error) -> Self {
        let decision = Decision::of(decide(waiter, Err(&error)));
        Self { decision, what: error.to_string(), error: Some(error) }
    }
}

impl Decision {
    fn of(acceptor: Option<&Acceptor<'_>>) -> Self {
        match acceptor {
            Some(Acceptor::Success(_)) => Self::Success,
            Some(Acceptor::Retry(_)) => Self::Retry,
            Some(Acceptor::Failure(_)) => Self::Failure,
            None => Self::Open,
        }
    }
}

/// The values that the acceptors of `waiter` compare, or else the status.
fn describe(
    waiter: &Waiter<'_>,
    (status, output): (u16, &dyn Record),
    sanitizer: &Sanitizer,
) -> String {
    let mut paths: Vec<&str> = Vec::new();
    let mut text = String::new();
    for (path, steps) in waiter.acceptors.iter().filter_map(|it| it.matcher().path()) {
        if path.is_empty() || paths.contains(&path) {
            continue;
        }
        paths.push(path);
        let separator = if text.is_empty() { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(text, "{separator}{path} is {}", shown(&evaluate(steps, output), sanitizer));
    }
    if text.is_empty() { format!("a response with the status {status}") } else { text }
}

fn shown(found: &Found<'_>, sanitizer: &Sanitizer) -> String {
    if let Some(elements) = found.elements() {
        let first = elements.iter().take(SHOWN_ELEMENTS).map(|element| shown(element, sanitizer));
        let mut all: Vec<String> = first.collect();
        if elements.len() > SHOWN_ELEMENTS {
            all.push(format!("… ({} elements)", elements.len()));
        }
        return format!("[{}]", all.join(", "));
    }
    match found {
        Found::Data(Data::Absent) => "absent".to_owned(),
        Found::Data(Data::Text(text)) => String::from(sanitizer.show(text, MAX_NAME)),
        Found::Data(Data::Boolean(value)) => value.to_string(),
        Found::Data(Data::Integer(value)) => value.to_string(),
        _ => "another value".to_owned(),
    }
}

/// A waiter that is running.
pub(crate) struct Polling<'a> {
    name: &'a str,
    operation: &'a str,
    delay: Duration,
    max_attempts: u32,
    limit: Option<(Duration, Instant)>,
    calls: u32,
    last: String,
}

impl<'a> Polling<'a> {
    pub(crate) fn new(waiter: &Waiter<'a>, operation: &'a str, settings: Settings) -> Self {
        let delay = Duration::from_secs(waiter.delay.into());
        Self {
            name: waiter.name,
            operation,
            delay: bounded(settings.delay.unwrap_or(delay)),
            max_attempts: settings.max_attempts.unwrap_or(waiter.max_attempts),
            limit: settings.limit.map(|limit| (limit, deadline(limit))),
            calls: 0,
            last: "nothing".to_owned(),
        }
    }

    /// Waits for `call`, not much longer than the time limit.
    ///
    /// # Errors
    /// If the limit passes.
    pub(crate) async fn within<T>(&mut self, call: impl Future<Output = T>) -> Result<T, Error> {
        self.calls = self.calls.saturating_add(1);
        match self.limit {
            None => Ok(call.await),
            Some((_, end)) => {
                let result = tokio::time::timeout_at(end + LAST_CALL, call).await;
                result.map_err(|_| self.gave_up(None))
            }
        }
    }

    /// What to do after a call that showed `seen`: `true` if the waiter is done. Otherwise it returns after the pause.
    ///
    /// # Errors
    /// If the resource cannot reach the state, the call failed unexpectedly, or it is time to give up.
    pub(crate) async fn after(&mut self, seen: Seen) -> Result<bool, Error> {
        let Seen { decision, what, error } = seen;
        self.last = what;
        match (decision, error) {
            (Decision::Success, _) => return Ok(true),
            (Decision::Failure, error) => {
                let message = format!(
                    "the waiter {} cannot succeed any more, after {}: {}",
                    self.name,
                    self.counted(),
                    self.last
                );
                return Err(self.error(ErrorKind::Waiter, message, error));
            }
            (Decision::Open, Some(error)) => return Err(error),
            (Decision::Open | Decision::Retry, error) => {
                let left = self.limit.map(|(_, end)| end.saturating_duration_since(Instant::now()));
                let is_over = match left {
                    Some(left) => left.is_zero(),
                    None => self.calls >= self.max_attempts,
                };
                if is_over {
                    return Err(self.gave_up(error));
                }
                // Without a number of calls, a pause of 0 would be a busy loop.
                let pause = left
                    .map_or(self.delay, |left| self.delay.clamp(MIN_PAUSE, left.max(MIN_PAUSE)));
                tokio::time::sleep(pause).await;
            }
        }
        Ok(false)
    }

    fn gave_up(&self, error: Option<Error>) -> Error {
        let (limit, change) = match self.limit {
            Some((limit, _)) => (format!(" within {limit:?}"), "for_up_to(…)"),
            None => (String::new(), "max_attempts(…), or for_up_to(…)"),
        };
        let message = format!(
            "the waiter {} did not succeed{limit}, after {}; wait longer with {change}; last seen: {}",
            self.name,
            self.counted(),
            self.last
        );
        self.error(ErrorKind::Timeout, message, error)
    }

    fn counted(&self) -> String {
        if self.calls == 1 { "1 call".to_owned() } else { format!("{} calls", self.calls) }
    }

    fn error(&self, kind: ErrorKind, message: String, source: Option<Error>) -> Error {
        let error = Error::new(kind, message).of_operation(self.operation).sent();
        match source {
            Some(source) => error.with_source(source),
            None => error,
        }
    }
}
