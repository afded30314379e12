//! What `diff` says of every kind of change, and what it says truly.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::unnecessary_wraps
)]

mod accept;
mod compiles;
mod edits;
mod kinds;
mod models;
mod mutations;
mod output;
mod pairs;
#[path = "../support/places.rs"]
mod places;
mod program;
#[path = "../support/published.rs"]
mod published;
mod sample;
mod support;
