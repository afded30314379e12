//! The reference of a resource for Rust: its rows, its methods, and an example of each method.
//!
//! [`module_docs`] is the documentation of the resource's module, [`example`] that of a method, and [`page`] a page
//! of Markdown with all of it.

mod aws;
mod example;
mod page;
mod rustdoc;
mod table;

pub(crate) use self::aws::operation;
pub(crate) use self::example::doc_example;
pub use self::example::example;
pub use self::page::page;
pub use self::rustdoc::module_docs;

/// A type without the paths of its modules.
#[must_use]
pub fn short_type(ty: &str) -> String {
    ty.replace("types::", "")
        .replace("runtime::time::", "")
        .replace("runtime::", "")
        .replace("std::collections::", "")
}
