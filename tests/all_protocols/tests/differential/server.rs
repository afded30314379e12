//! A server that keeps its connections, sends prepared responses and records requests.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request, without the headers that differ from call to call.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Recorded {
    /// `GET /path?query HTTP/1.1`
    line: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// What the server sends.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

#[derive(Debug)]
struct State {
    prepared: Prepared,
    recorded: Option<Recorded>,
}

/// The server. Its threads end with the process.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

/// Headers with times, identifiers, and what follows from them.
const VOLATILE: [&str; 5] =
    ["amz-sdk-invocation-id", "amz-sdk-request", "authorization", "x-amz-date", "host"];

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let prepared = Prepared { headers: Vec::new(), body: Vec::new() };
        let state = Arc::new(Mutex::new(State { prepared, recorded: None }));
        let shared = state.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = shared.clone();
                thread::spawn(move || while exchange(&stream, &state).is_some() {});
            }
        });
        Self { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sends `prepared` from now on.
    pub(crate) fn prepare(&self, prepared: Prepared) {
        self.state.lock().unwrap().prepared = prepared;
    }

    /// The request since the last call of this function, if there was one.
    pub(crate) fn recorded(&self) -> Option<Recorded> {
        self.state.lock().unwrap().recorded.take()
    }
}

/// Reads a request and sends the response; `None` if the connection ends.
fn exchange(mut stream: &TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut recorded = Recorded::default();
    reader.read_line(&mut recorded.line).ok().filter(|length| *length > 0)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        let (name, value) = (name.to_ascii_lowercase(), value.trim().to_owned());
        recorded
            .headers
            .entry(name)
            .and_modify(|all| all.push_str(&value))
            .or_insert(value.clone());
    }
    if recorded.headers.contains_key("expect") {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    if recorded.headers.contains_key("transfer-encoding") {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).ok()?;
            let size = usize::from_str_radix(size.trim(), 16).ok()?;
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).ok()?;
            recorded.body.extend(&chunk[..size]);
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = recorded.headers.get("content-length") {
        recorded.body = vec![0; length.parse().ok()?];
        reader.read_exact(&mut recorded.body).ok()?;
    }
    recorded.headers.retain(|name, _| !VOLATILE.contains(&name.as_str()));
    let is_head = recorded.line.starts_with("HEAD ");
    let mut state = state.lock().unwrap();
    state.recorded = Some(recorded);
    let Prepared { headers, body } = &state.prepared;
    let mut head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let mut response = head.into_bytes();
    if !is_head {
        response.extend(body);
    }
    stream.write_all(&response).ok()
}
