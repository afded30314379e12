//! Typed calls with arguments in JSON: the functions that the build script wrote, and their helper functions.

#![allow(clippy::redundant_closure)]

use std::pin::Pin;

use pagesmith_runtime::{Client, Error};
use serde_json::Value;

pub(crate) type Called = Result<(), Error>;
pub(crate) type Call =
    for<'a> fn(&'a Client, &'a Value) -> Pin<Box<dyn Future<Output = Called> + 'a>>;

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn boolean(value: &Value) -> bool {
    value.as_bool().expect("a boolean")
}

fn integer(value: &Value) -> i32 {
    value.as_i64().expect("a number").try_into().expect("32 bits")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn structure<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("a structure")
}

// The build script always writes closures, even if a function name would be sufficient.
include!(concat!(env!("OUT_DIR"), "/calls.rs"));
