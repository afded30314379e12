//! Faults for which the client receives a broken response or none.

use std::error::Error as _;
use std::io::ErrorKind;
use std::time::Duration;

use local_iam::{Fault, LocalIam};

use crate::client::{Client, start};

/// The kind of the I/O error that caused an error of the client.
fn io_kind(error: &reqwest::Error) -> Option<ErrorKind> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            return Some(io.kind());
        }
        source = error.source();
    }
    None
}

async fn create_user(client: &Client, name: &str) -> Result<u16, reqwest::Error> {
    client.try_call("CreateUser", &[("UserName", name)]).await.map(|response| response.status)
}

#[tokio::test]
async fn after_a_reset_before_processing_the_operation_has_not_run() {
    for fault in [
        Fault::reset_before_read(),
        Fault::reset_before_read().on("CreateUser"),
        Fault::reset_before_processing(),
    ] {
        let (iam, client) = start().await;
        iam.inject(fault);
        let error = create_user(&client, "alice").await.unwrap_err();
        assert_eq!(io_kind(&error), Some(ErrorKind::ConnectionReset), "{error:?}");
        assert!(iam.devices_of("alice").is_err());
        assert_eq!(create_user(&client, "alice").await.unwrap(), 200);
    }
}

#[tokio::test]
async fn an_unread_request_is_not_recorded() {
    let (iam, client) = start().await;
    iam.inject(Fault::reset_before_read());
    create_user(&client, "alice").await.unwrap_err();
    assert!(iam.requests().is_empty());
    iam.inject(Fault::reset_before_processing());
    create_user(&client, "alice").await.unwrap_err();
    let requests = iam.requests();
    assert_eq!((requests.len(), requests[0].status()), (1, None));
}

#[tokio::test]
async fn after_a_reset_after_processing_the_operation_has_run() {
    let (iam, client) = start().await;
    iam.inject(Fault::reset_after_processing());
    let error = create_user(&client, "alice").await.unwrap_err();
    assert_eq!(io_kind(&error), Some(ErrorKind::ConnectionReset), "{error:?}");
    assert!(iam.devices_of("alice").is_ok());
    let executions = iam.executions("CreateUser");
    assert_eq!((executions[0].times(), executions[0].succeeded()), (1, 1));
}

#[tokio::test]
async fn an_idle_connection_does_not_consume_a_fault() {
    let (iam, client) = start().await;
    let address = iam.endpoint_url().strip_prefix("http://").unwrap();
    iam.inject(Fault::reset_before_read());
    drop(tokio::net::TcpStream::connect(address).await.unwrap());
    let _idle = tokio::net::TcpStream::connect(address).await.unwrap();
    create_user(&client, "alice").await.unwrap_err();
    assert_eq!(create_user(&client, "alice").await.unwrap(), 200);
}

#[tokio::test]
async fn a_truncated_body_is_an_error_of_the_client() {
    let (iam, client) = start().await;
    iam.inject(Fault::truncated_body());
    let error = create_user(&client, "alice").await.unwrap_err();
    assert!(error.is_body() || error.is_decode(), "{error:?}");
    assert!(iam.devices_of("alice").is_ok());
    client.ok("GetUser", &[]).await;
}

#[tokio::test]
async fn a_wrong_content_length_truncates_the_document() {
    let (iam, client) = start().await;
    iam.inject(Fault::wrong_content_length());
    // A client reads as many bytes as the header says, which is half of the document.
    let response = client.call("GetUser", &[]).await;
    assert_eq!(response.status, 200);
    assert!(!response.body.contains("</GetUserResponse>"), "{}", response.body);
    client.ok("GetUser", &[]).await;
}

#[tokio::test]
async fn an_endless_body_does_not_end() {
    let (iam, client) = start().await;
    iam.inject(Fault::endless_body());
    let request = client.request("GetUser", &[]);
    let mut response = client.http.execute(request).await.unwrap();
    let mut read = 0;
    while read < 1024 * 1024 {
        read += response.chunk().await.unwrap().unwrap().len();
    }
    drop(response);
    client.ok("GetUser", &[]).await;
}

#[tokio::test]
async fn a_stalled_request_times_out() {
    let (iam, client) = start().await;
    iam.inject(Fault::stall());
    let mut request = client.request("CreateUser", &[("UserName", "alice")]);
    *request.timeout_mut() = Some(Duration::from_millis(50));
    let error = client.http.execute(request).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(iam.devices_of("alice").is_err());
    assert_eq!(iam.requests()[0].status(), None);
    client.ok("GetUser", &[]).await;
}

/// The results of 60 requests with random faults: a status, or `None` for a broken response.
async fn run_with_random_faults(seed: u64, probability: f64) -> (LocalIam, Vec<Option<u16>>) {
    let (iam, client) = start().await;
    iam.inject_random(seed, probability);
    let mut statuses = Vec::new();
    for _ in 0..60 {
        // A new client for each request: if a pooled connection was reset, the HTTP client would
        // repeat the request on another connection, and the test would not see it.
        let client =
            Client { http: Client::of(&iam).http, url: client.url.clone(), ..Client::of(&iam) };
        statuses.push(client.try_call("GetUser", &[]).await.ok().map(|response| response.status));
    }
    (iam, statuses)
}

#[tokio::test]
async fn random_faults_are_reproducible() {
    let (iam, statuses) = run_with_random_faults(7, 0.5).await;
    assert!(
        statuses.contains(&None) && statuses.contains(&Some(200)) && statuses.contains(&Some(503)),
        "{statuses:?}"
    );
    assert_eq!(run_with_random_faults(7, 0.5).await.1, statuses);
    assert_ne!(run_with_random_faults(8, 0.5).await.1, statuses);
    iam.clear_faults();
    Client::of(&iam).ok("GetUser", &[]).await;
    for (probability, always_fails) in [(0.0, false), (f64::NAN, false), (1.0, true), (5.0, true)] {
        let (_iam, statuses) = run_with_random_faults(1, probability).await;
        assert_eq!(statuses.iter().all(|status| *status != Some(200)), always_fails);
    }
}
