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
//! All that makes tokens of Rust stands behind the feature `emit`, and what only the command uses (`convert`,
//! `diff`, `lint`, documents beside the code, importing a model) behind `tools`. Both are on by default; a build script
//! needs `emit`, and compiles in two thirds of the time without `tools`. With
//! `verify`, which the command has on, what was emitted is parsed before it is handed out.

pub mod bind;
#[cfg(feature = "emit")]
mod build;
#[cfg(feature = "tools")]
pub mod convert;
pub mod diagnostic;
#[cfg(feature = "tools")]
pub mod diff;
#[cfg(feature = "emit")]
pub mod emit;
pub mod files;
#[cfg(feature = "tools")]
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
