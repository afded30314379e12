//! Keeps documentation pages, service models and SDKs in step. Build scripts do not need this crate.
//!
//! - [`convert`] converts a page to another dialect, and lists what the dialect cannot express.
//! - [`diff`] compares two versions of pages and models, and classifies each change for the Rust API and for the wire.
//! - [`lint`] compares pages with the models beside them, and checks links.
//! - [`import`] reduces a published service model to what pages need.
//! - [`report`] has the formats that `diff` and `lint` share.
//! - [`documents`] generates the documents beside the code.
//!
//! This crate works on the types of `pagesmith-model` and `pagesmith-codegen`. It must not parse pages or models, read arguments, or print:
//! `pagesmith-cli` does.

pub mod convert;
pub mod diff;
pub mod documents;
pub mod import;
pub mod lint;
pub mod report;
