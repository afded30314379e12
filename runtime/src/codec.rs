//! Codecs: bytes to values and back, by schema. They know no protocol: which element of a response holds the output, and
//! what an error looks like, is decided in [`protocol`](crate::protocol).

mod error;
pub(crate) mod form;
pub(crate) mod xml;

pub(crate) use error::DecodeError;
