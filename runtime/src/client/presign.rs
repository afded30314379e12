//! Presigned requests.

use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::Client;
use super::authentication::{Authentication, scope, signable};
use super::outgoing::{Encoded, Outgoing, Secrets};
use super::request::RequestOptions;
use super::resolve::Resolved;
use crate::auth::payload::PayloadHash;
use crate::auth::presigned::Presigned;
use crate::auth::sigv4::{MAX_EXPIRY, SignableRequest, amz_date};
use crate::codec::form;
use crate::error::{Error, ErrorKind};
use crate::redact::Sanitizer;
use crate::schema::{AuthScheme, EncodedRequest, Operation, RequestBody};

impl Client {
    /// The request `encoded` to `operation` with its signature in the URL, which is valid for `expires_in`.
    pub(crate) async fn presign(
        &self,
        operation: &Operation<'_>,
        options: &RequestOptions,
        encoded: Encoded,
        secrets: Secrets<'_>,
        expires_in: Duration,
    ) -> Result<Presigned, Error> {
        let presigned = async {
            check_expiry(expires_in)?;
            let outgoing = self.outgoing(operation, options, in_url(encoded)?, secrets);
            let resolved = self.destination(&outgoing)?;
            let scheme = self.scheme(&outgoing, &resolved);
            if !matches!(scheme, AuthScheme::SigV4 | AuthScheme::S3) {
                return Err(Error::new(
                    ErrorKind::Input,
                    "requests of this operation are not signed, so there is no presigned URL; send the request instead",
                ));
            }
            let authentication = self.authentication(&outgoing, &resolved).await?;
            self.presigned(&outgoing, &resolved, &authentication, expires_in)
        };
        presigned.await.map_err(|error| error.of_operation(operation.name))
    }

    fn presigned(
        &self,
        outgoing: &Outgoing<'_>,
        resolved: &Resolved,
        authentication: &Authentication,
        expires_in: Duration,
    ) -> Result<Presigned, Error> {
        let Authentication { scheme, credentials, time } = authentication;
        let own = outgoing.options.headers()?.iter();
        let headers: HeaderMap = outgoing.headers.iter().chain(own).cloned().collect();
        let date = amz_date(*time);
        let path = [resolved.url.path().trim_end_matches('/'), &*outgoing.path].concat();
        let mut request = SignableRequest {
            path: &path,
            ..signable(outgoing, resolved, *scheme, &headers, &date)
        };
        if *scheme == AuthScheme::S3 {
            request.payload = PayloadHash::Unsigned;
        }
        let query = credentials.as_ref().map(|credentials| {
            let scope = scope(outgoing, resolved, credentials, *time);
            self.0.signer.presign(&request, &scope, expires_in)
        });
        let query = query.unwrap_or_default();
        let scheme = resolved.url.scheme();
        let url = Zeroizing::new([scheme, "://", &resolved.host, &path, "?", &query].concat());
        let signature = query.rsplit('=').next().unwrap_or_default();
        let mut secrets = (outgoing.secrets)();
        secrets.push(Zeroizing::new(signature.to_owned()));
        let shown = Sanitizer::new(secrets, credentials.as_ref()).redact(&url).into_owned();
        Ok(Presigned { method: outgoing.method.clone(), url, headers, shown })
    }
}

fn check_expiry(expires_in: Duration) -> Result<(), Error> {
    if (Duration::from_secs(1)..=MAX_EXPIRY).contains(&expires_in) {
        return Ok(());
    }
    let message = format!(
        "a presigned URL cannot be valid for {expires_in:?}; use between 1 second and 7 days"
    );
    Err(Error::new(ErrorKind::Input, message))
}

/// `encoded` without a body. A form becomes a part of the query string.
fn in_url(mut encoded: Encoded) -> Result<Encoded, Error> {
    let EncodedRequest { query, headers, body, .. } = &mut encoded.request;
    let is_form = |(name, value): &(HeaderName, HeaderValue)| {
        *name == CONTENT_TYPE && *value == form::CONTENT_TYPE
    };
    if let Some(header) = headers.iter().position(is_form) {
        headers.remove(header);
        // In a query string, a plus sign does not mean a space.
        for byte in body.as_bytes().unwrap_or_default() {
            match byte {
                b'+' => query.push_str("%20"),
                byte => query.push(char::from(*byte)),
            }
        }
        *body = RequestBody::Encoded(Zeroizing::default());
    } else if !body.is_empty() {
        return Err(Error::new(
            ErrorKind::Input,
            "a presigned URL has no body; leave out the params that are sent in the body, or send the request instead",
        ));
    }
    Ok(encoded)
}
