//! Codecs: bytes to values and back, by schema. They know no protocol: which element of a response holds the output, and
//! what an error looks like, is decided in [`protocol`](crate::protocol).

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
