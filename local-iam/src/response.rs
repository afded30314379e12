//! Responses, and their encoding.

use std::time::SystemTime;

use crate::clock::http_date;
use crate::error::Refusal;
use crate::operations::Outcome;
use crate::xml;

/// A response before a fault is applied.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A response without a document, for example to an invalid request.
    pub(crate) fn bare(status: u16, now: SystemTime) -> Self {
        Self { status, headers: vec![("Date", http_date(now))], body: Vec::new() }
    }

    /// The response of an operation.
    pub(crate) fn of(
        action: &str,
        outcome: &Outcome,
        request_id: &str,
        now: SystemTime,
        unknown_members: bool,
    ) -> Self {
        let (status, document) = match outcome {
            Ok(result) => {
                (200, xml::success(action, result.as_deref(), request_id, unknown_members))
            }
            Err(refusal) => (refusal.status(), xml::error(refusal, request_id, unknown_members)),
        };
        Self::document(status, "text/xml", document, request_id, now)
    }

    pub(crate) fn refusal(refusal: &Refusal, request_id: &str, now: SystemTime) -> Self {
        let document = xml::error(refusal, request_id, false);
        Self::document(refusal.status(), "text/xml", document, request_id, now)
    }

    pub(crate) fn document(
        status: u16,
        media_type: &str,
        body: String,
        request_id: &str,
        now: SystemTime,
    ) -> Self {
        let headers = vec![
            ("x-amzn-RequestId", request_id.to_owned()),
            ("Content-Type", media_type.to_owned()),
            ("Date", http_date(now)),
        ];
        Self { status, headers, body: body.into_bytes() }
    }

    /// The status line and the headers. `framing` is the header that describes the length of the body.
    pub(crate) fn head(&self, framing: &str) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            // A value from a test must not add a header.
            let value = value.replace(['\r', '\n'], " ");
            head.extend([name, ": ", &value, "\r\n"]);
        }
        head.push_str(framing);
        head.push_str("\r\n\r\n");
        head.into_bytes()
    }

    /// The complete response with the correct length.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.bytes_of_length(self.body.len())
    }

    /// The complete response with a length that may be wrong.
    pub(crate) fn bytes_of_length(&self, length: usize) -> Vec<u8> {
        let mut bytes = self.head(&format!("Content-Length: {length}"));
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        411 => "Length Required",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "",
    }
}
