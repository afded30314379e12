//! One request and its answer.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use http::header::{AUTHORIZATION, CONTENT_TYPE, DATE, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use time::OffsetDateTime;
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::{Client, Outgoing, Resolved, decode};
use crate::error::{Error, ErrorKind};
use crate::sensitive::REDACTED;
use crate::sign::{Request, Scope};
use crate::{timestamp, xml};

const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const X_AMZN_REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// An answer, whole.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) request_id: Option<String>,
    /// How many attempts it took.
    pub(super) attempts: u32,
    pub(super) date: Option<OffsetDateTime>,
    pub(super) retry_after: Option<Duration>,
    /// When the attempt has had its time.
    pub(super) deadline: Option<Instant>,
    pub(super) body: Vec<u8>,
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
    /// Signs and sends `outgoing`, for the `number`th time, to where it was `resolved` to go.
    pub(super) async fn attempt(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        number: u32,
    ) -> Result<Answer, Failed> {
        let started = Instant::now();
        let signed = timestamp::within_bounds(self.0.skew.correct(self.now()));
        let failed = |error| Failed { error, signed, date: None, retry_after: None };
        let credentials = if outgoing.operation.unsigned {
            None
        } else {
            Some(self.0.credentials.get(signed).await.map_err(failed)?)
        };
        let request =
            self.request(outgoing, resolved, credentials.as_ref(), signed).map_err(failed)?;
        let result = self.exchange(request).await;
        let (status, request_id) = match &result {
            Ok(answer) => (Some(answer.status), answer.request_id.as_deref()),
            Err(error) => (error.status(), error.request_id()),
        };
        tracing::debug!(
            attempt = number,
            status,
            request_id,
            ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "answered"
        );
        let answer = result.map_err(failed)?;
        if (200..300).contains(&answer.status) {
            return Ok(answer);
        }
        let (date, retry_after) = (answer.date, answer.retry_after);
        let given = (outgoing.secrets)();
        let error = answer.into_error(&secrets_of(&given, credentials.as_ref()));
        Err(Failed { error, signed, date, retry_after })
    }

    /// The request; without `credentials`, unsigned.
    fn request(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        credentials: Option<&Credentials>,
        time: SystemTime,
    ) -> Result<reqwest::Request, Error> {
        let mut request = reqwest::Request::new(Method::POST, resolved.url.clone());
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
        headers.insert(USER_AGENT, self.0.user_agent.clone());
        if let Some(credentials) = credentials {
            self.sign(outgoing, resolved, credentials, time, headers)?;
        }
        *request.body_mut() = Some(outgoing.encoded.body.clone().into());
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
                content_type: FORM,
                body: outgoing.encoded.body.as_bytes(),
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
            let mut token = header(token.to_owned())?;
            token.set_sensitive(true);
            headers.insert(X_AMZ_SECURITY_TOKEN, token);
        }
        Ok(())
    }

    async fn exchange(&self, request: reqwest::Request) -> Result<Answer, Error> {
        let Some(limit) = self.0.limits.attempt else {
            return self.receive(request).await;
        };
        let deadline = decode::deadline(Some(limit));
        match tokio::time::timeout(limit, self.receive(request)).await {
            Ok(result) => result.map(|answer| Answer { deadline, ..answer }),
            Err(_) => {
                let message = format!("the endpoint did not answer within {limit:?}");
                Err(Error::new(ErrorKind::Timeout, message).sent())
            }
        }
    }

    async fn receive(&self, request: reqwest::Request) -> Result<Answer, Error> {
        let mut response = self.0.http.execute(request).await.map_err(not_answered)?;
        let limit = self.0.limits.answer;
        let mut answer = Answer::begin(&response, limit);
        loop {
            match response.chunk().await {
                Ok(None) => return Ok(answer),
                Ok(Some(chunk)) if answer.body.len().saturating_add(chunk.len()) > limit => {
                    let message = format!(
                        "the answer is larger than the limit of {limit} bytes; raise it with \
                         answer_limit(…)"
                    );
                    let error = Error::new(ErrorKind::AnswerTooLarge, message);
                    return Err(error.with_answer(answer.status, answer.request_id));
                }
                Ok(Some(chunk)) => answer.body.extend_from_slice(&chunk),
                Err(error) => {
                    let error = not_answered(error).sent();
                    return Err(error.with_answer(answer.status, answer.request_id));
                }
            }
        }
    }
}

