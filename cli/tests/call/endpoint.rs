//! An endpoint in this process that gives the same response to each request.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

pub(crate) struct Endpoint {
    pub(crate) url: String,
    /// The first line, headers and body of each request.
    pub(crate) requests: Receiver<String>,
}

/// An endpoint that responds with `body`.
pub(crate) fn responding(body: &str) -> Endpoint {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = body.to_owned();
    let (sender, requests) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let Some(request) = respond(stream, &body) else { continue };
            if sender.send(request).is_err() {
                return;
            }
        }
    });
    Endpoint { url, requests }
}

fn respond(stream: TcpStream, body: &str) -> Option<String> {
    let mut reader = BufReader::new(stream);
    let (mut request, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        request.push_str(&line);
    }
    let mut sent = vec![0; length];
    reader.read_exact(&mut sent).ok()?;
    request.push_str(&String::from_utf8_lossy(&sent));
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    reader.get_mut().write_all(response.as_bytes()).ok()?;
    Some(request)
}
