//! Generates Rust SDKs from documentation pages of cloud resources.
//!
//! A build script uses [`Build`]:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     pagesmith_codegen::Build::new("pages").emit()
//! }
//! ```
//!
//! The library then includes the code by `pagesmith_runtime::include_pages!()`.
//!
//! The stages are also available one by one: [`folder`] reads a folder of pages and models and binds them, [`lower`] decides Rust names
//! and types, [`emit`] generates the Rust files of an SDK, [`reference`](mod@reference) its documents, and [`files`] compares them with a folder and
//! writes them.
//!
//! This crate knows Rust names and types, and the interface of `pagesmith-runtime` for generated code. It must not parse pages or models, which
//! `pagesmith-model` does, compare versions of them, which `pagesmith-sync` does, or use HTTP.

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
