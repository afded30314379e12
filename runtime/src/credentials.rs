//! Where a client's credentials come from, and how long they are kept.

mod command_line;
mod fetch;
mod json;
mod process;
pub(crate) mod profile;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials as _, SharedCredentialsProvider};
use tokio::runtime::Handle;
use tokio::time::Instant;

use crate::error::{Error, ErrorKind};
use fetch::{Failure, Fetch, Outcome, expired};
pub(crate) use process::CredentialProcess;

/// Credentials are fetched again this long before they expire, so that none expires on its way.
const EARLY: Duration = Duration::from_mins(5);

/// How long credentials that are still valid are used before a provider that failed is asked again.
const AFTER_FAILURE: Duration = Duration::from_secs(30);

/// How long credentials without an expiry are kept, as in the AWS SDKs.
const UNDATED: Duration = Duration::from_mins(15);

/// Credentials, given or from a provider. Clones share what the provider gave.
#[derive(Clone)]
pub(crate) struct CredentialsCache(Source);

#[derive(Clone)]
enum Source {
    /// Given outright: nothing is waited for and nothing fetched.
    Given(Credentials),
    Provided(Arc<Provided>),
    /// The client was built without any.
    Absent,
}

/// A provider, with the credentials that it gave last and the fetch that is under way.
struct Provided {
    provider: Provider,
    state: Mutex<State>,
}

enum Provider {
    Shared(SharedCredentialsProvider),
    Process(CredentialProcess),
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    fetch: Option<Fetch>,
    /// How many fetches have begun.
    begun: u64,
}

struct Kept {
    credentials: Credentials,
    fetch_again: SystemTime,
}

/// What a caller finds.
enum Found {
    Valid(Credentials),
    /// There are none until this fetch has ended.
    After(Fetch),
}

impl CredentialsCache {
    pub(crate) fn given(credentials: Credentials) -> Self {
        Self(Source::Given(credentials))
    }

    pub(crate) fn provided(provider: SharedCredentialsProvider) -> Self {
        Self::of(Provider::Shared(provider))
    }

    pub(crate) fn process(process: CredentialProcess) -> Self {
        Self::of(Provider::Process(process))
    }

    fn of(provider: Provider) -> Self {
        Self(Source::Provided(Arc::new(Provided { provider, state: Mutex::default() })))
    }

    pub(crate) fn absent() -> Self {
        Self(Source::Absent)
    }

    /// What was given outright.
    #[cfg(test)]
    pub(crate) fn as_given(&self) -> Option<&Credentials> {
        match &self.0 {
            Source::Given(credentials) => Some(credentials),
            _ => None,
        }
    }

    /// Refuses keys that were given and are empty.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.0 {
            Source::Given(credentials) => check(credentials),
            _ => Ok(()),
        }
    }

    /// Credentials that are valid, and the time by `clock` at which they are. The provider may take as long as
    /// `limit`.
    ///
    /// # Errors
    /// Where the provider has none, and none that it gave before are still valid.
    pub(crate) async fn get(
        &self,
        clock: impl Fn() -> SystemTime + Clone + Send + Sync + 'static,
        limit: Duration,
    ) -> Result<(Credentials, SystemTime), Error> {
        let provided = match &self.0 {
            Source::Given(credentials) => return Ok((credentials.clone(), clock())),
            Source::Absent => return Err(absent()),
            Source::Provided(provided) => provided,
        };
        loop {
            let now = clock();
            let fetch = match provided.find(now, &clock, limit)? {
                Found::Valid(credentials) => return Ok((credentials, now)),
                Found::After(fetch) => fetch,
            };
            // Without an outcome, the fetch ended with its runtime, or is on one that nothing drives; another is
            // begun.
            let Some(outcome) = fetch.outcome().await else { continue };
            let credentials = outcome.map_err(Error::from)?;
            let now = clock();
            if is_expired(&credentials, now) {
                return Err(expired().into());
            }
            return Ok((credentials, now));
        }
    }
}

