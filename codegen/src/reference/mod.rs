//! The reference of a resource for Rust: rows, methods, and for each method an example.
//!
//! As the documentation of the resource's module ([`module_docs`]), and as a page of its own
//! ([`page`]). [`files`] gives every document that is generated beside the code.

mod aws;
mod example;
mod rustdoc;
mod table;
mod write;

pub use self::rustdoc::module_docs;
pub use self::write::page;

use crate::emit::{OutlineMember, OutlineMethod};
use pagesmith_model::schema::{Member, Method};

/// The params that a call must have, in the page's order, each with its setter.
fn required<'a>(
    method: &'a Method,
    names: &'a OutlineMethod,
) -> impl Iterator<Item = (&'a Member, &'a OutlineMember)> {
    let members = || method.input.iter().zip(&names.setters);
    method.required_params.iter().filter_map(move |name| members().find(|(m, _)| m.name == *name))
}

/// The params that it may have, in the model's order.
fn optional<'a>(
    method: &'a Method,
    names: &'a OutlineMethod,
) -> impl Iterator<Item = (&'a Member, &'a OutlineMember)> {
    method.input.iter().zip(&names.setters).filter(|(member, _)| !member.required)
}
