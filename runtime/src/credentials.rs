//! The sources of credentials, and the cache of provided credentials.

mod command_line;
mod fetch;
mod json;
mod process;
pub(crate) mod profile;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::token::{ProvideToken as _, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials as _, SharedCredentialsProvider};
use tokio::runtime::Handle;
use tokio::time::Instant;

use crate::error::{Error, ErrorKind};
use fetch::{Failure, Fetch, Outcome};
pub(crate) use process::CredentialProcess;

/// The time before their expiry at which credentials are fetched again, so that they do not expire during a call.
const REFRESH_BEFORE_EXPIRY: Duration = Duration::from_mins(5);

/// The pause after a provider failed, while the cached credentials are valid.
const RETRY_AFTER_FAILURE: Duration = Duration::from_secs(30);

/// The time for which credentials without an expiry are cached, as in the AWS SDKs.
const DEFAULT_LIFETIME: Duration = Duration::from_mins(15);

/// Static credentials, or a provider with a cache. Clones share the cache.
#[derive(Clone)]
pub(crate) struct CredentialsCache(Source);

#[derive(Clone)]
enum Source {
    /// Credentials that need no provider.
    Static(Credentials),
    Provided(Arc<Provided>),
    /// The client was built without credentials.
    None,
}

/// A provider, with the cached credentials and the fetch in progress.
struct Provided {
    provider: Provider,
    state: Mutex<State>,
}

enum Provider {
    Shared(SharedCredentialsProvider),
    Process(CredentialProcess),
    /// It provides bearer tokens.
    Token(SharedTokenProvider),
}

#[derive(Default)]
struct State {
    cached: Option<Cached>,
    fetch: Option<Fetch>,
    /// The number of fetches that have been started.
    started: u64,
}

struct Cached {
    credentials: Credentials,
    fetch_again: SystemTime,
}

/// The result of a lookup in the cache.
enum Lookup {
    Valid(Credentials),
    /// There are no valid credentials until this fetch has ended.
    Pending(Fetch),
}

impl CredentialsCache {
    pub(crate) fn from_keys(credentials: Credentials) -> Self {
        Self(Source::Static(credentials))
    }

    pub(crate) fn from_provider(provider: SharedCredentialsProvider) -> Self {
        Self::with_provider(Provider::Shared(provider))
    }

    pub(crate) fn from_process(process: CredentialProcess) -> Self {
        Self::with_provider(Provider::Process(process))
    }

    /// Bearer tokens, each as the secret of credentials.
    pub(crate) fn from_token_provider(provider: SharedTokenProvider) -> Self {
        Self::with_provider(Provider::Token(provider))
    }

    fn with_provider(provider: Provider) -> Self {
        Self(Source::Provided(Arc::new(Provided { provider, state: Mutex::default() })))
    }

    pub(crate) fn none() -> Self {
        Self(Source::None)
    }

    /// The static credentials.
    #[cfg(test)]
    pub(crate) fn as_static(&self) -> Option<&Credentials> {
        match &self.0 {
            Source::Static(credentials) => Some(credentials),
            _ => None,
        }
    }

    /// Rejects static credentials with an empty key.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.0 {
            Source::Static(credentials) => check(credentials),
            _ => Ok(()),
        }
    }

    /// Returns valid credentials, and the time by `clock` at which they are valid. The provider may take up to `limit`.
    ///
    /// # Errors
    /// If the provider fails, and there are no valid credentials in the cache.
    pub(crate) async fn get(
        &self,
        clock: impl Fn() -> SystemTime + Clone + Send + Sync + 'static,
        limit: Duration,
    ) -> Result<(Credentials, SystemTime), Error> {
        let provided = match &self.0 {
            Source::Static(credentials) => return Ok((credentials.clone(), clock())),
            Source::None => return Err(unsigned()),
            Source::Provided(provided) => provided,
        };
        loop {
            let now = clock();
            let fetch = match provided.look_up(now, &clock, limit)? {
                Lookup::Valid(credentials) => return Ok((credentials, now)),
                Lookup::Pending(fetch) => fetch,
            };
            // Without an outcome, the runtime of the fetch has shut down or is not running. The loop starts another fetch.
            let Some(outcome) = fetch.outcome().await else { continue };
            let credentials = outcome.map_err(Error::from)?;
            let now = clock();
            if is_expired(&credentials, now) {
                return Err(provided.provider.expired().into());
            }
            return Ok((credentials, now));
        }
    }
}

impl Provider {
    async fn provide(&self) -> Outcome {
        let failed = |error| {
            let message = format!("the {} provider failed; check its configuration", self.noun());
            Failure::new(message).with_shared_source(error)
        };
        let credentials = match self {
            Self::Process(process) => process.provide().await?,
            Self::Shared(provider) => {
                provider.provide_credentials().await.map_err(|error| failed(Arc::new(error)))?
            }
            Self::Token(provider) => {
                let token = provider.provide_token().await;
                let token = token.map_err(|error| failed(Arc::new(error)))?;
                bearer_token(token.token(), token.expiration())
            }
        };
        let problem = match (empty(&credentials), self) {
            (None, _) => return Ok(credentials),
            (Some(_), Self::Token(_)) => "an empty token".to_owned(),
            (Some(empty), _) => format!("credentials with an empty {empty}"),
        };
        let noun = self.noun();
        Err(Failure::new(format!(
            "the {noun} provider returned {problem}; check its configuration"
        )))
    }

