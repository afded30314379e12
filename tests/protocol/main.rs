//! Cases of the protocol `awsQuery`: encoding of params, decoding of responses, and errors. Each case
//! has its own model and uses `pagesmith::dynamic`, which uses the encoder and decoder of generated
//! code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "../support/mod.rs"]
mod support;

mod bodies;
mod calls;
mod errors;
mod hosts;
mod model;
mod policies;
mod published;
mod requests;
mod responses;
mod tokens;
