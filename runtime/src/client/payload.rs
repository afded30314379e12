//! The body of a request, and whether any of it may have been sent.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Whether the HTTP client has taken the body of one attempt. It asks for the body once there is a
/// connection to write to, so that a body that was not taken was not sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Handover(Arc<AtomicU8>);

const WAITING: u8 = 0;
const TAKEN: u8 = 1;
const WITHDRAWN: u8 = 2;

impl Handover {
    /// Takes the body back. `true` where it had not been taken, and from now on will not be.
    ///
    /// A connection may be driven by another thread: without this, it could take the body right after this
    /// thread has found that nothing was sent.
    pub(super) fn withdraw(&self) -> bool {
        self.settle(WITHDRAWN)
    }

    fn settle(&self, state: u8) -> bool {
        let settled = self.0.compare_exchange(WAITING, state, Ordering::AcqRel, Ordering::Acquire);
        settled.is_ok() || settled == Err(state)
    }
}

/// A body that notes when it is taken.
///
/// As the HTTP client cannot repeat it, it neither follows a redirect with it nor sends it again by itself.
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

/// Why a request ends without its body: its attempt had ended before.
#[derive(Debug)]
pub(super) struct Withdrawn;

impl std::fmt::Display for Withdrawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the attempt had ended before its body was sent")
    }
}

impl std::error::Error for Withdrawn {}
