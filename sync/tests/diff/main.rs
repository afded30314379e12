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
use pagesmith_test_support::places;
mod program;
use pagesmith_test_support::published;
use pagesmith_test_support::sample;
mod support;
