//! The body of a request, and whether it may have been sent.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

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

    fn settle(&self, state: u8) -> bool {
        let settled = self.0.compare_exchange(WAITING, state, Ordering::AcqRel, Ordering::Acquire);
        settled.is_ok() || settled == Err(state)
    }
}

/// A body that records when it is taken. The HTTP client cannot clone it, so it neither follows a redirect with it nor resends it.
pub(super) struct Payload {
    bytes: Option<Bytes>,
    handover: Handover,
}

impl Payload {
    pub(super) fn new(bytes: Bytes, handover: Handover) -> Self {
        Self { bytes: Some(bytes), handover }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = Withdrawn;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Withdrawn>>> {
        if !self.handover.settle(TAKEN) {
            return Poll::Ready(Some(Err(Withdrawn)));
        }
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.bytes.as_ref().map_or(0, Bytes::len);
        SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX))
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
