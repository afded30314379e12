//! The six methods of `aws.iam_api.mfa_devices` through the public API, with `local-iam` or, for
//! responses that IAM never sends, with a server of canned responses.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod configuration;
mod connections;
mod errors;
mod listings;
mod methods;
mod presigned;
mod responses;
mod signatures;
mod values;
