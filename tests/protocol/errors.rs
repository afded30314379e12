//! Decoding of error documents.

use pagesmith::{Error, ErrorKind};
use serde_json::{Value, json};

use crate::model::{add_plain_shapes, builder, metadata, method_of, structure};
use crate::support::canned::{Canned, response};
use pagesmith::dynamic::Method;

/// An operation that declares three errors, and another error that it does not declare.
fn greeting() -> Method {
    let error = |members: Value| {
        let mut shape = structure(members);
        shape["exception"] = json!(true);
        shape
    };
    let mut customised = error(json!({ "Message": "String" }));
    customised["error"] =
        json!({ "code": "Customized", "httpStatusCode": 402, "senderFault": true });
    let mut secret = structure(json!({ "Password": { "shape": "String", "sensitive": true } }));
    secret["exception"] = json!(true);
    let mut shapes = json!({
        "InvalidGreeting": error(json!({ "Message": "String" })),
        "CustomCodeError": customised,
        "ComplexError": error(json!({ "TopLevel": "String", "Nested": "Data", "At": "Timestamp" })),
        "Data": structure(json!({ "Foo": "String", "Numbers": "Numbers" })),
        "Numbers": { "type": "list", "member": { "shape": "Integer" } },
        "Unannounced": error(json!({ "Body": "String" })),
    });
    add_plain_shapes(&mut shapes);
    let errors = ["InvalidGreeting", "CustomCodeError", "ComplexError"];
    let errors: Vec<Value> = errors.iter().map(|name| json!({ "shape": name })).collect();
    method_of(&metadata(), json!({ "name": "Greet", "errors": errors }), &shapes)
}

/// The error of a response with `status` and an element `Error` that contains `inner`.
async fn error_of(method: &Method, status: u16, inner: &str) -> Error {
    let body = format!(
        "<ErrorResponse xmlns=\"https://example.com/\"><Error><Type>Sender</Type>{inner}</Error>\
         <RequestId>foo-id</RequestId></ErrorResponse>"
    );
    let server = Canned::always(response(status, &[("Content-Type", "text/xml")], &body));
    let client = builder(&server.url()).build().unwrap();
    let error = method.call(&client).send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(status)), "{error}");
    assert_eq!(error.request_id(), Some("foo-id"));
    assert_eq!(error.operation(), Some("Greet"));
    error
}

#[tokio::test]
async fn an_error_has_code_and_message() {
    let method = greeting();
    let error = error_of(&method, 400, "<Code>InvalidGreeting</Code><Message>Hi</Message>").await;
    assert_eq!((error.code(), error.message()), (Some("InvalidGreeting"), "Hi"));
    assert_eq!(method.error_details(&error), None, "the error has no other members");
}

#[tokio::test]
async fn the_code_can_differ_from_the_name_of_the_shape() {
    let method = greeting();
    let error = error_of(&method, 402, "<Code>Customized</Code><Message>Hi</Message>").await;
    assert_eq!((error.code(), error.message()), (Some("Customized"), "Hi"));
}

#[tokio::test]
async fn an_error_can_have_other_members() {
    let method = greeting();
    let inner = "<Code>ComplexError</Code><TopLevel>Top level</TopLevel><Nested><Foo>bar</Foo>\
                 <Numbers><member>1</member><member>2</member></Numbers></Nested>\
                 <At>2014-04-29T18:30:38Z</At><Unknown>x</Unknown>";
    let error = error_of(&method, 400, inner).await;
    assert_eq!(error.code(), Some("ComplexError"));
    let details = json!({
        "TopLevel": "Top level",
        "Nested": { "Foo": "bar", "Numbers": [1, 2] },
        "At": "2014-04-29T18:30:38Z",
    });
    assert_eq!(method.error_details(&error), Some(details));
}

#[tokio::test]
async fn an_error_with_invalid_members_has_no_details() {
    let method = greeting();
    let error = error_of(&method, 400, "<Code>ComplexError</Code><At>noon</At>").await;
    assert_eq!(error.code(), Some("ComplexError"));
    assert_eq!(method.error_details(&error), None);
}

#[tokio::test]
async fn an_undeclared_error_is_decoded_too() {
    let method = greeting();
    let error = error_of(&method, 400, "<Code>Unannounced</Code><Body>b</Body>").await;
    assert_eq!(method.error_details(&error), Some(json!({ "Body": "b" })));
    let error = error_of(&method, 400, "<Code>Unheard</Code><Message>m</Message>").await;
    assert_eq!((error.code(), error.message()), (Some("Unheard"), "m"));
    assert_eq!(method.error_details(&error), None);
}
