//! One request and its answer.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use http::header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use zeroize::Zeroizing;

use super::{Client, Resolved};
use crate::error::{Error, ErrorKind};
use crate::operation::Service;
use crate::sign::{Request, Scope};
use crate::xml;

const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const X_AMZN_REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// An answer, whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Client {
    pub(super) fn signed(
        &self,
        service: &Service<'_>,
        resolved: &Resolved,
        credentials: &Credentials,
        now: SystemTime,
        body: String,
    ) -> Result<reqwest::Request, Error> {
        let signature = self.0.signer.sign(
            &Request {
                host: &resolved.host,
                path: resolved.url.path(),
                content_type: FORM,
                body: body.as_bytes(),
            },
            &Scope {
                credentials,
                region: &resolved.signing_region,
                service: service.signing_name,
                time: now,
            },
        );
        let mut request = reqwest::Request::new(Method::POST, resolved.url.clone());
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
        headers.insert(USER_AGENT, self.0.user_agent.clone());
        headers.insert(X_AMZ_DATE, header(signature.date)?);
        let mut authorization = header(signature.authorization)?;
        authorization.set_sensitive(true);
        headers.insert(AUTHORIZATION, authorization);
        if let Some(token) = credentials.session_token() {
            let mut token = header(token.to_owned())?;
            token.set_sensitive(true);
            headers.insert(X_AMZ_SECURITY_TOKEN, token);
        }
        *request.body_mut() = Some(body.into());
        Ok(request)
    }

    pub(super) async fn exchange(&self, request: reqwest::Request) -> Result<Answer, Error> {
        let mut response = self.0.http.execute(request).await.map_err(not_answered)?;
        let status = response.status().as_u16();
        let request_id = request_id(response.headers());
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(None) => return Ok(Answer { status, request_id, body }),
                Ok(Some(chunk)) if body.len().saturating_add(chunk.len()) > self.0.answer_limit => {
                    let message = format!(
                        "the answer is larger than the limit of {} bytes; raise it with answer_limit(…)",
                        self.0.answer_limit
                    );
                    return Err(Error::new(ErrorKind::Answer, message).with_answer(status, request_id));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Err(error) => return Err(not_answered(error).with_answer(status, request_id)),
            }
        }
    }
}

impl Answer {
    /// The answer, if it is that of a success; the service's error otherwise, without any of `secrets`.
    pub(super) fn success(self, secrets: &[Zeroizing<String>]) -> Result<Self, Error> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        let Some(document) = xml::decode_error(&self.body) else {
            let message = format!(
                "the answer is no error of the service's but {} bytes from something on the way",
                self.body.len()
            );
            let error = Error::new(ErrorKind::Service, message);
            return Err(error.with_answer(self.status, self.request_id));
        };
        let mut message = document.message.unwrap_or_else(|| "the service gave no message".to_owned());
        // Services repeat a value that they refuse, and it may be a one-time code.
        for secret in secrets {
            message = message.replace(secret.as_str(), "[redacted]");
        }
        let request_id = document.request_id.or(self.request_id);
        let error = Error::new(ErrorKind::Service, message).with_answer(self.status, request_id);
        Err(match document.code {
            Some(code) => error.with_code(code),
            None => error,
        })
    }
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

/// The id of a request, as the header has it.
fn request_id(headers: &HeaderMap) -> Option<String> {
    headers.get(X_AMZN_REQUEST_ID).and_then(|id| id.to_str().ok()).map(str::to_owned)
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
