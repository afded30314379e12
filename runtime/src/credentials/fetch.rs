//! A request to a credentials provider, shared by all calls that wait for it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use tokio::sync::watch;
use tokio::time::{Instant, timeout, timeout_at};

use super::{Provided, is_expired};
use crate::error::{Error, ErrorKind};
use crate::timer::{bounded, deadline};

/// The time after its limit at which a fetch is given up. A runtime ends a fetch at its limit, unless the runtime is not running.
const GRACE: Duration = Duration::from_secs(1);

/// The outcome of a fetch.
pub(super) type Outcome = Result<Credentials, Failure>;

/// The error of missing credentials. It is cloned for each call that waits.
#[derive(Clone)]
pub(super) struct Failure {
    message: String,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// A fetch in a separate task, which outlives the call that started it.
#[derive(Clone)]
pub(super) struct Fetch {
    number: u64,
    given_up: Instant,
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Fetch {
    /// Creates a fetch and its task. The fetch is lost if the task is dropped before it ends.
    pub(super) fn new<Clock: Fn() -> SystemTime>(
        provided: &Arc<Provided>,
        number: u64,
        clock: Clock,
        limit: Duration,
    ) -> (Self, Task<Clock>) {
        let given_up = deadline(limit) + GRACE;
        let (report, outcome) = watch::channel(None);
        let provided = provided.clone();
        let task = Task { provided, number, clock, limit, report, outcome: None };
        (Self { number, given_up, outcome }, task)
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Whether there may still be an outcome at `now`.
    pub(super) fn may_end(&self, now: Instant) -> bool {
        now < self.given_up && self.outcome.has_changed().is_ok()
    }

    /// Whether its task was dropped before it ended.
    pub(super) fn is_lost(&self) -> bool {
        self.outcome.has_changed().is_err() && self.outcome.borrow().is_none()
    }

    /// Waits for the outcome; `None` if there will be none.
    pub(super) async fn outcome(mut self) -> Option<Outcome> {
        let ended = timeout_at(self.given_up, self.outcome.wait_for(Option::is_some)).await;
        ended.ok()?.ok()?.clone()
    }
}

/// The task of a fetch. It reports an end even if the runtime shuts down or the provider panics.
pub(super) struct Task<Clock: Fn() -> SystemTime> {
    provided: Arc<Provided>,
    number: u64,
    clock: Clock,
    limit: Duration,
    report: watch::Sender<Option<Outcome>>,
    outcome: Option<Outcome>,
}

impl<Clock: Fn() -> SystemTime> Task<Clock> {
    /// Calls the provider. Dropping the task reports the outcome.
    pub(super) async fn run(mut self) {
        let limit = self.limit;
        let provider = &self.provided.provider;
        let result = timeout(bounded(limit), provider.provide()).await;
        self.outcome = Some(match result {
            Ok(Ok(credentials)) if is_expired(&credentials, (self.clock)()) => {
                Err(provider.expired())
            }
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::new(format!(
                "the {noun} provider returned no {noun} within {limit:?}; check what it depends on, or \
                 raise the limit with credentials_timeout(…)",
                noun = provider.noun()
            ))),
        });
    }
}

impl<Clock: Fn() -> SystemTime> Drop for Task<Clock> {
    fn drop(&mut self) {
        let mut outcome = self.outcome.take();
        if outcome.is_none() && std::thread::panicking() {
            let noun = self.provided.provider.noun();
            let message = format!("the {noun} provider panicked; its panic message says why");
            outcome = Some(Err(Failure::new(message)));
        }
        self.provided.ended(self.number, outcome.as_ref(), (self.clock)());
        if outcome.is_some() {
            self.report.send_replace(outcome);
        }
    }
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    pub(super) fn with_source(
        self,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        self.with_shared_source(Arc::new(source))
    }

    pub(super) fn with_shared_source(
        self,
        source: Arc<dyn std::error::Error + Send + Sync>,
    ) -> Self {
        Self { source: Some(source), ..self }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let error = Self::new(ErrorKind::Credentials, failure.message);
        match failure.source {
            Some(source) => error.with_shared_source(source),
            None => error,
        }
    }
}
