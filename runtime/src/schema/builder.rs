//! What the builders of a service's values have in common.

use std::collections::BTreeSet;

use super::Shape;
use crate::error::{Error, ErrorKind};

/// The members that a builder was given, by the names of their fields.
#[derive(Clone, Debug, Default)]
pub struct GivenMembers(BTreeSet<&'static str>);

impl GivenMembers {
    /// Notes the field `field`, as it stands in code.
    pub fn insert(&mut self, field: &'static str) {
        self.0.insert(field.strip_prefix("r#").unwrap_or(field));
    }

    /// Checks that what `shape` requires was given.
    ///
    /// # Errors
    /// [`ErrorKind::Input`], with the names of what was not.
    pub fn check(&self, shape: &Shape<'_>) -> Result<(), Error> {
        let is_missing = |field: &str| !self.0.contains(field.strip_prefix("r#").unwrap_or(field));
        let missing = shape.members.iter().filter(|member| member.required);
        let missing = missing.map(|member| member.field).filter(|field| is_missing(field));
        let missing: Vec<String> = missing.map(|field| format!("`.{field}(…)`")).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let message =
            format!("a {} lacks what it must have: add {}", shape.name, missing.join(", "));
        Err(Error::new(ErrorKind::Input, message))
    }
}

/// The place of a value, which may be one that is empty or behind a pointer.
pub trait Place<T> {
    /// Puts `value` there.
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
