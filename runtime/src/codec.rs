//! Codecs, which convert between bytes and values by schema. They do not depend on a protocol:
//! [`protocol`](crate::protocol) knows which element of a response contains the output, and the form of an error.

mod error;
pub(crate) mod form;
pub(crate) mod xml;

pub(crate) use error::DecodeError;
