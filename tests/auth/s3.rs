//! Signatures as Amazon S3 has them.

use pagesmith::ErrorKind;
use pagesmith::dynamic::Resources;
use serde_json::json;

use super::{builder, call, header, line, server, service};

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

fn s3() -> Resources {
    service(&[("signingName", json!("s3"))])
}

#[tokio::test]
async fn the_hash_of_the_body_is_a_header_that_is_signed() {
    let canned = server();
    let client = builder(&canned).build().unwrap();
    for (operation, body, hash) in
        [("Get", None, EMPTY), ("Put", Some("aGVsbG8="), HELLO), ("Put", None, EMPTY)]
    {
        let mut call = call(&s3(), &client, operation, "a//ü b");
        if let Some(body) = body {
            call = call.param("Body", body);
        }
        call.send().await.unwrap();
        assert!(line(&canned).ends_with(" /things/a//%C3%BC%20b"), "{}", line(&canned));
        assert_eq!(header(&canned, "x-amz-content-sha256").as_deref(), Some(hash));
        let signed = header(&canned, "authorization").unwrap();
        assert!(signed.contains("/us-east-1/s3/aws4_request, SignedHeaders="), "{signed}");
        assert!(signed.contains(";x-amz-content-sha256;x-amz-date, "), "{signed}");
    }
}

/// Only S3 needs the header.
#[tokio::test]
async fn other_services_have_the_header_only_if_the_body_is_not_signed() {
    let canned = server();
    let client = builder(&canned).build().unwrap();
    let resources = service(&[]);
    call(&resources, &client, "Put", "a").send().await.unwrap();
    assert_eq!(header(&canned, "x-amz-content-sha256"), None);
    for resources in [resources, s3()] {
        let put = call(&resources, &client, "PutUnsigned", "a").param("Body", "aGVsbG8=");
        put.send().await.unwrap();
        let hash = header(&canned, "x-amz-content-sha256");
        assert_eq!(hash.as_deref(), Some("UNSIGNED-PAYLOAD"));
    }
}

/// The type of URLs removes such segments, so the request would go to another resource, with a valid signature.
#[tokio::test]
async fn a_key_with_a_dot_segment_is_not_sent() {
    let canned = server();
    let client = builder(&canned).build().unwrap();
    for key in ["..", ".", "a/../../secret", "a/./b", "a/.."] {
        let error = call(&s3(), &client, "Get", key).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(!error.may_have_been_sent());
    }
    assert_eq!(canned.requests().len(), 0);
    call(&s3(), &client, "Get", "a..b/.c/...").send().await.unwrap();
    assert_eq!(line(&canned), "GET /things/a..b/.c/...");
}
