//! One attempt: a signed HTTP request and its response.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use http::header::USER_AGENT;
use time::OffsetDateTime;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::time::Instant;

use super::authentication::Authentication;
use super::outgoing::Outgoing;
use super::payload::{Handover, Payload};
use super::resolve::Resolved;
use super::response::HttpResponse;
use super::response_body::{Identity, response_body};
use super::transport_error::{no_response, redirected};
use super::upload::{self, Upload, no_response_within};
use super::{Client, Limits};
use crate::body::Body;
use crate::error::{Error, ErrorKind};
use crate::redact::Sanitizer;
use crate::timer::{self, bounded};

/// A call, its endpoint, and the credentials that sign it. No text about the call may show the credentials.
struct Exchange<'a> {
    outgoing: &'a Outgoing<'a>,
    resolved: &'a Resolved,
    credentials: Option<&'a Credentials>,
    /// The number of the attempt.
    number: u32,
    /// The progress of a body that is not in memory.
    upload: Option<Upload>,
}

impl Exchange<'_> {
    fn sanitizer(&self) -> Sanitizer {
        Sanitizer::new((self.outgoing.secrets)(), self.credentials)
    }

    /// The request id for a log line.
    fn request_id(&self, result: &Result<HttpResponse, Error>) -> Option<String> {
        match result {
            Ok(response) => response.shown_request_id(&self.sanitizer()).map(String::from),
            Err(error) => error.request_id().map(str::to_owned),
        }
    }
}

/// A failed attempt, with the information in its response that decides about another attempt.
pub(super) struct FailedAttempt {
    pub(super) error: Error,
    /// The time that the request was signed for.
    pub(super) signed: SystemTime,
    /// The time of the service's clock, from the response.
    pub(super) date: Option<OffsetDateTime>,
    /// The time that the service asks to wait.
    pub(super) retry_after: Option<Duration>,
}

impl Client {
    /// Signs `outgoing` and sends it to `resolved`, as attempt `number`. `handover` says whether anything was sent, even if
    /// this future is dropped before it completes.
    pub(super) async fn attempt(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        number: u32,
        handover: Handover,
    ) -> Result<HttpResponse, FailedAttempt> {
        let started = Instant::now();
        let authentication = self.authentication(outgoing, resolved).await.map_err(|error| {
            let signed = self.service_now();
            FailedAttempt { error, signed, date: None, retry_after: None }
        })?;
        let signed = authentication.time;
        let failed = |error| FailedAttempt { error, signed, date: None, retry_after: None };
        let mut request =
            self.request(outgoing, resolved, Some(&authentication)).map_err(failed)?;
        let credentials = authentication.credentials;
        let (payload, upload) = payload(&outgoing.body, &handover).await.map_err(failed)?;
        *request.body_mut() = Some(reqwest::Body::wrap(payload));
        let credentials_ref = credentials.as_ref();
        let exchange =
            Exchange { outgoing, resolved, credentials: credentials_ref, number, upload };
        let result = self.exchange(&exchange, request, &handover).await;
        let status = match &result {
            Ok(response) => Some(response.status),
            Err(error) => error.status(),
        };
        tracing::debug!(
            attempt = number,
            status,
            request_id = exchange.request_id(&result),
            ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "attempt finished"
        );
        let response = result.map_err(failed)?;
        if (200..300).contains(&response.status) {
            return Ok(HttpResponse { attempts: number, credentials, ..response });
        }
        let (date, retry_after) = (response.date, response.retry_after);
        let protocol = outgoing.operation.service.protocol;
        let error = response
            .into_error(protocol, &exchange.sanitizer())
            .with_retryable(outgoing.operation.retryable);
        Err(FailedAttempt { error, signed, date, retry_after })
    }

    /// The request without its body, with `authentication` if there is one.
    pub(super) fn request(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        authentication: Option<&Authentication>,
    ) -> Result<reqwest::Request, Error> {
        let url = resolved.url_of(&outgoing.path, &outgoing.query);
        if !url.path().ends_with(&*outgoing.path) {
            return Err(has_dot_segment());
        }
        let mut request = reqwest::Request::new(outgoing.method.clone(), url);
        let headers = request.headers_mut();
        let own = outgoing.options.headers()?;
        // With those of the signature, so that the map does not grow.
        headers.reserve(outgoing.headers.len() + own.len() + 4);
        for (name, value) in &outgoing.headers {
            headers.append(name, value.clone());
        }
        headers.insert(USER_AGENT, self.0.user_agent.clone());
        for (name, value) in own {
            headers.append(name, value.clone());
        }
        if let Some(authentication) = authentication {
            self.authenticate(outgoing, resolved, authentication, &mut request)?;
        }
        Ok(request)
    }

