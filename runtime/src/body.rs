//! Bodies of messages: bytes, or a source of bytes that is read in chunks.
//!
//! This module knows nothing of HTTP and of errors of calls. [`ByteStream`](crate::ByteStream) is its public face.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

/// The error of a source.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The chunks of a body.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// The future that opens a source.
pub(crate) type Opening = Pin<Box<dyn Future<Output = Result<Opened, BoxError>> + Send>>;

/// The size of the chunks of a file.
const FILE_CHUNK: usize = 64 * 1024;

/// A body. Clones share a source, which may be one that can be read only once.
#[derive(Clone)]
pub struct Body {
    pub(crate) content: Content,
    /// The length, if it is known before the source is opened.
    pub(crate) length: Option<u64>,
}

/// Where the bytes come from.
#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    Source(Arc<dyn Source>),
}

/// What gives the chunks of a body.
pub(crate) trait Source: Send + Sync {
    /// Opens the source at its start.
    fn open(self: Arc<Self>) -> Opening;

    /// Whether it can be opened now: again, or for the first time.
    fn is_available(&self) -> bool;

    /// Whether it can be opened any number of times.
    fn is_repeatable(&self) -> bool;
}

/// An open source.
pub(crate) struct Opened {
    /// The length of all chunks.
    pub(crate) length: Option<u64>,
    pub(crate) chunks: Chunks,
}

impl Body {
    pub(crate) fn from_bytes(bytes: Bytes) -> Self {
        let length = u64::try_from(bytes.len()).ok();
        Self { content: Content::Bytes(bytes), length }
    }

    /// The file at `path`, which is opened each time that the body is read.
    pub(crate) fn from_path(path: PathBuf) -> Self {
        Self { content: Content::Source(Arc::new(FileSource(path))), length: None }
    }

    /// `chunks`, which can be read once.
    pub(crate) fn from_chunks(chunks: Chunks, length: Option<u64>) -> Self {
        let source = OneShot(Arc::new(Mutex::new(Some(chunks))));
        Self { content: Content::Source(Arc::new(source)), length }
    }

    /// The bytes, if they are all in memory.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Source(_) => None,
        }
    }

    /// Whether the body can be read now.
    pub(crate) fn is_available(&self) -> bool {
        match &self.content {
            Content::Bytes(_) => true,
            Content::Source(source) => source.is_available(),
        }
    }

    /// Whether the body can be read any number of times.
    pub(crate) fn is_repeatable(&self) -> bool {
        match &self.content {
            Content::Bytes(_) => true,
            Content::Source(source) => source.is_repeatable(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Some(length) => write!(f, "[{length} bytes]"),
            None => f.write_str("[bytes]"),
        }
    }
}

/// A file.
struct FileSource(PathBuf);

impl Source for FileSource {
    fn open(self: Arc<Self>) -> Opening {
        Box::pin(async move {
            let failed = |error| failed_to_read(&self.0, &error);
            let file = File::open(&self.0).await.map_err(failed)?;
            let metadata = file.metadata().await.map_err(failed)?;
            // A pipe or a device has no length.
            let length = metadata.is_file().then_some(metadata.len());
            let chunks = FileChunks { file, source: self, buffer: BytesMut::new() };
            Ok(Opened { length, chunks: Box::pin(chunks) })
        })
    }

    fn is_available(&self) -> bool {
        true
    }

    fn is_repeatable(&self) -> bool {
        true
    }
}

fn failed_to_read(path: &std::path::Path, error: &io::Error) -> BoxError {
    format!("cannot read the file {}: {error}", path.display()).into()
}

/// The chunks of a file.
struct FileChunks {
    file: File,
    source: Arc<FileSource>,
    buffer: BytesMut,
}

impl Stream for FileChunks {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.buffer.is_empty() {
            this.buffer.resize(FILE_CHUNK, 0);
        }
        let mut chunk = ReadBuf::new(&mut this.buffer);
        let read = ready!(Pin::new(&mut this.file).poll_read(context, &mut chunk));
        let length = chunk.filled().len();
        Poll::Ready(match read {
            Err(error) => Some(Err(failed_to_read(&this.source.0, &error))),
            Ok(()) if length == 0 => None,
            Ok(()) => Some(Ok(this.buffer.split_to(length).freeze())),
        })
    }
}

/// Chunks that can be read once, until they are taken.
struct OneShot(Arc<Mutex<Option<Chunks>>>);

impl Source for OneShot {
    fn open(self: Arc<Self>) -> Opening {
        let place = self.0.clone();
        let taken = lock(&place).take();
        Box::pin(std::future::ready(match taken {
            Some(chunks) => {
                let chunks = Box::pin(Taken { chunks: Some(chunks), was_polled: false, place });
                Ok(Opened { length: None, chunks })
            }
            None => Err("the stream has already been read or sent, which is possible only once; \
                         create another one"
                .into()),
        }))
    }

    fn is_available(&self) -> bool {
        lock(&self.0).is_some()
    }

    fn is_repeatable(&self) -> bool {
        false
    }
}

fn lock(place: &Mutex<Option<Chunks>>) -> std::sync::MutexGuard<'_, Option<Chunks>> {
    // The place is valid even if a thread panicked while it held the lock.
    place.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Chunks that return to their place if they are dropped before they are read.
struct Taken {
    chunks: Option<Chunks>,
    was_polled: bool,
    place: Arc<Mutex<Option<Chunks>>>,
}

impl Stream for Taken {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.was_polled = true;
        match &mut self.chunks {
            Some(chunks) => chunks.as_mut().poll_next(context),
            None => Poll::Ready(None),
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if !self.was_polled {
            *lock(&self.place) = self.chunks.take();
        }
    }
}

/// Reads a body from its start. It ends after an error.
pub(crate) struct Reader {
    /// A lock makes it `Sync`, which neither a future nor a stream need be. Nobody waits for it.
    state: Mutex<State>,
}

enum State {
    Closed(Body),
    Opening(Opening),
    Open(Chunks),
    Ended,
}

impl Reader {
    pub(crate) fn new(body: Body) -> Self {
        Self { state: Mutex::new(State::Closed(body)) }
    }

    /// The next chunk, which may be empty.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxError>>> {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        loop {
            match state {
                State::Closed(body) => match body.content.clone() {
                    Content::Bytes(bytes) => {
                        *state = State::Ended;
                        return Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)));
                    }
                    Content::Source(source) => *state = State::Opening(source.open()),
                },
                State::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(opened) => *state = State::Open(opened.chunks),
                    Err(error) => {
                        *state = State::Ended;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                State::Open(chunks) => {
                    let next = ready!(chunks.as_mut().poll_next(context));
                    if !matches!(next, Some(Ok(_))) {
                        *state = State::Ended;
                    }
                    return Poll::Ready(next);
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    /// The next chunk, which may be empty.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes, BoxError>> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }
}
