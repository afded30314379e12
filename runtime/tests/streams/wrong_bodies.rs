//! Bodies that do not arrive as a whole.

use pagesmith_runtime::{ByteStream, ErrorKind};

use crate::client;
use crate::objects::xml;
use crate::server::{Server, Step, head, response};
use crate::transfers::{chunks, ok};

#[tokio::test]
async fn a_stream_of_another_length_is_an_error() {
    let server = Server::always(response(200, &[], b"")).await;
    let client = client(&server.url);
    for (body, compared) in [
        (ok(&["one", "two"]).with_length(7), "fewer"),
        (ok(&["one", "two"]).with_length(5), "more"),
        // The HTTP client does not ask for more than the length.
        (ok(&["one", "two"]).with_length(3), "more"),
        (ok(&[]).with_length(1), "fewer"),
    ] {
        let error = xml::put(&client, body).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input, "{error:?}");
        let text = format!("{error:?}");
        assert!(text.contains(&format!("the body has {compared} bytes than its length")), "{text}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_error_of_a_stream_is_the_source() {
    let server = Server::always(response(200, &[], b"")).await;
    let broken = ByteStream::from_stream(chunks(vec![Ok("one"), Err("the disk is on fire")]));
    let error = xml::put(&client(&server.url), broken).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(error.may_have_been_sent());
    assert!(format!("{error:?}").ends_with("caused by: the disk is on fire"), "{error:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_an_error() {
    let server = Server::always(response(200, &[], b"")).await;
    let missing = ByteStream::from_path("/no/such/file");
    let error = xml::put(&client(&server.url), missing).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(!error.may_have_been_sent());
    assert!(format!("{error:?}").contains("cannot read the file /no/such/file: "), "{error:?}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_response_that_ends_early_is_an_error_after_its_chunks() {
    for last in [Step::Close, Step::Reset] {
        let server = Server::start(move |_| {
            let head = head(200, &[("x-amz-request-id", "the-id")], 100);
            vec![Step::Write(head), Step::Write(b"part".to_vec()), Step::Wait(50), last.clone()]
        })
        .await;
        let mut body = xml::get(&client(&server.url)).send().await.unwrap().body;
        assert_eq!(&body.next().await.unwrap().unwrap()[..], b"part");
        let error = body.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(error.status(), Some(200));
        assert_eq!(error.request_id(), Some("the-id"));
        assert_eq!(error.operation(), Some("GetObject"));
        assert!(body.next().await.is_none());
    }
}

#[tokio::test]
async fn an_error_response_is_decoded() {
    let missing = b"<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>";
    let server = Server::always(response(404, &[], missing)).await;
    let error = xml::get(&client(&server.url)).send().await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("NoSuchKey"), "gone"));
}
