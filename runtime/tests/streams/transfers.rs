//! Bodies that arrive.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use pagesmith_runtime::{ByteStream, ErrorKind};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _};

use crate::objects::xml;
use crate::server::{Server, Step, head, response};
use crate::{builder, client};

/// A stream of `chunks`.
pub(crate) fn chunks<E: Send + Unpin + 'static>(
    chunks: Vec<Result<&'static str, E>>,
) -> impl Stream<Item = Result<&'static str, E>> + Send + 'static {
    Iterated(chunks.into_iter())
}

/// An iterator as a stream.
struct Iterated<I>(I);

impl<I: Iterator + Unpin> Stream for Iterated<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}

pub(crate) fn ok(texts: &[&'static str]) -> ByteStream {
    ByteStream::from_stream(chunks::<std::io::Error>(texts.iter().map(|it| Ok(*it)).collect()))
}

/// A file in the temporary directory, which is removed when it is dropped.
pub(crate) struct TemporaryFile(pub(crate) std::path::PathBuf);

impl TemporaryFile {
    pub(crate) fn new(content: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::SeqCst);
        let name = format!("pagesmith-streams-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn bytes_files_and_streams_are_sent_with_and_without_a_length() {
    let server = Server::always(response(200, &[], b"")).await;
    let client = client(&server.url);
    let file = TemporaryFile::new(b"from a file");
    for body in [
        ByteStream::from("text"),
        ByteStream::from_path(&file.0),
        ok(&["one", "", "two"]).with_length(6),
        ok(&["one", "", "two"]),
        ByteStream::default(),
        ok(&[]).with_length(0),
        ok(&[]),
    ] {
        xml::put(&client, body).send().await.unwrap();
    }
    let requests = server.requests();
    let seen: Vec<_> = requests
        .iter()
        .map(|it| (str::from_utf8(&it.body).unwrap(), it.header("content-length")))
        .collect();
    assert_eq!(
        seen,
        [
            ("text", Some("4")),
            ("from a file", Some("11")),
            ("onetwo", Some("6")),
            ("onetwo", None),
            ("", Some("0")),
            ("", Some("0")),
            ("", None),
        ]
    );
    assert!(requests[0].head.starts_with("PUT /objects/a/b HTTP/1.1\r\n"));
    assert_eq!(requests[1].header("content-type"), Some("application/octet-stream"));
    assert_eq!(server.connections(), 1);
}

#[cfg(feature = "json")]
#[tokio::test]
async fn rest_json_sends_and_receives_the_same() {
    let server = Server::always(response(200, &[("x-kind", "text")], b"{\"not\": json")).await;
    let client = client(&server.url);
    crate::objects::json::put(&client, "[not json").send().await.unwrap();
    assert_eq!(server.requests()[0].body, b"[not json");
    let output = crate::objects::json::get(&client).send().await.unwrap();
    assert_eq!(output.kind.as_deref(), Some("text"));
    assert_eq!(output.body.length(), Some(12));
    assert_eq!(format!("{output:?}"), "GetObjectOutput { kind: \"text\", body: [12 bytes] }");
    assert_eq!(&output.body.collect().await.unwrap()[..], b"{\"not\": json");
}

#[tokio::test]
async fn a_response_is_collected_written_read_and_piped() {
    let server = Server::always(response(200, &[], b"line one\nline two")).await;
    let client = client(&server.url);
    let get = || async { xml::get(&client).send().await.unwrap().body };
    assert_eq!(&get().await.collect().await.unwrap()[..], b"line one\nline two");

    let file = TemporaryFile::new(b"this is replaced, although it is longer");
    assert_eq!(get().await.write_to(&file.0).await.unwrap(), 17);
    assert_eq!(std::fs::read(&file.0).unwrap(), b"line one\nline two");
    let error = get().await.write_to("/no/such/folder/file").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert_eq!(error.message(), "cannot write the file /no/such/folder/file");

    let mut line = String::new();
    let mut reader = get().await.into_async_read();
    reader.read_line(&mut line).await.unwrap();
    assert_eq!(line, "line one\n");
    reader.read_to_string(&mut line).await.unwrap();
    assert_eq!(line, "line one\nline two");

    xml::put(&client, get().await).send().await.unwrap();
    let piped = server.requests().pop().unwrap();
    assert_eq!(piped.body, b"line one\nline two");
    assert_eq!(piped.header("content-length"), Some("17"));
}

/// Counts the bytes that are alive.
struct Counted(Vec<u8>, Arc<AtomicUsize>);

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.1.fetch_sub(self.0.len(), Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_large_upload_needs_little_memory() {
    const CHUNK: usize = 64 * 1024;
    const CHUNKS: usize = 2048;
    let server = Server::always(response(200, &[], b"")).await;
    let (alive, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (count, record) = (alive.clone(), most.clone());
    let stream = Iterated((0..CHUNKS).map(move |_| {
        let now = count.fetch_add(CHUNK, Ordering::SeqCst) + CHUNK;
        record.fetch_max(now, Ordering::SeqCst);
        let chunk = Bytes::from_owner(Counted(vec![7; CHUNK], count.clone()));
        Ok::<_, std::io::Error>(chunk)
    }));
    let body = ByteStream::from_stream(stream).with_length((CHUNK * CHUNKS) as u64);
    xml::put(&client(&server.url), body).send().await.unwrap();
    assert_eq!(server.received(), CHUNK * CHUNKS);
    assert_eq!(alive.load(Ordering::SeqCst), 0);
    assert!(most.load(Ordering::SeqCst) <= 2 << 20, "{most:?}");
}

#[tokio::test]
async fn a_large_download_is_not_collected() {
    const CHUNK: usize = 1 << 20;
    const CHUNKS: usize = 128;
    let server = Server::start(|_| {
        let mut steps = vec![Step::Write(head(200, &[], CHUNK * CHUNKS))];
        steps.extend((0..CHUNKS).map(|_| Step::Write(vec![7; CHUNK])));
        steps
    })
    .await;
    let client = builder(&server.url).response_limit(CHUNK).build().unwrap();
    let mut body = xml::get(&client).send().await.unwrap().body;
    let mut received = 0;
    while let Some(chunk) = body.next().await {
        let chunk = chunk.unwrap();
        assert!(chunk.len() <= 1 << 20);
        received += chunk.len();
    }
    assert_eq!(received, CHUNK * CHUNKS);

    let error = xml::get(&client).send().await.unwrap().body.collect().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ResponseTooLarge);
    assert!(error.message().contains("larger than the limit of 1048576 bytes"), "{error}");
}

#[tokio::test]
async fn a_dropped_response_closes_its_connection_and_a_read_one_keeps_it() {
    let server = Server::start(|_| {
        vec![Step::Write(head(200, &[], 64 << 20)), Step::Write(vec![7; 8 << 20]), Step::Stall]
    })
    .await;
    let reused = Server::always(response(200, &[], b"all")).await;
    let (dropping, reading) = (client(&server.url), client(&reused.url));
    for _ in 0..3 {
        let mut body = xml::get(&dropping).send().await.unwrap().body;
        body.next().await.unwrap().unwrap();
        drop(body);
        xml::get(&reading).send().await.unwrap().body.collect().await.unwrap();
    }
    assert_eq!(server.requests().len(), 3);
    assert_eq!(server.connections(), 3);
    assert_eq!(reused.requests().len(), 3);
    assert_eq!(reused.connections(), 1);
}

#[tokio::test]
async fn clones_of_bytes_are_read_again_and_those_of_a_stream_are_not() {
    let bytes = ByteStream::from("text");
    assert_eq!(&bytes.clone().collect().await.unwrap()[..], b"text");
    assert_eq!(&bytes.collect().await.unwrap()[..], b"text");
    let stream = ok(&["one", "two"]);
    let clone = stream.clone();
    assert_eq!(format!("{stream:?}"), "ByteStream([bytes])");
    assert_eq!(&stream.collect().await.unwrap()[..], b"onetwo");
    let error = clone.collect().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(format!("{error:?}").contains("possible only once"), "{error:?}");
}
