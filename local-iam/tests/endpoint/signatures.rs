//! Verification of signatures.

use std::time::Duration;

use local_iam::LocalIam;
use reqwest::header::{AUTHORIZATION, HeaderValue};

use crate::client::{Client, MEDIA_TYPE, VERSION, now, start};

#[tokio::test]
async fn a_signed_request_succeeds() {
    let (_iam, client) = start().await;
    let response = client.ok("GetUser", &[]).await;
    assert_eq!(response.text("UserName"), Some("caller"));
    assert_eq!(response.header("content-type"), Some("text/xml"));
    assert_eq!(response.header("date"), Some("Sun, 30 Aug 2015 12:36:00 GMT"));
    let request_id = response.text("RequestId").unwrap();
    assert_eq!(response.header("x-amzn-requestid"), Some(request_id));
    let groups: Vec<usize> = request_id.split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12]);
}

#[tokio::test]
async fn parameters_can_be_in_the_query() {
    let (_iam, client) = start().await;
    let url = format!(
        "{}?Version={VERSION}&UserName=a%2Bb%20c&Action=ListMFADevices&Empty&X=%7E~",
        client.url
    );
    let response = client.send(client.signed("GET", &url, &[], "")).await;
    let message = response.refusal(400, "ValidationError");
    assert!(message.starts_with("The specified value for userName is invalid."), "{message}");
}

#[tokio::test]
async fn a_missing_authorization_is_an_error() {
    let (_iam, client) = start().await;
    let mut request = client.request("GetUser", &[]);
    request.headers_mut().remove(AUTHORIZATION);
    let message = client.send(request).await.refusal(403, "MissingAuthenticationToken");
    assert_eq!(message, "Request is missing Authentication Token");
}

#[tokio::test]
async fn a_malformed_authorization_is_an_error() {
    let (iam, client) = start().await;
    let key = iam.access_key_id();
    let scope = format!("Credential={key}/20150830/us-east-1/iam/aws4_request");
    for header in [
        "Bearer secret".to_owned(),
        "AWS4-HMAC-SHA256".to_owned(),
        "AWS4-HMAC-SHA256 nonsense".to_owned(),
        format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host"),
        format!("AWS4-HMAC-SHA256 {scope}, Signature=00"),
        format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature="),
        format!("AWS4-HMAC-SHA256 {scope}/more, SignedHeaders=host, Signature=00"),
        format!("AWS4-HMAC-SHA256 Credential={key}/20150830, SignedHeaders=host, Signature=00"),
    ] {
        let mut request = client.request("GetUser", &[]);
        request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_str(&header).unwrap());
        client.send(request).await.refusal(400, "IncompleteSignature");
    }
}

#[tokio::test]
async fn a_missing_or_malformed_date_is_an_error() {
    let (_iam, client) = start().await;
    let mut request = client.request("GetUser", &[]);
    request.headers_mut().remove("x-amz-date");
    client.send(request).await.refusal(400, "IncompleteSignature");
    let mut request = client.request("GetUser", &[]);
    request.headers_mut().insert("x-amz-date", HeaderValue::from_static("yesterday"));
    client.send(request).await.refusal(400, "IncompleteSignature");
}

#[tokio::test]
async fn unknown_credentials_are_an_error() {
    let (_iam, mut client) = start().await;
    client.session_token = Some("unexpected".into());
    client.refused("GetUser", &[], 403, "InvalidClientTokenId").await;
    client.session_token = None;
    client.access_key_id = "AKIAUNKNOWN".into();
    let message = client.refused("GetUser", &[], 403, "InvalidClientTokenId").await;
    assert_eq!(message, "The security token included in the request is invalid.");
}

#[tokio::test]
async fn each_request_must_have_the_session_token() {
    let builder = LocalIam::builder().clock(now).session_token("the token");
    let iam = builder.credentials("AKIAEXAMPLE", "a secret").start().await.unwrap();
    let mut client = Client::of(&iam);
    client.ok("GetUser", &[]).await;
    client.session_token = Some("another token".into());
    client.refused("GetUser", &[], 403, "InvalidClientTokenId").await;
    client.session_token = None;
    client.refused("GetUser", &[], 403, "InvalidClientTokenId").await;
    let shown = format!("{iam:?} {:?}", iam.requests());
    assert!(!shown.contains("the token") && !shown.contains("another token"), "{shown}");
    assert!(!shown.contains("a secret"), "{shown}");
}

#[tokio::test]
async fn a_wrong_secret_key_is_an_error() {
    let (_iam, mut client) = start().await;
    client.secret_access_key.push('x');
    let message = client.refused("GetUser", &[], 403, "SignatureDoesNotMatch").await;
    assert!(message.starts_with("The request signature we calculated does not match"));
}

