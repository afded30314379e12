//! Signature Version 4 for the requests of this client: a `POST` with a body.
//!
//! The cryptography is `aws-sigv4`'s. The canonical request is built here, in one pass, and signing keys are cached, since deriving
//! one is most of the cost of a signature. Tests compare the result with that of `aws-sigv4`'s own signer.

use std::borrow::Cow;
use std::sync::Mutex;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use http::{HeaderName, HeaderValue};
use memchr::memchr;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use zeroize::{Zeroize as _, Zeroizing};

use crate::timestamp;

/// Path segments are escaped once more than in the URL, which all services except S3 require.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The additional header that is not signed, since a proxy may change it.
const UNSIGNED: &str = "x-amzn-trace-id";

/// A request to sign.
pub(crate) struct PostRequest<'a> {
    pub(crate) host: &'a str,
    pub(crate) path: &'a str,
    pub(crate) content_type: &'a str,
    /// Additional headers, without those that the signature sets.
    pub(crate) headers: &'a [(HeaderName, HeaderValue)],
    pub(crate) body: &'a [u8],
}

/// The credentials, region, service and time of a signature.
pub(crate) struct CredentialScope<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    pub(crate) time: SystemTime,
}

/// The values of the headers with the signature. The session token is sent in another header, unchanged.
pub(crate) struct Signature {
    pub(crate) date: String,
    pub(crate) authorization: String,
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

/// How many keys are cached: a client rarely uses more regions at a time.
const MAX_KEYS: usize = 4;

impl Signer {
    /// Signs `request` for `scope`.
    pub(crate) fn sign(&self, request: &PostRequest<'_>, scope: &CredentialScope<'_>) -> Signature {
        let date = amz_date(scope.time);
        let day = date.get(..8).unwrap_or_default();
        let credential_scope =
            [day, "/", scope.region, "/", scope.service, "/aws4_request"].concat();
        let token = scope.credentials.session_token();
        let mut headers = Vec::with_capacity(4 + request.headers.len());
        headers.extend([
            ("content-type", request.content_type),
            ("host", request.host),
            ("x-amz-date", date.as_str()),
        ]);
        headers.extend(token.map(|token| ("x-amz-security-token", token)));
        let further = request.headers.iter().filter(|(name, _)| name != UNSIGNED);
        headers.extend(further.map(|(name, value)| (name.as_str(), text(value))));
        // Most requests have only the headers of the client, which are already sorted.
        let signed_headers = match (request.headers, token) {
            ([], None) => Cow::Borrowed("content-type;host;x-amz-date"),
            ([], Some(_)) => Cow::Borrowed("content-type;host;x-amz-date;x-amz-security-token"),
            _ => {
                headers.sort_unstable();
                let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
                Cow::Owned(names.join(";"))
            }
        };

        // With enough capacity, the string does not grow, which would leave a copy of the session token in memory.
        let room = 512 + 3 * request.path.len() + token.map_or(0, str::len) + request.host.len();
        let mut canonical = String::with_capacity(room);
        canonical.push_str("POST\n");
        push_path(&mut canonical, request.path);
        canonical.push('\n');
        for (name, value) in headers {
            canonical.push('\n');
            canonical.push_str(name);
            canonical.push(':');
            push_value(&mut canonical, value);
        }
        canonical.push_str("\n\n");
        canonical.push_str(&signed_headers);
        canonical.push('\n');
        push_hex_sha256(&mut canonical, request.body);

        let mut string_to_sign = String::with_capacity(256);
        for part in ["AWS4-HMAC-SHA256\n", &date, "\n", &credential_scope, "\n"] {
            string_to_sign.push_str(part);
        }
        push_hex_sha256(&mut string_to_sign, canonical.as_bytes());
        if token.is_some() || !request.headers.is_empty() {
            // It contains the session token, and headers may be secret too.
            canonical.zeroize();
        }

        let signature = self.with_key(scope, &credential_scope, |key| {
            calculate_signature(key, string_to_sign.as_bytes())
        });
        let authorization = [
            "AWS4-HMAC-SHA256 Credential=",
            scope.credentials.access_key_id(),
            "/",
            &credential_scope,
            ", SignedHeaders=",
            &signed_headers,
            ", Signature=",
            &signature,
        ]
        .concat();
        Signature { date, authorization }
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

/// The text of an additional header. [`Request::header`](crate::Request::header) accepts only text.
fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or_default()
}

/// Appends a header's value as it is signed: trimmed, and with runs of spaces collapsed.
fn push_value(out: &mut String, value: &str) {
    let find_space = |text: &str| memchr(b' ', text.as_bytes());
    let mut rest = if find_space(value).is_some() { value.trim_matches(' ') } else { value };
    while let Some((word, after)) = find_space(rest).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(word);
        out.push(' ');
        rest = after.trim_start_matches(' ');
    }
    out.push_str(rest);
}

/// Appends the path as it is signed, with repeated slashes collapsed.
fn push_path(out: &mut String, path: &str) {
    // The path of most requests.
    if path == "/" {
        out.push('/');
        return;
    }
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        out.push('/');
        out.extend(utf8_percent_encode(segment, PATH));
    }
    if path.ends_with('/') || path.is_empty() {
        out.push('/');
    }
}

/// `20261124T093000Z`
fn amz_date(time: SystemTime) -> String {
    let time = OffsetDateTime::from_unix_timestamp(timestamp::seconds(time))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (hour, minute, second) = time.to_hms();
    // The time is within the years of four digits.
    let of_year = |number: i32| u8::try_from(number % 100).unwrap_or_default();
    let mut date = String::with_capacity(16);
    push_two_digits(&mut date, of_year(time.year() / 100));
    push_two_digits(&mut date, of_year(time.year()));
    push_two_digits(&mut date, time.month().into());
    push_two_digits(&mut date, time.day());
    date.push('T');
    push_two_digits(&mut date, hour);
    push_two_digits(&mut date, minute);
    push_two_digits(&mut date, second);
    date.push('Z');
    date
}

fn push_two_digits(out: &mut String, number: u8) {
    push_digit(out, number / 10);
    push_digit(out, number % 10);
}

fn push_hex_sha256(out: &mut String, bytes: &[u8]) {
    for byte in Sha256::digest(bytes) {
        push_digit(out, byte >> 4);
        push_digit(out, byte & 0xf);
    }
}

/// Appends a hexadecimal digit. Formatting numbers with `write!` would be a tenth of the cost of a call.
fn push_digit(out: &mut String, digit: u8) {
    if let Some(digit) = char::from_digit(digit.into(), 16) {
        out.push(digit);
    }
}

#[cfg(test)]
mod tests;
