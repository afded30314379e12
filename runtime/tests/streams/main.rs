//! Bodies that are sent and received in chunks, and streams of events, against a server on the loopback interface.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs,
    // The macros for generated code write public items.
    unreachable_pub
)]

#[cfg(feature = "dynamic")]
mod dynamic;
#[cfg(all(feature = "event-stream", feature = "json"))]
mod events;
mod limits;
mod objects;
mod retries;
mod server;
mod transfers;
mod wrong_bodies;

use std::time::Duration;

use pagesmith_runtime::{Client, ClientBuilder, Retry};

/// A client with credentials for the server at `url`, which does not wait between two attempts.
fn builder(url: &str) -> ClientBuilder {
    Client::builder("us-east-1")
        .endpoint_url(url)
        .credentials("AKIDEXAMPLE", "the secret of this test", None)
        .retry(Retry::standard().first_pause(Duration::ZERO))
}

fn client(url: &str) -> Client {
    builder(url).build().unwrap()
}
