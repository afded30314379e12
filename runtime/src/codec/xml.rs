//! XML documents, by schema.
//!
//! A pull reader reads the document once, and gets the slot of each known element from the record. Unknown elements are
//! skipped, because a service may add members at any time. Elements can nest up to a fixed depth. A document type
//! declaration, which can define entities that expand without bound, is rejected.

mod document;
mod encode;
mod scanner;
#[cfg(test)]
pub(crate) mod test_writer;
mod values;

pub(crate) use document::Decoder;
#[cfg(test)]
pub(crate) use document::MAX_DEPTH;
pub(crate) use encode::{Tag, Unencodable, encode};
pub(crate) use scanner::Element;