impl Answer {
    /// What `response` says before its body, which may have as many bytes as `limit`.
    fn begin(response: &reqwest::Response, limit: usize) -> Self {
        /// The most that is set aside because an answer says that it is long.
        const BELIEVED: usize = 1 << 20;
        let headers = response.headers();
        let length = response.content_length().and_then(|length| usize::try_from(length).ok());
        let room = length.unwrap_or_default().min(limit).min(BELIEVED);
        // Of a success, neither is asked for.
        let failed = (!response.status().is_success()).then_some(headers);
        Self {
            status: response.status().as_u16(),
            request_id: text(headers, &X_AMZN_REQUEST_ID).map(str::to_owned),
            attempts: 1,
            deadline: None,
            date: failed
                .and_then(|headers| text(headers, &DATE))
                .and_then(timestamp::parse_http_date),
            retry_after: failed.and_then(|headers| text(headers, &RETRY_AFTER)).and_then(seconds),
            body: Vec::with_capacity(room),
        }
    }

    /// The error of an answer that is not that of a success, without any of `secrets`.
    fn into_error(self, secrets: &[&str]) -> Error {
        let Some(document) = xml::decode_error(&self.body) else {
            let message = match self.status {
                300..400 => "the endpoint redirects, and a signed request does not follow: its \
                             signature is for one host; check the endpoint's URL"
                    .to_owned(),
                _ => format!(
                    "the answer is no error of the service's but {} bytes from something on the way",
                    self.body.len()
                ),
            };
            let error = Error::new(ErrorKind::Service, message);
            return error.with_answer(self.status, self.request_id);
        };
        let mut message =
            document.message.unwrap_or_else(|| "the service gave no message".to_owned());
        // Services repeat a value that they refuse, and it may be a one-time code.
        for secret in secrets {
            message = redacted(&message, secret);
        }
        let request_id = document.request_id.or(self.request_id);
        let error = Error::new(ErrorKind::Service, message).with_answer(self.status, request_id);
        match document.code {
            Some(code) => error.with_code(code).with_document(self.body),
            None => error,
        }
    }
}

/// What no message may show of this call, longest first: the sensitive parameters
/// that were `given`, and what it is
/// signed with, which a service may repeat to say why a signature is wrong.
fn secrets_of<'a>(
    given: &'a [Zeroizing<String>],
    credentials: Option<&'a Credentials>,
) -> Vec<&'a str> {
    let own = [
        credentials.and_then(Credentials::session_token),
        credentials.map(Credentials::secret_access_key),
    ];
    let given = given.iter().map(|secret| secret.as_str());
    let mut secrets: Vec<&str> = Vec::new();
    for secret in own.into_iter().flatten().chain(given).filter(|secret| !secret.is_empty()) {
        let longer = secrets.partition_point(|other| other.len() >= secret.len());
        secrets.insert(longer, secret);
    }
    secrets
}

/// `message` without `secret`. A secret of three characters or fewer stands for itself only as a word
/// of its own: anything else would take a message apart and hide nothing.
fn redacted(message: &str, secret: &str) -> String {
    if secret.chars().count() > 3 {
        return message.replace(secret, REDACTED);
    }
    let is_word = |at: usize| {
        let before = message.get(..at).and_then(|text| text.chars().next_back());
        let after = message.get(at + secret.len()..).and_then(|text| text.chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    };
    let mut out = String::with_capacity(message.len());
    let mut done = 0;
    for (at, _) in message.match_indices(secret).filter(|(at, _)| is_word(*at)) {
        out.push_str(message.get(done..at).unwrap_or_default());
        out.push_str(REDACTED);
        done = at + secret.len();
    }
    out.push_str(message.get(done..).unwrap_or_default());
    out
}

fn header(text: String) -> Result<HeaderValue, Error> {
    HeaderValue::try_from(text).map_err(|_| {
        // The text holds a credential, and so might the cause.
        Error::new(
            ErrorKind::Credentials,
            "the credentials cannot be sent: they contain a character that HTTP headers cannot hold",
        )
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn seconds(text: &str) -> Option<Duration> {
    text.trim().parse().ok().map(Duration::from_secs)
}

fn not_answered(error: reqwest::Error) -> Error {
    let error = error.without_url();
    let (kind, message) = if error.is_connect() {
        (ErrorKind::Connection, "no connection to the endpoint could be made")
    } else if error.is_timeout() {
        (ErrorKind::Timeout, "the endpoint did not answer in time")
    } else {
        (ErrorKind::Transport, "the connection broke before the answer was complete")
    };
    let sent = !(error.is_connect() || error.is_builder());
    let failed = Error::new(kind, message).with_source(error);
    if sent { failed.sent() } else { failed }
}
