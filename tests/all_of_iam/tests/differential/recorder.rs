//! A server on loopback that answers every call with an error, and keeps what came.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

#[derive(Clone)]
pub(crate) struct Recorder {
    url: String,
    bodies: Arc<Mutex<Vec<String>>>,
}

const ANSWER: &str = "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidInput</Code>\
                      <Message>recorded</Message></Error></ErrorResponse>";

impl Recorder {
    /// Listens as long as the process is there.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let recorder = Self { url, bodies: Arc::default() };
        let listening = recorder.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = listening.clone();
                // A connection that ends is not the server's trouble.
                std::thread::spawn(move || drop(serving.serve(&stream)));
            }
        });
        recorder
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The bodies that came since this was last asked.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.bodies.lock().unwrap())
    }

    fn serve(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream);
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line)? == 0 {
                    return Ok(());
                }
                let line = line.trim_end().to_ascii_lowercase();
                if let Some(value) = line.strip_prefix("content-length:") {
                    length = value.trim().parse().map_err(io::Error::other)?;
                }
                if line.is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body)?;
            let body = String::from_utf8(body).map_err(io::Error::other)?;
            self.bodies.lock().unwrap().push(body);
            let head = "HTTP/1.1 400 Bad Request\r\ncontent-type: text/xml";
            let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{ANSWER}", ANSWER.len());
            stream.write_all(answer.as_bytes())?;
        }
    }
}
