//! The progress of a body that is sent in chunks, its time limits, and its hash.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tokio::time::{Instant, sleep_until};

use super::Limits;
use crate::auth::payload::hex;
use crate::body::{Body, BoxError, Chunks, Content, Opened, Reader};
use crate::error::{Error, ErrorKind};
use crate::timer::{bounded, deadline};

/// The progress of a body. Clones share it.
#[derive(Clone)]
pub(super) struct Upload(Arc<Mutex<Progress>>);

struct Progress {
    stage: Stage,
    /// When the stage began, or the HTTP client last took a chunk.
    at: Instant,
    failure: Option<BoxError>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The HTTP client has not taken the body.
    Waiting,
    Sending,
    /// The whole body was taken.
    Sent,
}

impl Upload {
    pub(super) fn new() -> Self {
        let progress = Progress { stage: Stage::Waiting, at: Instant::now(), failure: None };
        Self(Arc::new(Mutex::new(progress)))
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        // The progress is valid even if a thread panicked while it held the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records that the HTTP client takes a chunk.
    pub(super) fn progress(&self) {
        let mut progress = self.lock();
        (progress.stage, progress.at) = (Stage::Sending, Instant::now());
    }

    /// Records the end of the body.
    pub(super) fn end(&self) {
        let mut progress = self.lock();
        (progress.stage, progress.at) = (Stage::Sent, Instant::now());
    }

    /// Records why the body cannot be sent, and returns the error for the HTTP client.
    pub(super) fn fail(&self, error: BoxError) -> BoxError {
        self.lock().failure = Some(error);
        "the request's body failed".into()
    }

    /// The error of an attempt that failed with `error`: that of its body, if the body failed.
    pub(super) fn cause(&self, error: Error) -> Error {
        match self.lock().failure.take() {
            Some(failure) => not_readable(failure),
            None => error,
        }
    }

    /// Waits for `response`. The stall limit holds while the body is sent, and the limit of an attempt before and after it.
    pub(super) async fn within<T>(
        &self,
        limits: &Limits,
        response: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let mut response = pin!(response);
        // Nothing wakes this task when the stage changes, so the timer is never set for longer than the shortest limit.
        let Some(shortest) = [limits.stall, limits.attempt].into_iter().flatten().min() else {
            return response.await;
        };
        let mut timer = pin!(sleep_until(Instant::now()));
        poll_fn(|context| {
            if let Poll::Ready(result) = response.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            while timer.as_mut().poll(context).is_ready() {
                let next = deadline(shortest);
                match self.end_of_stage(limits) {
                    Ok(end) => timer.as_mut().reset(end.map_or(next, |end| end.min(next))),
                    Err(error) => return Poll::Ready(Err(error)),
                }
            }
            Poll::Pending
        })
        .await
    }

    /// When the limit of the current stage passes, if it has one.
    ///
    /// # Errors
    /// If it has passed.
    fn end_of_stage(&self, limits: &Limits) -> Result<Option<Instant>, Error> {
        let progress = self.lock();
        let is_sending = progress.stage == Stage::Sending;
        let Some(limit) = (if is_sending { limits.stall } else { limits.attempt }) else {
            return Ok(None);
        };
        let end = progress.at + bounded(limit);
        if end > Instant::now() {
            return Ok(Some(end));
        }
        Err(if is_sending { stalled(limit) } else { no_response_within(limit) })
    }
}

fn stalled(limit: Duration) -> Error {
    let message = format!(
        "nothing of the request's body could be sent for {limit:?}, because the endpoint or the stream of the body is slow; raise the \
         limit with stall_timeout(…)"
    );
    Error::new(ErrorKind::Timeout, message)
}

/// The error of an attempt that took longer than `limit`.
pub(super) fn no_response_within(limit: Duration) -> Error {
    let message = format!(
        "the endpoint did not respond within {limit:?}; raise the limit with attempt_timeout(…)"
    );
    Error::new(ErrorKind::Timeout, message)
}

/// A body with another length than it should have.
#[derive(Clone, Copy, Debug)]
pub(super) enum WrongLength {
    TooShort,
    TooLong,
}

impl fmt::Display for WrongLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let compared = match self {
            Self::TooShort => "fewer",
            Self::TooLong => "more",
        };
        write!(
            f,
            "the body has {compared} bytes than its length says; correct with_length(…), or do not change the file"
        )
    }
}

impl std::error::Error for WrongLength {}

/// Opens `body`, which is not in memory, to send it.
pub(super) async fn open(body: &Body) -> Result<(Chunks, Option<u64>), Error> {
    let Content::Source(source) = &body.content else {
        return Err(Error::new(ErrorKind::Input, "the request's body is in memory"));
    };
    let Opened { length, chunks } = source.clone().open().await.map_err(not_readable)?;
    Ok((chunks, body.length.or(length)))
}

/// The SHA-256 of `body` in hexadecimal.
pub(super) async fn hash(body: &Body) -> Result<[u8; 64], Error> {
    let mut reader = Reader::new(body.clone());
    let mut hash = Sha256::new();
    while let Some(chunk) = reader.next().await {
        hash.update(&chunk.map_err(not_readable)?);
    }
    Ok(hex(&hash.finalize()))
}

fn not_readable(cause: BoxError) -> Error {
    Error::new(ErrorKind::Input, "the request's body could not be read").with_source(cause)
}
