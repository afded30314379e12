//! Calls the generated API with moto, an independent server, at `$PAGESMITH_MOTO_ENDPOINT`.
//!
//! moto implements List, Enable and Deactivate. It responds to the other methods with an HTML page,
//! which is tested too.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::aws::iam_api::types::Tag;
use pagesmith::{Client, Error, ErrorKind, Retry, SerialNumberKind};

/// The endpoint. If it is not set, prints a message and returns `None`.
fn endpoint() -> Option<String> {
    let endpoint = std::env::var("PAGESMITH_MOTO_ENDPOINT").ok();
    if endpoint.is_none() {
        eprintln!("skipped: set PAGESMITH_MOTO_ENDPOINT to a moto server to call it");
    }
    endpoint
}

fn client(endpoint: &str) -> Client {
    Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", "secret", None)
        .endpoint_url(endpoint)
        .retry(Retry::never())
        .build()
        .unwrap()
}

/// Calls an operation for which the page has no method. moto does not verify signatures.
async fn prepare(endpoint: &str, action: &str, parameter: (&str, &str)) {
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("Action", action)
        .append_pair("Version", "2010-05-08")
        .append_pair(parameter.0, parameter.1)
        .finish();
    // moto selects the service by the scope of the signature.
    let scope = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/us-east-1/iam/aws4_request, \
                 SignedHeaders=host, Signature=0";
    let request = pagesmith::reqwest::Request::new(
        pagesmith::reqwest::Method::POST,
        endpoint.parse().unwrap(),
    );
    let http = pagesmith_http();
    let request = pagesmith::reqwest::RequestBuilder::from_parts(http, request)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", scope)
        .body(body);
    let status = request.send().await.unwrap().status();
    assert!(status.is_success(), "{action}: {status}");
}

fn pagesmith_http() -> pagesmith::reqwest::Client {
    // Another test may have installed the process's default provider already.
    #[cfg(feature = "rustls")]
    let _ = pagesmith::rustls::crypto::ring::default_provider().install_default();
    pagesmith::reqwest::Client::builder().no_proxy().build().unwrap()
}

#[tokio::test]
async fn methods_of_moto_succeed() {
    let Some(endpoint) = endpoint() else { return };
    prepare(&endpoint, "CreateUser", ("UserName", "alice")).await;
    let client = client(&endpoint);
    let devices = mfa_devices(&client);
    let serial_numbers: Vec<String> =
        (0..3).map(|number| format!("arn:aws:iam::123456789012:mfa/phone-{number}")).collect();
    for (number, serial_number) in serial_numbers.iter().enumerate() {
        prepare(
            &endpoint,
            "CreateVirtualMFADevice",
            ("VirtualMFADeviceName", &format!("phone-{number}")),
        )
        .await;
        let call = devices.enable().user_name("alice").serial_number(serial_number);
        call.authentication_code1("012345").authentication_code2("543210").send().await.unwrap();
    }

    let rows = devices.list().user_name("alice").rows().collect().await.unwrap();
    let mut listed: Vec<&str> = rows.iter().map(|row| row.serial_number.as_str()).collect();
    listed.sort_unstable();
    assert_eq!(listed, serial_numbers);
    for row in &rows {
        assert_eq!(
            (&*row.user_name, row.serial_number.kind()),
            ("alice", SerialNumberKind::Virtual)
        );
        assert_eq!(row.serial_number.account_id(), Some("123456789012"));
    }

    for serial_number in &serial_numbers {
        let call = devices.deactivate().user_name("alice").serial_number(serial_number);
        call.send().await.unwrap();
    }
    assert!(devices.list().user_name("alice").rows().collect().await.unwrap().is_empty());

    let error = devices.list().user_name("nobody").send().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!((error.code(), error.status()), (Some("NoSuchEntity"), Some(404)));
}

#[tokio::test]
async fn methods_that_moto_does_not_implement_are_errors_with_a_status() {
    let Some(endpoint) = endpoint() else { return };
    let client = client(&endpoint);
    let devices = mfa_devices(&client);
    let resync = devices.resync().user_name("alice").serial_number("GAHT12345678");
    let check = |error: Error| {
        assert_eq!((error.kind(), error.code()), (ErrorKind::Service, None), "{error}");
        // The status depends on moto's version.
        assert!(matches!(error.status(), Some(404 | 500)), "{error}");
    };
    check(
        resync
            .authentication_code1("012345")
            .authentication_code2("543210")
            .send()
            .await
            .unwrap_err(),
    );
    let tags = [Tag::new("Team", "Security")];
    check(devices.tag().serial_number("GAHT12345678").tags(tags).send().await.unwrap_err());
    check(
        devices.untag().serial_number("GAHT12345678").tag_keys(["Team"]).send().await.unwrap_err(),
    );
}
