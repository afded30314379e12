//! Waiters of calls by name.

use std::pin::Pin;
use std::time::Duration;

use pagesmith_model::model::{MatcherKind, WaiterState};
use pagesmith_model::schema;
use pagesmith_model::words::did_you_mean;
use serde_json::Value as Json;

use super::call::{Call, Markers};
use super::expressions::Programs;
use super::{Method, json};
use crate::error::{Error, ErrorKind};
use crate::redact::Sanitizer;
use crate::schema::{Acceptor, Matcher, Waiter, sensitive_texts};
use crate::wait::{Polling, Seen, Settings};

/// A waiter of a [`Call`]; see [`Call::wait_until`]. It starts when it is awaited.
#[derive(Debug)]
#[must_use = "a waiter does nothing until it is awaited"]
pub struct Waiting {
    call: Call,
    /// The index of the waiter among those of the method.
    waiter: usize,
    settings: Settings,
}

impl Method {
    /// The names of the waiters that call this method, such as `UserExists`, sorted.
    #[must_use]
    pub fn waiters(&self) -> Vec<String> {
        self.schema.waiters.iter().map(|waiter| waiter.name.clone()).collect()
    }
}

impl Call {
    /// Repeats the call as the waiter `waiter` of the service model says, until the response says that a resource is in some
    /// state. The result is that response, or `None` if the last call failed with the error for which the waiter waits.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the method has no such waiter; [`ErrorKind::Input`], as of [`body`](Self::body).
    pub fn wait_until(self, waiter: &str) -> Result<Waiting, Error> {
        let waiters = &self.method.schema.waiters;
        let Some(index) = waiters.iter().position(|found| found.name == waiter) else {
            let known = waiters.iter().map(|waiter| waiter.name.as_str());
            let message = format!(
                "the method `{}` has no waiter `{waiter}`{}",
                self.method.name(),
                did_you_mean(waiter, known)
            );
            return Err(Error::new(ErrorKind::Configuration, message));
        };
        self.body()?;
        Ok(Waiting { call: self, waiter: index, settings: Settings::default() })
    }
}

impl Waiting {
    /// Sets the pause between two calls.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.settings.delay = Some(delay);
        self
    }

    /// Sets the number of calls after which it gives up.
    pub fn max_attempts(mut self, calls: u32) -> Self {
        self.settings.max_attempts = Some(calls);
        self
    }

    /// Gives up after `limit` instead of a number of calls. The last call is made at the limit.
    pub fn for_up_to(mut self, limit: Duration) -> Self {
        self.settings.limit = Some(limit);
        self
    }

    async fn run(self) -> Result<Option<Json>, Error> {
        let Self { call, waiter, settings } = self;
        let schema = call.method.schema.clone();
        let Some(waiter) = schema.waiters.get(waiter) else { return Ok(None) };
        let mut polling = {
            let timing = Waiter::new(&waiter.name, waiter.delay, waiter.max_attempts, &[]);
            Polling::new(&timing, &schema.operation, settings)
        };
        loop {
            let (seen, output) = match polling.within(poll(&call, waiter)).await? {
                Ok((seen, output)) => (seen, Some(output)),
                Err(error) => (with(waiter, |waiter| Seen::error(waiter, error)), None),
            };
            if polling.after(seen).await? {
                return Ok(output);
            }
        }
    }
}

/// Makes one call, and returns what it showed, and the response.
async fn poll(call: &Call, waiter: &schema::Waiter) -> Result<(Seen, Json), Error> {
    let (redacted, waiter) = (call.is_redacted(), waiter.clone());
    let first = Markers::default();
    let input = call.input(&first)?;
    let secrets = call.with_tables(|operation| sensitive_texts(operation.input, &input));
    let read = call.exchange_streaming(&first, false, move |_, _, (status, record), budget| {
        let sanitizer = Sanitizer::new(secrets, None);
        let seen = with(&waiter, |waiter| Seen::output(waiter, (status, &record), &sanitizer));
        Some((seen, Json::Object(json::object(record, redacted, budget)?)))
    });
    read.await.map(|(read, _)| read)
}

/// Runs `run` with the runtime's tables of `waiter`.
pub(super) fn with<T>(waiter: &schema::Waiter, run: impl FnOnce(&Waiter<'_>) -> T) -> T {
    let programs = Programs::default();
    let acceptors: Vec<Acceptor<'_>> = waiter
        .acceptors
        .iter()
        .map(|(state, matcher)| {
            let matcher = self::matcher(matcher, &programs);
            match state {
                WaiterState::Success => Acceptor::Success(matcher),
                WaiterState::Retry => Acceptor::Retry(matcher),
                WaiterState::Failure => Acceptor::Failure(matcher),
            }
        })
        .collect();
    run(&Waiter::new(&waiter.name, waiter.delay, waiter.max_attempts, &acceptors))
}

fn matcher<'a>(matcher: &'a schema::Matcher, programs: &'a Programs<'a>) -> Matcher<'a> {
    match matcher {
        schema::Matcher::Status(status) => Matcher::Status(*status),
        schema::Matcher::Error(code) => Matcher::Error(code),
        schema::Matcher::AnyError(expected) => Matcher::AnyError(*expected),
        schema::Matcher::Path(path) => {
            let text = if path.sensitive { "" } else { path.expression.as_str() };
            let (steps, expected) = (programs.steps(&path.steps), programs.step(&path.expected));
            match path.kind {
                MatcherKind::PathAll => Matcher::PathAll(text, steps, expected),
                MatcherKind::PathAny => Matcher::PathAny(text, steps, expected),
                _ => Matcher::Path(text, steps, expected),
            }
        }
    }
}

impl IntoFuture for Waiting {
    type Output = Result<Option<Json>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
