//! CBOR documents (RFC 8949), by schema.

mod decode;
mod encode;
mod reader;
mod scalar;
#[cfg(test)]
mod tests;

pub(crate) use decode::decode;
pub(crate) use encode::encode;
