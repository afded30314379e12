//! Signature Version 4.
//!
//! The cryptography is `aws-sigv4`'s. The canonical request is built here, in one pass, and signing keys are cached, because
//! deriving one is most of the cost of a signature. Tests compare the result with that of `aws-sigv4`'s own signer.

mod canonical;

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use http::HeaderMap;
use percent_encoding::utf8_percent_encode;
use time::OffsetDateTime;
use zeroize::{Zeroize as _, Zeroizing};

use super::payload::{PayloadHash, hex_sha256};
use crate::timestamp;
use canonical::{ESCAPED, SignedHeaders};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The longest time for which a presigned URL can be valid.
pub(crate) const MAX_EXPIRY: Duration = Duration::from_hours(7 * 24);

/// A request to sign.
pub(crate) struct SignableRequest<'a> {
    pub(crate) method: &'a str,
    pub(crate) host: &'a str,
    /// The path, percent-encoded as in the URL.
    pub(crate) path: &'a str,
    /// The query string, percent-encoded as in the URL.
    pub(crate) query: &'a str,
    /// All headers except `host` and `authorization`.
    pub(crate) headers: &'a HeaderMap,
    pub(crate) payload: PayloadHash<'a>,
    /// Whether the path is signed as it is in the URL, which only S3 requires. Otherwise it is normalized and escaped once more.
    pub(crate) path_as_is: bool,
    /// [`amz_date`] of the time of the signature, the value of the header `x-amz-date`.
    pub(crate) date: &'a str,
}

/// The credentials, region, service and time of a signature.
pub(crate) struct CredentialScope<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    pub(crate) time: SystemTime,
}

impl CredentialScope<'_> {
    /// The scope for the day of `date`, as it is signed.
    fn text(&self, date: &str) -> String {
        let (day, _) = date.split_once('T').unwrap_or((date, ""));
        [day, "/", self.region, "/", self.service, "/aws4_request"].concat()
    }
}

/// Signs requests, and caches the last signing keys.
#[derive(Default)]
pub(crate) struct Signer {
    keys: Mutex<Vec<SigningKey>>,
}

/// A signing key, for one secret, day, region and service.
struct SigningKey {
    secret: Zeroizing<String>,
    scope: String,
    key: Zeroizing<Vec<u8>>,
}

/// The maximum number of cached keys. A client rarely uses more regions at the same time.
const MAX_KEYS: usize = 4;

impl Signer {
    /// Signs `request` for `scope`, and returns the value of `authorization`.
    pub(crate) fn sign(
        &self,
        request: &SignableRequest<'_>,
        scope: &CredentialScope<'_>,
    ) -> String {
        let credential_scope = scope.text(request.date);
        let headers = SignedHeaders::new(request);
        let signature = self.signature(request, request.query, &headers, scope, &credential_scope);
        [
            ALGORITHM,
            " Credential=",
            scope.credentials.access_key_id(),
            "/",
            &credential_scope,
            ", SignedHeaders=",
            &headers.names,
            ", Signature=",
            &signature,
        ]
        .concat()
    }

