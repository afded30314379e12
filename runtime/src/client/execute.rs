//! The execution of a call: sends the encoded request, retries it, and decodes the response.

use std::sync::Arc;
use std::time::Duration;

use tracing::Instrument as _;

use super::Client;
use super::attempt::FailedAttempt;
use super::outgoing::{Encoded, Outgoing, Secrets};
use super::payload::Handover;
use super::request::RequestOptions;
use super::resolve::Resolved;
use super::response::HttpResponse;
use super::skew::Rejection;
use crate::error::{Error, ErrorKind};
use crate::schema::{Budget, DecodeError, Operation, Response, Streamed};
use crate::timer::bounded;

/// The attempts of a call so far.
#[derive(Default)]
struct Progress {
    /// The number of attempts that have begun.
    attempts: u32,
    /// Whether the HTTP client has taken the body of the current attempt; `None` between two attempts.
    handover: Option<Handover>,
    /// Whether any attempt may have reached the service.
    sent: bool,
    /// Whether the service may have carried out any attempt.
    may_be_carried_out: bool,
    /// The error of the last attempt.
    failure: Option<Error>,
}

impl Progress {
    fn begin(&mut self) -> Handover {
        self.attempts = self.attempts.saturating_add(1);
        self.handover.insert(Handover::default()).clone()
    }

    /// Ends an attempt that failed with `error`, and returns the error with the number and the effects of all attempts so far.
    fn end(&mut self, error: Error) -> Error {
        self.handover = None;
        self.sent |= error.may_have_been_sent();
        self.may_be_carried_out |= error.may_have_been_carried_out();
        error.of_attempts(self.attempts, self.sent, self.may_be_carried_out)
    }

    /// The error of a call that took longer than `limit`.
    fn timed_out(mut self, limit: Duration) -> Error {
        // Only the rate limit delays the first attempt.
        let state = match self.attempts {
            0 => "was not sent, because the service throttles the client (Retry::adaptive),",
            _ => "did not finish",
        };
        let message = format!(
            "the call {state} within its limit of {limit:?}; raise it with timeout(…) or call_timeout(…)"
        );
        let mut error = Error::new(ErrorKind::Timeout, message);
        if self.handover.as_ref().is_some_and(|handover| !handover.withdraw()) {
            error = error.sent();
        }
        let error = self.end(error);
        match self.failure {
            Some(failure) => error.with_source(failure),
            None => error,
        }
    }
}

impl Client {
    /// Sends `encoded` to `operation`, and returns what `decode` makes of a successful response, and its body if a member of the
    /// output is read after the call. The schemas of the operation are not used.
    pub(crate) async fn execute<T: Send + 'static>(
        &self,
        operation: &Operation<'_>,
        options: &RequestOptions,
        encoded: Encoded,
        secrets: Secrets<'_>,
        decode: impl FnOnce(&Response<'_>, &mut Budget) -> Result<T, DecodeError> + Send + 'static,
    ) -> Result<(T, Option<Streamed>), Error> {
        let outgoing = self.outgoing(operation, options, encoded, secrets);
        let span = tracing::debug_span!(
            "call",
            service = operation.service.id,
            operation = operation.name,
            region = outgoing.region,
        );
        let sent = self.within_limit(&outgoing, decode).instrument(span).await;
        sent.map_err(|error| error.of_operation(operation.name))
    }

    async fn within_limit<T: Send + 'static>(
        &self,
        outgoing: &Outgoing<'_>,
        decode: impl FnOnce(&Response<'_>, &mut Budget) -> Result<T, DecodeError> + Send + 'static,
    ) -> Result<(T, Option<Streamed>), Error> {
        let mut progress = Progress::default();
        let call = async {
            let mut response = self.attempts(outgoing, &mut progress).await?;
            let stream = outgoing.take_stream(&mut response).await?;
            Ok((outgoing.decode(response, decode).await?, stream))
        };
        let Some(limit) = outgoing.limits.call else {
            return call.await;
        };
        let result = tokio::time::timeout(bounded(limit), call).await;
        result.unwrap_or_else(|_| Err(progress.timed_out(limit)))
    }

    /// The endpoint of `outgoing`, with the operation's prefix of the host.
    pub(super) fn destination(&self, outgoing: &Outgoing<'_>) -> Result<Arc<Resolved>, Error> {
        let resolved = self.resolve(outgoing.operation.service, outgoing.region)?;
        if outgoing.host_prefix.is_empty() {
            return Ok(resolved);
        }
        Ok(Arc::new(resolved.with_prefix(&outgoing.host_prefix)?))
    }

    /// Repeats the call until an attempt succeeds or must not be repeated.
    async fn attempts(
        &self,
        outgoing: &Outgoing<'_>,
        progress: &mut Progress,
    ) -> Result<HttpResponse, Error> {
        let resolved = self.destination(outgoing)?;
        self.hash_body(outgoing, &resolved).await?;
        let mut retry_cost = None;
        let mut signed_again = false;
        loop {
            if outgoing.retry.is_adaptive() {
                self.0.rate_limiter.wait().await;
            }
            let handover = progress.begin();
            let number = progress.attempts;
            let result = self.attempt(outgoing, &resolved, number, handover).await;
            if outgoing.retry.is_adaptive() {
                self.learn_rate(&result);
            }
            let failed = match result {
                Ok(response) => {
                    self.0.retry_tokens.refund(retry_cost);
                    return Ok(response);
                }
                Err(failed) => failed,
            };
            let FailedAttempt { error, signed, date, retry_after } = failed;
            let now = self.now();
            let rejection = Rejection { error: &error, date, signed, now, signed_again };
            let sign_again = self.0.skew.learn(&rejection);
            let error = progress.end(error);
            let sign_again = sign_again && outgoing.retry.has_attempt_after(number);
            let is_allowed = outgoing.retry.allows(&error, number, outgoing.operation.read_only);
            if (sign_again || is_allowed) && !outgoing.body.is_available() {
                return Err(error.with_note(
                    "the call was not tried again, because its body is a stream, which can be sent only once",
                ));
            }
            if sign_again {
                signed_again = true;
                progress.failure = Some(error);
                continue;
            }
            if !is_allowed {
                return Err(error);
            }
            retry_cost = self.0.retry_tokens.take(&error);
            if retry_cost.is_none() {
                return Err(error);
            }
            progress.failure = Some(error);
            tokio::time::sleep(outgoing.retry.pause(number, retry_after)).await;
        }
    }

    /// Adapts the client's rate to an attempt, unless the attempt failed before anything could be sent.
    fn learn_rate(&self, result: &Result<HttpResponse, FailedAttempt>) {
        let error = result.as_ref().err().map(|failed| &failed.error);
        let was_prepared = !error.is_some_and(|error| {
            matches!(
                error.kind(),
                ErrorKind::Configuration | ErrorKind::Credentials | ErrorKind::Input
            )
        });
        if was_prepared {
            self.0.rate_limiter.record(error.is_some_and(Error::is_throttling));
        }
    }
}
