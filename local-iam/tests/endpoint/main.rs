//! The endpoint through its public API and a real HTTP client.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "clippy exempts only functions marked as tests, and a helper may fail a test too"
)]

mod client;
mod devices;
mod faults_in_connections;
mod faults_in_responses;
mod lifecycle;
mod listings;
mod operations;
mod record;
mod signatures;
mod tags;
mod users;
mod virtual_devices;
