//! Where a client's credentials come from, and how long they are kept.

use std::sync::RwLock;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use tokio::sync::Mutex;

use crate::error::{Error, ErrorKind};

/// Credentials are fetched anew this long before they expire, so that none expires on its way.
const EARLY: Duration = Duration::from_mins(5);

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
        let _one_fetch = self.fetching.lock().await;
        if let Some(kept) = self.kept(now) {
            return Ok(kept);
        }
        match provider.provide_credentials().await {
            Ok(credentials) => {
                self.keep(&credentials, now);
                Ok(credentials)
            }
            Err(error) => self.unexpired(now).ok_or_else(|| {
                Error::new(
                    ErrorKind::Credentials,
                    "the credentials provider gave no credentials; check its configuration",
                )
                .with_source(error)
            }),
        }
    }

    fn keep(&self, credentials: &Credentials, now: SystemTime) {
        let fetch_again = match credentials.expiry() {
            Some(expiry) => expiry.checked_sub(EARLY).unwrap_or(expiry),
            None => now + UNDATED,
        };
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
