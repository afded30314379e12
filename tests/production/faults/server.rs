//! A server that follows given steps, and counts requests and executions.

use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::support::canned::listing;

/// A step of the server. After the last step, it closes the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Reads this number of bytes.
    Read(usize),
    /// Reads the request's head.
    ReadHead,
    /// Reads the rest of the request.
    ReadRequest,
    /// Executes the request.
    Execute,
    Write(Vec<u8>),
    /// Sends the response of the method. The connection then closes.
    Respond,
    /// Resets the connection (TCP RST).
    Reset,
    /// Reports the stall, and waits until the client closes the connection.
    Stall,
}

/// The counts of the server.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// The number of connections on which bytes were received. Each has one request.
    pub(super) requests: usize,
    pub(super) executions: usize,
}

/// A server on the loopback interface, which runs as long as the runtime of its test.
pub(super) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    stalls: UnboundedReceiver<()>,
}

/// One connection.
struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
    seen: Arc<Mutex<Seen>>,
    stalls: UnboundedSender<()>,
    /// The action whose executions are counted.
    action: &'static str,
    /// The body of a correct response, for [`document`] if there is none.
    good: Option<Vec<u8>>,
}

impl Server {
    /// Follows `steps` on the first connection, and responds correctly on the others. Counts the executed requests
    /// for `action`.
    pub(super) async fn start(steps: Vec<Step>, action: &'static str) -> Self {
        Self::with(steps, action, None).await
    }

    /// As [`start`](Self::start), with the body `good` of correct responses.
    #[cfg(feature = "dynamic")]
    pub(super) async fn responding(steps: Vec<Step>, action: &'static str, good: Vec<u8>) -> Self {
        Self::with(steps, action, Some(good)).await
    }

    async fn with(steps: Vec<Step>, action: &'static str, good: Option<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let (sender, stalls) = unbounded_channel();
        let count = seen.clone();
        tokio::spawn(async move {
            let mut steps = Some(steps);
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, stalls) = (count.clone(), sender.clone());
                let body = good.clone();
                let connection =
                    Connection { stream, read: Vec::new(), seen, stalls, action, good: body };
                let good = || vec![Step::ReadRequest, Step::Execute, Step::Respond];
                tokio::spawn(connection.follow(steps.take().unwrap_or_else(good)));
            }
        });
        Self { address, seen, stalls }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn seen(&self) -> Seen {
        *self.seen.lock().unwrap()
    }

    /// Waits until a connection stalls.
    pub(super) async fn stalled(&mut self) {
        self.stalls.recv().await.unwrap();
    }
}

impl Connection {
    async fn follow(mut self, steps: Vec<Step>) {
        if !matches!(self.stream.peek(&mut [0]).await, Ok(1)) {
            return;
        }
        self.seen.lock().unwrap().requests += 1;
        let resets = steps.last() == Some(&Step::Reset);
        for step in steps {
            // A client may close the connection early.
            if self.take(step).await.is_err() {
                return;
            }
        }
        if !resets {
            // Unread bytes would turn the close into a reset.
            let _ = self.stream.shutdown().await;
            let _ = self.await_close().await;
        }
    }

    async fn take(&mut self, step: Step) -> Result<(), Error> {
        match step {
            Step::Read(bytes) => self.read_until(|_| Some(bytes)).await?,
            Step::ReadHead => self.read_until(head_length).await?,
            Step::ReadRequest => self.read_until(request_length).await?,
            Step::Execute => {
                self.seen.lock().unwrap().executions += usize::from(self.is_for(self.action));
            }
            Step::Write(bytes) => self.stream.write_all(&bytes).await?,
            Step::Respond => {
                let document = document(self.is_for("EnableMFADevice")).into_bytes();
                let body = self.good.clone().unwrap_or(document);
                let head = format!(
                    "HTTP/1.1 200 Whatever\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                self.stream.write_all(&[head.as_bytes(), &body].concat()).await?;
            }
            Step::Reset => self.stream.set_zero_linger()?,
            Step::Stall => {
                let _ = self.stalls.send(());
                self.await_close().await?;
            }
        }
        Ok(())
    }

    async fn await_close(&mut self) -> Result<(), Error> {
        copy(&mut self.stream, &mut sink()).await.map(drop)
    }

    /// Reads the number of bytes that `wanted` returns, which may need some of them to determine it, and not more.
    async fn read_until(&mut self, wanted: impl Fn(&[u8]) -> Option<usize>) -> Result<(), Error> {
        let mut next = [0; 4096];
        loop {
            let missing = wanted(&self.read).map(|wanted| wanted.saturating_sub(self.read.len()));
            if missing == Some(0) {
                return Ok(());
            }
            let available = self.stream.peek(&mut next).await?;
            if available == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            let known = [&self.read, &next[..available]].concat();
            let end = wanted(&known).map_or(known.len(), |wanted| wanted.min(known.len()));
            let mut taken = vec![0; end - self.read.len()];
            self.stream.read_exact(&mut taken).await?;
            self.read.extend(taken);
        }
    }

    fn is_for(&self, action: &str) -> bool {
        String::from_utf8_lossy(&self.read).contains(&format!("Action={action}&"))
    }
}

fn head_length(read: &[u8]) -> Option<usize> {
    read.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn request_length(read: &[u8]) -> Option<usize> {
    let head = head_length(read)?;
    let text = String::from_utf8_lossy(&read[..head]).to_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    Some(head + length.map_or(0, |length| length.trim().parse().unwrap()))
}

/// The document of a success.
pub(super) fn document(of_enable: bool) -> String {
    if of_enable {
        return "<EnableMFADeviceResponse><ResponseMetadata><RequestId>id</RequestId>\
                </ResponseMetadata></EnableMFADeviceResponse>"
            .to_owned();
    }
    listing(
        "<MFADevices><member><UserName>alice</UserName><SerialNumber>GAHT12345678</SerialNumber>\
         <EnableDate>2026-01-01T00:00:00Z</EnableDate></member></MFADevices>\
         <IsTruncated>false</IsTruncated>",
    )
}
