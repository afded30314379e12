//! Typed calls with arguments in JSON: the functions that the build script wrote, and their helper functions.

#![allow(clippy::redundant_closure, clippy::useless_conversion)]

use std::pin::Pin;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use pagesmith_runtime::time::OffsetDateTime;
use pagesmith_runtime::time::format_description::well_known::Rfc3339;
use pagesmith_runtime::{Client, Error};
use serde_json::{Map, Value};

pub(crate) type Called = Result<Value, Error>;
pub(crate) type Call =
    for<'a> fn(&'a Client, &'a Value) -> Pin<Box<dyn Future<Output = Called> + 'a>>;

fn output(output: &impl serde::Serialize) -> Called {
    Ok(serde_json::to_value(output).expect("an output is JSON"))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn boolean(value: &Value) -> bool {
    value.as_bool().expect("a boolean")
}

fn integer(value: &Value) -> i32 {
    value.as_i64().expect("a number").try_into().expect("32 bits")
}

fn long(value: &Value) -> i64 {
    value.as_i64().expect("a number")
}

fn double(value: &Value) -> f64 {
    value.as_str().map_or_else(|| value.as_f64().expect("a number"), |text| text.parse().unwrap())
}

#[allow(clippy::cast_possible_truncation)]
fn float(value: &Value) -> f32 {
    double(value) as f32
}

fn blob(value: &Value) -> Vec<u8> {
    BASE64_STANDARD.decode(text(value)).expect("base64")
}

fn timestamp(value: &Value) -> OffsetDateTime {
    OffsetDateTime::parse(text(value), &Rfc3339).expect("a timestamp")
}

#[allow(dead_code)] // Not every service has what this is for.
fn optional(value: &Value) -> Option<&Value> {
    Some(value).filter(|value| !value.is_null())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn map(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("a map")
}

fn structure<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("a structure")
}

// The build script always writes closures, even if a function name would be sufficient.
include!(concat!(env!("OUT_DIR"), "/calls.rs"));
