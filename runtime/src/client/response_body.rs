//! The body of a response that is read after the call.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use tokio::time::Sleep;

use super::transport_error::no_response;
use crate::body::{Body, BoxError};
use crate::error::{Error, ErrorKind};
use crate::timer::{bounded, deadline};

/// What errors say about the call.
pub(super) struct Identity {
    pub(super) operation: String,
    pub(super) status: u16,
    /// Without secrets.
    pub(super) request_id: Option<String>,
    pub(super) attempts: u32,
}

impl Identity {
    fn of(&self, error: Error) -> Error {
        let error = error.sent().with_status(self.status).of_operation(&self.operation);
        let error = error.after_attempts(self.attempts);
        match &self.request_id {
            Some(id) => error.with_request_id(id),
            None => error,
        }
    }
}

/// The chunks of a response. Dropping them closes the connection, unless they have ended.
struct ResponseChunks {
    /// A lock makes it `Sync`, so that the stream may be stored anywhere. Nobody waits for it.
    body: Mutex<reqwest::Body>,
    stall: Option<Duration>,
    /// It runs while a chunk is awaited.
    timer: Option<Pin<Box<Sleep>>>,
    is_waiting: bool,
    identity: Identity,
}

/// The body of `response`, which fails if no byte arrives for `stall` while it is read.
pub(super) fn response_body(
    response: reqwest::Response,
    stall: Option<Duration>,
    identity: Identity,
) -> Body {
    let length = response.content_length();
    let body = Mutex::new(reqwest::Body::from(response));
    let chunks = ResponseChunks { body, stall, timer: None, is_waiting: false, identity };
    Body::from_chunks(Box::pin(chunks), length)
}

impl Stream for ResponseChunks {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let body = this.body.get_mut().unwrap_or_else(PoisonError::into_inner);
        loop {
            let Poll::Ready(next) = Pin::new(&mut *body).poll_frame(context) else {
                return this.poll_stall(context);
            };
            this.is_waiting = false;
            match next {
                None => return Poll::Ready(None),
                Some(Ok(frame)) => {
                    // The other frames are trailers.
                    if let Ok(chunk) = frame.into_data() {
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                }
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(this.identity.of(no_response(error)).into())));
                }
            }
        }
    }
}

impl ResponseChunks {
    /// Fails if no chunk has arrived for too long since the first poll that waited for it.
    fn poll_stall(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        let Some(limit) = self.stall else { return Poll::Pending };
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(bounded(limit))));
        if !std::mem::replace(&mut self.is_waiting, true) {
            timer.as_mut().reset(deadline(limit));
        }
        if timer.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let message = format!(
            "the endpoint sent nothing of the response for {limit:?}; raise the limit with stall_timeout(…)"
        );
        let error = self.identity.of(Error::new(ErrorKind::Timeout, message));
        Poll::Ready(Some(Err(error.into())))
    }
}
