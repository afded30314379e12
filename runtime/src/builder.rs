//! Code that the builders of structures share.

use std::collections::BTreeSet;

use crate::error::{Error, ErrorKind};
use crate::schema::Shape;

/// The members that have been set in a builder, by the names of their fields.
#[derive(Clone, Debug, Default)]
pub struct GivenMembers(BTreeSet<&'static str>);

impl GivenMembers {
    /// Records that the field `field` is set. A raw identifier is recorded without `r#`.
    pub fn insert(&mut self, field: &'static str) {
        self.0.insert(field.strip_prefix("r#").unwrap_or(field));
    }

    /// Checks that all required members of `shape` are set.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with the names of the missing fields.
    pub fn check(&self, shape: &Shape<'_>) -> Result<(), Error> {
        let is_missing = |field: &str| !self.0.contains(field.strip_prefix("r#").unwrap_or(field));
        let missing = shape.members.iter().filter(|member| member.required);
        let missing = missing.map(|member| member.field).filter(|field| is_missing(field));
        let missing: Vec<String> = missing.map(|field| format!("`.{field}(…)`")).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let message =
            format!("required fields of {} are missing: add {}", shape.name, missing.join(", "));
        Err(Error::new(ErrorKind::Input, message))
    }
}

/// A field that a setter assigns: the value itself, or in an `Option`, in a `Box`, or in both.
pub trait Place<T> {
    /// Assigns `value`.
    fn put(&mut self, value: T);
}

impl<T> Place<T> for T {
    fn put(&mut self, value: T) {
        *self = value;
    }
}

impl<T> Place<T> for Option<T> {
    fn put(&mut self, value: T) {
        *self = Some(value);
    }
}

impl<T> Place<T> for Box<T> {
    fn put(&mut self, value: T) {
        **self = value;
    }
}

impl<T> Place<T> for Option<Box<T>> {
    fn put(&mut self, value: T) {
        *self = Some(Box::new(value));
    }
}
