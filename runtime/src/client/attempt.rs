//! One request and its answer.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, DATE, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use time::OffsetDateTime;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::payload::{Handover, Payload};
use super::{Client, Outgoing, Resolved, Secrets};
use crate::auth::sigv4::{Request, Scope};
use crate::error::{Error, ErrorKind};
use crate::protocol::{self, query};
use crate::redact::{MAX_MESSAGE, MAX_NAME, Sanitizer, Shown};
use crate::timer::{bounded, deadline};
use crate::timestamp;

const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const X_AMZN_REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// An answer, whole. What it says is shown by way of a [`Sanitizer`] only.
#[derive(Debug)]
pub(super) struct HttpResponse {
    status: u16,
    request_id: Option<String>,
    /// How many attempts it took.
    attempts: u32,
    date: Option<OffsetDateTime>,
    retry_after: Option<Duration>,
    /// What the request was signed with.
    credentials: Option<Credentials>,
    /// When the attempt has had its time.
    pub(super) deadline: Option<Instant>,
    pub(super) body: Vec<u8>,
}

/// What one attempt sends where, and what no text about it may show.
struct Exchange<'a> {
    outgoing: &'a Outgoing<'a>,
    resolved: &'a Resolved,
    credentials: Option<&'a Credentials>,
}

impl Exchange<'_> {
    fn sanitizer(&self) -> Sanitizer {
        Sanitizer::new((self.outgoing.secrets)(), self.credentials)
    }

    /// The request's id as a log line may show it.
    fn request_id(&self, result: &Result<HttpResponse, Error>) -> Option<String> {
        match result {
            Ok(answer) => answer.shown_request_id(&self.sanitizer()).map(String::from),
            Err(error) => error.request_id().map(str::to_owned),
        }
    }
}

/// An attempt that failed, with what its answer's headers say about another.
pub(super) struct Failed {
    pub(super) error: Error,
    /// The time that the request was signed for.
    pub(super) signed: SystemTime,
    /// The service's own time.
    pub(super) date: Option<OffsetDateTime>,
    /// How long the service asks to wait.
    pub(super) retry_after: Option<Duration>,
}

impl Client {
    /// Signs and sends `outgoing`, for the `number`th time, to where it was `resolved` to go. `handover`
    /// tells whether anything was sent, also where this future is dropped before its end.
    pub(super) async fn attempt(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        number: u32,
        handover: Handover,
    ) -> Result<HttpResponse, Failed> {
        let started = Instant::now();
        let (credentials, signed) = if outgoing.operation.unsigned {
            (None, self.services_now())
        } else {
            let client = self.clone();
            let clock = move || client.services_now();
            let own = outgoing.options.credentials.as_ref();
            let source = own.unwrap_or(&self.0.credentials);
            let found = source.get(clock, outgoing.limits.credentials).await;
            let unsigned = |error| Failed {
                error,
                signed: self.services_now(),
                date: None,
                retry_after: None,
            };
            let (credentials, valid_at) = found.map_err(unsigned)?;
            (Some(credentials), valid_at)
        };
        let failed = |error| Failed { error, signed, date: None, retry_after: None };
        let mut request =
            self.request(outgoing, resolved, credentials.as_ref(), signed).map_err(failed)?;
        let payload = Payload::new(outgoing.body.clone(), handover.clone());
        *request.body_mut() = Some(reqwest::Body::wrap(payload));
        let exchange = Exchange { outgoing, resolved, credentials: credentials.as_ref() };
        let result = self.exchange(&exchange, request, &handover).await;
        let status = match &result {
            Ok(answer) => Some(answer.status),
            Err(error) => error.status(),
        };
        tracing::debug!(
            attempt = number,
            status,
            request_id = exchange.request_id(&result),
            ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "answered"
        );
        let answer = result.map_err(failed)?;
        if (200..300).contains(&answer.status) {
            return Ok(HttpResponse { attempts: number, credentials, ..answer });
        }
        let (date, retry_after) = (answer.date, answer.retry_after);
        let error = answer.into_error(&exchange.sanitizer());
        Err(Failed { error, signed, date, retry_after })
    }

