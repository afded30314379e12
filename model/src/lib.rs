//! Documentation pages of cloud resources and service models of AWS, parsed and bound to each other.
//!
//! ```text
//!  page.md ──parse──▶ Page ─┐
//!                           ├─bind─▶ Service
//!  service-2.json ──read──▶ ServiceModel ┘
//! ```
//!
//! One stage, one module, one type out: [`page`], [`model`], [`bind`]. Each returns a value and every [`diagnostic`]
//! that it found. [`layout`] reads a folder of pages and models.
//!
//! This crate parses text. It must not know names or types of Rust, nor HTTP; files are opened in [`file`](mod@file) and
//! [`layout`] only.

pub mod bind;
pub mod diagnostic;
pub mod file;
pub mod invariant;
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
