//! The end of a response's body: wrong lengths, chunks, versions without a length, bytes after the end.

use pagesmith::ErrorKind;

use super::server::Step::{Execute, ReadHead, ReadRequest, Reset, Write};
use super::server::{Step, document};
use super::{Fault, Outcome, gateway, transport, unreadable};
use crate::support::canned::response;

const OK: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

fn done(response: impl Into<Vec<u8>>) -> Vec<Step> {
    vec![ReadRequest, Execute, Write(response.into())]
}

pub(super) fn faults() -> Vec<Fault> {
    [chunks(), lengths(), encodings(), early()].into_iter().flatten().collect()
}

pub(super) fn chunks() -> Vec<Fault> {
    [
        ("a chunk's length is not a number", "many\r\nabc\r\n0\r\n\r\n"),
        ("a chunk's length is beyond 64 bits", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
        ("a chunk's length is below zero", "-1\r\nabc\r\n0\r\n\r\n"),
        ("a chunk is longer than it says", "2\r\n<a></a>\r\n0\r\n\r\n"),
        ("a chunk is truncated", "20\r\n<a>"),
        ("the last chunk is missing", "4\r\n<a/>\r\n"),
        ("the end after the last chunk is missing", "4\r\n<a/>\r\n0\r\n"),
        ("no chunk at all", ""),
    ]
    .into_iter()
    .map(|(name, chunks)| {
        Fault::lost(name, done(format!("{CHUNKED}{chunks}")), transport(Some(200)))
    })
    .collect()
}

/// The response of every operation has a document, even if the operation has no output.
fn empty(name: &str, status: u16, response: impl Into<Vec<u8>>) -> Fault {
    Fault::last(name, done(response), Outcome::Error(ErrorKind::Response, None, Some(status)))
}

fn lengths() -> Vec<Fault> {
    let listing = document(false);
    let cut = listing.len() / 2;
    let wrong = format!("{OK}Content-Length: {cut}\r\n\r\n{listing}");
    let longer = format!("{OK}Content-Length: {}\r\n\r\n{listing}", listing.len() + 1);
    let twice = format!("{OK}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n");
    let end = format!("{OK}\r\n{}", &listing[..cut]);
    vec![
        Fault::last("a length that is too small", done(wrong), unreadable()),
        Fault::lost("a length that is too large", done(longer), transport(Some(200))),
        Fault::lost("a length and chunks, truncated", done(twice), transport(Some(200))),
        Fault::last("a body that ends with the connection, truncated", done(end), unreadable()),
        empty("no length and no body", 200, format!("{OK}\r\n")),
        empty("a length of zero", 200, format!("{OK}Content-Length: 0\r\n\r\n")),
        empty("HTTP/1.0 without a body", 200, "HTTP/1.0 200 OK\r\n\r\n"),
        empty("204", 204, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),
        empty("202 without a body", 202, response(202, &[], "")),
        empty("no chunk but the last", 200, format!("{CHUNKED}0\r\n\r\n")),
        empty("trailers without a body", 200, format!("{CHUNKED}0\r\nx-trailer: a\r\n\r\n")),
        empty("bytes after the end", 200, format!("{OK}Content-Length: 0\r\n\r\n{listing}")),
        empty(
            "another response after the end",
            200,
            format!(
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n{OK}Content-Length: 4\r\n\r\n<a/>"
            ),
        ),
    ]
}

fn encodings() -> Vec<Fault> {
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xb3I\xb4\xb3\x01\0";
    let encoded = |name: &str, encoding: &str, body: &[u8]| {
        let length = body.len();
        let mut bytes =
            format!("{OK}Content-Encoding: {encoding}\r\nContent-Length: {length}\r\n\r\n")
                .into_bytes();
        bytes.extend(body);
        Fault::last(name, done(bytes), unreadable())
    };
    vec![
        encoded("gzip that was not requested", "gzip", gzip),
        encoded("zstd that was not requested", "zstd", b"\x28\xb5\x2f\xfd\x04\0"),
        encoded("invalid gzip", "gzip", b"plain text"),
        encoded("an unknown encoding", "x-unknown", b"<a"),
    ]
}

/// The response is sent before the request was read.
pub(super) fn early() -> Vec<Fault> {
    let body = "<html>too early</html>";
    let early = |status| vec![ReadHead, Write(response(status, &[], body)), ReadRequest];
    vec![
        Fault::last("413 before the body was read", early(413), gateway(413)),
        Fault::last("408 before the body was read", early(408), gateway(408)),
        Fault::lost("503 before the body was read", early(503), gateway(503)),
        Fault::lost(
            "500 and a reset after it",
            vec![ReadRequest, Write(response(500, &[], "")[..20].to_vec()), Reset],
            transport(None),
        ),
    ]
}
