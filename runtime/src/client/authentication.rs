//! The authentication of a request: the scheme, the credentials or the token, and the headers.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::Client;
use super::outgoing::Outgoing;
use super::resolve::Resolved;
use super::settings::BearerTokens;
use super::upload;
use crate::auth::payload::{PayloadHash, hex_sha256};
use crate::auth::sigv4::{CredentialScope, SignableRequest, amz_date};
use crate::error::{Error, ErrorKind};
use crate::schema::AuthScheme;

const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// How a request is authenticated.
pub(super) struct Authentication {
    pub(super) scheme: AuthScheme,
    /// The credentials of a signature. A bearer token is their secret.
    pub(super) credentials: Option<Credentials>,
    /// The service's time at which they are valid.
    pub(super) time: SystemTime,
}

impl Client {
    /// The authentication of `outgoing` at `resolved`, with valid credentials.
    pub(super) async fn authentication(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
    ) -> Result<Authentication, Error> {
        let scheme = self.scheme(outgoing, resolved);
        let service = outgoing.operation.service;
        let source = match scheme {
            AuthScheme::NoAuth => {
                return Ok(Authentication { scheme, credentials: None, time: self.service_now() });
            }
            AuthScheme::Bearer => {
                resolved.check_confidential()?;
                let source = self.0.bearer_tokens.get(service.signing_name);
                source.ok_or_else(|| BearerTokens::missing(service))?
            }
            AuthScheme::SigV4 | AuthScheme::S3 => {
                outgoing.options.credentials.as_ref().unwrap_or(&self.0.credentials)
            }
        };
        let client = self.clone();
        let clock = move || client.service_now();
        let (credentials, time) = source.get(clock, outgoing.limits.credentials).await?;
        Ok(Authentication { scheme, credentials: Some(credentials), time })
    }

    /// Hashes the body of `outgoing` if its signature covers it, and it is not in memory. Over https, S3 takes a body that is not signed.
    ///
    /// # Errors
    /// If the body can be read only once, or not at all.
    pub(super) async fn hash_body(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
    ) -> Result<(), Error> {
        let is_unsigned = outgoing.body.bytes().is_some()
            || outgoing.operation.unsigned_payload
            || match self.scheme(outgoing, resolved) {
                AuthScheme::SigV4 => false,
                AuthScheme::S3 => resolved.url.scheme() == "https",
                AuthScheme::Bearer | AuthScheme::NoAuth => true,
            };
        if is_unsigned {
            return Ok(());
        }
        if !outgoing.body.is_repeatable() {
            return Err(Error::new(
                ErrorKind::Input,
                "the request's body is a stream, whose signature would need all of its bytes before they are sent; pass bytes or \
                 a file (ByteStream::from_path), or use an endpoint with https if the service is S3",
            ));
        }
        let hash = upload::hash(&outgoing.body).await?;
        // Nobody else sets it.
        let _ = outgoing.body_hash.set(hash);
        Ok(())
    }

    /// The scheme of `outgoing`. A service that takes bearer tokens gets one if the client has one, unless the request has credentials of
    /// its own.
    pub(super) fn scheme(&self, outgoing: &Outgoing<'_>, resolved: &Resolved) -> AuthScheme {
        let service = outgoing.operation.service;
        if let Some(scheme) = outgoing.operation.auth {
            return scheme;
        }
        let prefers_token = outgoing.options.credentials.is_none()
            && service.auth.contains(&AuthScheme::Bearer)
            && self.0.bearer_tokens.get(service.signing_name).is_some();
        if prefers_token { AuthScheme::Bearer } else { resolved.signing.scheme(service) }
    }

    /// Adds the headers of `authentication` to `request`.
    pub(super) fn authenticate(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        authentication: &Authentication,
        request: &mut reqwest::Request,
    ) -> Result<(), Error> {
        let Authentication { scheme, credentials, time } = authentication;
        let Some(credentials) = credentials else { return Ok(()) };
        if *scheme == AuthScheme::Bearer {
            let token = Zeroizing::new(["Bearer ", credentials.secret_access_key()].concat());
            request.headers_mut().insert(AUTHORIZATION, secret_header(token)?);
            return Ok(());
        }
        let headers = request.headers_mut();
        let date = amz_date(*time);
        headers.insert(X_AMZ_DATE, header(&date)?);
        if let Some(token) = credentials.session_token() {
            let token = secret_header(Zeroizing::new(token.to_owned()))?;
            headers.insert(X_AMZ_SECURITY_TOKEN, token);
        }
        let mut payload = outgoing.payload_hash();
        let hash;
        if *scheme == AuthScheme::S3
            && let PayloadHash::Bytes(bytes) = payload
        {
            hash = hex_sha256(bytes);
            payload = PayloadHash::Sha256Hex(&hash);
        }
        if *scheme == AuthScheme::S3 || payload.is_unsigned() {
            let mut text = Vec::with_capacity(64);
            payload.push_to(&mut text);
            let value = HeaderValue::try_from(text).map_err(|_| invalid_credentials())?;
            headers.insert(X_AMZ_CONTENT_SHA256, value);
        }
        let signable = SignableRequest {
            path: request.url().path(),
            query: request.url().query().unwrap_or(""),
            payload,
            ..signable(outgoing, resolved, *scheme, request.headers(), &date)
        };
        let scope = scope(outgoing, resolved, credentials, *time);
        let mut authorization = header(&self.0.signer.sign(&signable, &scope))?;
        authorization.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, authorization);
        Ok(())
    }
}

/// `outgoing` with `headers`, as the signature of `scheme` covers it.
pub(super) fn signable<'a>(
    outgoing: &'a Outgoing<'_>,
    resolved: &'a Resolved,
    scheme: AuthScheme,
    headers: &'a HeaderMap,
    date: &'a str,
) -> SignableRequest<'a> {
    SignableRequest {
        method: outgoing.method.as_str(),
        host: &resolved.host,
        path: &outgoing.path,
        query: &outgoing.query,
        headers,
        payload: outgoing.payload_hash(),
        path_as_is: scheme == AuthScheme::S3,
        date,
    }
}

/// The scope of the signature of `outgoing` at `resolved`.
pub(super) fn scope<'a>(
    outgoing: &'a Outgoing<'_>,
    resolved: &'a Resolved,
    credentials: &'a Credentials,
    time: SystemTime,
) -> CredentialScope<'a> {
    let signing = &resolved.signing;
    let service = signing.name(outgoing.operation.service);
    CredentialScope { credentials, region: &signing.region, service, time }
}

fn header(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|_| invalid_credentials())
}

/// The same as [`header`], but the text is overwritten when the request is dropped.
fn secret_header(text: Zeroizing<String>) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .map_err(|_| invalid_credentials())?;
    value.set_sensitive(true);
    Ok(value)
}

fn invalid_credentials() -> Error {
    // Neither the text nor the source is shown, because both may contain the credentials.
    Error::new(
        ErrorKind::Credentials,
        "the credentials contain a character that is not allowed in an HTTP header; check their source",
    )
}
