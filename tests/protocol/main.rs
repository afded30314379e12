//! The protocol `awsQuery`, case by case: what is sent for which params, what is read from which answer,
//! and what an error says. Each case has a model of its own and goes through `pagesmith::dynamic`, which
//! stands on the encoder and decoder of generated code.

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

mod calls;
mod errors;
mod hosts;
mod model;
mod policies;
mod published;
mod requests;
mod responses;
mod tokens;
