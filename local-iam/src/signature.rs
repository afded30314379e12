//! Verification of SigV4: computes the signature of the received request and compares it.

use std::time::{Duration, SystemTime};

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use data_encoding::HEXLOWER;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::clock::{amz_date, parse_amz_date};
use crate::error::Refusal;
use crate::http::Request;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const SERVICE: &str = "iam";
const TERMINATOR: &str = "aws4_request";

/// The maximum difference between the date of a request and the clock.
const TOLERANCE: Duration = Duration::from_mins(15);

/// The characters to encode in a canonical query: all except the unreserved ones of RFC 3986.
const CANONICAL_QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The credentials that requests must be signed with.
pub(crate) struct Credentials {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) session_token: Option<String>,
    pub(crate) region: String,
}

/// Returns an error unless the request was signed with these credentials, at a time close to `now`.
pub(crate) fn verify(
    request: &Request,
    credentials: &Credentials,
    now: SystemTime,
) -> Result<(), Refusal> {
    let header = request.header("authorization").ok_or_else(|| {
        Refusal::new(403, "MissingAuthenticationToken", "Request is missing Authentication Token")
    })?;
    let authorization = Authorization::parse(header)?;
    let date = request.header("x-amz-date").ok_or_else(|| {
        incomplete("Authorization header requires existence of either a 'X-Amz-Date' header.")
    })?;
    let time = parse_amz_date(date).ok_or_else(|| {
        incomplete(&format!("Date must be in ISO-8601 'basic format'. Got '{date}'."))
    })?;
    check_identity(request, &authorization, credentials)?;
    check_signed_headers(request, &authorization)?;
    check_scope(&authorization, credentials, date)?;
    check_date(time, now)?;

    let string_to_sign = [
        ALGORITHM,
        date,
        &authorization.scope(),
        &sha256_hex(canonical_request(request, &authorization.signed_headers).as_bytes()),
    ]
    .join("\n");
    let secret = &credentials.secret_access_key;
    let key = generate_signing_key(secret, time, &credentials.region, SERVICE);
    let expected = calculate_signature(key, string_to_sign.as_bytes());
    if bool::from(expected.as_bytes().ct_eq(authorization.signature.as_bytes())) {
        Ok(())
    } else {
        Err(mismatch(
            "The request signature we calculated does not match the signature you provided. Check \
             your AWS Secret Access Key and signing method. Consult the service documentation for \
             details.",
        ))
    }
}

/// The parts of the `Authorization` header.
struct Authorization<'a> {
    access_key_id: &'a str,
    date: &'a str,
    region: &'a str,
    service: &'a str,
    terminator: &'a str,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    fn parse(header: &'a str) -> Result<Self, Refusal> {
        let parameters = header
            .strip_prefix(ALGORITHM)
            .filter(|rest| rest.starts_with(' '))
            .ok_or_else(|| incomplete("Authorization header does not name AWS4-HMAC-SHA256."))?;
        let parameter = |name: &str| {
            let value = parameters
                .split(',')
                .find_map(|parameter| parameter.trim().strip_prefix(name)?.strip_prefix('='));
            value.filter(|value| !value.is_empty()).ok_or_else(|| {
                incomplete(&format!("Authorization header requires '{name}' parameter."))
            })
        };
        let mut scope = parameter("Credential")?.split('/');
        let mut part = || {
            scope.next().filter(|part| !part.is_empty()).ok_or_else(|| {
                incomplete("Credential must have exactly 5 slash-delimited elements.")
            })
        };
        let authorization = Self {
            access_key_id: part()?,
            date: part()?,
            region: part()?,
            service: part()?,
            terminator: part()?,
            signed_headers: parameter("SignedHeaders")?.split(';').collect(),
            signature: parameter("Signature")?,
        };
        if scope.next().is_some() {
            return Err(incomplete("Credential must have exactly 5 slash-delimited elements."));
        }
        Ok(authorization)
    }

    fn scope(&self) -> String {
        [self.date, self.region, self.service, self.terminator].join("/")
    }

    fn signs(&self, name: &str) -> bool {
        self.signed_headers.iter().any(|signed| signed.eq_ignore_ascii_case(name))
    }
}

