//! A loopback endpoint that costs next to nothing: HTTP/1.1 with connections kept alive, one thread, and
//! every answer made before the first connection.
//!
//! Prints one line of JSON when it listens: its address, and how long the answers are. Ends when its
//! standard input does.

mod answers;

use std::io::Read as _;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use answers::Answers;

type Problem = Box<dyn std::error::Error + Send + Sync>;

/// No request of the job comes near this.
const LONGEST_REQUEST: usize = 64 * 1024;

fn main() -> Result<(), Problem> {
    // Whoever started this holds the other end, and may be killed.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(listen())
}

async fn listen() -> Result<(), Problem> {
    let answers = Arc::new(Answers::prepare());
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!(
        "{{\"endpoint\": \"http://{}\", \"bytes\": {}}}",
        listener.local_addr()?,
        answers.sizes()
    );
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let answers = answers.clone();
        // A connection that breaks is the program's own business.
        tokio::spawn(async move { serve(stream, &answers).await.ok() });
    }
}

async fn serve(mut stream: TcpStream, answers: &Answers) -> Result<(), Problem> {
    let mut read = Vec::with_capacity(4096);
    loop {
        let (head, length) = loop {
            match request(&read)? {
                Some((head, length)) if read.len() >= head + length => break (head, length),
                _ if read.len() > LONGEST_REQUEST => return Err("the request is too long".into()),
                _ => {}
            }
            if stream.read_buf(&mut read).await? == 0 {
                return Ok(());
            }
        };
        let body = read.get(head..head + length).unwrap_or_default();
        stream.write_all(answers.to(body)).await?;
        read.drain(..head + length);
    }
}

/// How long the head is and how long the body is, once the head is whole.
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
