//! Protocols, which encode requests, and decode responses and errors.
//!
//! Each protocol is a module here, built on the [codecs](crate::codec). AWS Query is the only one so far. Another protocol
//! gets its own module with the functions that [`query`] has.

mod error;
pub(crate) mod query;

pub use error::ErrorDetails;
pub(crate) use error::decode_error;
