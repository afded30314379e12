//! Which bodies are sent again.

use std::time::SystemTime;

use pagesmith_runtime::{ByteStream, ErrorKind, Retry};

use crate::objects::xml;
use crate::server::{Server, Step, response};
use crate::transfers::{TemporaryFile, ok};
use crate::{builder, client};

fn unavailable() -> Vec<u8> {
    response(503, &[], b"<Error><Code>SlowDown</Code><Message>later</Message></Error>")
}

/// A server that throttles the first request.
async fn throttling() -> Server {
    Server::start(|number| {
        vec![Step::Write(if number == 0 { unavailable() } else { response(200, &[], b"") })]
    })
    .await
}

fn replaying() -> Retry {
    Retry::standard().first_pause(std::time::Duration::ZERO).replay_lost_responses(true)
}

#[tokio::test]
async fn a_stream_is_not_sent_again() {
    let server = throttling().await;
    let client = client(&server.url);
    let error = xml::put(&client, ok(&["one"])).retry(replaying()).send().await.unwrap_err();
    assert_eq!(error.code(), Some("SlowDown"));
    assert_eq!(
        error.message(),
        "later; the call was not tried again, because its body is a stream, which can be sent only once"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_note_is_only_about_errors_that_may_be_retried() {
    let denied = b"<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
    let server = Server::always(response(403, &[], denied)).await;
    let error = xml::put(&client(&server.url), ok(&["one"])).send().await.unwrap_err();
    assert_eq!(error.message(), "no");
}

#[tokio::test]
async fn a_request_is_sent_once_with_a_stream() {
    let server = Server::always(response(200, &[], b"")).await;
    let request = xml::put(&client(&server.url), ok(&["one"]));
    request.clone().send().await.unwrap();
    let error = request.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(!error.may_have_been_sent());
    assert!(format!("{error:?}").contains("has already been read or sent"), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn bytes_and_files_are_sent_again_from_their_start() {
    let content = vec![b'x'; 300_000];
    let file = TemporaryFile::new(&content);
    for body in [ByteStream::from(content.clone()), ByteStream::from_path(&file.0)] {
        let server = throttling().await;
        xml::put(&client(&server.url), body).retry(replaying()).send().await.unwrap();
        let bodies: Vec<_> = server.requests().into_iter().map(|it| it.body).collect();
        assert!(bodies == [&content[..], &content[..]]);
    }
}

#[tokio::test]
async fn a_stream_that_was_not_sent_can_be_sent_later() {
    // Nothing listens on the port of a listener that was dropped.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let body = ok(&["one"]).with_length(3);
    let nowhere = builder(&format!("http://{closed}")).build().unwrap();
    let error = xml::put(&nowhere, body.clone()).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert_eq!(error.attempts(), 3);
    let server = Server::always(response(200, &[], b"")).await;
    xml::put(&client(&server.url), body).send().await.unwrap();
    assert_eq!(server.requests()[0].body, b"one");
}

#[tokio::test]
async fn a_lost_response_to_a_request_without_a_body_may_have_been_carried_out() {
    let server = Server::start(|_| vec![Step::Reset]).await;
    let error = xml::delete(&client(&server.url)).send().await.unwrap_err();
    assert!(error.may_have_been_sent());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_signed_file_is_hashed_and_a_signed_stream_is_refused() {
    let server = Server::always(response(200, &[], b"")).await;
    let client = builder(&server.url).clock(|| SystemTime::UNIX_EPOCH).build().unwrap();
    let file = TemporaryFile::new(b"content");
    xml::put_signed(&client, "content").send().await.unwrap();
    xml::put_signed(&client, ByteStream::from_path(&file.0)).send().await.unwrap();
    let requests = server.requests();
    assert!(requests[0].header("authorization").is_some());
    assert_eq!(requests[0].header("authorization"), requests[1].header("authorization"));
    assert_eq!(requests[1].body, b"content");
    let error = xml::put_signed(&client, ok(&["one"])).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(error.message().contains("pass bytes or a file"), "{error}");
    assert_eq!(server.requests().len(), 2);
}
