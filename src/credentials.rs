//! Where a client's credentials come from, and how long they are kept.

use std::sync::RwLock;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use tokio::sync::Mutex;

use crate::error::{Error, ErrorKind};

/// Credentials are fetched anew this long before they expire, so that none expires on its way.
const EARLY: Duration = Duration::from_mins(5);

/// How long a provider may take, as in the AWS SDKs.
const FETCH_TIMEOUT: Duration = Duration::from_secs(5);

/// How long credentials that are still good are used before a provider that failed is asked again.
const AFTER_FAILURE: Duration = Duration::from_secs(30);

/// How long credentials without an expiry are kept, as in the AWS SDKs.
const UNDATED: Duration = Duration::from_mins(15);

/// A provider with the credentials that it gave last. Many callers that find them stale wait for
/// one fetch.
pub(crate) struct CredentialsCache {
    provider: Provider,
    kept: RwLock<Option<Kept>>,
    fetching: Mutex<()>,
}

enum Provider {
    /// Given outright: nothing is waited for and nothing fetched.
    Given(Credentials),
    Shared(SharedCredentialsProvider),
}

#[derive(Clone)]
struct Kept {
    credentials: Credentials,
    fetch_again: SystemTime,
}

impl CredentialsCache {
    pub(crate) fn given(credentials: Credentials) -> Self {
        Self::of(Provider::Given(credentials))
    }

    pub(crate) fn provided(provider: SharedCredentialsProvider) -> Self {
        Self::of(Provider::Shared(provider))
    }

    fn of(provider: Provider) -> Self {
        Self { provider, kept: RwLock::new(None), fetching: Mutex::new(()) }
    }

    /// Credentials that are good at `now`.
    ///
    /// # Errors
    /// Where the provider has none, and none that it gave before are still good.
    pub(crate) async fn get(&self, now: SystemTime) -> Result<Credentials, Error> {
        let provider = match &self.provider {
            Provider::Given(credentials) => return Ok(credentials.clone()),
            Provider::Shared(provider) => provider,
        };
        if let Some(kept) = self.kept(now) {
            return Ok(kept);
        }
        let _one_fetch = match (self.fetching.try_lock(), self.unexpired(now)) {
            (Ok(guard), _) => guard,
            // Somebody is fetching, and what there is will do until then.
            (Err(_), Some(unexpired)) => return Ok(unexpired),
            (Err(_), None) => self.fetching.lock().await,
        };
        if let Some(kept) = self.kept(now) {
            return Ok(kept);
        }
        let fetched = tokio::time::timeout(FETCH_TIMEOUT, provider.provide_credentials()).await;
        let problem = match fetched {
            Ok(Ok(credentials)) => {
                self.keep(&credentials, now);
                return Ok(credentials);
            }
            Ok(Err(error)) => Error::new(
                ErrorKind::Credentials,
                "the credentials provider gave no credentials; check its configuration",
            )
            .with_source(error),
            Err(_) => Error::new(
                ErrorKind::Credentials,
                format!("the credentials provider gave no credentials within {FETCH_TIMEOUT:?}"),
            ),
        };
        match self.unexpired(now) {
            Some(credentials) => {
                self.keep_until(&credentials, now + AFTER_FAILURE);
                Ok(credentials)
            }
            None => Err(problem),
        }
    }

    fn keep(&self, credentials: &Credentials, now: SystemTime) {
        let fetch_again = match credentials.expiry() {
            // Those that are short-lived are kept for most of their life all the same.
            Some(expiry) => {
                let life = expiry.duration_since(now).unwrap_or_default();
                expiry.checked_sub(EARLY.min(life / 10)).unwrap_or(expiry)
            }
            None => now + UNDATED,
        };
        self.keep_until(credentials, fetch_again);
    }

    fn keep_until(&self, credentials: &Credentials, fetch_again: SystemTime) {
        let kept = Kept { credentials: credentials.clone(), fetch_again };
        *self.kept.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(kept);
    }

    fn kept(&self, now: SystemTime) -> Option<Credentials> {
        self.peek(|kept| now < kept.fetch_again)
    }

    /// What was given before, if it can still be used while the provider is out of order.
    fn unexpired(&self, now: SystemTime) -> Option<Credentials> {
        self.peek(|kept| kept.credentials.expiry().is_none_or(|expiry| now < expiry))
    }

    fn peek(&self, good: impl FnOnce(&Kept) -> bool) -> Option<Credentials> {
        let kept = self.kept.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.as_ref().filter(|kept| good(kept)).map(|kept| kept.credentials.clone())
    }
}
