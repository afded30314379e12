//! serde's traits for generated structures, under wire names, from their tables. For feature `serde`.
//!
//! Timestamps are RFC 3339, blobs base64, absent members left out. Secrets are written as they are, so that a value can be
//! read back; [`Redacted`] writes a value without them.

mod read;
mod redacted;
mod write;

pub use read::deserialize;
pub use redacted::{Redacted, SerializeRedacted};
pub use write::{serialize, serialize_redacted};
