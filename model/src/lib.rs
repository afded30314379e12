//! Pages and service models, read and bound: the part of `pagesmith-codegen` that knows nothing of Rust's
//! tokens, for `pagesmith::dynamic`.
//!
//! It is a crate of its own because cargo turns on a dependency and a build dependency of one name
//! together: without it, whoever generates in a build script would have the model at run time too.

pub use pagesmith_codegen::{bind, diagnostic, names, page, seeds, source, wire};
