//! Starting and stopping, and malformed HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;

use local_iam::LocalIam;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::client::{Client, start};

fn address(iam: &LocalIam) -> String {
    iam.endpoint_url().strip_prefix("http://").unwrap().to_owned()
}

/// Writes to a socket, and returns all that it receives until the endpoint closes it.
async fn talk(iam: &LocalIam, request: &str) -> String {
    let mut stream = tokio::net::TcpStream::connect(address(iam)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
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
fn a_blocking_endpoint_needs_no_runtime() {
    let iam = LocalIam::start_blocking().unwrap();
    let mut stream = TcpStream::connect(address(&iam)).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 403 Forbidden\r\n"), "{response}");
    assert!(response.contains("<Code>MissingAuthenticationToken</Code>"), "{response}");
    let address = address(&iam);
    drop(iam);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn starting_outside_a_runtime_is_an_error() {
    let mut starting = std::pin::pin!(LocalIam::start());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(started) = starting.as_mut().poll(&mut context) else {
        panic!("`start` must not wait outside a runtime")
    };
    let error = started.unwrap_err();
    assert!(matches!(error, local_iam::Error::Start(_)));
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn an_invalid_name_of_the_caller_is_an_error() {
    let started = LocalIam::builder().caller("not a name").start().await;
    assert!(matches!(started, Err(local_iam::Error::Refused(_))));
}

#[tokio::test]
async fn endpoints_do_not_share_state() {
    let (one, of_one) = start().await;
    let (other, _) = start().await;
    one.create_user("alice").unwrap();
    assert!(other.devices_of("alice").is_err());
    assert_ne!(one.access_key_id(), other.access_key_id());
    assert_ne!(one.secret_access_key(), other.secret_access_key());
    let misdirected = Client { url: format!("{}/", other.endpoint_url()), ..of_one };
    misdirected.refused("GetUser", &[], 403, "InvalidClientTokenId").await;
}

#[tokio::test]
async fn connections_are_kept_open_and_pipelining_works() {
    let (iam, _client) = start().await;
    let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    let last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let responses = talk(&iam, &[request, request, last].concat()).await;
    assert_eq!(responses.matches("HTTP/1.1 403").count(), 3);
}

#[tokio::test]
async fn invalid_http_is_refused() {
    let (iam, _client) = start().await;
    let endless_head = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(64 * 1024));
    for (request, status) in [
        ("nonsense\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "411"),
        ("POST / HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\n", "413"),
        (&endless_head, "431"),
    ] {
        let response = talk(&iam, request).await;
        assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{response}");
    }
    assert!(iam.requests().is_empty());
}