impl Provider {
    async fn provide(&self) -> Outcome {
        let credentials = match self {
            Self::Process(process) => process.provide().await?,
            Self::Shared(provider) => {
                provider.provide_credentials().await.map_err(Failure::of_provider)?
            }
        };
        match empty(&credentials) {
            Some(empty) => Err(Failure::new(format!(
                "the credentials provider gave credentials whose {empty} is empty; check its configuration"
            ))),
            None => Ok(credentials),
        }
    }
}

impl Provided {
    /// What there is at `now`. Begins a fetch where one is due and none is under way.
    fn find(
        self: &Arc<Self>,
        now: SystemTime,
        clock: &(impl Fn() -> SystemTime + Clone + Send + Sync + 'static),
        limit: Duration,
    ) -> Result<Found, Error> {
        let mut state = self.state();
        let kept = state.kept.as_ref();
        let valid = kept.filter(|kept| !is_expired(&kept.credentials, now));
        if let Some(kept) = valid
            && now < kept.fetch_again
        {
            return Ok(Found::Valid(kept.credentials.clone()));
        }
        let valid = valid.map(|kept| kept.credentials.clone());
        let under_way = state.fetch.as_ref().filter(|fetch| fetch.may_end(Instant::now()));
        if let Some(fetch) = under_way {
            return Ok(valid.map_or_else(|| Found::After(fetch.clone()), Found::Valid));
        }
        let runtime = Handle::try_current().map_err(|error| no_runtime().with_source(error))?;
        state.begun += 1;
        let (fetch, task) = Fetch::new(self, state.begun, clock.clone(), limit);
        state.fetch = Some(fetch.clone());
        // A runtime that is ending drops the task at once, which needs the state.
        drop(state);
        runtime.spawn(task.run());
        match valid {
            Some(credentials) => Ok(Found::Valid(credentials)),
            None if fetch.is_lost() => Err(no_runtime()),
            None => Ok(Found::After(fetch)),
        }
    }

    /// Keeps what the fetch `number` gave at `now`; without an `outcome`, it was broken off.
    fn ended(&self, number: u64, outcome: Option<&Outcome>, now: SystemTime) {
        let mut state = self.state();
        // Another may have been begun in its place.
        if state.fetch.as_ref().is_none_or(|fetch| fetch.number() != number) {
            return;
        }
        state.fetch = None;
        if let Some(Ok(credentials)) = outcome {
            let fetch_again = fetch_again(credentials, now);
            state.kept = Some(Kept { credentials: credentials.clone(), fetch_again });
        } else if let Some(kept) = &mut state.kept {
            let later = now + AFTER_FAILURE;
            kept.fetch_again = kept.credentials.expiry().map_or(later, |expiry| expiry.min(later));
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // Nothing panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When to fetch again, of `credentials` that came at `now`.
fn fetch_again(credentials: &Credentials, now: SystemTime) -> SystemTime {
    match credentials.expiry() {
        // Those that are short-lived are kept for most of their life all the same.
        Some(expiry) => {
            let life = expiry.duration_since(now).unwrap_or(Duration::ZERO);
            expiry.checked_sub(EARLY.min(life / 10)).unwrap_or(expiry)
        }
        None => now + UNDATED,
    }
}

fn is_expired(credentials: &Credentials, now: SystemTime) -> bool {
    credentials.expiry().is_some_and(|expiry| expiry <= now)
}

fn check(credentials: &Credentials) -> Result<(), Error> {
    let Some(empty) = empty(credentials) else { return Ok(()) };
    let message = format!(
        "the {empty} is empty; give both halves of the key, or build the client .without_credentials()"
    );
    Err(Error::new(ErrorKind::Credentials, message))
}

/// Which half of the key is empty.
fn empty(credentials: &Credentials) -> Option<&'static str> {
    if credentials.access_key_id().is_empty() {
        Some("access key id")
    } else if credentials.secret_access_key().is_empty() {
        Some("secret access key")
    } else {
        None
    }
}

fn absent() -> Error {
    Error::new(
        ErrorKind::Credentials,
        "the client was built without credentials, and this operation must be signed; give the builder \
         .credentials(…) or .credentials_provider(…)",
    )
}

fn no_runtime() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "a call was made outside of a Tokio runtime, or in one that has ended; make it in one that runs, or with \
         send_blocking()",
    )
}
