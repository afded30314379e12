//! Decoding a response, within the client's limits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::runtime::Handle;

use super::outgoing::Outgoing;
use super::response::HttpResponse;
use crate::error::{Error, ErrorKind};
#[cfg(feature = "event-stream")]
use crate::event_reader::initial_response;
#[cfg(feature = "event-stream")]
use crate::redact::Sanitizer;
#[cfg(feature = "event-stream")]
use crate::schema::EventContext;
use crate::schema::{Budget, DecodeError, Response, Streamed};

/// The maximum size, in bytes, of a response that is decoded on the thread of the call. That takes about a millisecond.
const SMALL: usize = 256 * 1024;

impl Outgoing<'_> {
    /// Takes the body of `response` if it is read after the call. If its first event has the members of the output, that event becomes
    /// the body of `response`.
    #[cfg_attr(not(feature = "event-stream"), allow(clippy::unused_async))]
    pub(super) async fn take_stream(
        &self,
        response: &mut HttpResponse,
    ) -> Result<Option<Streamed>, Error> {
        let Some(body) = response.stream.take() else { return Ok(None) };
        #[cfg(feature = "event-stream")]
        let (body, events) = {
            let protocol = self.operation.service.protocol;
            let sanitizer = Sanitizer::new((self.secrets)(), response.credentials.as_ref());
            let events = EventContext {
                protocol,
                operation: self.operation.name.to_owned(),
                request_id: response.shown_request_id(&sanitizer).map(String::from),
                sanitizer,
                decode_limit: self.limits.decode,
            };
            if protocol.0.has_initial_response() {
                let limit = self.limits.response;
                let (first, body) = initial_response(body, limit, &events).await?;
                response.body = first;
                (body, Arc::new(events))
            } else {
                (body, Arc::new(events))
            }
        };
        Ok(Some(Streamed {
            body,
            limit: self.limits.response,
            #[cfg(feature = "event-stream")]
            events,
        }))
    }

    /// Decodes `response` with `decode`.
    ///
    /// A large response is decoded on Tokio's blocking thread pool, so that other tasks and time limits are not delayed. Decoding
    /// stops soon after the caller stops waiting.
    pub(super) async fn decode<T: Send + 'static>(
        &self,
        mut response: HttpResponse,
        decode: impl FnOnce(&Response<'_>, &mut Budget) -> Result<T, DecodeError> + Send + 'static,
    ) -> Result<T, Error> {
        let (headers, body) =
            (std::mem::take(&mut response.headers), std::mem::take(&mut response.body));
        let (status, length) = (response.status, body.len());
        let decode = move |budget: &mut Budget| {
            decode(&Response { status, headers: &headers, body: &body }, budget)
        };
        let mut budget = match self.limits.decode {
            Some(limit) => Budget::new(limit),
            None => Budget::for_response_of(length),
        };
        let decoded = match Handle::try_current() {
            Ok(runtime) if length > SMALL => {
                let stop = StopOnDrop::default();
                let mut budget = budget.until(stop.0.clone());
                let task = runtime.spawn_blocking(move || decode(&mut budget));
                let done = match response.deadline {
                    Some(deadline) => tokio::time::timeout_at(deadline, task).await,
                    None => Ok(task.await),
                };
                let unusable = |error: Error| Err(response.unusable(|_| error, self.secrets));
                match done {
                    Ok(Ok(decoded)) => decoded,
                    Ok(Err(error)) => {
                        let message = "the response was not decoded, because the Tokio runtime is shutting down; wait for the call before you drop the runtime";
                        return unusable(
                            Error::new(ErrorKind::Response, message).with_source(error),
                        );
                    }
                    Err(_) => {
                        let message = "the response was not decoded within the time limit of its attempt; \
                                       raise the limit with attempt_timeout(…)";
                        return unusable(Error::new(ErrorKind::Timeout, message));
                    }
                }
            }
            _ => decode(&mut budget),
        };
        decoded.map_err(|problem| {
            let error = |sanitizer: &_| problem.into_error(self.operation.name, sanitizer);
            response.unusable(error, self.secrets)
        })
    }
}

/// Stops the decoding thread when the caller no longer waits.
#[derive(Default)]
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
