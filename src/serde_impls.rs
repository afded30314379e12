//! serde's traits for generated structures, under wire names, from their tables. For feature `serde`.
//!
//! Timestamps are RFC 3339, blobs base64, absent members left out. Secrets are written as they are:
//! whoever serializes a value wants it back.

mod read;
mod write;

pub use read::deserialize;
pub use write::serialize;