    /// What it provides.
    fn noun(&self) -> &'static str {
        match self {
            Self::Shared(_) | Self::Process(_) => "credentials",
            Self::Token(_) => "bearer token",
        }
    }

    fn expired(&self) -> Failure {
        let expired = match self {
            Self::Shared(_) | Self::Process(_) => "credentials that have expired",
            Self::Token(_) => "a token that has expired",
        };
        Failure::new(format!(
            "the {} provider returned {expired}; check its configuration and this machine's clock",
            self.noun()
        ))
    }
}

/// A bearer token as the secret of credentials, so that it is cached, renewed and hidden as they are.
pub(crate) fn bearer_token(token: &str, expiry: Option<SystemTime>) -> Credentials {
    Credentials::new("bearer token", token, None, expiry, "bearer token")
}

impl Provided {
    /// Looks up the cached credentials at `now`. Starts a fetch if one is due and none is in progress.
    fn look_up(
        self: &Arc<Self>,
        now: SystemTime,
        clock: &(impl Fn() -> SystemTime + Clone + Send + Sync + 'static),
        limit: Duration,
    ) -> Result<Lookup, Error> {
        let mut state = self.state();
        let cached = state.cached.as_ref();
        let valid = cached.filter(|cached| !is_expired(&cached.credentials, now));
        if let Some(cached) = valid
            && now < cached.fetch_again
        {
            return Ok(Lookup::Valid(cached.credentials.clone()));
        }
        let valid = valid.map(|cached| cached.credentials.clone());
        let in_progress = state.fetch.as_ref().filter(|fetch| fetch.may_end(Instant::now()));
        if let Some(fetch) = in_progress {
            return Ok(valid.map_or_else(|| Lookup::Pending(fetch.clone()), Lookup::Valid));
        }
        let runtime = Handle::try_current().map_err(|error| no_runtime().with_source(error))?;
        state.started += 1;
        let (fetch, task) = Fetch::new(self, state.started, clock.clone(), limit);
        state.fetch = Some(fetch.clone());
        // A runtime that is shutting down drops the task immediately, which locks the state.
        drop(state);
        runtime.spawn(task.run());
        match valid {
            Some(credentials) => Ok(Lookup::Valid(credentials)),
            None if fetch.is_lost() => Err(no_runtime()),
            None => Ok(Lookup::Pending(fetch)),
        }
    }

    /// Stores the outcome of fetch `number`, which ended at `now`. Without an `outcome`, it was aborted.
    fn ended(&self, number: u64, outcome: Option<&Outcome>, now: SystemTime) {
        let mut state = self.state();
        // Another fetch may have replaced it.
        if state.fetch.as_ref().is_none_or(|fetch| fetch.number() != number) {
            return;
        }
        state.fetch = None;
        if let Some(Ok(credentials)) = outcome {
            let fetch_again = fetch_again(credentials, now);
            state.cached = Some(Cached { credentials: credentials.clone(), fetch_again });
        } else if let Some(cached) = &mut state.cached {
            let later = now + RETRY_AFTER_FAILURE;
            cached.fetch_again =
                cached.credentials.expiry().map_or(later, |expiry| expiry.min(later));
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // The state is valid even if a thread panicked while it held the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The time at which to replace `credentials` that were fetched at `now`.
fn fetch_again(credentials: &Credentials, now: SystemTime) -> SystemTime {
    match credentials.expiry() {
        // Short-lived credentials are still used for most of their lifetime.
        Some(expiry) => {
            let life = expiry.duration_since(now).unwrap_or(Duration::ZERO);
            expiry.checked_sub(REFRESH_BEFORE_EXPIRY.min(life / 10)).unwrap_or(expiry)
        }
        None => now + DEFAULT_LIFETIME,
    }
}

fn is_expired(credentials: &Credentials, now: SystemTime) -> bool {
    credentials.expiry().is_some_and(|expiry| expiry <= now)
}

fn check(credentials: &Credentials) -> Result<(), Error> {
    let Some(empty) = empty(credentials) else { return Ok(()) };
    let message = format!(
        "the {empty} is empty; set both halves of the key, or build the client with without_credentials()"
    );
    Err(Error::new(ErrorKind::Credentials, message))
}

/// The half of the key that is empty.
fn empty(credentials: &Credentials) -> Option<&'static str> {
    if credentials.access_key_id().is_empty() {
        Some("access key id")
    } else if credentials.secret_access_key().is_empty() {
        Some("secret access key")
    } else {
        None
    }
}

fn unsigned() -> Error {
    Error::new(
        ErrorKind::Credentials,
        "the client was built without credentials, but this operation must be signed; build the client with \
         credentials(…) or credentials_provider(…)",
    )
}

fn no_runtime() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "the call was made outside of a Tokio runtime, or in one that is shutting down; make it in a running \
         runtime, or use send_blocking()",
    )
}
