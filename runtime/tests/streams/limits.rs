//! Time limits.

use std::time::Duration;

use pagesmith_runtime::{ByteStream, ErrorKind};

use crate::builder;
use crate::objects::xml;
use crate::server::{Server, Step, head, response};

/// A limit that passes in a test.
const SHORT: Duration = Duration::from_millis(100);

#[tokio::test]
async fn a_response_that_stalls_is_an_error_after_its_chunks() {
    let server = Server::start(|_| {
        vec![Step::Write(head(200, &[], 100)), Step::Write(b"part".to_vec()), Step::Stall]
    })
    .await;
    let client = builder(&server.url).stall_timeout(SHORT).build().unwrap();
    let mut body = xml::get(&client).send().await.unwrap().body;
    assert_eq!(&body.next().await.unwrap().unwrap()[..], b"part");
    let error = body.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message().contains("stall_timeout"), "{error}");
    assert!(body.next().await.is_none());
}

#[tokio::test]
async fn the_limits_of_attempt_and_call_end_with_the_head() {
    let server = Server::start(|_| {
        let mut steps = vec![Step::Write(head(200, &[], 40))];
        for _ in 0..10 {
            steps.extend([Step::Wait(40), Step::Write(b"part".to_vec())]);
        }
        steps
    })
    .await;
    let limit = Duration::from_millis(300);
    let client = builder(&server.url).attempt_timeout(limit).call_timeout(limit).build().unwrap();
    let body = xml::get(&client).send().await.unwrap().body;
    assert_eq!(body.collect().await.unwrap().len(), 40);
}

#[tokio::test]
async fn the_head_of_a_response_is_limited() {
    let server = Server::start(|_| vec![Step::Stall]).await;
    let client = builder(&server.url).attempt_timeout(SHORT).build().unwrap();
    let error = xml::put(&client, crate::transfers::ok(&["one"])).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message().contains("attempt_timeout"), "{error}");
    let client = builder(&server.url).call_timeout(SHORT).build().unwrap();
    let error = xml::get(&client).send().await.unwrap_err();
    assert!(error.message().contains("call_timeout"), "{error}");
}

/// A stream of `count` chunks, each after a pause.
fn slow(count: usize) -> ByteStream {
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        for _ in 0..count {
            tokio::time::sleep(Duration::from_millis(40)).await;
            if sender.send(Ok::<_, std::io::Error>("part")).await.is_err() {
                return;
            }
        }
    });
    ByteStream::from_stream(Received(receiver))
}

struct Received(tokio::sync::mpsc::Receiver<Result<&'static str, std::io::Error>>);

impl futures_core::Stream for Received {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

#[tokio::test]
async fn the_limit_of_an_attempt_does_not_hold_while_a_body_is_sent() {
    let server = Server::always(response(200, &[], b"")).await;
    let client = builder(&server.url).attempt_timeout(Duration::from_millis(300)).build().unwrap();
    xml::put(&client, slow(10)).send().await.unwrap();
    assert_eq!(server.requests()[0].body.len(), 40);
}

#[tokio::test]
async fn a_request_that_stalls_is_an_error() {
    let server = Server::always(response(200, &[], b"")).await;
    let client = builder(&server.url).stall_timeout(SHORT).build().unwrap();
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    sender.send(Ok("part")).await.unwrap();
    let body = ByteStream::from_stream(Received(receiver));
    let error = xml::put(&client, body).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.may_have_been_sent());
    assert!(error.message().contains("stall_timeout"), "{error}");
    drop(sender);
}
