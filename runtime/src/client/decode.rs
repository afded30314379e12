//! Decoding a response, within the client's limits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::runtime::Handle;

use super::{HttpResponse, Outgoing};
use crate::codec::DecodeError;
use crate::error::{Error, ErrorKind};
use crate::schema::Budget;

/// The largest response, in bytes, that is decoded on the thread of the call. It takes about a millisecond.
const SMALL: usize = 256 * 1024;

impl Outgoing<'_> {
    /// What `decode` makes of `answer`.
    ///
    /// A large response is decoded on Tokio's pool of threads for blocking work, so that other tasks go on and time
    /// limits hold meanwhile. Where the caller stops waiting, decoding ends soon.
    pub(super) async fn decode<T: Send + 'static>(
        &self,
        mut answer: HttpResponse,
        decode: impl FnOnce(&[u8], &mut Budget) -> Result<T, DecodeError> + Send + 'static,
    ) -> Result<T, Error> {
        let body = std::mem::take(&mut answer.body);
        let mut budget = match self.limits.decode {
            Some(limit) => Budget::new(limit),
            None => Budget::for_response_of(body.len()),
        };
        let decoded = match Handle::try_current() {
            Ok(runtime) if body.len() > SMALL => {
                let stop = StopOnDrop::default();
                let mut budget = budget.until(stop.0.clone());
                let task = runtime.spawn_blocking(move || decode(&body, &mut budget));
                let done = match answer.deadline {
                    Some(deadline) => tokio::time::timeout_at(deadline, task).await,
                    None => Ok(task.await),
                };
                let unusable = |error: Error| Err(answer.unusable(|_| error, self.secrets));
                match done {
                    Ok(Ok(decoded)) => decoded,
                    Ok(Err(error)) => {
                        let message = "the response was not decoded: the runtime shuts down";
                        return unusable(
                            Error::new(ErrorKind::Response, message).with_source(error),
                        );
                    }
                    Err(_) => {
                        let message = "the response was not decoded within the limit of its attempt; \
                                       raise it with attempt_timeout(…)";
                        return unusable(Error::new(ErrorKind::Timeout, message));
                    }
                }
            }
            _ => decode(&body, &mut budget),
        };
        decoded.map_err(|problem| {
            let error = |sanitizer: &_| problem.into_error(self.operation.name, sanitizer);
            answer.unusable(error, self.secrets)
        })
    }
}

/// Tells the thread that decodes that nothing is waited for.
#[derive(Default)]
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
