//! Signatures, credentials and clocks.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use local_iam::{LocalIam, RecordedRequest};
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, ClientBuilder, Error, ErrorKind};

/// A builder for `iam` that sets only its endpoint URL.
fn builder_for(iam: &LocalIam) -> ClientBuilder {
    Client::builder("us-east-1").endpoint_url(iam.endpoint_url())
}

async fn list(builder: ClientBuilder) -> Result<usize, Error> {
    let client = builder.build().unwrap();
    mfa_devices(&client).list().send().await.map(|page| page.mfa_devices.len())
}

/// 2015-08-30T12:00:00Z
fn noon() -> SystemTime {
    UNIX_EPOCH + Duration::from_hours(400_260)
}

fn assert_refused(error: &Error, code: &str) {
    assert_eq!((error.code(), error.status()), (Some(code), Some(403)), "{error}");
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(!error.is_retryable() && error.may_have_been_sent());
}

#[tokio::test]
async fn a_wrong_secret_key_is_an_error_without_a_retry() {
    let iam = LocalIam::start().await.unwrap();
    let wrong = builder_for(&iam).credentials(iam.access_key_id(), "another secret", None);
    assert_refused(&list(wrong).await.unwrap_err(), "SignatureDoesNotMatch");
    // The endpoint's clock is correct, so another date does not help.
    assert_eq!(iam.requests().len(), 1);
    let unknown = builder_for(&iam).credentials("AKIDUNKNOWN", iam.secret_access_key(), None);
    assert_refused(&list(unknown).await.unwrap_err(), "InvalidClientTokenId");
}

#[tokio::test]
async fn a_session_token_is_sent_and_signed() {
    let iam = LocalIam::builder().session_token("the/token+of=this test").start().await.unwrap();
    let with = |token: Option<&str>| {
        let token = token.map(str::to_owned);
        builder_for(&iam).credentials(iam.access_key_id(), iam.secret_access_key(), token)
    };
    assert_eq!(list(with(iam.session_token())).await.unwrap(), 0);
    let signed = iam.requests()[0].header("authorization").unwrap().to_owned();
    let names = "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,";
    assert!(signed.contains(names), "{signed}");
    assert_refused(&list(with(None)).await.unwrap_err(), "InvalidClientTokenId");
    assert_refused(&list(with(Some("another"))).await.unwrap_err(), "InvalidClientTokenId");
}

#[tokio::test]
async fn an_unexpected_session_token_is_an_error() {
    let iam = LocalIam::start().await.unwrap();
    let token = Some("a token".to_owned());
    let with = builder_for(&iam).credentials(iam.access_key_id(), iam.secret_access_key(), token);
    assert_refused(&list(with).await.unwrap_err(), "InvalidClientTokenId");
}

#[tokio::test]
async fn the_date_of_the_signature_is_from_the_clock_of_the_builder() {
    let noon = noon();
    let iam = LocalIam::builder().clock(move || noon).start().await.unwrap();
    let builder = builder_for(&iam).clock(move || noon);
    let builder = builder.credentials(iam.access_key_id(), iam.secret_access_key(), None);
    list(builder).await.unwrap();
    assert_eq!(iam.requests()[0].header("x-amz-date"), Some("20150830T120000Z"));
}

/// A wrong clock is detected by the date of the response, and the call is signed again once.
#[tokio::test]
async fn a_clock_wrong_by_twenty_minutes_is_corrected() {
    let noon = noon();
    let off = Duration::from_mins(20);
    for clock in [noon - off, noon + off] {
        let iam = LocalIam::builder().clock(move || noon).start().await.unwrap();
        let client = builder_for(&iam)
            .clock(move || clock)
            .credentials(iam.access_key_id(), iam.secret_access_key(), None)
            .build()
            .unwrap();
        let devices = mfa_devices(&client);
        devices.list().send().await.unwrap();
        let statuses: Vec<_> = iam.requests().iter().map(RecordedRequest::status).collect();
        assert_eq!(statuses, [Some(403), Some(200)]);
        devices.list().send().await.unwrap();
        assert_eq!(iam.requests().len(), 3, "the correction is kept");
    }
}

/// If the date of the response is wrong too, the result is an error, not an endless loop.
#[tokio::test]
async fn a_clock_that_cannot_be_corrected_is_an_error() {
    let noon = noon();
    let iam = LocalIam::builder().clock(move || noon).start().await.unwrap();
    let wrong_by = |seconds| local_iam::Fault::wrong_date(seconds).times(10);
    iam.inject(wrong_by(20 * 60).times(1));
    iam.inject(wrong_by(-20 * 60));
    let builder = builder_for(&iam).clock(move || noon);
    let builder = builder.credentials(iam.access_key_id(), iam.secret_access_key(), None);
    let error = list(builder).await.unwrap_err();
    assert_refused(&error, "SignatureDoesNotMatch");
    assert!(error.message().starts_with("Signature not yet current: "), "{error}");
    assert_eq!(iam.requests().len(), 2);
}

/// The region of a call determines the region of its signature, through its partition.
#[tokio::test]
async fn the_region_of_a_call_overrides_that_of_the_client() {
    let iam = LocalIam::builder().region("cn-north-1").start().await.unwrap();
    let client = builder_for(&iam)
        .credentials(iam.access_key_id(), iam.secret_access_key(), None)
        .build()
        .unwrap();
    assert_eq!(client.region(), "us-east-1");
    let devices = mfa_devices(&client);
    let error = devices.list().send().await.unwrap_err();
    assert_refused(&error, "SignatureDoesNotMatch");
    assert!(error.message().contains("us-east-1"), "{error}");
    for region in ["cn-north-1", "cn-northwest-1"] {
        devices.list().region(region).send().await.unwrap();
        devices.list().region(region).rows().collect().await.unwrap();
    }
    // A later call is not affected.
    devices.list().send().await.unwrap_err();
}

/// The clock is the system clock, unless the builder sets another.
#[tokio::test]
async fn the_default_clock_is_the_system_clock() {
    let iam = LocalIam::start().await.unwrap();
    let builder = builder_for(&iam).clock(SystemTime::now);
    let builder = builder.credentials(iam.access_key_id(), iam.secret_access_key(), None);
    list(builder).await.unwrap();
    let default = builder_for(&iam).credentials(iam.access_key_id(), iam.secret_access_key(), None);
    list(default).await.unwrap();
    assert_eq!(iam.requests().len(), 2);
}
