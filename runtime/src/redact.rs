//! Redaction of secrets in everything that is shown.
//!
//! - [`Sensitive`] wraps a secret value, and hides it from `Debug`;
//! - [`Sanitizer`] removes the secrets of a call from text that a response contains, before an error or a log shows it;
//! - `Debug` of generated structures hides members that are marked as sensitive: see `schema::debug`;
//! - `Redacted` serializes a value without its secrets: see `serde_impls::redacted`.

mod sanitizer;
mod sensitive;

pub(crate) use sanitizer::{MAX_MESSAGE, MAX_NAME, Sanitizer, Shown};
pub(crate) use sensitive::REDACTED;
pub use sensitive::Sensitive;
