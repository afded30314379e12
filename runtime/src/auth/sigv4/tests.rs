//! Compares the signatures with those of `aws-sigv4`'s own signer of whole requests.

use std::time::{Duration, UNIX_EPOCH};

use aws_sigv4::http_request::{
    PayloadChecksumKind, SignableBody, SignableRequest, SigningSettings, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use proptest::prelude::*;

use super::*;

const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// The date, the authorization and the session token, if there is one, as `aws-sigv4` computes them.
fn reference(
    request: &PostRequest<'_>,
    scope: &CredentialScope<'_>,
) -> (String, String, Option<String>) {
    let mut settings = SigningSettings::default();
    settings.payload_checksum_kind = PayloadChecksumKind::NoHeader;
    let identity = scope.credentials.clone().into();
    let parameters = SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(scope.time)
        .settings(settings)
        .build()
        .unwrap()
        .into();
    let url = format!("https://{}{}", request.host, request.path);
    let headers = [("content-type", request.content_type), ("host", request.host)];
    let further =
        request.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
    let headers = headers.into_iter().chain(further);
    let body = SignableBody::Bytes(request.body);
    let signable = SignableRequest::new("POST", url, headers, body).unwrap();
    let (instructions, _) = sign(signable, &parameters).unwrap().into_parts();
    let mut result = (String::new(), String::new(), None);
    for (name, value) in instructions.headers() {
        match name {
            "x-amz-date" => value.clone_into(&mut result.0),
            "authorization" => value.clone_into(&mut result.1),
            "x-amz-security-token" => result.2 = Some(value.to_owned()),
            other => panic!("unexpected header: {other}"),
        }
    }
    result
}

/// 2015-08-30T12:36:00Z
fn test_time() -> SystemTime {
    UNIX_EPOCH + Duration::from_mins(24_015_636)
}

fn assert_same(signer: &Signer, request: &PostRequest<'_>, scope: &CredentialScope<'_>) {
    let ours = signer.sign(request, scope);
    let (date, authorization, token) = reference(request, scope);
    assert_eq!((ours.date, ours.authorization), (date, authorization), "{}", request.path);
    assert_eq!(token.as_deref(), scope.credentials.session_token());
}

fn credentials(secret: &str, token: Option<&str>) -> Credentials {
    Credentials::new("AKIDEXAMPLE", secret, token.map(str::to_owned), None, "test")
}

#[test]
fn host_date_content_type_and_token_are_signed() {
    let request = PostRequest {
        host: "iam.amazonaws.com",
        path: "/",
        content_type: FORM,
        headers: &[],
        body: b"a=b",
    };
    let time = test_time();
    for (token, names) in [
        (None, "content-type;host;x-amz-date"),
        (Some("token"), "content-type;host;x-amz-date;x-amz-security-token"),
    ] {
        let credentials = credentials("secret", token);
        let scope = CredentialScope {
            credentials: &credentials,
            region: "us-east-1",
            service: "iam",
            time,
        };
        let signature = Signer::default().sign(&request, &scope);
        assert_eq!(signature.date, "20150830T123600Z");
        let start = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
             SignedHeaders={names}, Signature="
        );
        let hex = signature.authorization.strip_prefix(&start).unwrap();
        assert_eq!(hex.len(), 64);
        assert_same(&Signer::default(), &request, &scope);
    }
}

/// The additional headers are sorted before, between and after the headers of every request. Several spaces are
/// signed as one. A header that a proxy may change is not signed.
#[test]
fn additional_headers_are_signed_in_sorted_order() {
    let further = [
        ("accept-language", "  one   two "),
        ("date-of-team", ""),
        ("x-amzn-trace-id", "Root=1-2"),
        ("x-team", "storage;more"),
    ];
    let headers = further
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    let request = PostRequest {
        host: "iam.amazonaws.com",
        path: "/",
        content_type: FORM,
        headers: &headers,
        body: b"",
    };
    for token in [None, Some("token")] {
        let credentials = credentials("secret", token);
        let time = test_time();
        let scope = CredentialScope {
            credentials: &credentials,
            region: "us-east-1",
            service: "iam",
            time,
        };
        assert_same(&Signer::default(), &request, &scope);
        let signed = Signer::default().sign(&request, &scope).authorization;
        let start = "SignedHeaders=accept-language;content-type;date-of-team;host;x-amz-date;";
        assert!(signed.contains(start) && signed.contains(";x-team, "), "{signed}");
        assert!(!signed.contains("trace"), "{signed}");
    }
}

