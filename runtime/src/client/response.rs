//! The HTTP response of one attempt, and the error that it contains.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName};
use time::OffsetDateTime;
use tokio::time::Instant;

use super::outgoing::Secrets;
use crate::body::Body;
use crate::error::{Error, ErrorKind};
use crate::redact::{MAX_MESSAGE, MAX_NAME, Sanitizer, Shown};
use crate::schema::{ProtocolRef, Response};
use crate::timestamp;

/// The headers with the request's id, in the order in which they are tried.
const REQUEST_IDS: [HeaderName; 2] =
    [HeaderName::from_static("x-amzn-requestid"), HeaderName::from_static("x-amz-request-id")];

/// A complete response. Its text is shown only through a [`Sanitizer`].
#[derive(Debug)]
pub(super) struct HttpResponse {
    pub(super) status: u16,
    pub(super) request_id: Option<String>,
    /// The number of the attempt that received it.
    pub(super) attempts: u32,
    /// The time of the service's clock.
    pub(super) date: Option<OffsetDateTime>,
    pub(super) retry_after: Option<Duration>,
    /// The credentials that signed the request.
    pub(super) credentials: Option<Credentials>,
    /// The end of the attempt's time limit.
    pub(super) deadline: Option<Instant>,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    /// The body, if it is read after the call. Then the other one is empty.
    pub(super) stream: Option<Body>,
}

impl HttpResponse {
    /// The head of `response`, whose body may have up to `limit` bytes. `now` returns this machine's time.
    pub(super) fn from_head(
        response: &mut reqwest::Response,
        limit: usize,
        now: impl FnOnce() -> SystemTime,
    ) -> Self {
        /// The maximum size of a buffer that is allocated because of a `Content-Length`.
        const MAX_PREALLOCATED: usize = 1 << 20;
        let headers = response.headers();
        let length = response.content_length().and_then(|length| usize::try_from(length).ok());
        let capacity = length.unwrap_or(0).min(limit).min(MAX_PREALLOCATED);
        // A successful response needs neither date nor pause.
        let failed = (!response.status().is_success()).then_some(headers);
        let date =
            failed.and_then(|headers| text(headers, &DATE)).and_then(timestamp::parse_http_date);
        let retry_after = failed
            .and_then(|headers| text(headers, &RETRY_AFTER))
            .and_then(|text| retry_after(text, date, now));
        Self {
            status: response.status().as_u16(),
            request_id: REQUEST_IDS.iter().find_map(|name| text(headers, name)).map(str::to_owned),
            attempts: 1,
            credentials: None,
            deadline: None,
            date,
            retry_after,
            headers: std::mem::take(response.headers_mut()),
            body: Vec::with_capacity(capacity),
            stream: None,
        }
    }

    pub(super) fn shown_request_id(&self, sanitizer: &Sanitizer) -> Option<Shown> {
        self.request_id.as_deref().map(|id| sanitizer.show(id, MAX_NAME))
    }

    /// Adds the status and the request id of this response to `error`.
    pub(super) fn identify(&self, error: Error, sanitizer: &Sanitizer) -> Error {
        error.with_response(self.status, self.shown_request_id(sanitizer))
    }

    /// The `error` of a successful response that could not be used. The call has `secrets`.
    pub(super) fn unusable(
        &self,
        error: impl FnOnce(&Sanitizer) -> Error,
        secrets: Secrets<'_>,
    ) -> Error {
        let sanitizer = Sanitizer::new(secrets(), self.credentials.as_ref());
        self.identify(error(&sanitizer), &sanitizer).after_attempts(self.attempts)
    }

    /// The error of a response without a status of success.
    pub(super) fn into_error(self, protocol: ProtocolRef, sanitizer: &Sanitizer) -> Error {
        /// The largest error document that an error keeps. Those of services are far smaller.
        const MAX_DOCUMENT: usize = 64 * 1024;
        let response = Response { status: self.status, headers: &self.headers, body: &self.body };
        let Some(document) = protocol.0.error(&response) else {
            let message = match self.status {
                300..400 => "the endpoint redirects; redirects are not followed, because the signature is for one host; check the endpoint's URL"
                    .to_owned(),
                _ => format!(
                    "the response is not an error document of the service but {} bytes from something else, \
                     such as a proxy or a load balancer; check the endpoint's URL",
                    self.body.len()
                ),
            };
            return self.identify(Error::new(ErrorKind::Service, message), sanitizer);
        };
        let message = match &document.message {
            Some(message) => sanitizer.show(message, MAX_MESSAGE).into(),
            None => "the service sent no message".to_owned(),
        };
        let request_id = document.request_id.as_deref().map(|id| sanitizer.show(id, MAX_NAME));
        let request_id = request_id.or_else(|| self.shown_request_id(sanitizer));
        let error = Error::new(ErrorKind::Service, message).with_response(self.status, request_id);
        let Some(code) = &document.code else { return error };
        let error = error.with_code(sanitizer.show(code, MAX_NAME));
        match std::str::from_utf8(&self.body) {
            Ok(text) if text.len() <= MAX_DOCUMENT => {
                error.with_document(protocol, sanitizer.redact(text).into_owned().into_bytes())
            }
            _ => error,
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The time that `Retry-After` asks to wait: a number of seconds, or until a date. A date is compared with the
/// response's own `date`, or else with this machine's time.
fn retry_after(
    text: &str,
    date: Option<OffsetDateTime>,
    now: impl FnOnce() -> SystemTime,
) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let from = date.map_or_else(|| timestamp::seconds(now()), OffsetDateTime::unix_timestamp);
    let seconds = timestamp::parse_http_date(text)?.unix_timestamp().saturating_sub(from);
    // A date in the past means no pause.
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}
