//! What a single request sets differently from its client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use local_iam::{Fault, LocalIam};
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::credential_types::Credentials;
use pagesmith::credential_types::provider::{ProvideCredentials, future};
use pagesmith::{Client, Error, ErrorKind, Retry};

use crate::world::client;

async fn iam_with_alice() -> LocalIam {
    let iam = LocalIam::start().await.unwrap();
    iam.create_user("alice").unwrap();
    iam
}

#[tokio::test]
async fn a_request_has_a_limit_of_its_own() {
    let iam = iam_with_alice().await;
    iam.inject(Fault::stall().times(99));
    let client = client(&iam).attempt_timeout(None).call_timeout(None).build().unwrap();
    let request = mfa_devices(&client).list().timeout(Duration::from_millis(20));
    let sent = [
        request.clone().send().await.map(drop),
        request.clone().rows().collect().await.map(drop),
        request.pages().try_next().await.map(drop),
    ];
    for result in sent {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.message().contains("20ms"), "{error}");
    }
}

/// The client's limit would be over before anything could be sent.
#[tokio::test]
async fn a_request_may_have_no_limit() {
    let iam = iam_with_alice().await;
    let client = client(&iam).call_timeout(Duration::ZERO).build().unwrap();
    let devices = mfa_devices(&client);
    assert_eq!(devices.list().send().await.unwrap_err().kind(), ErrorKind::Timeout);
    devices.list().timeout(None).send().await.unwrap();
}

#[tokio::test]
async fn a_request_is_tried_as_often_as_it_says() {
    let iam = iam_with_alice().await;
    iam.inject(Fault::throttle().times(99));
    let client = client(&iam).build().unwrap();
    for (retry, expected) in
        [(None, 3), (Some(Retry::never()), 1), (Some(Retry::standard().max_attempts(5)), 5)]
    {
        iam.clear_requests();
        let request = mfa_devices(&client).list();
        let request = match retry {
            Some(retry) => request.retry(retry.first_pause(Duration::ZERO)),
            None => request,
        };
        let error = request.send().await.unwrap_err();
        assert_eq!((error.attempts(), iam.requests().len()), (expected, expected as usize));
    }
}

/// A client that has other keys, and one that has none.
fn clients_of_others(iam: &LocalIam) -> [Client; 2] {
    let wrong = client(iam).credentials("AKIDOTHER", "another secret", None);
    [wrong, client(iam).without_credentials()].map(|builder| builder.build().unwrap())
}

#[tokio::test]
async fn a_request_is_signed_with_keys_of_its_own() {
    let iam = iam_with_alice().await;
    for client in clients_of_others(&iam) {
        let request = mfa_devices(&client).list();
        request.clone().send().await.unwrap_err();
        let request = request.credentials(iam.access_key_id(), iam.secret_access_key(), None);
        request.clone().send().await.unwrap();
        request.rows().collect().await.unwrap();
    }
}

#[derive(Debug)]
struct Counting(Credentials, Arc<AtomicUsize>);

impl ProvideCredentials for Counting {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.1.fetch_add(1, Ordering::SeqCst);
        future::ProvideCredentials::ready(Ok(self.0.clone()))
    }
}

/// Clones, and the pages of a listing, share what the provider gave.
#[tokio::test]
async fn a_request_is_signed_with_what_its_provider_gives() {
    let iam = iam_with_alice().await;
    for client in clients_of_others(&iam) {
        let asked = Arc::<AtomicUsize>::default();
        let keys =
            Credentials::new(iam.access_key_id(), iam.secret_access_key(), None, None, "test");
        let request =
            mfa_devices(&client).list().credentials_provider(Counting(keys, asked.clone()));
        request.clone().send().await.unwrap();
        request.clone().rows().collect().await.unwrap();
        request.send().await.unwrap();
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }
}

/// The endpoint recomputes the signature from what it received.
#[tokio::test]
async fn a_further_header_is_sent_and_signed() {
    let iam = iam_with_alice().await;
    let client = client(&iam).build().unwrap();
    let request = mfa_devices(&client)
        .list()
        .header("X-Team", "overwritten")
        .header("accept-language", "  de,  en ")
        .header("x-team", "storage");
    request.clone().send().await.unwrap();
    request.rows().collect().await.unwrap();
    assert_eq!(iam.requests().len(), 2);
    for request in iam.requests() {
        assert_eq!(request.header("x-team"), Some("storage"));
        let signed = request.header("authorization").unwrap();
        let names = "SignedHeaders=accept-language;content-type;host;x-amz-date;x-team,";
        assert!(signed.contains(names), "{signed}");
    }
}

async fn with_header(client: &Client, name: &str, value: &str) -> Error {
    mfa_devices(client).list().header(name, value).send().await.unwrap_err()
}

#[tokio::test]
async fn a_header_that_is_not_the_callers_is_refused() {
    let iam = iam_with_alice().await;
    let client = client(&iam).build().unwrap();
    for name in [
        "authorization",
        "Authorization",
        "host",
        "x-amz-date",
        "X-Amz-Security-Token",
        "x-amz-meta",
        "content-type",
        "content-length",
        "user-agent",
        "transfer-encoding",
        "connection",
    ] {
        let error = with_header(&client, name, "a value").await;
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.message().contains(&name.to_lowercase()), "{error}");
        assert!(!error.may_have_been_sent());
    }
    for name in ["", "two words", "colon:", "größe"] {
        assert_eq!(with_header(&client, name, "a value").await.kind(), ErrorKind::Input);
    }
    for value in ["line\nbreak", "null\0", "größe"] {
        let error = with_header(&client, "x-team", value).await;
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(!format!("{error}{error:?}").contains(value), "the value may be a secret");
    }
    assert!(iam.requests().is_empty());
}

/// A value may be a token, and the keys are secrets.
#[test]
fn nothing_that_a_request_sets_is_shown() {
    let client = Client::builder("us-east-1").credentials("AKID", "s", None).build().unwrap();
    let request = mfa_devices(&client)
        .list()
        .user_name("alice")
        .credentials("AKIDOTHER", "the secret key", Some("the token".to_owned()))
        .header("x-token", "the header");
    let shown = format!("{request:?} {request:#?}");
    assert!(shown.contains("alice") && !shown.contains("the "), "{shown}");
}
