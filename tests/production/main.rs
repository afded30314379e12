//! The behavior of the client with faults, wrong clocks, wrong settings and random errors, and its
//! logs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    missing_docs
)]

#[path = "../support/mod.rs"]
mod support;

mod adaptive;
mod attempts;
mod behaviour;
mod builder;
mod credentials;
mod echoes;
mod environment;
mod faults;
mod features;
mod logs;
mod matrix;
#[cfg(unix)]
mod process;
mod profiles;
mod random;
mod requests;
#[cfg(feature = "rustls")]
mod tls;
#[cfg(any(feature = "rustls", feature = "aws-lc-rs", feature = "native-tls"))]
mod trust;
mod world;