    /// The request without its body; without `credentials`, unsigned.
    pub(super) fn request(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        credentials: Option<&Credentials>,
        time: SystemTime,
    ) -> Result<reqwest::Request, Error> {
        let mut request = reqwest::Request::new(Method::POST, resolved.url.clone());
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(query::CONTENT_TYPE));
        headers.insert(USER_AGENT, self.0.user_agent.clone());
        headers.extend(outgoing.options.headers()?.iter().cloned());
        if let Some(credentials) = credentials {
            self.sign(outgoing, resolved, credentials, time, headers)?;
        }
        Ok(request)
    }

    fn sign(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        credentials: &Credentials,
        time: SystemTime,
        headers: &mut HeaderMap,
    ) -> Result<(), Error> {
        let signature = self.0.signer.sign(
            &Request {
                host: &resolved.host,
                path: resolved.url.path(),
                content_type: query::CONTENT_TYPE,
                headers: outgoing.options.headers()?,
                body: &outgoing.body,
            },
            &Scope {
                credentials,
                region: &resolved.signing_region,
                service: outgoing.operation.service.signing_name,
                time,
            },
        );
        headers.insert(X_AMZ_DATE, header(signature.date)?);
        let mut authorization = header(signature.authorization)?;
        authorization.set_sensitive(true);
        headers.insert(AUTHORIZATION, authorization);
        if let Some(token) = credentials.session_token() {
            let mut token = secret_header(token)?;
            token.set_sensitive(true);
            headers.insert(X_AMZ_SECURITY_TOKEN, token);
        }
        Ok(())
    }

    async fn exchange(
        &self,
        exchange: &Exchange<'_>,
        request: reqwest::Request,
        handover: &Handover,
    ) -> Result<HttpResponse, Error> {
        let deadline = exchange.outgoing.limits.attempt.map(deadline);
        let received = self.receive(exchange, request);
        let result = match exchange.outgoing.limits.attempt {
            None => received.await,
            Some(limit) => {
                tokio::time::timeout(bounded(limit), received).await.unwrap_or_else(|_| {
                    let message = format!("the endpoint did not answer within {limit:?}");
                    Err(Error::new(ErrorKind::Timeout, message))
                })
            }
        };
        match result {
            Ok(answer) => Ok(HttpResponse { deadline, ..answer }),
            Err(error) if handover.withdraw() => Err(error),
            Err(error) => Err(error.sent()),
        }
    }

    async fn receive(
        &self,
        exchange: &Exchange<'_>,
        request: reqwest::Request,
    ) -> Result<HttpResponse, Error> {
        notice_closed_connections().await;
        let mut response = self.0.http.client().execute(request).await.map_err(not_answered)?;
        if *response.url() != exchange.resolved.url {
            return Err(redirected().sent());
        }
        let limit = exchange.outgoing.limits.answer;
        let mut answer = HttpResponse::begin(&response, limit, || self.now());
        loop {
            match response.chunk().await {
                Ok(None) => return Ok(answer),
                Ok(Some(chunk)) if answer.body.len().saturating_add(chunk.len()) > limit => {
                    let message = format!(
                        "the answer is larger than the limit of {limit} bytes; raise it with \
                         answer_limit(…)"
                    );
                    let error = Error::new(ErrorKind::ResponseTooLarge, message);
                    return Err(answer.identify(error, &exchange.sanitizer()));
                }
                Ok(Some(chunk)) => answer.body.extend_from_slice(&chunk),
                Err(error) => {
                    return Err(answer.identify(not_answered(error), &exchange.sanitizer()));
                }
            }
        }
    }
}

impl HttpResponse {
    /// What `response` says before its body, which may have as many bytes as `limit`. `now` tells this
    /// machine's time.
    fn begin(response: &reqwest::Response, limit: usize, now: impl FnOnce() -> SystemTime) -> Self {
        /// The most that is set aside because an answer says that it is long.
        const BELIEVED: usize = 1 << 20;
        let headers = response.headers();
        let length = response.content_length().and_then(|length| usize::try_from(length).ok());
        let room = length.unwrap_or_default().min(limit).min(BELIEVED);
        // Of a success, neither is asked for.
        let failed = (!response.status().is_success()).then_some(headers);
        let date =
            failed.and_then(|headers| text(headers, &DATE)).and_then(timestamp::parse_http_date);
        let retry_after = failed
            .and_then(|headers| text(headers, &RETRY_AFTER))
            .and_then(|text| retry_after(text, date, now));
        Self {
            status: response.status().as_u16(),
            request_id: text(headers, &X_AMZN_REQUEST_ID).map(str::to_owned),
            attempts: 1,
            credentials: None,
            deadline: None,
            date,
            retry_after,
            body: Vec::with_capacity(room),
        }
    }

    fn shown_request_id(&self, sanitizer: &Sanitizer) -> Option<Shown> {
        self.request_id.as_deref().map(|id| sanitizer.show(id, MAX_NAME))
    }

    /// `error` with the status and the request's id of this answer, which it is about.
    fn identify(&self, error: Error, sanitizer: &Sanitizer) -> Error {
        error.with_answer(self.status, self.shown_request_id(sanitizer))
    }

