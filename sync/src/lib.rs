//! Keeps documentation pages, service models and SDKs in step: what the command does and build scripts do not need.
//!
//! [`convert`] writes a page in another dialect, [`diff`] compares two states of pages and models, [`documents`]
//! generates the documents beside the code, [`import`] reduces a published service model, and [`lint`] compares pages
//! with the models beside them. [`report`] has the formats that `diff` and `lint` share.
//!
//! This crate compares and converts values of `pagesmith-model` and `pagesmith-codegen`. It does not parse pages or
//! models itself, print, or read arguments: `pagesmith-cli` does.

pub mod convert;
pub mod diff;
pub mod documents;
pub mod import;
pub mod lint;
pub mod report;
