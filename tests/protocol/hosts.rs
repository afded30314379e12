//! The address of a call: prefixes of the host, and paths of the endpoint.

use pagesmith::dynamic::Method;
use pagesmith::{Error, ErrorKind};
use serde_json::{Value, json};

use crate::model::{add_plain_shapes, builder, builder_at, metadata, method_of, object, structure};
use crate::support::canned::{Canned, RawRequest, ok};

fn method(prefix: Option<&str>, label: &str) -> Method {
    let mut input = structure(json!({
        "Label": { "shape": "String", "hostLabel": true, "locationName": label },
    }));
    input["required"] = json!(["Label"]);
    let mut shapes = json!({ "In": input });
    add_plain_shapes(&mut shapes);
    let mut operation = json!({ "name": "Do" });
    if let Some(prefix) = prefix {
        operation["endpoint"] = json!({ "hostPrefix": prefix });
    }
    if prefix.is_some_and(|prefix| prefix.contains('{')) {
        operation["input"] = json!({ "shape": "In" });
    }
    method_of(&metadata(), operation, &shapes)
}

/// The request of a call of `method` at `url`. The names `hosts` are resolved to this machine.
async fn sent(method: &Method, params: Value, url: &str, hosts: &[&str]) -> RawRequest {
    let server = Canned::always(ok("<DoResponse/>"));
    let client = builder_at(&server, url, hosts).build().unwrap();
    method.call(&client).params(object(&params)).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    requests.into_iter().next().unwrap()
}

fn header(request: &RawRequest, name: &str) -> String {
    let mut lines = request.head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.unwrap_or_else(|| panic!("no {name}: {}", request.head)).1.to_owned()
}

fn assert_to(request: &RawRequest, path: &str, host: &str) {
    assert!(request.head.starts_with(&format!("POST {path} HTTP/1.1\r\n")), "{}", request.head);
    assert_eq!(header(request, "host").split(':').next(), Some(host));
    let content_type = header(request, "content-type");
    assert_eq!(content_type, "application/x-www-form-urlencoded; charset=utf-8");
    assert_eq!(header(request, "content-length"), request.body.len().to_string());
}

#[tokio::test]
async fn a_call_goes_to_the_endpoint() {
    let request = sent(&method(None, "Label"), json!({}), "example.com", &["example.com"]).await;
    assert_to(&request, "/", "example.com");
}

#[tokio::test]
async fn a_prefix_is_prepended_to_the_host() {
    let method = method(Some("foo."), "Label");
    let request = sent(&method, json!({}), "example.com", &["foo.example.com"]).await;
    assert_to(&request, "/", "foo.example.com");
}

#[tokio::test]
async fn a_label_in_the_prefix_is_also_sent_in_the_body() {
    let hosts = ["foo.bar.example.com"];
    for wire in ["Label", "label"] {
        let method = method(Some("foo.{Label}."), wire);
        let request = sent(&method, json!({ "Label": "bar" }), "example.com", &hosts).await;
        assert_to(&request, "/", "foo.bar.example.com");
        assert!(request.body.ends_with(&format!("&{wire}=bar")), "{}", request.body);
    }
}

#[tokio::test]
async fn calls_go_below_the_path_of_the_endpoint() {
    // As in botocore, the path is kept as it is.
    for (url, path) in [("example.com/custom", "/custom"), ("example.com/custom/", "/custom/")] {
        let request = sent(&method(None, "Label"), json!({}), url, &["example.com"]).await;
        assert_to(&request, path, "example.com");
    }
}

#[tokio::test]
async fn an_ip_address_gets_no_prefix() {
    let server = Canned::always(ok("<DoResponse/>"));
    let client = builder(&server.url()).build().unwrap();
    method(Some("foo."), "Label").call(&client).send().await.unwrap();
    assert_to(&server.requests()[0], "/", "127.0.0.1");
}

#[tokio::test]
async fn an_invalid_label_is_an_error_before_anything_is_sent() {
    let server = Canned::always(ok("<DoResponse/>"));
    let client = builder(&server.url()).build().unwrap();
    let method = method(Some("foo.{Label}."), "Label");
    let long = "x".repeat(64);
    for label in ["", "a.b", "evil.example.org/", "a b", "é", "a@b", "a:1", "a_b", &*long] {
        let call = method.call(&client).param("Label", label);
        let assert_input_error = |error: Error| {
            assert_eq!(error.kind(), ErrorKind::Input, "{label:?}: {error}");
            assert!(error.message().contains("Label"), "{error}");
            assert!(!error.may_have_been_sent());
            assert!(label.len() < 2 || !error.message().contains(label), "{error}");
        };
        assert_input_error(call.body().unwrap_err());
        assert_input_error(call.send().await.unwrap_err());
    }
    assert_eq!(server.requests().len(), 0);
}
