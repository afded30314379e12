//! Settings of a single request that differ from those of its client.

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
async fn a_request_can_set_its_time_limit() {
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

/// The client's limit would pass before anything could be sent.
#[tokio::test]
async fn a_request_can_remove_the_time_limit() {
    let iam = iam_with_alice().await;
    let client = client(&iam).call_timeout(Duration::ZERO).build().unwrap();
    let devices = mfa_devices(&client);
    assert_eq!(devices.list().send().await.unwrap_err().kind(), ErrorKind::Timeout);
    devices.list().timeout(None).send().await.unwrap();
}

#[tokio::test]
async fn a_request_can_set_its_number_of_attempts() {
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

/// A client with wrong keys, and a client without keys.
fn clients_without_valid_keys(iam: &LocalIam) -> [Client; 2] {
    let wrong = client(iam).credentials("AKIDOTHER", "another secret", None);
    [wrong, client(iam).without_credentials()].map(|builder| builder.build().unwrap())
}

#[tokio::test]
async fn a_request_can_set_its_keys() {
    let iam = iam_with_alice().await;
    for client in clients_without_valid_keys(&iam) {
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

/// Clones of a request and the pages of a listing share the credentials of the provider.
#[tokio::test]
async fn a_request_can_set_its_credentials_provider() {
    let iam = iam_with_alice().await;
    for client in clients_without_valid_keys(&iam) {
        let calls = Arc::<AtomicUsize>::default();
        let keys =
            Credentials::new(iam.access_key_id(), iam.secret_access_key(), None, None, "test");
        let request =
            mfa_devices(&client).list().credentials_provider(Counting(keys, calls.clone()));
        request.clone().send().await.unwrap();
        request.clone().rows().collect().await.unwrap();
        request.send().await.unwrap();
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }
}

/// The endpoint verifies the signature of the received headers.
#[tokio::test]
async fn an_additional_header_is_sent_and_signed() {
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
async fn a_reserved_or_invalid_header_is_an_error() {
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

/// A header's value may be a token, and the keys are secrets.
#[test]
fn debug_does_not_show_keys_and_headers() {
    let client = Client::builder("us-east-1").credentials("AKID", "s", None).build().unwrap();
    let request = mfa_devices(&client)
        .list()
        .user_name("alice")
        .credentials("AKIDOTHER", "the secret key", Some("the token".to_owned()))
        .header("x-token", "the header");
    let shown = format!("{request:?} {request:#?}");
    assert!(shown.contains("alice") && !shown.contains("the "), "{shown}");
}
