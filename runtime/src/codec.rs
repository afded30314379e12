//! Codecs, which convert between bytes and values by schema. They do not depend on a protocol:
//! [`protocol`](crate::protocol) knows which element of a response contains the output, and the form of an error.

#[cfg(feature = "cbor")]
pub(crate) mod cbor;
#[cfg(any(feature = "cbor", feature = "json"))]
mod document;
pub(crate) mod form;
#[cfg(feature = "json")]
pub(crate) mod json;
mod secret_buffer;
pub(crate) mod text;
pub(crate) mod xml;

pub(crate) use secret_buffer::SecretBuffer;
