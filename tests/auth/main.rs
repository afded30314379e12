//! How requests are authenticated: bearer tokens, S3's signatures, and what can be presigned.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "../support/mod.rs"]
mod support;

mod bearer;
mod s3;
mod schemes;

use pagesmith::dynamic::{Call, Resources};
use pagesmith::{Client, ClientBuilder};
use serde_json::{Value, json};
use support::canned::{Canned, response};

/// A REST-JSON service with `metadata`, and operations of several kinds.
fn service(metadata: &[(&str, Value)]) -> Resources {
    let operation = |name: &str, method: &str, uri: &str, rest: Value| {
        let mut operation =
            json!({ "name": name, "http": { "method": method, "requestUri": uri } });
        operation.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        operation
    };
    let of = |shape: &str| json!({ "input": { "shape": shape } });
    let mut model = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2026-01-01", "endpointPrefix": "tested", "protocol": "rest-json",
            "serviceFullName": "A service of tests", "serviceId": "Tested"
        },
        "operations": {
            "Get": operation("Get", "GET", "/things/{Key+}", of("Key")),
            "Put": operation("Put", "PUT", "/things/{Key+}", of("Body")),
            "PutUnsigned": operation("PutUnsigned", "PUT", "/things/{Key+}",
                json!({ "input": { "shape": "Body" }, "authtype": "v4-unsigned-body" })),
            "Start": operation("Start", "POST", "/things/{Key+}?start", of("Key")),
            "Send": operation("Send", "POST", "/things", of("Document")),
            "Free": operation("Free", "GET", "/free", json!({ "authtype": "none" })),
        },
        "shapes": {
            "String": { "type": "string" },
            "Blob": { "type": "blob" },
            "Key": {
                "type": "structure", "required": ["Key"],
                "members": { "Key": { "shape": "String", "location": "uri", "locationName": "Key" } }
            },
            "Body": {
                "type": "structure", "required": ["Key"], "payload": "Body",
                "members": {
                    "Key": { "shape": "String", "location": "uri", "locationName": "Key" },
                    "Body": { "shape": "Blob" }
                }
            },
            "Document": { "type": "structure", "members": { "Name": { "shape": "String" } } }
        }
    });
    for (key, value) in metadata {
        model["metadata"][key] = value.clone();
    }
    Resources::from_model(&model.to_string(), None).unwrap()
}

/// A call of `operation` with the key `key`.
fn call(resources: &Resources, client: &Client, operation: &str, key: &str) -> Call {
    resources.method(operation).unwrap().call(client).param("Key", key)
}

/// A builder with an endpoint and credentials.
fn builder(canned: &Canned) -> ClientBuilder {
    Client::builder("us-east-1")
        .endpoint_url(canned.url())
        .credentials("AKIDEXAMPLE", "the secret of this test", None)
        .retry(support::WITHOUT_PAUSE)
}

/// A server that returns an empty object.
fn server() -> Canned {
    Canned::always(response(200, &[("content-type", "application/json")], "{}"))
}

/// The header `name` of the last request.
fn header(canned: &Canned, name: &str) -> Option<String> {
    let request = canned.requests().pop().unwrap();
    let mut headers = request.head.lines().filter_map(|line| line.split_once(": "));
    let found = headers.find(|(other, _)| other.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.to_owned())
}

/// The method and the path of the last request.
fn line(canned: &Canned) -> String {
    let head = canned.requests().pop().unwrap().head;
    head.split(" HTTP/").next().unwrap().to_owned()
}
