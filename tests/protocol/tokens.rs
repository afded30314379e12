//! Idempotency tokens, and calls without a signature.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use pagesmith::dynamic::Method;
use pagesmith::{Client, ErrorKind};
use serde_json::json;

use crate::model::{
    add_plain_shapes, assert_sent, builder, metadata, method, method_of, pairs, structure,
};
use crate::support::WITHOUT_PAUSE;
use crate::support::canned::{Canned, ok, response};

fn with_token() -> Method {
    method(json!({
        "In": structure(json!({ "token": { "shape": "String", "idempotencyToken": true } })),
    }))
}

fn token_in(body: &str) -> String {
    let pairs = pairs(body);
    pairs.iter().find(|(name, _)| name == "token").unwrap().1.clone()
}

#[test]
fn a_given_token_is_sent() {
    let given = "00000000-0000-4000-8000-000000000123";
    assert_sent(&with_token(), &json!({ "token": given }), &format!("token={given}"));
}

#[test]
fn the_client_creates_a_missing_token() {
    let counter = AtomicUsize::new(0);
    let tokens = move || format!("token-{}", counter.fetch_add(1, Ordering::SeqCst));
    let client = builder("http://127.0.0.1:1").idempotency_tokens(tokens).build().unwrap();
    let method = with_token();
    for number in 0..3 {
        let body = method.call(&client).body().map(String::from_utf8).unwrap().unwrap();
        assert_eq!(token_in(&body), format!("token-{number}"));
    }
    let body = method
        .call(&client)
        .param("token", json!(null))
        .body()
        .map(String::from_utf8)
        .unwrap()
        .unwrap();
    assert_eq!(token_in(&body), "token-3");
}

#[tokio::test]
async fn each_call_has_a_new_token_for_all_its_attempts() {
    let throttled = "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>";
    // The third attempt of each call succeeds.
    let server = Canned::each(move |number| match number % 3 {
        2 => ok("<DoResponse/>"),
        _ => response(400, &[], throttled),
    });
    let client = builder(&server.url()).build().unwrap();
    let method = with_token();
    for _ in 0..2 {
        method.call(&client).send().await.unwrap();
    }
    let tokens: Vec<String> =
        server.requests().iter().map(|request| token_in(&request.body)).collect();
    assert_eq!(tokens.len(), 6);
    for of_one_call in tokens.chunks(3) {
        assert_eq!(of_one_call.iter().collect::<BTreeSet<_>>().len(), 1, "{tokens:?}");
    }
    assert_ne!(tokens[0], tokens[3]);
    // A random UUID, version 4.
    let token = &tokens[0];
    let lengths: Vec<usize> = token.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{token}");
    assert_eq!(&token[14..15], "4", "{token}");
    assert!(token.chars().all(|digit| digit == '-' || digit.is_ascii_hexdigit()), "{token}");
}

fn operation(fields: &serde_json::Value) -> Method {
    let mut shapes = json!({});
    add_plain_shapes(&mut shapes);
    let mut operation = json!({ "name": "Do" });
    for (key, value) in fields.as_object().unwrap() {
        operation[key] = value.clone();
    }
    method_of(&metadata(), operation, &shapes)
}

fn is_signed(head: &str) -> bool {
    let head = head.to_lowercase();
    let present = ["\r\nauthorization:", "\r\nx-amz-date:"].map(|name| head.contains(name));
    assert_eq!(present[0], present[1], "{head}");
    assert!(!head.contains("x-amz-security-token"), "{head}");
    present[0]
}

#[tokio::test]
async fn operations_without_authentication_are_not_signed() {
    let server = Canned::always(ok("<DoResponse/>"));
    let with_credentials = builder(&server.url()).build().unwrap();
    let without_credentials = Client::builder("us-east-1")
        .without_credentials()
        .endpoint_url(server.url())
        .retry(WITHOUT_PAUSE)
        .build()
        .unwrap();
    for fields in [json!({ "authtype": "none" }), json!({ "auth": ["smithy.api#noAuth"] })] {
        let method = operation(&fields);
        for client in [&with_credentials, &without_credentials] {
            method.call(client).send().await.unwrap();
            assert!(!is_signed(&server.requests().last().unwrap().head));
        }
    }
    let signed = operation(&json!({}));
    signed.call(&with_credentials).send().await.unwrap();
    assert!(is_signed(&server.requests().last().unwrap().head));
    let before = server.requests().len();
    let error = signed.call(&without_credentials).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
    assert!(!error.may_have_been_sent());
    assert_eq!(server.requests().len(), before, "nothing is sent");
}
