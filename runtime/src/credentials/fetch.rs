//! One request to a provider of credentials, for all callers that wait for them.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use tokio::sync::watch;
use tokio::time::{Instant, timeout, timeout_at};

use super::{Provided, is_expired};
use crate::error::{Error, ErrorKind};
use crate::timer::{bounded, deadline};

/// How long after its limit a fetch is taken to be on a runtime that nothing drives. Only a runtime that is driven
/// ends a fetch at its limit.
const GRACE: Duration = Duration::from_secs(1);

/// What a fetch gave.
pub(super) type Outcome = Result<Credentials, Failure>;

/// Why there are no credentials; one for all that waited.
#[derive(Clone)]
pub(super) struct Failure {
    message: String,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// A fetch that runs as a task of its own, so that it outlives the caller that began it.
#[derive(Clone)]
pub(super) struct Fetch {
    number: u64,
    given_up: Instant,
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Fetch {
    /// A fetch, and the task that it is. The fetch is lost where the task is dropped before its end.
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

    /// Whether an outcome can be expected at `now`.
    pub(super) fn may_end(&self, now: Instant) -> bool {
        now < self.given_up && self.outcome.has_changed().is_ok()
    }

    /// Whether its task was dropped before its end.
    pub(super) fn is_lost(&self) -> bool {
        self.outcome.has_changed().is_err() && self.outcome.borrow().is_none()
    }

    /// Waits for the end; `None` where there will be none.
    pub(super) async fn outcome(mut self) -> Option<Outcome> {
        let ended = timeout_at(self.given_up, self.outcome.wait_for(Option::is_some)).await;
        ended.ok()?.ok()?.clone()
    }
}

/// Reports the end of a fetch, also where its runtime ends before it or the provider panics.
pub(super) struct Task<Clock: Fn() -> SystemTime> {
    provided: Arc<Provided>,
    number: u64,
    clock: Clock,
    limit: Duration,
    report: watch::Sender<Option<Outcome>>,
    outcome: Option<Outcome>,
}

impl<Clock: Fn() -> SystemTime> Task<Clock> {
    /// Asks the provider. Dropping the task reports what it gave.
    pub(super) async fn run(mut self) {
        let limit = self.limit;
        let given = timeout(bounded(limit), self.provided.provider.provide()).await;
        self.outcome = Some(match given {
            Ok(Ok(credentials)) if is_expired(&credentials, (self.clock)()) => Err(expired()),
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::new(format!(
                "the credentials provider gave no credentials within {limit:?}; check what it depends on, or \
                 allow it more time with credentials_timeout(…)"
            ))),
        });
    }
}

impl<Clock: Fn() -> SystemTime> Drop for Task<Clock> {
    fn drop(&mut self) {
        let mut outcome = self.outcome.take();
        if outcome.is_none() && std::thread::panicking() {
            outcome = Some(Err(Failure::new("the credentials provider panicked")));
        }
        self.provided.ended(self.number, outcome.as_ref(), (self.clock)());
        if outcome.is_some() {
            self.report.send_replace(outcome);
        }
    }
}

pub(super) fn expired() -> Failure {
    Failure::new(
        "the credentials provider gave credentials that have expired; check its configuration and this \
         machine's clock",
    )
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    pub(super) fn of_provider(error: CredentialsError) -> Self {
        let failure =
            Self::new("the credentials provider gave no credentials; check its configuration");
        failure.with_source(error)
    }

    pub(super) fn with_source(
        self,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self { source: Some(Arc::new(source)), ..self }
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
