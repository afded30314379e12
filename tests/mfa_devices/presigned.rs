//! Presigned requests.

use std::time::{Duration, UNIX_EPOCH};

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, ClientBuilder, ErrorKind};

use crate::support::leaks::{assert_hidden, shown, shown_error};

const SECRET: &str = "the secret of this test";
const TOKEN: &str = "the/token+of=this test";

/// A builder whose clock is at 2015-08-30T12:00:00Z.
fn builder() -> ClientBuilder {
    Client::builder("us-east-1").clock(|| UNIX_EPOCH + Duration::from_hours(400_260)).credentials(
        "AKIDEXAMPLE",
        SECRET,
        Some(TOKEN.to_owned()),
    )
}

/// The URLs are those that botocore's `generate_presigned_url` gives.
#[tokio::test]
async fn urls_equal_those_of_botocore() {
    let client = builder().build().unwrap();
    let devices = mfa_devices(&client);
    let list = devices.list().user_name("a b+c/ü").max_items(3);
    let presigned = list.presign(Duration::from_mins(15)).await.unwrap();
    assert_eq!(presigned.method(), "POST");
    assert!(presigned.headers().is_empty());
    assert_eq!(
        presigned.url(),
        "https://iam.amazonaws.com/?Action=ListMFADevices&Version=2010-05-08&UserName=a%20b%2Bc%2F%C3%BC&MaxItems=3\
         &X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fiam%2Faws4_request\
         &X-Amz-Date=20150830T120000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host\
         &X-Amz-Security-Token=the%2Ftoken%2Bof%3Dthis%20test\
         &X-Amz-Signature=02e32fec5d7cc36cfe4df34f2429a0a76bfcfbbff623df6ec4c243385066df79"
    );
    let untag = devices.untag().serial_number("arn:aws:iam::123456789012:mfa/x");
    let untag = untag.tag_keys(["one", "two & three"]);
    let presigned = untag.presign(Duration::from_hours(7 * 24)).await.unwrap();
    assert_eq!(
        presigned.url(),
        "https://iam.amazonaws.com/?Action=UntagMFADevice&Version=2010-05-08\
         &SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fx&TagKeys.member.1=one&TagKeys.member.2=two%20%26%20three\
         &X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fiam%2Faws4_request\
         &X-Amz-Date=20150830T120000Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host\
         &X-Amz-Security-Token=the%2Ftoken%2Bof%3Dthis%20test\
         &X-Amz-Signature=f9caa95bbc265a598dfa3f086f6378c4b3a4dcf515d0565a792409f4337cdf6e"
    );
}

#[tokio::test]
async fn the_debug_form_has_no_secrets() {
    let client = builder().build().unwrap();
    let request = mfa_devices(&client).enable().user_name("alice").serial_number("GAHT12345678");
    let request = request.authentication_code1("073519").authentication_code2("864207");
    let future = request.header("x-team", "the header's secret").presign(Duration::from_mins(1));
    assert_eq!(format!("{future:?}"), "Presigning");
    let presigned = future.await.unwrap();
    let signature = presigned.url().rsplit('=').next().unwrap();
    assert_eq!(signature.len(), 64);
    let text = shown(&presigned);
    let secrets = [SECRET, TOKEN, "073519", "864207", signature, "the header's secret"];
    assert_hidden("Debug", &text, &secrets);
    assert!(text.contains("https://iam.amazonaws.com/?Action=EnableMFADevice&"), "{text}");
    assert!(text.contains("UserName=alice") && text.contains("x-team"), "{text}");
}

#[tokio::test]
async fn headers_of_a_request_are_signed_and_must_be_sent() {
    let client = builder().endpoint_url("http://127.0.0.1:4566/below").build().unwrap();
    let list = mfa_devices(&client).list().header("X-Team", "storage");
    let presigned = list.region("eu-west-1").presign(Duration::from_mins(1)).await.unwrap();
    assert_eq!(presigned.headers()["x-team"], "storage");
    assert_eq!(presigned.headers().len(), 1);
    let url = presigned.url();
    assert!(url.starts_with("http://127.0.0.1:4566/below/?Action=ListMFADevices&"), "{url}");
    assert!(url.contains("&X-Amz-SignedHeaders=host%3Bx-team&"), "{url}");
}

#[tokio::test]
async fn a_url_is_valid_for_at_most_seven_days() {
    let client = builder().build().unwrap();
    let week = Duration::from_hours(7 * 24);
    for limit in [Duration::ZERO, Duration::from_millis(999), week + Duration::from_nanos(1)] {
        let error = mfa_devices(&client).list().presign(limit).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.message().ends_with("; use between 1 second and 7 days"), "{error}");
        assert_eq!(error.operation(), Some("ListMFADevices"));
    }
    // Only whole seconds can be signed.
    let list = mfa_devices(&client).list().presign(Duration::from_millis(1999));
    assert!(list.await.unwrap().url().contains("&X-Amz-Expires=1&"));
}

#[tokio::test]
async fn a_url_needs_credentials_and_valid_params() {
    let client = Client::builder("us-east-1").without_credentials().build().unwrap();
    let minute = Duration::from_mins(1);
    let error = mfa_devices(&client).list().presign(minute).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(!error.may_have_been_sent());
    let request = mfa_devices(&client).list().credentials("AKIDEXAMPLE", SECRET, None);
    let presigned = request.clone().presign(minute).await.unwrap();
    assert!(!presigned.url().contains("Security-Token"), "{}", presigned.url());
    let error = request.header("host", "example.com").presign(minute).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert_hidden("the error", &shown_error(&error), &[SECRET]);
}