/// A cached key must not be used for another secret, day, region or service.
#[test]
fn cached_keys_are_used_only_for_their_scope() {
    let signer = Signer::default();
    let request = PostRequest {
        host: "iam.amazonaws.com",
        path: "/",
        content_type: FORM,
        headers: &[],
        body: b"a=b",
    };
    let all = [credentials("one", None), credentials("two", None), credentials("two", Some("t"))];
    for _ in 0..2 {
        for credentials in &all {
            for (region, service) in
                [("us-east-1", "iam"), ("cn-north-1", "iam"), ("us-east-1", "sts")]
            {
                for day in [0, 1] {
                    let time = test_time() + Duration::from_hours(24 * day);
                    assert_same(
                        &signer,
                        &request,
                        &CredentialScope { credentials, region, service, time },
                    );
                }
            }
        }
        let cached = signer.keys.lock().unwrap().len();
        assert!((1..=MAX_KEYS).contains(&cached), "{cached} keys are cached");
    }
}

#[test]
fn paths_of_custom_endpoints_are_signed() {
    let credentials = credentials("secret", None);
    let time = test_time();
    let scope =
        CredentialScope { credentials: &credentials, region: "us-east-1", service: "iam", time };
    for path in [
        "/",
        "/iam",
        "/iam/",
        "/a%20b/c",
        "/%E1%88%B4",
        "/a+b~c",
        "/a:b@c",
        "/a=b;c,d",
        "/a%2Fb",
        "/a.b/..c/d.",
    ] {
        let request = PostRequest {
            host: "127.0.0.1:4566",
            path,
            content_type: FORM,
            headers: &[],
            body: b"",
        };
        assert_same(&Signer::default(), &request, &scope);
    }
}

/// `aws-sigv4` and the services treat repeated slashes as one.
#[test]
fn repeated_slashes_are_signed_as_one() {
    let credentials = credentials("secret", None);
    let time = test_time();
    let scope =
        CredentialScope { credentials: &credentials, region: "us-east-1", service: "iam", time };
    for path in ["//", "//iam", "/iam//", "/a//b"] {
        let request = PostRequest {
            host: "127.0.0.1:4566",
            path,
            content_type: FORM,
            headers: &[],
            body: b"",
        };
        assert_same(&Signer::default(), &request, &scope);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn signatures_equal_those_of_aws_sigv4(
        host in "[a-z]{1,8}(\\.[a-z0-9]{1,8}){0,3}(:[1-9][0-9]{3})?",
        // No repeated slashes, which have their own test, and no segments of only dots, which a parsed URL does not have.
        path in "(/[a-zA-Z0-9_~!$&'()*+,;=:@-]{1,8}(%[2-7][0-9A-D])?){0,3}/?",
        body in prop::collection::vec(any::<u8>(), 0..64),
        secret in "[a-zA-Z0-9/+]{1,40}",
        token in prop::option::of("[a-zA-Z0-9/+=]{1,80}"),
        seconds in 0_u64..253_402_300_800,
        region in "[a-z]{2}-[a-z]{4,9}-[1-9]",
        service in "[a-z][a-z0-9-]{0,10}",
        further in prop::collection::btree_map("y?[a-z]{1,8}-[a-z0-9-]{0,8}", "[ -~\\t]{0,12}", 0..4),
    ) {
        let path = if path.is_empty() { "/" } else { &*path };
        let credentials = credentials(&secret, token.as_deref());
        let further = further.iter().filter(|(name, _)| !name.starts_with("x-amz"));
        let headers: Vec<_> = further
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        let request =
            PostRequest { host: &host, path, content_type: FORM, headers: &headers, body: &body };
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        let scope = CredentialScope { credentials: &credentials, region: &region, service: &service, time };
        assert_same(&Signer::default(), &request, &scope);
    }
}
