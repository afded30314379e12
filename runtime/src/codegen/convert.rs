//! Functions that generated code calls.

use std::collections::BTreeMap;

use crate::Client;

/// A request without params.
pub trait Start {
    /// Creates the request for `client`.
    fn start(client: &Client) -> Self;
}

/// A request for `client`.
#[must_use]
pub fn start<T: Start>(client: &Client) -> T {
    T::start(client)
}

/// The value of a list from the argument of its setter.
pub fn list<T>(elements: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    elements.into_iter().map(Into::into).collect()
}

/// The value of a map from the argument of its setter.
pub fn map<T>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> BTreeMap<String, T> {
    entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
}

/// The rows in the field of an output, which is absent if there are none.
pub fn rows<T>(field: impl Into<Option<Vec<T>>>) -> Vec<T> {
    field.into().unwrap_or_default()
}

/// `name` without the mark of a raw identifier.
#[must_use]
pub const fn plain_name(name: &str) -> &str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}
