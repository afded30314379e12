//! Credentials that expire, and providers that fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use local_iam::LocalIam;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::credential_types::Credentials;
use pagesmith::credential_types::provider::error::CredentialsError;
use pagesmith::credential_types::provider::{ProvideCredentials, future};
use pagesmith::{Client, ErrorKind};

/// A provider of the endpoint's keys, valid for an hour, that counts its calls.
#[derive(Clone, Debug)]
struct Provider {
    keys: [String; 2],
    now: Now,
    fetched: Arc<AtomicUsize>,
    is_down: Arc<AtomicBool>,
}

/// A clock that a test advances.
#[derive(Clone, Debug, Default)]
struct Now(Arc<AtomicU64>);

impl Now {
    fn get(&self) -> SystemTime {
        SystemTime::now() + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    fn advance(&self, minutes: u64) {
        self.0.fetch_add(minutes * 60, Ordering::Relaxed);
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async move {
            // This is long enough for all other calls to start waiting.
            tokio::time::sleep(Duration::from_millis(5)).await;
            self.fetched.fetch_add(1, Ordering::Relaxed);
            if self.is_down.load(Ordering::Relaxed) {
                return Err(CredentialsError::provider_error("the provider is down"));
            }
            let [id, secret] = &self.keys;
            let expiry = self.now.get() + Duration::from_hours(1);
            Ok(Credentials::new(id, secret, None, Some(expiry), "test"))
        })
    }
}

async fn world() -> (LocalIam, Provider, Client) {
    let now = Now::default();
    let clock = now.clone();
    let iam = LocalIam::builder().clock(move || clock.get()).start().await.unwrap();
    iam.create_user("alice").unwrap();
    let provider = Provider {
        keys: [iam.access_key_id().to_owned(), iam.secret_access_key().to_owned()],
        now: now.clone(),
        fetched: Arc::default(),
        is_down: Arc::default(),
    };
    let client = Client::builder("us-east-1")
        .credentials_provider(provider.clone())
        .endpoint_url(iam.endpoint_url())
        .clock(move || now.get())
        .build()
        .unwrap();
    (iam, provider, client)
}

#[tokio::test]
async fn many_callers_wait_for_one_fetch() {
    let (_iam, provider, client) = world().await;
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let call = mfa_devices(&client).list().user_name("alice");
            tokio::spawn(call.send())
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(provider.fetched.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn credentials_are_fetched_again_shortly_before_they_expire() {
    let (_iam, provider, client) = world().await;
    let call = || mfa_devices(&client).list().user_name("alice").send();
    call().await.unwrap();
    provider.now.advance(54);
    call().await.unwrap();
    assert_eq!(provider.fetched.load(Ordering::Relaxed), 1);
    provider.now.advance(2);
    call().await.unwrap();
    // The fetch runs in the background, because the cached credentials are still valid.
    while provider.fetched.load(Ordering::Relaxed) < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_failing_provider_is_ignored_while_the_cached_credentials_are_valid() {
    let (_iam, provider, client) = world().await;
    let call = || mfa_devices(&client).list().user_name("alice").send();
    call().await.unwrap();
    provider.is_down.store(true, Ordering::Relaxed);
    provider.now.advance(58);
    call().await.unwrap();
    provider.now.advance(3);
    let error = call().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(!error.may_have_been_sent());
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(!error.to_string().contains(&source), "{error} repeats {source}");
}

#[tokio::test]
async fn keys_that_are_invalid_in_a_header_are_an_error_that_does_not_show_them() {
    let client = Client::builder("us-east-1")
        .credentials("AKID", "secret", Some("tok\nen-of-mine".to_owned()))
        .endpoint_url("http://127.0.0.1:9")
        .build()
        .unwrap();
    let error = mfa_devices(&client).list().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("en-of-mine"), "{shown}");
}
