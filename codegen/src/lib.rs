//! Turns documentation pages of cloud resources into Rust SDKs.
//!
//! ```text
//!  page.md ──parse──▶ Page ─┐
//!                           ├─bind─▶ Service ──emit──▶ Rust
//!  service-2.json ──read──▶ ServiceModel ┘
//! ```
//!
//! One stage, one module, one type out: [`page`], [`wire`], [`bind`], [`emit`]. The stages up to
//! binding give a value and every [`diagnostic`] that they found; emitting takes only what was bound,
//! and does no IO. [`seeds`] reads a folder of pages and models through all of them, and [`files`]
//! writes what came out. A build script uses [`Build`].
//!
//! All that makes tokens of Rust stands behind the feature `emit`, which is on by default.

pub mod bind;
#[cfg(feature = "emit")]
mod build;
pub mod convert;
pub mod diagnostic;
pub mod diff;
#[cfg(feature = "emit")]
pub mod emit;
pub mod files;
pub mod lint;
pub mod names;
pub mod page;
pub mod prose;
#[cfg(feature = "emit")]
pub mod reference;
pub mod seeds;
mod settings;
pub mod source;
mod threads;
pub mod wire;
#[cfg(test)]
mod work;

#[cfg(feature = "emit")]
pub use build::{Build, Report};
pub use settings::{Gate, SdkSettings};