    /// Signs `request` for `scope`, and returns its query string with the signature, which is valid for `expires_in`. The query string
    /// contains the session token.
    pub(crate) fn presign(
        &self,
        request: &SignableRequest<'_>,
        scope: &CredentialScope<'_>,
        expires_in: Duration,
    ) -> Zeroizing<String> {
        let credential_scope = scope.text(request.date);
        let headers = SignedHeaders::new(request);
        let credential = [scope.credentials.access_key_id(), "/", &credential_scope].concat();
        let expires_in = expires_in.as_secs().to_string();
        let mut params = vec![
            ("X-Amz-Algorithm", ALGORITHM),
            ("X-Amz-Credential", &*credential),
            ("X-Amz-Date", request.date),
            ("X-Amz-Expires", &*expires_in),
            ("X-Amz-SignedHeaders", &*headers.names),
        ];
        params.extend(scope.credentials.session_token().map(|it| ("X-Amz-Security-Token", it)));

        // With enough capacity, the text does not grow, which would leave a copy of the session token in memory.
        let own: usize = params.iter().map(|(name, value)| name.len() + 3 * value.len() + 2).sum();
        let capacity = 2 * request.query.len() + own + 128;
        let mut query = Zeroizing::new(String::with_capacity(capacity));
        for param in request.query.split('&').filter(|param| !param.is_empty()) {
            query.push_str(param);
            query.push_str(if param.contains('=') { "&" } else { "=&" });
        }
        for (index, (name, value)) in params.into_iter().enumerate() {
            query.push_str(if index == 0 { "" } else { "&" });
            query.push_str(name);
            query.push('=');
            query.extend(utf8_percent_encode(value, ESCAPED));
        }
        let signature = self.signature(request, &query, &headers, scope, &credential_scope);
        query.push_str("&X-Amz-Signature=");
        query.push_str(&signature);
        query
    }

    /// The signature of `request` with the query string `query`.
    fn signature(
        &self,
        request: &SignableRequest<'_>,
        query: &str,
        headers: &SignedHeaders<'_>,
        scope: &CredentialScope<'_>,
        credential_scope: &str,
    ) -> String {
        let mut canonical = canonical::request(request, query, headers);
        let hash = hex_sha256(&canonical);
        // It contains the session token, and further headers may be secret too. The rest of the capacity was never written.
        canonical.as_mut_slice().zeroize();
        let mut string_to_sign = Vec::with_capacity(256);
        for part in [ALGORITHM, "\n", request.date, "\n", credential_scope, "\n"] {
            string_to_sign.extend_from_slice(part.as_bytes());
        }
        string_to_sign.extend_from_slice(&hash);
        self.with_key(scope, credential_scope, |key| calculate_signature(key, &string_to_sign))
    }

    fn with_key<T>(
        &self,
        scope: &CredentialScope<'_>,
        credential_scope: &str,
        sign: impl FnOnce(&[u8]) -> T,
    ) -> T {
        let secret = scope.credentials.secret_access_key();
        // The keys are valid even if a thread panicked while it held the lock.
        let mut keys = self.keys.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(cached) =
            keys.iter().find(|key| key.scope == credential_scope && *key.secret == secret)
        {
            return sign(&cached.key);
        }
        let derived = generate_signing_key(secret, scope.time, scope.region, scope.service);
        let key = Zeroizing::new(derived.as_ref().to_vec());
        let result = sign(&key);
        if keys.len() >= MAX_KEYS {
            keys.remove(0);
        }
        let secret = Zeroizing::new(secret.to_owned());
        keys.push(SigningKey { secret, scope: credential_scope.to_owned(), key });
        result
    }
}

/// The value of `x-amz-date` for `time`: `20261124T093000Z`.
pub(crate) fn amz_date(time: SystemTime) -> String {
    let seconds = time::Duration::seconds(timestamp::seconds(time));
    let time = OffsetDateTime::UNIX_EPOCH.saturating_add(seconds);
    let (hour, minute, second) = time.to_hms();
    let mut date = String::with_capacity(16);
    push_decimal(&mut date, time.year().unsigned_abs(), 4);
    push_decimal(&mut date, u8::from(time.month()).into(), 2);
    push_decimal(&mut date, time.day().into(), 2);
    date.push('T');
    for number in [hour, minute, second] {
        push_decimal(&mut date, number.into(), 2);
    }
    date.push('Z');
    date
}

/// Appends the last `digits` digits of `number`. Formatting numbers with `write!` would be a tenth of the cost of a call.
fn push_decimal(out: &mut String, number: u32, digits: u32) {
    for place in (0..digits).rev() {
        out.extend(char::from_digit(number / 10_u32.pow(place) % 10, 10));
    }
}

#[cfg(test)]
mod tests;
