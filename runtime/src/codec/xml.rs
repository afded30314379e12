//! XML documents, by schema.
//!
//! A pull reader walks the document once and asks the record for the slot of each element that its schema knows. Unknown
//! elements are skipped, since a service may add members at any time. Elements can nest up to a fixed depth, and a document
//! type declaration, which is where XML's entity expansions come from, is rejected.

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