    /// `error` of a call with the `secrets` that this answered with a success, which could not be used.
    pub(super) fn unusable(
        &self,
        error: impl FnOnce(&Sanitizer) -> Error,
        secrets: Secrets<'_>,
    ) -> Error {
        let sanitizer = Sanitizer::new(secrets(), self.credentials.as_ref());
        self.identify(error(&sanitizer), &sanitizer).after_attempts(self.attempts)
    }

    /// The error of an answer that is not that of a success.
    fn into_error(self, sanitizer: &Sanitizer) -> Error {
        /// The error documents of services are far smaller; it is kept for as long as the error is.
        const KEPT_DOCUMENT: usize = 64 * 1024;
        let Some(document) = protocol::decode_error(&self.body) else {
            let message = match self.status {
                300..400 => "the endpoint redirects, and a signed request does not follow: its \
                             signature is for one host; check the endpoint's URL"
                    .to_owned(),
                _ => format!(
                    "the answer is no error of the service's but {} bytes from something on the way",
                    self.body.len()
                ),
            };
            return self.identify(Error::new(ErrorKind::Service, message), sanitizer);
        };
        let message = match &document.message {
            Some(message) => sanitizer.show(message, MAX_MESSAGE).into(),
            None => "the service gave no message".to_owned(),
        };
        let request_id = document.request_id.as_deref().map(|id| sanitizer.show(id, MAX_NAME));
        let request_id = request_id.or_else(|| self.shown_request_id(sanitizer));
        let error = Error::new(ErrorKind::Service, message).with_answer(self.status, request_id);
        let Some(code) = &document.code else { return error };
        let error = error.with_code(sanitizer.show(code, MAX_NAME));
        match std::str::from_utf8(&self.body) {
            Ok(text) if text.len() <= KEPT_DOCUMENT => {
                error.with_document(sanitizer.redact(text).into_owned().into_bytes())
            }
            _ => error,
        }
    }
}

fn header(text: String) -> Result<HeaderValue, Error> {
    HeaderValue::try_from(text).map_err(|_| unsendable())
}

/// As [`header`], of a text that is overwritten when the request is dropped.
fn secret_header(text: &str) -> Result<HeaderValue, Error> {
    let bytes = Bytes::from_owner(Zeroizing::new(text.to_owned()));
    HeaderValue::from_maybe_shared(bytes).map_err(|_| unsendable())
}

fn unsendable() -> Error {
    // The text holds a credential, and so might the cause.
    Error::new(
        ErrorKind::Credentials,
        "the credentials cannot be sent: they contain a character that HTTP headers cannot hold",
    )
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// How long `Retry-After` asks to wait: seconds, or a date. That counts from the `date` of the response, or
/// else from this machine's time.
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
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or_default()))
}

/// Lets a runtime of one thread, which nothing drives between two calls of its `block_on`, learn which idle
/// connections the server has closed meanwhile. A request that is sent on one of those is lost. A runtime of several
/// threads learns it when it happens.
async fn notice_closed_connections() {
    let flavor = Handle::try_current().map(|handle| handle.runtime_flavor());
    if flavor.is_ok_and(|flavor| flavor == RuntimeFlavor::CurrentThread) {
        tokio::task::yield_now().await;
    }
}

fn not_answered(error: reqwest::Error) -> Error {
    let error = error.without_url();
    if error.is_redirect() {
        return redirected().sent().with_source(error);
    }
    let (kind, message) = if error.is_builder() {
        (ErrorKind::Configuration, "the HTTP client does not send such a request")
    } else if error.is_connect() && speaks_of_a_certificate(&error) {
        let message = "the certificate of the endpoint is not accepted; check the endpoint's URL, and this \
                       machine's certificates and clock";
        return Error::new(ErrorKind::Connection, message).permanent().with_source(error);
    } else if error.is_connect() {
        (ErrorKind::Connection, "no connection to the endpoint could be made")
    } else if error.is_timeout() {
        (ErrorKind::Timeout, "the endpoint did not answer in time")
    } else {
        (ErrorKind::Transport, "the connection broke before the answer was complete")
    };
    Error::new(kind, message).with_source(error)
}

/// Each TLS backend has error types of its own, and a client of the user's own may use any of them; what all
/// have in common is that word.
fn speaks_of_a_certificate(error: &reqwest::Error) -> bool {
    let first: &(dyn std::error::Error + 'static) = error;
    std::iter::successors(Some(first), |error| error.source())
        .any(|error| error.to_string().to_lowercase().contains("certificate"))
}

/// The error of a request that did not stay at its endpoint. What has happened there is not known.
fn redirected() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "the HTTP client followed a redirect with a signed request; build the client that is given to \
         http_client(…) with redirect(reqwest::redirect::Policy::none())",
    )
}
