//! Reading one HTTP/1.1 request from a socket.

use tokio::io::{AsyncReadExt, BufReader};
use tokio::net::TcpStream;

/// The maximum number of bytes in the head of a request, and the maximum number of headers.
const MAX_HEAD_BYTES: usize = 64 * 1024;
const MAX_HEADERS: usize = 100;

/// The maximum number of bytes in a body. Requests to IAM are much smaller.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// A request as it was received.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The query as sent, without the question mark.
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The first value of a header. The name is compared ignoring case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        find_header(&self.headers, name)
    }

    pub(crate) fn closes_connection(&self) -> bool {
        self.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

/// Finds the first value of a header. The name is compared ignoring case.
pub(crate) fn find_header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// The result of reading a request.
pub(crate) enum Incoming {
    Request(Request),
    /// The client closed the connection, possibly in the middle of a request.
    Closed,
    /// The request is not HTTP, or exceeds a limit. The value is the status of the response before the
    /// connection closes.
    Unreadable(u16),
}

/// Reads the next request.
pub(crate) async fn read_request(stream: &mut BufReader<TcpStream>) -> Incoming {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return Incoming::Closed,
        }
        if head.len() > MAX_HEAD_BYTES {
            return Incoming::Unreadable(431);
        }
    }
    let Some(mut request) = parse_head(&head) else {
        return Incoming::Unreadable(400);
    };
    // SDKs send requests to IAM with a length. The chunked encoding is not needed.
    if request.header("transfer-encoding").is_some() {
        return Incoming::Unreadable(411);
    }
    let length = match request.header("content-length").map(str::parse::<usize>) {
        None => 0,
        Some(Ok(length)) if length <= MAX_BODY_BYTES => length,
        Some(Ok(_)) => return Incoming::Unreadable(413),
        Some(Err(_)) => return Incoming::Unreadable(400),
    };
    request.body = vec![0; length];
    match stream.read_exact(&mut request.body).await {
        Ok(_) => Incoming::Request(request),
        Err(_) => Incoming::Closed,
    }
}

fn parse_head(head: &[u8]) -> Option<Request> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    if !parsed.parse(head).ok()?.is_complete() {
        return None;
    }
    let (path, query) = parsed.path?.split_once('?').unwrap_or((parsed.path?, ""));
    let headers = parsed.headers.iter().map(|header| {
        Some((header.name.to_owned(), std::str::from_utf8(header.value).ok()?.to_owned()))
    });
    Some(Request {
        method: parsed.method?.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.collect::<Option<_>>()?,
        body: Vec::new(),
    })
}
