//! Starting, stopping, and plain HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;

use local_iam::LocalIam;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::client::{Client, start};

fn address(iam: &LocalIam) -> String {
    iam.endpoint_url().strip_prefix("http://").unwrap().to_owned()
}

/// Writes to a plain socket, and returns everything until the endpoint closes it.
async fn talk(iam: &LocalIam, request: &str) -> String {
    let mut stream = tokio::net::TcpStream::connect(address(iam)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn stopping_closes_the_port_and_the_connections() {
    let (iam, client) = start().await;
    client.ok("GetUser", &[]).await;
    let mut idle = tokio::net::TcpStream::connect(address(&iam)).await.unwrap();
    let address = address(&iam);
    iam.stop().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    assert!(!matches!(idle.read(&mut [0]).await, Ok(count) if count > 0));
    assert!(client.try_call("GetUser", &[]).await.is_err());
}

#[test]
fn blocking_code_needs_no_runtime() {
    let iam = LocalIam::start_blocking().unwrap();
    let mut stream = TcpStream::connect(address(&iam)).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 403 Forbidden\r\n"), "{answer}");
    assert!(answer.contains("<Code>MissingAuthenticationToken</Code>"), "{answer}");
    let address = address(&iam);
    drop(iam);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn outside_a_runtime_it_cannot_be_started() {
    let mut starting = std::pin::pin!(LocalIam::start());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(started) = starting.as_mut().poll(&mut context) else {
        panic!("it waits")
    };
    let error = started.unwrap_err();
    assert!(matches!(error, local_iam::Error::Start(_)));
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn a_bad_caller_is_refused_at_the_start() {
    let started = LocalIam::builder().caller("not a name").start().await;
    assert!(matches!(started, Err(local_iam::Error::Refused(_))));
}

#[tokio::test]
async fn endpoints_do_not_share_anything() {
    let (one, of_one) = start().await;
    let (other, _) = start().await;
    one.create_user("alice").unwrap();
    assert!(other.devices_of("alice").is_err());
    assert_ne!(one.access_key_id(), other.access_key_id());
    assert_ne!(one.secret_access_key(), other.secret_access_key());
    let lost = Client { url: format!("{}/", other.endpoint_url()), ..of_one };
    lost.refused("GetUser", &[], 403, "InvalidClientTokenId").await;
}

#[tokio::test]
async fn connections_are_kept_and_pipelined_requests_answered() {
    let (iam, _client) = start().await;
    let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    let last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answers = talk(&iam, &[request, request, last].concat()).await;
    assert_eq!(answers.matches("HTTP/1.1 403").count(), 3);
}

#[tokio::test]
async fn what_is_not_http_is_turned_away() {
    let (iam, _client) = start().await;
    let endless_head = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(64 * 1024));
    for (request, status) in [
        ("nonsense\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "411"),
        ("POST / HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\n", "413"),
        (&endless_head, "431"),
    ] {
        let answer = talk(&iam, request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    }
    assert!(iam.requests().is_empty());
}
