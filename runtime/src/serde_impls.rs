//! serde's traits for generated structures, by schema and with the names on the wire. For the feature `serde`.
//!
//! Timestamps are RFC 3339, blobs are base64, and absent members are omitted. Secrets are serialized unredacted, so that a value can
//! be deserialized again; [`Redacted`] serializes a value without them.

mod read;
mod redacted;
mod write;

pub use read::deserialize;
pub use redacted::{Redacted, SerializeRedacted};
pub use write::{serialize, serialize_redacted};
