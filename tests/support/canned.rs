//! A server that sends prepared responses and records requests, byte for byte.
//!
//! `local-iam` responds as IAM does. This server can send any response, and does not check requests.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// A request as it was received.
#[derive(Clone)]
pub(crate) struct RawRequest {
    /// The request line and the headers.
    pub(crate) head: String,
    /// As text: bytes that are not UTF-8 are replaced.
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

/// A server on the loopback interface, which runs until it is dropped.
pub(crate) struct Canned {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<RawRequest>>>,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Canned {
    /// Sends `response` to every request.
    pub(crate) fn always(response: impl Into<Vec<u8>>) -> Self {
        let response = response.into();
        Self::each(move |_| response.clone())
    }

    /// Sends `response(0)` to the first request, `response(1)` to the second, and so on.
    pub(crate) fn each(response: impl Fn(usize) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests: Arc<Mutex<Vec<RawRequest>>> = Arc::default();
        let stopped: Arc<AtomicBool> = Arc::default();
        let (recorded, stop) = (requests.clone(), stopped.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                // A client may close the connection early.
                let _ = stream.and_then(|stream| exchange(&stream, &recorded, &response));
            }
        });
        Self { address, requests, stopped, thread: Some(thread) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<RawRequest> {
        self.requests.lock().unwrap().clone()
    }

    /// The body of the last request.
    pub(crate) fn last_body(&self) -> String {
        self.requests.lock().unwrap().last().expect("there must be a request").body.clone()
    }
}

impl Drop for Canned {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread, which waits for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Reads one request and sends its response. The connection then closes.
fn exchange(
    stream: &TcpStream,
    requests: &Mutex<Vec<RawRequest>>,
    response: &dyn Fn(usize) -> Vec<u8>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.trim().parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let number = {
        let mut requests = requests.lock().unwrap();
        let text = String::from_utf8_lossy(&body).into_owned();
        requests.push(RawRequest { head, body: text, bytes: body });
        requests.len() - 1
    };
    (&*stream).write_all(&response(number))
}

/// An HTTP response with `status`, `headers` and `body`.
pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} Whatever\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    text.push_str("Connection: close\r\n\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// A response with status 200, an XML document and a request id.
pub(crate) fn ok(document: &str) -> Vec<u8> {
    response(200, &[("Content-Type", "text/xml"), ("x-amzn-RequestId", "canned-id")], document)
}

/// The document of a response of `ListMFADevices` whose result contains `members`.
pub(crate) fn listing(members: &str) -> String {
    format!(
        "<ListMFADevicesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <ListMFADevicesResult>{members}</ListMFADevicesResult>\
         <ResponseMetadata><RequestId>canned-id</RequestId></ResponseMetadata>\
         </ListMFADevicesResponse>"
    )
}
