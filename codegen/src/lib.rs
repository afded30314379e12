//! Generates Rust SDKs from documentation pages of cloud resources; for build scripts.
//!
//! A build script uses [`Build`]. [`folder`] reads a folder of pages and models and binds them, [`lower`] decides
//! Rust names and types, [`emit`] gives the files of the SDK, [`reference`] the documents beside them, and [`files`] writes what came out.
//!
//! This crate knows names and types of Rust and the interface of `pagesmith-runtime`. It must not parse pages or
//! models itself (`pagesmith-model` does), nor compare versions of them (`pagesmith-sync` does), nor do any HTTP.

mod build;
pub mod emit;
pub mod files;
pub mod folder;
pub mod lower;
pub mod names;
pub mod prose;
pub mod reference;
mod settings;
mod syntax;

pub use build::{Build, Report};
pub use pagesmith_model::{diagnostic, source};
pub use settings::{Gate, SdkSettings};
