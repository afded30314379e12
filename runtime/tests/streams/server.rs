//! A server that reads whole requests, and responds as a test says.

use std::io;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A request as it was received. The body is without its encoding.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The header `name`.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// What the server does after a request.
#[derive(Clone)]
pub(crate) enum Step {
    Write(Vec<u8>),
    /// Waits for so many milliseconds.
    Wait(u64),
    /// Keeps the connection open and writes nothing more.
    Stall,
    /// Resets the connection.
    Reset,
    /// Closes the connection.
    Close,
}

/// A server, which runs as long as the runtime of its test.
pub(crate) struct Server {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    requests: Vec<Request>,
    connections: usize,
    bytes: usize,
}

impl Server {
    /// Follows `steps(0)` after the first request, `steps(1)` after the second, and so on.
    pub(crate) async fn start(steps: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state: Arc<Mutex<State>> = Arc::default();
        let (shared, steps) = (state.clone(), Arc::new(steps));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.lock().unwrap().connections += 1;
                let (state, steps) = (shared.clone(), steps.clone());
                // A client may close the connection early.
                tokio::spawn(async move {
                    let _ = serve(stream, &state, &*steps).await;
                });
            }
        });
        Self { url, state }
    }

    /// Responds with `response` to each request.
    pub(crate) async fn always(response: Vec<u8>) -> Self {
        Self::start(move |_| vec![Step::Write(response.clone())]).await
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state.lock().unwrap().requests.clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }

    /// The number of bytes of bodies that were received, also of requests that did not end.
    pub(crate) fn received(&self) -> usize {
        self.state.lock().unwrap().bytes
    }
}

async fn serve(
    stream: TcpStream,
    state: &Mutex<State>,
    steps: &(dyn Fn(usize) -> Vec<Step> + Send + Sync),
) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut request = Request::default();
        while !request.head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut request.head).await? == 0 {
                return Ok(());
            }
        }
        let chunked = request.header("transfer-encoding") == Some("chunked");
        if chunked {
            loop {
                let mut line = String::new();
                stream.read_line(&mut line).await?;
                let length = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
                read(&mut stream, length, &mut request.body, state).await?;
                stream.read_line(&mut String::new()).await?;
                if length == 0 {
                    break;
                }
            }
        } else {
            let length = request.header("content-length").map_or(0, |it| it.parse().unwrap());
            read(&mut stream, length, &mut request.body, state).await?;
        }
        let number = {
            let mut state = state.lock().unwrap();
            state.requests.push(request);
            state.requests.len() - 1
        };
        for step in steps(number) {
            match step {
                Step::Write(bytes) => stream.write_all(&bytes).await?,
                Step::Wait(milliseconds) => {
                    tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
                }
                Step::Stall => {
                    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
                }
                Step::Reset => {
                    stream.get_ref().set_zero_linger()?;
                    return Ok(());
                }
                Step::Close => return stream.shutdown().await,
            }
        }
    }
}

/// Reads `length` bytes. Of a long body, only the first bytes are kept.
async fn read(
    stream: &mut BufReader<TcpStream>,
    length: usize,
    body: &mut Vec<u8>,
    state: &Mutex<State>,
) -> io::Result<()> {
    const KEPT: usize = 1 << 20;
    let mut missing = length;
    let mut buffer = vec![0; 64 * 1024];
    while missing > 0 {
        let read = stream.read(&mut buffer[..missing.min(64 * 1024)]).await?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        missing -= read;
        state.lock().unwrap().bytes += read;
        if body.len() < KEPT {
            body.extend_from_slice(&buffer[..read]);
        }
    }
    Ok(())
}

/// A response with `status`, `headers` and `body`.
pub(crate) fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut response = head(status, headers, body.len());
    response.extend_from_slice(body);
    response
}

/// The head of a response whose body has `length` bytes.
pub(crate) fn head(status: u16, headers: &[(&str, &str)], length: usize) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {length}\r\n");
    for &(name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    head.into_bytes()
}
