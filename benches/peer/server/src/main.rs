//! An endpoint on the loopback interface that uses little CPU time: HTTP/1.1 with persistent connections, one thread, and
//! all responses built before the first connection.
//!
//! When it listens, it prints one line of JSON: its address, and the sizes of the responses. It exits when its standard
//! input ends.

mod responses;

use std::io::Read as _;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use responses::Responses;

type Problem = Box<dyn std::error::Error + Send + Sync>;

/// The requests of the programs are much shorter.
const MAX_REQUEST: usize = 64 * 1024;

fn main() -> Result<(), Problem> {
    // Standard input ends when the parent process exits or is killed.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(listen())
}

async fn listen() -> Result<(), Problem> {
    let responses = Arc::new(Responses::prepare());
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!(
        "{{\"endpoint\": \"http://{}\", \"bytes\": {}}}",
        listener.local_addr()?,
        responses.sizes()
    );
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let responses = responses.clone();
        // The program that calls reports a broken connection.
        tokio::spawn(async move { serve(stream, &responses).await.ok() });
    }
}

async fn serve(mut stream: TcpStream, responses: &Responses) -> Result<(), Problem> {
    let mut read = Vec::with_capacity(4096);
    loop {
        let (head, length) = loop {
            match request(&read)? {
                Some((head, length)) if read.len() >= head + length => break (head, length),
                _ if read.len() > MAX_REQUEST => return Err("the request is too long".into()),
                _ => {}
            }
            if stream.read_buf(&mut read).await? == 0 {
                return Ok(());
            }
        };
        let body = read.get(head..head + length).unwrap_or_default();
        stream.write_all(responses.to(body)).await?;
        read.drain(..head + length);
    }
}

/// The lengths of the head and of the body. `None` if the head is not complete yet.
fn request(read: &[u8]) -> Result<Option<(usize, usize)>, Problem> {
    let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(read.get(..end).unwrap_or_default())?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>())
    });
    Ok(Some((end + 4, length.transpose()?.unwrap_or(0))))
}
