//! Signature Version 4 for the one form of request that this client makes: a `POST` of a body.
//!
//! The cryptography is `aws-sigv4`'s. What it signs is put together here, in one pass and with the
//! day's signing key kept, since deriving it anew is most of the cost of a signature. Tests hold the
//! result equal to `aws-sigv4`'s own signer of whole requests.

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

/// Path segments are escaped once more than they stand in the URL, as every service but S3 wants it.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Of the further headers, the one that is not signed: what is on the way may change it.
const UNSIGNED: &str = "x-amzn-trace-id";

/// What is signed.
pub(crate) struct PostRequest<'a> {
    pub(crate) host: &'a str,
    pub(crate) path: &'a str,
    pub(crate) content_type: &'a str,
    /// Further headers, without those that are set here.
    pub(crate) headers: &'a [(HeaderName, HeaderValue)],
    pub(crate) body: &'a [u8],
}

/// For whom it is signed, and when.
pub(crate) struct CredentialScope<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    pub(crate) time: SystemTime,
}

/// The headers that carry the signature; the session token goes beside them as it is.
pub(crate) struct Signature {
    pub(crate) date: String,
    pub(crate) authorization: String,
}

/// Signs requests, and keeps the last signing keys.
#[derive(Default)]
pub(crate) struct Signer {
    keys: Mutex<Vec<SigningKey>>,
}

/// A key is good for one secret, day, region and service.
struct SigningKey {
    secret: Zeroizing<String>,
    scope: String,
    key: Zeroizing<Vec<u8>>,
}

/// A client rarely speaks to more regions in turn than this.
const KEPT_KEYS: usize = 4;

impl Signer {
    /// The signature of `request` in `scope`.
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
        // Nearly every request has those of the client only, which are in order.
        let signed_headers = match (request.headers, token) {
            ([], None) => Cow::Borrowed("content-type;host;x-amz-date"),
            ([], Some(_)) => Cow::Borrowed("content-type;host;x-amz-date;x-amz-security-token"),
            _ => {
                headers.sort_unstable();
                let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
                Cow::Owned(names.join(";"))
            }
        };

        // With room for all of it, no copy of a session token is left behind where it grows.
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
            // It holds the token, and headers may be secret too.
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
        // A panic elsewhere cannot leave the keys half written.
        let mut keys = self.keys.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(kept) =
            keys.iter().find(|kept| kept.scope == credential_scope && *kept.secret == secret)
        {
            return sign(&kept.key);
        }
        let derived = generate_signing_key(secret, scope.time, scope.region, scope.service);
        let key = Zeroizing::new(derived.as_ref().to_vec());
        let result = sign(&key);
        if keys.len() >= KEPT_KEYS {
            keys.remove(0);
        }
        let secret = Zeroizing::new(secret.to_owned());
        keys.push(SigningKey { secret, scope: credential_scope.to_owned(), key });
        result
    }
}

/// The text of a header that was made of text.
fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or_default()
}

/// A header's value as it is signed: without blanks around it, and one where there are several.
fn push_value(out: &mut String, value: &str) {
    let at_blank = |text: &str| memchr(b' ', text.as_bytes());
    let mut rest = if at_blank(value).is_some() { value.trim_matches(' ') } else { value };
    while let Some((word, after)) = at_blank(rest).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(word);
        out.push(' ');
        rest = after.trim_start_matches(' ');
    }
    out.push_str(rest);
}

/// The path as it is signed, where repeated slashes count as one.
fn push_path(out: &mut String, path: &str) {
    // That of nearly every request.
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
    // The clock is kept within the years of four digits.
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

/// Writes a digit of up to `f`. What `write!` does for a number costs a tenth of the call.
fn push_digit(out: &mut String, digit: u8) {
    if let Some(digit) = char::from_digit(digit.into(), 16) {
        out.push(digit);
    }
}

#[cfg(test)]
mod tests;
