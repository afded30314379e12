//! Protocols: how a request is put on the wire, and how a response and an error are read from it.
//!
//! Each protocol is a module here, built on the [codecs](crate::codec). AWS Query is the only one so far. A further protocol
//! gets a module of its own with the functions that [`query`] has.

mod error;
pub(crate) mod query;

pub use error::ErrorDetails;
pub(crate) use error::decode_error;
