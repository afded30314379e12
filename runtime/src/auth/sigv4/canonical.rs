//! The canonical form of a request, whose hash is signed.

use memchr::memchr;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::SignableRequest;

/// All characters except the unreserved characters of RFC 3986.
pub(super) const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether the header `name` is not signed, since a proxy may change it. The names are botocore's.
fn is_unsigned(name: &str) -> bool {
    matches!(
        name,
        "baggage"
            | "connection"
            | "expect"
            | "keep-alive"
            | "proxy-authenticate"
            | "proxy-authorization"
            | "te"
            | "traceparent"
            | "tracestate"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
            | "user-agent"
            | "x-amzn-trace-id"
    )
}

/// The headers that are signed.
pub(super) struct SignedHeaders<'a> {
    /// Sorted by name.
    headers: Vec<(&'a str, &'a [u8])>,
    /// Their names, joined by semicolons.
    pub(super) names: String,
}

impl<'a> SignedHeaders<'a> {
    pub(super) fn new(request: &SignableRequest<'a>) -> Self {
        let mut headers = Vec::with_capacity(request.headers.len() + 1);
        headers.push(("host", request.host.as_bytes()));
        let signed = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        headers.extend(signed.filter(|(name, _)| !is_unsigned(name)));
        // The order of values under one name is kept.
        headers.sort_by_key(|(name, _)| *name);
        let mut names = String::with_capacity(64);
        let mut last = None;
        for (name, _) in &headers {
            if last != Some(*name) {
                names.push_str(if last.is_none() { "" } else { ";" });
                names.push_str(name);
                last = Some(name);
            }
        }
        Self { headers, names }
    }
}

/// The canonical form of `request` with the query string `query`.
pub(super) fn request(
    request: &SignableRequest<'_>,
    query: &str,
    SignedHeaders { headers, names }: &SignedHeaders<'_>,
) -> Vec<u8> {
    // With enough capacity, the buffer does not grow, which would leave a copy of the session token in memory.
    let values: usize = headers.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    let room = 192 + 3 * request.path.len() + 2 * query.len() + values + names.len();
    let mut canonical = Vec::with_capacity(room);
    canonical.extend_from_slice(request.method.as_bytes());
    canonical.push(b'\n');
    if request.path_as_is {
        canonical.extend_from_slice(request.path.as_bytes());
    } else {
        push_path(&mut canonical, request.path);
    }
    canonical.push(b'\n');
    push_query(&mut canonical, query);
    let mut last = None;
    for (name, value) in headers {
        if last == Some(name) {
            canonical.push(b',');
        } else {
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
    request.payload.push_to(&mut canonical);
    canonical
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
        for part in utf8_percent_encode(segment, ESCAPED) {
            out.extend_from_slice(part.as_bytes());
        }
    }
    if path.ends_with('/') || segments.is_empty() {
        out.push(b'/');
    }
}

/// Appends the params of a query string as they are signed: sorted by name and value, each with its equals sign.
fn push_query(out: &mut Vec<u8>, query: &str) {
    if query.is_empty() {
        return;
    }
    let params = query.split('&').map(|param| param.split_once('=').unwrap_or((param, "")));
    let mut params: Vec<(&str, &str)> = params.collect();
    params.sort_unstable();
    for (index, (name, value)) in params.into_iter().enumerate() {
        for part in [if index == 0 { "" } else { "&" }, name, "=", value] {
            out.extend_from_slice(part.as_bytes());
        }
    }
}
