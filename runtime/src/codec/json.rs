//! JSON documents, by schema.

mod decode;
mod encode;
mod scalar;
mod state;
#[cfg(test)]
mod tests;

pub(crate) use decode::decode;
pub(crate) use encode::encode;
