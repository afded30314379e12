//! What the client does when things go wrong: each fault by each method, many faults at random, many
//! callers at once, clocks, endless bodies, logs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    missing_docs
)]

mod behaviour;
mod builder;
mod credentials;
mod environment;
mod features;
mod logs;
mod many;
mod matrix;
#[cfg(unix)]
mod process;
mod profiles;
mod random;
#[cfg(any(feature = "rustls", feature = "aws-lc-rs", feature = "native-tls"))]
mod trust;
mod world;