    async fn exchange(
        &self,
        exchange: &Exchange<'_>,
        request: reqwest::Request,
        handover: &Handover,
    ) -> Result<HttpResponse, Error> {
        let limits = &exchange.outgoing.limits;
        let mut deadline = limits.attempt.map(timer::deadline);
        let response = self.receive(exchange, request);
        let result = match (&exchange.upload, limits.attempt) {
            (Some(upload), attempt) => {
                let result = upload.within(limits, response).await;
                deadline = attempt.map(timer::deadline);
                result.map_err(|error| upload.cause(error))
            }
            (None, None) => response.await,
            (None, Some(limit)) => tokio::time::timeout(bounded(limit), response)
                .await
                .unwrap_or_else(|_| Err(no_response_within(limit))),
        };
        match result {
            Ok(response) => Ok(HttpResponse { deadline, ..response }),
            // There was no connection on which anything could be sent. An empty body does not say so.
            Err(error)
                if matches!(error.kind(), ErrorKind::Connection | ErrorKind::Configuration) =>
            {
                Err(error)
            }
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
        let mut received = self.0.http.client().execute(request).await.map_err(no_response)?;
        let Outgoing { path, query, .. } = exchange.outgoing;
        if !exchange.resolved.is_url_of(path, query, received.url()) {
            return Err(redirected().sent());
        }
        let Limits { response: limit, stall, .. } = exchange.outgoing.limits;
        let mut response = HttpResponse::from_head(&mut received, limit, || self.now());
        if exchange.outgoing.streams_output && received.status().is_success() {
            let identity = Identity {
                operation: exchange.outgoing.operation.name.to_owned(),
                status: response.status,
                request_id: response.shown_request_id(&exchange.sanitizer()).map(String::from),
                attempts: exchange.number,
            };
            response.stream = Some(response_body(received, stall, identity));
            return Ok(response);
        }
        loop {
            match received.chunk().await {
                Ok(None) => return Ok(response),
                Ok(Some(chunk)) if response.body.len().saturating_add(chunk.len()) > limit => {
                    let message = format!(
                        "the response is larger than the limit of {limit} bytes; raise it with \
                         response_limit(…)"
                    );
                    let error = Error::new(ErrorKind::ResponseTooLarge, message);
                    return Err(response.identify(error, &exchange.sanitizer()));
                }
                Ok(Some(chunk)) => response.body.extend_from_slice(&chunk),
                Err(error) => {
                    return Err(response.identify(no_response(error), &exchange.sanitizer()));
                }
            }
        }
    }
}

/// The body of an attempt, and its progress if it is not in memory.
async fn payload(body: &Body, handover: &Handover) -> Result<(Payload, Option<Upload>), Error> {
    if let Some(bytes) = body.bytes() {
        if bytes.is_empty() {
            handover.take_empty();
        }
        return Ok((Payload::new(bytes.clone(), handover.clone()), None));
    }
    let (chunks, length) = upload::open(body).await?;
    if length == Some(0) {
        handover.take_empty();
    }
    let upload = Upload::new();
    let payload = Payload::of_chunks(chunks, length, upload.clone(), handover.clone());
    Ok((payload, Some(upload)))
}

/// The error of a path that the type of URLs changes, so that the request would go to another resource.
fn has_dot_segment() -> Error {
    Error::new(
        ErrorKind::Input,
        "a parameter is a part of the request's path, and has `.` or `..` between slashes or alone, which cannot be sent; \
         use another value",
    )
}

/// Lets a single-threaded runtime notice which idle connections the server has closed. Nothing drives such a runtime between
/// two calls of `block_on`, and a request on a closed connection would be lost. A multi-threaded runtime notices by itself.
async fn notice_closed_connections() {
    let flavor = Handle::try_current().map(|handle| handle.runtime_flavor());
    if flavor.is_ok_and(|flavor| flavor == RuntimeFlavor::CurrentThread) {
        tokio::task::yield_now().await;
    }
}
