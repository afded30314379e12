//! `pagesmith diff`: what it exits with, what it writes where, and revisions of a repository.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr)]

mod command;
mod revisions;
use pagesmith_test_support::sample;
