//! The memory and the time of decoding a response, for typed and for dynamic calls.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

#[path = "../protocol/model.rs"]
#[allow(dead_code)]
mod model;
#[path = "../support/mod.rs"]
mod support;

mod memory;
mod time;
mod typed;

/// A response to `Do` with `members` in its result.
fn document(members: &str) -> String {
    format!("<DoResponse><DoResult>{members}</DoResult></DoResponse>")
}
