//! Compares the signatures with those of `aws-sigv4`'s own signer of whole requests.

use std::time::{Duration, UNIX_EPOCH};

use aws_sigv4::http_request::{self, PayloadChecksumKind, SignableBody, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use http::{HeaderName, HeaderValue};
use proptest::prelude::*;

use super::*;

mod botocore;
mod vectors;

const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// A request before it is signed.
#[derive(Clone)]
struct Unsigned<'a> {
    method: &'a str,
    host: &'a str,
    path: &'a str,
    query: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    body: &'a [u8],
}

/// A form that is posted to the root of a host.
fn form<'a>(host: &'a str, body: &'a [u8]) -> Unsigned<'a> {
    let headers = vec![("content-type", FORM)];
    Unsigned { method: "POST", host, path: "/", query: "", headers, body }
}

impl Unsigned<'_> {
    fn sign(&self, signer: &Signer, scope: &CredentialScope<'_>) -> String {
        let date = amz_date(scope.time);
        let mut headers = HeaderMap::new();
        let own = [("x-amz-date", &*date)].into_iter();
        let token = scope.credentials.session_token();
        let own = own.chain(token.map(|token| ("x-amz-security-token", token)));
        for (name, value) in self.headers.iter().copied().chain(own) {
            headers.append(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        let Self { method, host, path, query, body, .. } = *self;
        let (headers, date, payload) = (&headers, &*date, PayloadHash::Bytes(body));
        let path_as_is = false;
        let request =
            SignableRequest { method, host, path, query, headers, payload, path_as_is, date };
        signer.sign(&request, scope)
    }
}

/// The result of `aws-sigv4` for the same request: date, authorization, and the token if there is one.
fn reference(
    request: &Unsigned<'_>,
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
    let mark = if request.query.is_empty() { "" } else { "?" };
    let url = format!("https://{}{}{mark}{}", request.host, request.path, request.query);
    let headers = request.headers.iter().copied().chain([("host", request.host)]);
    let body = SignableBody::Bytes(request.body);
    let signable = http_request::SignableRequest::new(request.method, url, headers, body).unwrap();
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

fn assert_same(signer: &Signer, request: &Unsigned<'_>, scope: &CredentialScope<'_>) {
    let (date, authorization, token) = reference(request, scope);
    let Unsigned { method, path, query, .. } = request;
    assert_eq!(amz_date(scope.time), date);
    assert_eq!(request.sign(signer, scope), authorization, "{method} {path} {query}");
    assert_eq!(token.as_deref(), scope.credentials.session_token());
}

fn credentials(secret: &str, token: Option<&str>) -> Credentials {
    Credentials::new("AKIDEXAMPLE", secret, token.map(str::to_owned), None, "test")
}

#[test]
fn the_headers_that_are_signed() {
    let request = form("iam.amazonaws.com", b"a=b");
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
        let authorization = request.sign(&Signer::default(), &scope);
        assert_eq!(amz_date(time), "20150830T123600Z");
        let start = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
             SignedHeaders={names}, Signature="
        );
        let hex = authorization.strip_prefix(&start).unwrap();
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
    let mut request = form("iam.amazonaws.com", b"");
    request.headers.extend(further);
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
        let signed = request.sign(&Signer::default(), &scope);
        let start = "SignedHeaders=accept-language;content-type;date-of-team;host;x-amz-date;";
        assert!(signed.contains(start) && signed.contains(";x-team, "), "{signed}");
        assert!(!signed.contains("trace"), "{signed}");
    }
}

#[test]
fn query_strings_are_sorted() {
    let credentials = credentials("secret", None);
    let time = test_time();
    let scope =
        CredentialScope { credentials: &credentials, region: "us-east-1", service: "s3", time };
    for query in [
        "a",
        "a=",
        "b=1&a=2",
        "a=2&a=1",
        "a=1&a",
        "A=1&a=1&a-b=1",
        "a%20b=c%2Fd",
        "list-type=2&prefix",
    ] {
        let request = Unsigned { method: "GET", query, ..form("127.0.0.1:4566", b"") };
        assert_same(&Signer::default(), &request, &scope);
    }
}

/// A kept key must serve neither another secret, day, region nor service.
#[test]
fn cached_keys_are_used_only_for_their_scope() {
    let signer = Signer::default();
    let request = form("iam.amazonaws.com", b"a=b");
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
        let request = Unsigned { path, ..form("127.0.0.1:4566", b"") };
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
        let request = Unsigned { path, ..form("127.0.0.1:4566", b"") };
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
        query in "([a-zA-Z0-9_.~-]{1,4}(%2[0-9A-C])?(=[a-zA-Z0-9_.~-]{0,4}(%2[0-9A-C])?)?(&[a-zA-Z]{1,2}=[a-z0-9]{0,2}){0,4})?",
        method in "GET|HEAD|POST|PUT|DELETE|PATCH",
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
        let mut request = Unsigned { method: &method, path, query: &query, ..form(&host, &body) };
        request.headers.extend(further.map(|(name, value)| (name.as_str(), value.as_str())));
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        let scope = CredentialScope { credentials: &credentials, region: &region, service: &service, time };
        assert_same(&Signer::default(), &request, &scope);
    }
}
