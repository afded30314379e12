//! Calls a method with arguments in JSON: `calls-all ENDPOINT METHOD JSON`. The table in `calls.rs` has the methods that
//! the program can call. The linker omits the code of all others.

// Only the functions in the table are called.
#![allow(dead_code, clippy::all, clippy::pedantic)]

use std::error::Error;
use std::pin::Pin;

use iam_62_prebuilt as all_protocols;
use pagesmith_runtime::Client;
use serde_json::Value;

type Called = Result<(), pagesmith_runtime::Error>;
type Call = for<'a> fn(&'a Client, &'a Value) -> Pin<Box<dyn Future<Output = Called> + 'a>>;

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn boolean(value: &Value) -> bool {
    value.as_bool().unwrap_or_default()
}

fn integer(value: &Value) -> i32 {
    value.as_i64().and_then(|value| value.try_into().ok()).unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn structure<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|problem| {
        eprintln!("error: {problem}");
        std::process::exit(1)
    })
}

include!("calls.rs");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [endpoint, method, json] = arguments.as_slice() else {
        return Err("usage: ENDPOINT METHOD JSON".into());
    };
    let client = Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None)
        .endpoint_url(endpoint)
        .build()?;
    let call = CALLS.iter().find(|(name, _)| name == method).ok_or_else(|| format!("there is no method {method} in the table of this program"))?.1;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(call(&client, &serde_json::from_str(json)?))?)
}
