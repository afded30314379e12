//! Signature Version 4 for the requests of this client: a `POST` with a body.
//!
//! The cryptography is `aws-sigv4`'s. The canonical request is built here, in one pass, and signing keys are cached, because
//! deriving one is most of the cost of a signature. Tests compare the result with that of `aws-sigv4`'s own signer.

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

/// The additional header that is not signed, because a proxy may change it.
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

/// The maximum number of cached keys. A client rarely uses more regions at the same time.
const MAX_KEYS: usize = 4;

impl Signer {
    /// Signs `request` for `scope`.
    pub(crate) fn sign(&self, request: &PostRequest<'_>, scope: &CredentialScope<'_>) -> Signature {
        let (date, credential_scope) = dates(scope);
        let token = scope.credentials.session_token();
        let mut headers = Vec::with_capacity(4 + request.headers.len());
        headers.extend([
            ("content-type", request.content_type.as_bytes()),
            ("host", request.host.as_bytes()),
            ("x-amz-date", date.as_bytes()),
        ]);
        headers.extend(token.map(|token| ("x-amz-security-token", token.as_bytes())));
        let further = request.headers.iter().filter(|(name, _)| name != UNSIGNED);
        headers.extend(further.map(|(name, value)| (name.as_str(), value.as_bytes())));
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

        // With enough capacity, the buffer does not grow, which would leave a copy of the session token in memory.
        let room = 512 + 3 * request.path.len() + token.map_or(0, str::len) + request.host.len();
        let mut canonical = Vec::with_capacity(room);
        canonical.extend_from_slice(b"POST\n");
        push_path(&mut canonical, request.path);
        canonical.push(b'\n');
        for (name, value) in headers {
            canonical.push(b'\n');
            canonical.extend_from_slice(name.as_bytes());
            canonical.push(b':');
            push_value(&mut canonical, value);
        }
        canonical.extend_from_slice(b"\n\n");
        canonical.extend_from_slice(signed_headers.as_bytes());
        canonical.push(b'\n');
        push_hex_sha256(&mut canonical, request.body);

        let mut string_to_sign = Vec::with_capacity(256);
        for part in ["AWS4-HMAC-SHA256\n", &date, "\n", &credential_scope, "\n"] {
            string_to_sign.extend_from_slice(part.as_bytes());
        }
        push_hex_sha256(&mut string_to_sign, &canonical);
        if token.is_some() || !request.headers.is_empty() {
            // It contains the session token, and headers may be secret too.
            canonical.zeroize();
        }

        let signature = self
            .with_key(scope, &credential_scope, |key| calculate_signature(key, &string_to_sign));
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

/// Appends a header's value as it is signed: trimmed, and with runs of spaces collapsed.
fn push_value(out: &mut Vec<u8>, value: &[u8]) {
    if memchr(b' ', value).is_none() {
        out.extend_from_slice(value);
        return;
    }
    let words = value.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

/// Appends the path as it is signed, with repeated slashes collapsed.
fn push_path(out: &mut Vec<u8>, path: &str) {
    // The path of most requests.
    if path == "/" {
        out.push(b'/');
        return;
    }
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        out.push(b'/');
        for part in utf8_percent_encode(segment, PATH) {
            out.extend_from_slice(part.as_bytes());
        }
    }
    if path.ends_with('/') || path.is_empty() {
        out.push(b'/');
    }
}

/// The date of a signature, `20261124T093000Z`, and its credential scope, `20261124/us-east-1/iam/aws4_request`.
fn dates(scope: &CredentialScope<'_>) -> (String, String) {
    let seconds = time::Duration::seconds(timestamp::seconds(scope.time));
    let time = OffsetDateTime::UNIX_EPOCH.saturating_add(seconds);
    let mut date = String::with_capacity(16);
    // The lowest byte of a number below 100 is the number.
    for part in [time.year() / 100 % 100, time.year() % 100] {
        let [number, ..] = part.to_le_bytes();
        push_two_digits(&mut date, number);
    }
    push_two_digits(&mut date, time.month().into());
    push_two_digits(&mut date, time.day());
    let credential_scope = [&date, "/", scope.region, "/", scope.service, "/aws4_request"].concat();
    date.push('T');
    let (hour, minute, second) = time.to_hms();
    for number in [hour, minute, second] {
        push_two_digits(&mut date, number);
    }
    date.push('Z');
    (date, credential_scope)
}

fn push_two_digits(out: &mut String, number: u8) {
    out.push(char::from(hex_digit(number / 10 % 10)));
    out.push(char::from(hex_digit(number % 10)));
}

fn push_hex_sha256(out: &mut Vec<u8>, bytes: &[u8]) {
    for byte in Sha256::digest(bytes) {
        out.extend([hex_digit(byte >> 4), hex_digit(byte)]);
    }
}

/// The hexadecimal digit for the lower half of `byte`. Formatting numbers with `write!` would be a tenth of the cost of a call.
fn hex_digit(byte: u8) -> u8 {
    match byte & 0xf {
        number @ 0..=9 => b'0' + number,
        number => b'a' - 10 + number,
    }
}

#[cfg(test)]
mod tests;
