//! What can be presigned, and services whose signatures are not supported.

use std::time::Duration;

use pagesmith::dynamic::Resources;
use pagesmith::{Client, ErrorKind};
use serde_json::json;

use super::{call, service};

const MINUTE: Duration = Duration::from_mins(1);

fn client() -> Client {
    let client = Client::builder("us-east-1").endpoint_url("https://example.com");
    client.credentials("AKIDEXAMPLE", "the secret of this test", None).build().unwrap()
}

#[tokio::test]
async fn a_request_without_a_signed_body_can_be_presigned() {
    let s3 = service(&[("signingName", json!("s3"))]);
    for (operation, start) in [
        ("Get", "GET https://example.com/things/a/../%C3%BC%20b?X-Amz-Algorithm="),
        ("Put", "PUT https://example.com/things/a/../%C3%BC%20b?X-Amz-Algorithm="),
        ("Start", "POST https://example.com/things/a/../%C3%BC%20b?start=&X-Amz-Algorithm="),
    ] {
        let presigned = call(&s3, &client(), operation, "a/../ü b").presign(MINUTE).await.unwrap();
        let text = format!("{} {}", presigned.method(), presigned.url());
        assert!(text.starts_with(start), "{text}");
        assert!(text.contains("&X-Amz-SignedHeaders=host&"), "{text}");
        assert!(presigned.headers().is_empty());
    }
}

#[tokio::test]
async fn a_body_that_is_signed_cannot_be_presigned() {
    let resources = service(&[]);
    let get = call(&resources, &client(), "Get", "a").presign(MINUTE).await.unwrap();
    assert!(get.url().starts_with("https://example.com/things/a?X-Amz-"), "{}", get.url());
    let send = resources.method("Send").unwrap().call(&client());
    let put = call(&resources, &client(), "Put", "a").param("Body", "aGVsbG8=");
    for (call, message) in [(send, "its body must be signed"), (put, "a presigned URL has no body")]
    {
        let error = call.presign(MINUTE).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.message().contains(message), "{error}");
        assert!(!error.may_have_been_sent());
    }
}

#[tokio::test]
async fn a_request_without_a_signature_cannot_be_presigned() {
    let free = service(&[]);
    let error = free.method("Free").unwrap().call(&client()).presign(MINUTE).await.unwrap_err();
    assert!(error.message().contains("it has no signature"), "{error}");
    let auth = json!(["aws.auth#sigv4", "smithy.api#httpBearerAuth"]);
    let client = client().to_builder().bearer_token("a token").build().unwrap();
    let get = call(&service(&[("auth", auth)]), &client, "Get", "a");
    let error = get.presign(MINUTE).await.unwrap_err();
    assert!(error.message().contains("are not signed"), "{error}");
}

#[test]
fn other_signatures_are_refused_by_name() {
    for (key, value, name) in [
        ("signatureVersion", json!("v2"), "the signature version `v2`"),
        ("auth", json!(["aws.auth#sigv4a"]), "only `aws.auth#sigv4a`"),
    ] {
        let mut model = json!({
            "metadata": {
                "apiVersion": "2026-01-01", "endpointPrefix": "tested", "protocol": "rest-json",
                "serviceFullName": "A service of tests", "serviceId": "Tested"
            },
            "operations": {}, "shapes": {}
        });
        model["metadata"][key] = value;
        let error = Resources::from_model(&model.to_string(), None).err().unwrap();
        assert!(error.message().contains(name), "{error}");
    }
}
