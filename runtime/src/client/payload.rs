//! The body of a request, and whether it may have been sent.

use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::upload::{Upload, WrongLength};
use crate::body::{BoxError, Chunks};

/// Whether the HTTP client has taken the body of an attempt. It takes the body after it has a connection, so a body that was
/// not taken was not sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Handover(Arc<AtomicU8>);

const WAITING: u8 = 0;
const TAKEN: u8 = 1;
const WITHDRAWN: u8 = 2;

impl Handover {
    /// Withdraws the body. Returns `true` if the body was not taken, and therefore never will be.
    ///
    /// Another thread may poll the connection. Without this method, it could take the body just after this thread has determined
    /// that nothing was sent.
    pub(super) fn withdraw(&self) -> bool {
        self.settle(WITHDRAWN)
    }

    /// Takes the body in advance: the HTTP client does not take an empty body.
    pub(super) fn take_empty(&self) {
        self.settle(TAKEN);
    }

    fn settle(&self, state: u8) -> bool {
        let settled = self.0.compare_exchange(WAITING, state, Ordering::AcqRel, Ordering::Acquire);
        settled.is_ok() || settled == Err(state)
    }
}

/// A body that records when it is taken. The HTTP client cannot clone it, so it neither follows a redirect with it nor resends it.
pub(super) struct Payload {
    content: Content,
    handover: Handover,
}

enum Content {
    Bytes(Option<Bytes>),
    Chunks(Sending),
}

/// Chunks that are being sent.
struct Sending {
    /// A lock makes it `Sync`, which a stream need not be. Nobody waits for it.
    chunks: Mutex<Chunks>,
    /// The number of bytes that are still to come, including those of `held`; `None` if the length is unknown.
    remaining: Option<u64>,
    /// The chunk that completes the length, until the stream has ended too: the HTTP client would send it and not ask for more.
    held: Option<Bytes>,
    upload: Upload,
    has_ended: bool,
}

impl Payload {
    pub(super) fn new(bytes: Bytes, handover: Handover) -> Self {
        Self { content: Content::Bytes(Some(bytes)), handover }
    }

    /// The body `chunks` with `length`, if it is known. It reports to `upload`.
    pub(super) fn of_chunks(
        chunks: Chunks,
        length: Option<u64>,
        upload: Upload,
        handover: Handover,
    ) -> Self {
        let chunks = Mutex::new(chunks);
        let sending = Sending { chunks, remaining: length, held: None, upload, has_ended: false };
        Self { content: Content::Chunks(sending), handover }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if !self.handover.settle(TAKEN) {
            return Poll::Ready(Some(Err(Withdrawn.into())));
        }
        let next = match &mut self.content {
            Content::Bytes(bytes) => Poll::Ready(bytes.take().map(Ok)),
            Content::Chunks(sending) => sending.poll_next(context),
        };
        next.map(|next| next.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Bytes(bytes) => bytes.is_none(),
            Content::Chunks(sending) => sending.has_ended,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Bytes(bytes) => {
                let length = bytes.as_ref().map_or(0, Bytes::len);
                SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX))
            }
            Content::Chunks(sending) => {
                sending.remaining.map_or_else(SizeHint::default, SizeHint::with_exact)
            }
        }
    }
}

impl Sending {
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        self.upload.progress();
        loop {
            let chunks = self.chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
            let Poll::Ready(next) = chunks.as_mut().poll_next(context) else {
                return Poll::Pending;
            };
            let chunk = match next {
                // The HTTP client would take an empty chunk for the end of a chunked body.
                Some(Ok(chunk)) if chunk.is_empty() => continue,
                Some(Ok(chunk)) => chunk,
                None => return Poll::Ready(self.end()),
                Some(Err(error)) => return self.fail(error),
            };
            let Some(remaining) = self.remaining else { return Poll::Ready(Some(Ok(chunk))) };
            let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            match remaining.checked_sub(length) {
                Some(0) if self.held.is_none() => self.held = Some(chunk),
                Some(rest) if self.held.is_none() => {
                    self.remaining = Some(rest);
                    return Poll::Ready(Some(Ok(chunk)));
                }
                _ => return self.fail(WrongLength::TooLong.into()),
            }
        }
    }

    /// Ends the body, after the chunk that completes its length.
    fn end(&mut self) -> Option<Result<Bytes, BoxError>> {
        self.has_ended = true;
        if self.held.is_none() && self.remaining.is_some_and(|remaining| remaining > 0) {
            return Some(Err(self.upload.fail(WrongLength::TooShort.into())));
        }
        self.upload.end();
        self.remaining = self.remaining.map(|_| 0);
        self.held.take().map(Ok)
    }

    fn fail(&mut self, error: BoxError) -> Poll<Option<Result<Bytes, BoxError>>> {
        self.has_ended = true;
        Poll::Ready(Some(Err(self.upload.fail(error))))
    }
}

/// The error of a body that was withdrawn, because its attempt has ended.
#[derive(Debug)]
pub(super) struct Withdrawn;

impl std::fmt::Display for Withdrawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the attempt ended before its body was sent")
    }
}

impl std::error::Error for Withdrawn {}
