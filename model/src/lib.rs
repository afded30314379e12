//! Parses documentation pages of cloud resources and service models of AWS, and binds them to each other.
//!
//! ```text
//!  page.md ──parse──▶ Page ─┐
//!                           ├─bind─▶ Service
//!  service-2.json ──read──▶ ServiceModel ┘
//! ```
//!
//! - [`page`] parses a page into a [`Page`](page::Page), in any dialect, and renders it again.
//! - [`model`] reads a [`ServiceModel`](model::ServiceModel).
//! - [`bind`] assigns the methods of pages to the operations of a model. The result is a [`Service`](schema::Service).
//! - [`schema`] decides what each method takes and returns, and how each structure is encoded.
//! - [`jmespath`] parses the expressions of paginators, waiters and endpoint rule sets.
//! - [`layout`] reads and binds a folder.
//!
//! Each stage returns an [`Outcome`](diagnostic::Outcome): a value, if there is one, and every [`diagnostic`].
//!
//! This crate must not know Rust names or types, or HTTP. Only [`file`](mod@file) and [`layout`] read files.
//!
//! # Example
//!
//! ```no_run
//! use pagesmith_model::diagnostic::Style;
//! use pagesmith_model::page;
//! use pagesmith_model::source::Source;
//!
//! # fn main() -> std::io::Result<()> {
//! let text = std::fs::read_to_string("users.md")?;
//! let outcome = page::parse(&Source::new("users.md", text));
//! eprint!("{}", outcome.diagnostics.render_all(Style::Plain));
//! if let Some(page) = outcome.value {
//!     println!("{} methods", page.methods.len());
//! }
//! # Ok(())
//! # }
//! ```

pub mod bind;
pub mod diagnostic;
pub mod file;
pub mod html;
pub mod invariant;
pub mod jmespath;
pub mod json;
pub mod layout;
pub mod model;
pub mod page;
pub mod schema;
pub mod source;
pub mod threads;
pub mod words;
#[cfg(test)]
mod work;
