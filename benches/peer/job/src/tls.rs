//! Is TLS compiled in? The endpoint of the runs is plain, so nothing else would notice if it were not.

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use crate::{Method, Problem, Sdk};

/// The first byte of a TLS connection: a record that carries a handshake.
const HANDSHAKE: u8 = 0x16;

/// Calls an `https` endpoint on this machine and looks at the first byte that arrives.
pub(crate) async fn is_spoken<S: Sdk>() -> Result<bool, Problem> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let sdk = S::connect(&format!("https://{}", listener.local_addr()?)).await?;
    let call = tokio::spawn(async move { sdk.call(Method::List, "list-1").await });
    let first = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        stream.read_u8().await
    });
    tokio::pin!(call);
    // A client without TLS refuses at once, without a connection.
    let limit = tokio::time::timeout(std::time::Duration::from_secs(10), first).await;
    call.abort();
    match limit {
        Ok(first) => Ok(first?? == HANDSHAKE),
        Err(_) => Ok(false),
    }
}
