//! IAM's policy documents, which are percent-encoded in responses.

use pagesmith::dynamic::Method;
use serde_json::{Value, json};

use crate::model::{
    add_plain_shapes, assert_decoded, list, map, metadata, method_of, offline_client, structure,
};

/// An operation of the service `id` that takes and returns policy documents.
fn method(id: &str) -> Method {
    let members = || json!({ "Doc": "policyDocumentType", "Docs": "Docs", "ByName": "ByName", "Text": "String" });
    let mut shapes = json!({
        "In": structure(members()),
        "Out": structure(members()),
        "policyDocumentType": { "type": "string", "min": 1 },
        "Docs": list("policyDocumentType", None),
        "ByName": map("policyDocumentType", None),
    });
    add_plain_shapes(&mut shapes);
    let mut metadata = metadata();
    metadata["serviceId"] = json!(id);
    let operation =
        json!({ "name": "Do", "input": { "shape": "In" }, "output": { "shape": "Out" } });
    method_of(&metadata, operation, &shapes)
}

fn assert_document(xml: &str, document: &str) {
    let output: Value = json!({ "Doc": document });
    assert_decoded(&method("IAM"), &format!("<Doc>{xml}</Doc>"), &output);
}

#[test]
fn documents_are_decoded() {
    assert_document("%7B%22Version%22%3A%222012-10-17%22%7D", r#"{"Version":"2012-10-17"}"#);
    assert_document("%7b%22a%22%3a%22%C3%A9%20+%2B%25%22%7d", r#"{"a":"é ++%"}"#);
    assert_document("%0A%7B%7D", "\n{}");
}

#[test]
fn documents_in_lists_and_maps_are_decoded() {
    assert_decoded(
        &method("IAM"),
        "<Docs><member>%7B%7D</member><member>{}</member></Docs>\
         <ByName><entry><key>%7B</key><value>%5B%5D</value></entry></ByName><Text>%7B%7D</Text>",
        &json!({ "Docs": ["{}", "{}"], "ByName": { "%7B": "[]" }, "Text": "%7B%7D" }),
    );
}

#[test]
fn a_document_that_is_not_encoded_is_unchanged() {
    for document in [r#"{"a":"100%25 +"}"#, "  {\"a\": \"%20\"}", "", "[]", "a%7B"] {
        assert_document(document, document);
    }
}

#[test]
fn an_invalid_encoding_is_unchanged() {
    // The bytes are not UTF-8.
    for document in ["%FF%FE", "%7B%C3%28%7D"] {
        assert_document(document, document);
    }
    // Without two hexadecimal digits, a percent sign is unchanged.
    assert_document("%7Bx%zz%7", "{x%zz%7");
}

#[test]
fn documents_of_other_services_and_in_requests_are_not_decoded() {
    assert_decoded(&method("Other"), "<Doc>%7B%7D</Doc>", &json!({ "Doc": "%7B%7D" }));
    let body = method("IAM")
        .call(&offline_client())
        .param("Doc", "{\"a\": \"%20\"}")
        .body()
        .map(String::from_utf8)
        .unwrap()
        .unwrap();
    assert!(body.ends_with("&Doc=%7B%22a%22%3A+%22%2520%22%7D"), "{body}");
}
