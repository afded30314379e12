//! Faults that a client meets as a broken connection or as no answer.

use std::error::Error as _;
use std::io::ErrorKind;
use std::time::Duration;

use local_iam::{Fault, LocalIam};

use crate::client::{Client, start};

/// The kind of the input or output error beneath an error of the client.
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
    client.try_call("CreateUser", &[("UserName", name)]).await.map(|answer| answer.status)
}

#[tokio::test]
async fn resets_before_the_operation_ran() {
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
async fn what_was_not_read_is_not_recorded() {
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
async fn a_reset_after_the_operation_ran() {
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
async fn a_body_that_breaks_off() {
    let (iam, client) = start().await;
    iam.inject(Fault::truncated_body());
    let error = create_user(&client, "alice").await.unwrap_err();
    assert!(error.is_body() || error.is_decode(), "{error:?}");
    assert!(iam.devices_of("alice").is_ok());
    client.ok("GetUser", &[]).await;
}

#[tokio::test]
async fn a_length_that_lies() {
    let (iam, client) = start().await;
    iam.inject(Fault::wrong_content_length());
    // A client reads what the length tells, and finds half a document.
    let answer = client.call("GetUser", &[]).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.body.contains("</GetUserResponse>"), "{}", answer.body);
    client.ok("GetUser", &[]).await;
}

#[tokio::test]
async fn a_body_without_end() {
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
async fn no_answer_at_all() {
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

/// What a client meets in a run under faults by chance: a status, or nothing for a broken answer.
async fn run_under_chance(seed: u64, probability: f64) -> (LocalIam, Vec<Option<u16>>) {
    let (iam, client) = start().await;
    iam.inject_random(seed, probability);
    let mut met = Vec::new();
    for _ in 0..60 {
        // A client of its own for each request, since a pooled connection that was reset would
        // be replaced, and the request repeated, behind the test's back.
        let client =
            Client { http: Client::of(&iam).http, url: client.url.clone(), ..Client::of(&iam) };
        met.push(client.try_call("GetUser", &[]).await.ok().map(|answer| answer.status));
    }
    (iam, met)
}

#[tokio::test]
async fn faults_by_chance_are_reproducible() {
    let (iam, met) = run_under_chance(7, 0.5).await;
    assert!(met.contains(&None) && met.contains(&Some(200)) && met.contains(&Some(503)), "{met:?}");
    assert_eq!(run_under_chance(7, 0.5).await.1, met);
    assert_ne!(run_under_chance(8, 0.5).await.1, met);
    iam.clear_faults();
    Client::of(&iam).ok("GetUser", &[]).await;
    for (probability, struck) in [(0.0, false), (f64::NAN, false), (1.0, true), (5.0, true)] {
        let (_iam, met) = run_under_chance(1, probability).await;
        assert_eq!(met.iter().all(|status| *status != Some(200)), struck);
    }
}