fn check_identity(
    request: &Request,
    authorization: &Authorization<'_>,
    credentials: &Credentials,
) -> Result<(), Refusal> {
    let token = request.header("x-amz-security-token");
    let same_token = match (token, credentials.session_token.as_deref()) {
        (None, None) => true,
        (Some(sent), Some(expected)) => bool::from(sent.as_bytes().ct_eq(expected.as_bytes())),
        _ => false,
    };
    if authorization.access_key_id == credentials.access_key_id && same_token {
        return Ok(());
    }
    let message = "The security token included in the request is invalid.";
    Err(Refusal::new(403, "InvalidClientTokenId", message))
}

fn check_signed_headers(
    request: &Request,
    authorization: &Authorization<'_>,
) -> Result<(), Refusal> {
    if !authorization.signs("host") {
        return Err(mismatch(
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        ));
    }
    let unsigned = request.headers.iter().find(|(name, _)| {
        name.to_ascii_lowercase().starts_with("x-amz-") && !authorization.signs(name)
    });
    unsigned.map_or(Ok(()), |(name, _)| {
        Err(mismatch(&format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.")))
    })
}

fn check_scope(
    authorization: &Authorization<'_>,
    credentials: &Credentials,
    date: &str,
) -> Result<(), Refusal> {
    let Authorization { date: scope_date, region, service, terminator, .. } = *authorization;
    if region != credentials.region {
        let message = format!("Credential should be scoped to a valid region, not '{region}'. ");
        return Err(mismatch(&message));
    }
    if service != SERVICE {
        return Err(mismatch("Credential should be scoped to correct service: 'iam'. "));
    }
    if terminator != TERMINATOR {
        return Err(mismatch(&format!(
            "Credential should be scoped with a valid terminator: 'aws4_request', not \
             '{terminator}'. "
        )));
    }
    if !date.starts_with(scope_date) || scope_date.len() != "20150830".len() {
        return Err(mismatch(&format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from \
             HTTP: '{scope_date}' is not the day of '{date}'."
        )));
    }
    Ok(())
}

fn check_date(time: SystemTime, now: SystemTime) -> Result<(), Refusal> {
    let (sent, clock) = (amz_date(time), amz_date(now));
    let earliest = now.checked_sub(TOLERANCE).unwrap_or(SystemTime::UNIX_EPOCH);
    let latest = now.checked_add(TOLERANCE).unwrap_or(now);
    // Dates of requests have whole seconds.
    if sent < amz_date(earliest) {
        let limit = amz_date(earliest);
        return Err(mismatch(&format!(
            "Signature expired: {sent} is now earlier than {limit} ({clock} - 15 min.)"
        )));
    }
    if time > latest {
        let limit = amz_date(latest);
        return Err(mismatch(&format!(
            "Signature not yet current: {sent} is still later than {limit} ({clock} + 15 min.)"
        )));
    }
    Ok(())
}

fn canonical_request(request: &Request, signed_headers: &[&str]) -> String {
    let mut names: Vec<String> = signed_headers.iter().map(|name| name.to_lowercase()).collect();
    names.sort_unstable();
    let headers: Vec<String> =
        names.iter().map(|name| format!("{name}:{}\n", canonical_header(request, name))).collect();
    [
        &request.method,
        // Only the path `/` is accepted, which is its own canonical form.
        &request.path,
        &canonical_query(&request.query),
        &headers.concat(),
        &names.join(";"),
        &sha256_hex(&request.body),
    ]
    .map(String::as_str)
    .join("\n")
}

fn canonical_header(request: &Request, name: &str) -> String {
    let values = request.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    let values: Vec<String> = values
        .map(|(_, value)| value.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>())
        .map(|words| words.join(" "))
        .collect();
    values.join(",")
}

fn canonical_query(query: &str) -> String {
    let encode = |text: &str| {
        let decoded: Vec<u8> = percent_decode_str(text).collect();
        percent_encode(&decoded, CANONICAL_QUERY).to_string()
    };
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (encode(name), encode(value)))
        .collect();
    pairs.sort_unstable();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn incomplete(message: &str) -> Refusal {
    Refusal::new(400, "IncompleteSignature", message)
}

fn mismatch(message: &str) -> Refusal {
    Refusal::new(403, "SignatureDoesNotMatch", message)
}
