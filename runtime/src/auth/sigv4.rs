//! Signature Version 4.
//!
//! The cryptography is `aws-sigv4`'s. The canonical request is built here, in one pass, and signing keys are cached, because
//! deriving one is most of the cost of a signature. Tests compare the result with that of `aws-sigv4`'s own signer.

use std::sync::Mutex;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use http::HeaderMap;
use memchr::memchr;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use zeroize::{Zeroize as _, Zeroizing};

use crate::timestamp;

/// Path segments are escaped once more than in the URL, which all services except S3 require.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Headers that are not signed, since a proxy may change them.
const UNSIGNED: [&str; 4] = ["expect", "transfer-encoding", "user-agent", "x-amzn-trace-id"];

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
    pub(crate) body: &'a [u8],
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
        let date = request.date;
        let (day, _) = date.split_once('T').unwrap_or((date, ""));
        let credential_scope =
            [day, "/", scope.region, "/", scope.service, "/aws4_request"].concat();
        let (mut canonical, signed_headers) = canonical_request(request);

        let mut string_to_sign = Vec::with_capacity(256);
        for part in ["AWS4-HMAC-SHA256\n", date, "\n", &credential_scope, "\n"] {
            string_to_sign.extend_from_slice(part.as_bytes());
        }
        push_hex_sha256(&mut string_to_sign, &canonical);
        // It contains the session token, and further headers may be secret too. The rest of the
        // capacity was never written, so it is left out.
        canonical.as_mut_slice().zeroize();

        let signature = self
            .with_key(scope, &credential_scope, |key| calculate_signature(key, &string_to_sign));
        [
            "AWS4-HMAC-SHA256 Credential=",
            scope.credentials.access_key_id(),
            "/",
            &credential_scope,
            ", SignedHeaders=",
            &signed_headers,
            ", Signature=",
            &signature,
        ]
        .concat()
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

/// The canonical form of `request`, and the names of the headers in it, joined by semicolons.
fn canonical_request(request: &SignableRequest<'_>) -> (Vec<u8>, String) {
    let mut headers = Vec::with_capacity(request.headers.len() + 1);
    headers.push(("host", request.host.as_bytes()));
    let signed = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    headers.extend(signed.filter(|(name, _)| !UNSIGNED.contains(name)));
    // The order of values under one name is kept.
    headers.sort_by_key(|(name, _)| *name);

    // With enough capacity, the buffer does not grow, which would leave a copy of the session token in memory.
    let values: usize = headers.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    let room = 128 + 3 * (request.path.len() + request.query.len()) + 2 * values;
    let mut canonical = Vec::with_capacity(room);
    canonical.extend_from_slice(request.method.as_bytes());
    canonical.push(b'\n');
    push_path(&mut canonical, request.path);
    canonical.push(b'\n');
    push_query(&mut canonical, request.query);
    let mut names = String::with_capacity(64);
    let mut last = None;
    for (name, value) in headers {
        if last == Some(name) {
            canonical.push(b',');
        } else {
            names.push_str(if last.is_none() { "" } else { ";" });
            names.push_str(name);
            canonical.push(b'\n');
            canonical.extend_from_slice(name.as_bytes());
            canonical.push(b':');
            last = Some(name);
        }
        push_value(&mut canonical, value);
    }
    canonical.extend_from_slice(b"\n\n");
    canonical.extend_from_slice(names.as_bytes());
    canonical.push(b'\n');
    push_hex_sha256(&mut canonical, request.body);
    (canonical, names)
}

/// Appends a header's value as it is signed: trimmed, and with runs of spaces collapsed.
fn push_value(out: &mut Vec<u8>, value: &[u8]) {
    if memchr(b' ', value).is_none() {
        return out.extend_from_slice(value);
    }
    let words = value.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(word);
    }
}

/// Appends the path as it is signed: with repeated slashes collapsed, and without the segments `.` and `..`.
fn push_path(out: &mut Vec<u8>, path: &str) {
    // The path of most requests.
    if path == "/" {
        out.push(b'/');
        return;
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    for segment in &segments {
        out.push(b'/');
        for part in utf8_percent_encode(segment, PATH) {
            out.extend_from_slice(part.as_bytes());
        }
    }
    if path.ends_with('/') || segments.is_empty() {
        out.push(b'/');
    }
}

/// Appends the params of a query string as they are signed: sorted by name and value, each with its equals sign.
fn push_query(out: &mut Vec<u8>, query: &str) {
    let params = query.split('&').filter(|param| !param.is_empty());
    let mut params: Vec<(&str, &str)> =
        params.map(|param| param.split_once('=').unwrap_or((param, ""))).collect();
    params.sort_unstable();
    for (index, (name, value)) in params.into_iter().enumerate() {
        for part in [if index == 0 { "" } else { "&" }, name, "=", value] {
            out.extend_from_slice(part.as_bytes());
        }
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

fn push_hex_sha256(out: &mut Vec<u8>, bytes: &[u8]) {
    let mut digits = [[0; 2]; 32];
    for (pair, byte) in digits.iter_mut().zip(Sha256::digest(bytes)) {
        *pair = [hex_digit(byte >> 4), hex_digit(byte)];
    }
    out.extend_from_slice(digits.as_flattened());
}

/// The hexadecimal digit for the lower half of `byte`.
fn hex_digit(byte: u8) -> u8 {
    match byte & 0xf {
        number @ 0..=9 => b'0' + number,
        number => b'a' - 10 + number,
    }
}

#[cfg(test)]
mod tests;
