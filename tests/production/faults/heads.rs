//! Heads of responses: interim responses, versions of HTTP, lengths, and headers that are long, many or not text.

use pagesmith::ErrorKind;

use super::server::Step;
use super::server::Step::{Execute, ReadRequest, Respond, Write};
use super::{Fault, Outcome, gateway, transport};
use crate::echoes::{CODES, SECRET_KEY, TOKEN};
use crate::support::canned::response;

/// Executes the request, and then writes `head` instead of a response.
fn done(head: impl Into<Vec<u8>>) -> Vec<Step> {
    vec![ReadRequest, Execute, Write(head.into())]
}

/// Writes `first` and then responds.
fn before(first: impl Into<Vec<u8>>) -> Vec<Step> {
    vec![ReadRequest, Write(first.into()), Execute, Respond]
}

pub(super) fn faults() -> Vec<Fault> {
    [interim(), broken(), unusual()].into_iter().flatten().collect()
}

fn interim() -> Vec<Fault> {
    let hints = format!("HTTP/1.1 103 Early Hints\r\nLink: <{}>; rel=preload\r\n\r\n", CODES[0]);
    let upgrade = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
    vec![
        Fault::harmless("100 before it", before("HTTP/1.1 100 Continue\r\n\r\n")),
        Fault::harmless("102 before it", before("HTTP/1.1 102 Processing\r\n\r\n")),
        Fault::harmless("103 before it", before(hints)),
        Fault::harmless("100, three times", before("HTTP/1.1 100 Continue\r\n\r\n".repeat(3))),
        Fault::harmless("an empty line before it", before("\r\n")),
        Fault::last("101 instead of it", done(upgrade), gateway(101)),
        Fault::lost("100 instead of it", done("HTTP/1.1 100 Continue\r\n\r\n"), transport(None)),
    ]
}

/// Heads that are not valid HTTP.
fn broken() -> Vec<Fault> {
    let headers = |count: usize| "X-Filler: 0123456789\r\n".repeat(count);
    let ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    [
        ("not HTTP", "SSH-2.0-OpenSSH_9.6\r\n\r\n".to_owned()),
        ("a TLS alert", "\u{15}\u{3}\u{1}\0\u{2}\u{2}\u{16}".to_owned()),
        ("HTTP/0.9", "<html>hello</html>\r\n\r\n".to_owned()),
        ("HTTP/2 in clear text", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
        ("HTTP/3.0", "HTTP/3.0 200 OK\r\n\r\n".to_owned()),
        ("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n".to_owned()),
        ("a status of letters", "HTTP/1.1 abc OK\r\n\r\n".to_owned()),
        ("a secret as the status", format!("HTTP/1.1 {SECRET_KEY}\r\n\r\n")),
        ("a header without a colon", format!("{ok}{TOKEN}\r\n\r\n")),
        ("a space in a header's name", format!("{ok}a b: {}\r\n\r\n", CODES[1])),
        ("a null in a header", format!("{ok}a: b\0c\r\n\r\n")),
        ("a length that is not a number", format!("{ok}Content-Length: many\r\n\r\n")),
        ("a length below zero", format!("{ok}Content-Length: -1\r\n\r\n")),
        ("a length beyond 64 bits", format!("{ok}Content-Length: {}\r\n\r\n", "9".repeat(40))),
        ("the longest length", format!("{ok}Content-Length: {}\r\n\r\nabc", u64::MAX)),
        ("two lengths", format!("{ok}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")),
        ("too many headers", format!("{ok}{}\r\n", headers(200))),
        ("a megabyte of headers", format!("{ok}{}\r\n", headers(50_000))),
        ("a header of a megabyte", format!("{ok}a: {}\r\n\r\n", "b".repeat(1 << 20))),
        ("only spaces", " ".repeat(64)),
    ]
    .into_iter()
    .map(|(name, head)| Fault::lost(name, done(head), transport(None)))
    .collect()
}

/// Heads that HTTP allows, but that services do not send.
fn unusual() -> Vec<Fault> {
    let head =
        |head: &str| format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n");
    let mut bytes = head("502 Bad Gateway").into_bytes();
    bytes.extend(b"Via: \xff\xfe\r\nx-amzn-RequestId: \xe9\xff\r\nDate: \x80\r\n\r\n");
    let length = u64::MAX / 2;
    let large =
        format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\nabc");
    let too_large = Outcome::Error(ErrorKind::ResponseTooLarge, None, Some(200));
    let long = "x".repeat(70_000);
    vec![
        Fault::lost("headers that are not text", done(bytes), gateway(502)),
        Fault::lost("no reason", done(format!("{}\r\n", head("503"))), gateway(503)),
        Fault::lost(
            "secrets as the reason",
            done(format!("{}\r\n", head(&format!("500 {SECRET_KEY} {}", CODES[0])))),
            gateway(500),
        ),
        Fault::lost("a length of eight exabytes", done(large), transport(Some(200))),
        Fault::last("a body beyond the limit", done(response(200, &[], &long)), too_large),
        Fault::last("599", done(format!("{}\r\n", head("599 x"))), gateway(599)),
        Fault::last("999", done(format!("{}\r\n", head("999 x"))), gateway(999)),
    ]
}
