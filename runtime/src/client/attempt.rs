//! One attempt: a signed HTTP request and its response.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use bytes::Bytes;
use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderName, HeaderValue};
use time::OffsetDateTime;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::Client;
use super::outgoing::Outgoing;
use super::payload::{Handover, Payload};
use super::resolve::Resolved;
use super::response::HttpResponse;
use super::transport_error::{no_response, redirected};
use crate::auth::sigv4::{CredentialScope, SignableRequest, amz_date};
use crate::error::{Error, ErrorKind};
use crate::redact::Sanitizer;
use crate::timer::{bounded, deadline};

const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// A call, its endpoint, and the credentials that sign it. No text about the call may show the credentials.
struct Exchange<'a> {
    outgoing: &'a Outgoing<'a>,
    resolved: &'a Resolved,
    credentials: Option<&'a Credentials>,
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
        let (credentials, signed) = self.credentials(outgoing).await.map_err(|error| {
            let signed = self.service_now();
            FailedAttempt { error, signed, date: None, retry_after: None }
        })?;
        let failed = |error| FailedAttempt { error, signed, date: None, retry_after: None };
        let mut request =
            self.request(outgoing, resolved, credentials.as_ref(), signed).map_err(failed)?;
        let payload = Payload::new(outgoing.body.clone(), handover.clone());
        *request.body_mut() = Some(reqwest::Body::wrap(payload));
        let exchange = Exchange { outgoing, resolved, credentials: credentials.as_ref() };
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

    /// The credentials for `outgoing`, unless its operation is unsigned, and the service's time at which they are valid.
    async fn credentials(
        &self,
        outgoing: &Outgoing<'_>,
    ) -> Result<(Option<Credentials>, SystemTime), Error> {
        if outgoing.operation.unsigned {
            return Ok((None, self.service_now()));
        }
        let client = self.clone();
        let clock = move || client.service_now();
        let source = outgoing.options.credentials.as_ref().unwrap_or(&self.0.credentials);
        let (credentials, valid_at) = source.get(clock, outgoing.limits.credentials).await?;
        Ok((Some(credentials), valid_at))
    }

    /// The request without its body. It is signed if there are `credentials`.
    pub(super) fn request(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        credentials: Option<&Credentials>,
        time: SystemTime,
    ) -> Result<reqwest::Request, Error> {
        let url = resolved.url_of(&outgoing.path, &outgoing.query);
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
        if let Some(credentials) = credentials {
            self.sign(outgoing, resolved, credentials, time, &mut request)?;
        }
        Ok(request)
    }

    fn sign(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        credentials: &Credentials,
        time: SystemTime,
        request: &mut reqwest::Request,
    ) -> Result<(), Error> {
        let headers = request.headers_mut();
        let date = header(amz_date(time))?;
        headers.insert(X_AMZ_DATE, date.clone());
        if let Some(token) = credentials.session_token() {
            let mut token = secret_header(token)?;
            token.set_sensitive(true);
            headers.insert(X_AMZ_SECURITY_TOKEN, token);
        }
        let authorization = self.0.signer.sign(
            &SignableRequest {
                method: outgoing.method.as_str(),
                host: &resolved.host,
                path: request.url().path(),
                query: request.url().query().unwrap_or(""),
                headers: request.headers(),
                body: &outgoing.body,
                date: date.to_str().map_err(|_| invalid_credentials())?,
            },
            &CredentialScope {
                credentials,
                region: &resolved.signing_region,
                service: outgoing.operation.service.signing_name,
                time,
            },
        );
        let mut authorization = header(authorization)?;
        authorization.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, authorization);
        Ok(())
    }

    async fn exchange(
        &self,
        exchange: &Exchange<'_>,
        request: reqwest::Request,
        handover: &Handover,
    ) -> Result<HttpResponse, Error> {
        let deadline = exchange.outgoing.limits.attempt.map(deadline);
        let response = self.receive(exchange, request);
        let result = match exchange.outgoing.limits.attempt {
            None => response.await,
            Some(limit) => {
                tokio::time::timeout(bounded(limit), response).await.unwrap_or_else(|_| {
                    let message = format!("the endpoint did not respond within {limit:?}; raise the limit with attempt_timeout(…)");
                    Err(Error::new(ErrorKind::Timeout, message))
                })
            }
        };
        match result {
            Ok(response) => Ok(HttpResponse { deadline, ..response }),
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
        let limit = exchange.outgoing.limits.response;
        let mut response = HttpResponse::from_head(&mut received, limit, || self.now());
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

fn header(text: String) -> Result<HeaderValue, Error> {
    HeaderValue::try_from(text).map_err(|_| invalid_credentials())
}

/// The same as [`header`], but the text is overwritten when the request is dropped.
fn secret_header(text: &str) -> Result<HeaderValue, Error> {
    let bytes = Bytes::from_owner(Zeroizing::new(text.to_owned()));
    HeaderValue::from_maybe_shared(bytes).map_err(|_| invalid_credentials())
}

fn invalid_credentials() -> Error {
    // Neither the text nor the source is shown, because both may contain the credentials.
    Error::new(
        ErrorKind::Credentials,
        "the credentials contain a character that is not allowed in an HTTP header; check their source",
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