#[tokio::test]
async fn a_request_changed_after_signing_is_an_error() {
    let (_iam, client) = start().await;
    let mut request = client.request("GetUser", &[]);
    *request.body_mut() = Some("Action=GetUser&Version=2010-05-08&UserName=bob".into());
    client.send(request).await.refusal(403, "SignatureDoesNotMatch");

    let mut request = client.request("GetUser", &[]);
    request.headers_mut().insert("content-type", HeaderValue::from_static("text/plain"));
    client.send(request).await.refusal(403, "SignatureDoesNotMatch");

    let mut request = client.request("GetUser", &[]);
    request.url_mut().set_query(Some("UserName=bob"));
    client.send(request).await.refusal(403, "SignatureDoesNotMatch");

    // The number of spaces in a value is not part of the signature.
    let headers = [("content-type", MEDIA_TYPE), ("x-amz-note", "a b")];
    let body = "Action=GetUser&Version=2010-05-08";
    let mut request = client.signed("POST", &client.url, &headers, body);
    request.headers_mut().insert("x-amz-note", HeaderValue::from_static("a   b"));
    assert_eq!(client.send(request).await.status, 200);
}

#[tokio::test]
async fn host_and_amz_headers_must_be_signed() {
    let (_iam, client) = start().await;
    let mut request = client.request("GetUser", &[]);
    request.headers_mut().insert("x-amz-note", HeaderValue::from_static("unsigned"));
    let message = client.send(request).await.refusal(403, "SignatureDoesNotMatch");
    assert!(message.contains("'x-amz-note' must be a 'SignedHeader'"), "{message}");

    let mut request = client.request("GetUser", &[]);
    edit_authorization(&mut request, ";host", "");
    let message = client.send(request).await.refusal(403, "SignatureDoesNotMatch");
    assert!(message.contains("'Host'"), "{message}");
}

#[tokio::test]
async fn a_date_may_differ_by_fifteen_minutes() {
    let (_iam, mut client) = start().await;
    let tolerance = Duration::from_mins(15);
    let second = Duration::from_secs(1);
    for time in [now() - tolerance, now() + tolerance] {
        client.time = time;
        client.ok("GetUser", &[]).await;
    }
    client.time = now() - tolerance - second;
    assert_eq!(
        client.refused("GetUser", &[], 403, "SignatureDoesNotMatch").await,
        "Signature expired: 20150830T122059Z is now earlier than 20150830T122100Z \
         (20150830T123600Z - 15 min.)"
    );
    client.time = now() + tolerance + second;
    assert_eq!(
        client.refused("GetUser", &[], 403, "SignatureDoesNotMatch").await,
        "Signature not yet current: 20150830T125101Z is still later than 20150830T125100Z \
         (20150830T123600Z + 15 min.)"
    );
}

#[tokio::test]
async fn a_wrong_credential_scope_is_an_error() {
    let (_iam, mut client) = start().await;
    client.region = "eu-west-1".into();
    let message = client.refused("GetUser", &[], 403, "SignatureDoesNotMatch").await;
    assert_eq!(message, "Credential should be scoped to a valid region, not 'eu-west-1'. ");
    client.region = "us-east-1".into();
    client.service = "sts";
    let message = client.refused("GetUser", &[], 403, "SignatureDoesNotMatch").await;
    assert_eq!(message, "Credential should be scoped to correct service: 'iam'. ");
    client.service = "iam";

    for (from, to, expected) in [
        ("aws4_request", "aws5_request", "valid terminator"),
        ("/20150830/", "/20150829/", "Date in Credential scope"),
        ("/20150830/", "/2015/", "Date in Credential scope"),
    ] {
        let mut request = client.request("GetUser", &[]);
        edit_authorization(&mut request, from, to);
        let message = client.send(request).await.refusal(403, "SignatureDoesNotMatch");
        assert!(message.contains(expected), "{message}");
    }
}

#[tokio::test]
async fn the_region_and_the_partition_can_be_set() {
    let builder = LocalIam::builder().clock(now).region("cn-north-1").partition("aws-cn");
    let iam = builder.account_id("210987654321").caller("root-user").start().await.unwrap();
    let response = Client::of(&iam).ok("GetUser", &[]).await;
    assert_eq!(response.text("Arn"), Some("arn:aws-cn:iam::210987654321:user/root-user"));
}

fn edit_authorization(request: &mut reqwest::Request, from: &str, to: &str) {
    let header = request.headers().get(AUTHORIZATION).unwrap().to_str().unwrap();
    let edited = header.replacen(from, to, 1);
    assert_ne!(edited, header);
    request.headers_mut().insert(AUTHORIZATION, edited.parse().unwrap());
}
