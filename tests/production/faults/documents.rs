//! Successful responses whose documents are invalid.

use super::server::Step;
use super::server::Step::{Execute, ReadRequest, Write};
use super::{Fault, unreadable};
use crate::echoes::{CODES, SECRET_KEY, TOKEN};

/// Executes the request, and responds with status 200 and `body`.
fn done(body: &[u8]) -> Vec<Step> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    vec![ReadRequest, Execute, Write([head.as_bytes(), body].concat())]
}

pub(super) fn faults() -> Vec<Fault> {
    let secrets = format!("{SECRET_KEY} {TOKEN} {}", CODES.join(" "));
    let error = "<ErrorResponse><Error><Code>InternalFailure</Code><Message>m</Message></Error>\
                 </ErrorResponse>";
    [
        ("an error in a success", error.to_owned()),
        ("a page in a success", format!("<html><body>{secrets}</body></html>")),
        ("text in a success", secrets.clone()),
        ("JSON in a success", format!("{{\"message\": \"{secrets}\"}}")),
        ("spaces in a success", "  \r\n\t ".to_owned()),
        ("a null in a success", "\0".to_owned()),
        ("an element that is not closed", format!("<AResponse><a>{secrets}")),
        ("an end without a start", format!("</a>{secrets}")),
        ("an end that does not match", format!("<AResponse><a>{secrets}</b></AResponse>")),
        ("an unknown entity", "<AResponse>&secret;</AResponse".to_owned()),
        ("two roots that are not closed", "<AResponse/><b>".to_owned()),
        ("a comment that does not end", format!("<AResponse><!-- {secrets}")),
        ("character data that does not end", format!("<AResponse><![CDATA[{secrets}")),
        ("a declaration that does not end", "<?xml version=\"1.0\"".to_owned()),
        ("a document type that does not end", format!("<!DOCTYPE a [<!ENTITY b \"{secrets}\">")),
        ("elements without end", "<a>".repeat(2_000)),
    ]
    .into_iter()
    .map(|(name, body)| (name, body.into_bytes()))
    .chain([
        ("bytes that are not UTF-8", b"<AResponse>\xff\xfe\xc0</AResponse".to_vec()),
        ("UTF-16", "<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ])
    .map(|(name, body)| Fault::last(name, done(&body), unreadable()))
    .collect()
}
