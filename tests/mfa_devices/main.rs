//! The six methods of `aws.iam_api.mfa_devices` through the public API, against `local-iam` and,
//! for what IAM never answers, against a server of canned answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod configuration;
mod connections;
mod errors;
mod listings;
mod methods;
mod signatures;
mod values;
