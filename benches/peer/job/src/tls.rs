//! Checks that TLS is compiled in. The endpoint of the runs is plain HTTP, so the runs would not detect a program without
//! TLS.

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use crate::{Method, Problem, Sdk};

/// The first byte of a TLS connection: the type of a handshake record.
const HANDSHAKE: u8 = 0x16;

/// Calls an `https` endpoint on this machine, and checks whether the first byte that it receives starts a TLS handshake.
pub(crate) async fn is_compiled_in<S: Sdk>() -> Result<bool, Problem> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let sdk = S::connect(&format!("https://{}", listener.local_addr()?)).await?;
    let call = tokio::spawn(async move { sdk.call(Method::List, "list-1").await });
    let first = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        stream.read_u8().await
    });
    tokio::pin!(call);
    // A client without TLS fails without opening a connection.
    let outcome = tokio::time::timeout(std::time::Duration::from_secs(10), first).await;
    call.abort();
    match outcome {
        Ok(first) => Ok(first?? == HANDSHAKE),
        Err(_) => Ok(false),
    }
}
