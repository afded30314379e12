//! The public type of bodies.

mod async_read;

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use crate::body::{Body, BoxError, Reader};
use crate::error::{Error, ErrorKind};
use crate::schema::{Data, Slot, StreamSlot, Streamed, Value};

pub use async_read::ByteStreamReader;

/// The bytes of a request or a response that may be too many for memory: of an object in S3, of a layer of a function.
///
/// As the body of a request, it comes from bytes, from a file or from a stream. Bytes and a file can be sent again: if a call is
/// tried again, they are sent from their start. A stream can be sent only once, so a call with a stream is not tried again once
/// a part of the stream may have been sent.
///
/// As the body of a response, it is a stream of the bytes as they arrive. It fails if nothing arrives for
/// [`stall_timeout`](crate::ClientBuilder::stall_timeout); no other time limit holds. If it is dropped before its end, the connection
/// is closed.
///
/// A clone reads bytes and files from their start. Clones of a stream share the stream: the first that is read or sent takes it,
/// and the others fail.
///
/// ```
/// use pagesmith_runtime::ByteStream;
///
/// let bytes = ByteStream::from("hello");
/// let file = ByteStream::from_path("/var/log/app.log");
/// assert_eq!(bytes.length(), Some(5));
/// # drop(file);
/// ```
pub struct ByteStream {
    body: Body,
    /// Set once it is read as a stream.
    reader: Option<Reader>,
    /// The largest number of bytes that are collected in memory.
    limit: usize,
}

impl ByteStream {
    fn new(body: Body) -> Self {
        Self { body, reader: None, limit: usize::MAX }
    }

    /// The bytes in `bytes`.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Body::from_bytes(bytes.into()))
    }

    /// The content of the file at `path`.
    ///
    /// The file is opened when the request is sent, and again for each attempt. It is also read to sign the request, unless the
    /// signature does not cover the body. A file that cannot be read, or that changes its length while it is sent, makes the
    /// call fail with [`ErrorKind::Input`].
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        Self::new(Body::from_path(path.into()))
    }

    /// The chunks of `stream`, whose length is unknown unless [`with_length`](Self::with_length) sets it. An error of the stream
    /// makes the call fail with [`ErrorKind::Input`], and is its source.
    ///
    /// The body of a request that is signed can be a stream only if its signature does not cover the body, as with S3 over https.
    ///
    /// ```
    /// use pagesmith_runtime::ByteStream;
    ///
    /// # fn send(lines: impl futures_core::Stream<Item = Result<String, std::io::Error>> + Send + 'static) -> ByteStream {
    /// ByteStream::from_stream(lines).with_length(1024)
    /// # }
    /// ```
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::new(Body::from_chunks(Box::pin(Converted(Box::pin(stream))), None))
    }

    /// Sets the length of a stream, which is then sent with the header `content-length`; services such as S3 require it. If the
    /// stream has another length, the call fails with [`ErrorKind::Input`]. Bytes and files have their own length.
    #[must_use]
    pub fn with_length(mut self, length: u64) -> Self {
        if !self.body.is_repeatable() {
            self.body.length = Some(length);
        }
        self
    }

    /// The length in bytes, if it is known: of bytes, of a stream with a length, and of a response with `content-length`.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.body.length
    }

    /// The next chunk, or `None` at the end.
    ///
    /// # Errors
    /// As of [`collect`](Self::collect). Nothing follows an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All bytes.
    ///
    /// # Errors
    /// - [`ErrorKind::ResponseTooLarge`] if it is a response that is larger than
    ///   [`response_limit`](crate::ClientBuilder::response_limit). Read it in chunks, or write it to a file, if it may be large;
    /// - [`ErrorKind::Timeout`] and [`ErrorKind::Transport`] if the rest of a response did not arrive;
    /// - [`ErrorKind::Input`] if a file cannot be read, or a stream failed or has already been read.
    pub async fn collect(mut self) -> Result<Bytes, Error> {
        let first = match self.next().await {
            None => return Ok(Bytes::new()),
            Some(chunk) => chunk?,
        };
        if first.len() > self.limit {
            return Err(self.too_large());
        }
        let Some(second) = self.next().await else { return Ok(first) };
        let mut all = BytesMut::from(first);
        let mut next = Some(second);
        while let Some(chunk) = next {
            let chunk = chunk?;
            if all.len().saturating_add(chunk.len()) > self.limit {
                return Err(self.too_large());
            }
            all.extend_from_slice(&chunk);
            next = self.next().await;
        }
        Ok(all.freeze())
    }

    fn too_large(&self) -> Error {
        let message = format!(
            "the response is larger than the limit of {} bytes; write it to a file or read it in chunks, or raise the limit with \
             response_limit(…)",
            self.limit
        );
        Error::new(ErrorKind::ResponseTooLarge, message).sent()
    }

    /// Writes all bytes to the file at `path`, which is created, or replaced if it exists. Returns their number.
    ///
    /// # Errors
    /// As of [`collect`](Self::collect) without the limit, and [`ErrorKind::Input`] if the file cannot be written. The file then contains
    /// a part of the bytes.
    pub async fn write_to(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref();
        let failed = |error: std::io::Error| {
            let message = format!("cannot write the file {}", path.display());
            Error::new(ErrorKind::Input, message).with_source(error)
        };
        let mut file = File::create(path).await.map_err(failed)?;
        let mut written = 0_u64;
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            file.write_all(&chunk).await.map_err(failed)?;
            written = written.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        }
        file.flush().await.map_err(failed)?;
        Ok(written)
    }

    /// The bytes as an `AsyncRead` and `AsyncBufRead` of tokio.
    #[must_use]
    pub fn into_async_read(self) -> ByteStreamReader {
        ByteStreamReader::new(self)
    }
}

/// A stream with the types of a body.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|next| next.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let reader = this.reader.get_or_insert_with(|| Reader::new(this.body.clone()));
        reader.poll_next(context).map(|next| next.map(|chunk| chunk.map_err(into_error)))
    }
}

/// The error of a body: that of a call if it is the body of a response.
pub(crate) fn into_error(error: BoxError) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => *error,
        Err(source) => {
            Error::new(ErrorKind::Input, "the bytes could not be read").with_source(source)
        }
    }
}

impl Clone for ByteStream {
    fn clone(&self) -> Self {
        Self { body: self.body.clone(), reader: None, limit: self.limit }
    }
}

impl Default for ByteStream {
    /// No bytes.
    fn default() -> Self {
        Self::from_bytes(Bytes::new())
    }
}

/// Shows the length if it is known, and never the content.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ByteStream({:?})", self.body)
    }
}

macro_rules! from {
    ($($type:ty),+) => {$(
        impl From<$type> for ByteStream {
            fn from(bytes: $type) -> Self {
                Self::from_bytes(bytes)
            }
        }
    )+};
}

from!(Bytes, Vec<u8>, String, &'static str, &'static [u8]);

impl Value for ByteStream {
    fn data(&self) -> Data<'_> {
        Data::Stream(&self.body)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Stream(self)
    }
    fn empty() -> Self {
        Self::default()
    }
}

impl StreamSlot for ByteStream {
    fn set(&mut self, stream: Streamed) {
        *self = Self { body: stream.body, reader: None, limit: stream.limit };
    }
}
