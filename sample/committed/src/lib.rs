//! An SDK from code that is committed: there is no build script, and no generator in the build.

/// The generated code, a module for each provider.
#[rustfmt::skip]
#[path = "../../../generated/mod.rs"]
pub mod pages;
