//! Connections that cannot be established, that are reset, and redirects.

use std::net::TcpListener;

use local_iam::Fault;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Error, ErrorKind};

use crate::support::canned::{Canned, listing, ok};
use crate::support::{chain, client_at, devices_of, iam_with_alice};

/// Asserts that no message contains the message of its source, because programs print both.
fn assert_no_repetition(error: &Error) {
    let texts = chain(error);
    for pair in texts.windows(2) {
        assert!(!pair[0].contains(&pair[1]), "{texts:#?}");
    }
}

#[tokio::test]
async fn the_error_of_a_refused_connection_has_the_cause_and_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let devices = mfa_devices(&client_at(&url));
    let enable = devices.enable().user_name("alice").serial_number("GAHT12345678");
    let enable = enable.authentication_code1("123456").authentication_code2("654321").send().await;
    for error in [devices.list().send().await.unwrap_err(), enable.unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
        assert!(!error.may_have_been_sent() && error.is_retryable());
        assert_eq!((error.code(), error.status(), error.request_id()), (None, None, None));
        let message = error.to_string();
        assert!(message.starts_with("could not connect to the endpoint; check "), "{message}");
        assert_no_repetition(&error);
        let texts = chain(&error);
        let last = texts.last().unwrap().to_lowercase();
        assert!(
            last.contains("refused"),
            "the last source must be the error of the system: {texts:#?}"
        );
    }
}

#[tokio::test]
async fn after_a_reset_the_request_may_have_been_sent() {
    let faults = [Fault::reset_before_processing, Fault::reset_after_processing];
    for (fault, ran) in faults.into_iter().zip([0, 1]) {
        let iam = iam_with_alice().await;
        let phone = iam.create_virtual_mfa_device("phone").unwrap();
        iam.inject(fault().times(10));
        let [first, second] = phone.codes();
        let call = devices_of(&iam).enable().user_name("alice");
        let call = call.serial_number(phone.serial_number());
        let call = call.authentication_code1(first).authentication_code2(second);
        let error = call.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        assert!(error.may_have_been_sent() && error.is_retryable(), "{error}");
        assert_eq!((error.code(), error.status()), (None, None));
        assert_no_repetition(&error);
        // A one-time code must not be used twice, so the client must not retry.
        let executions = iam.executions("EnableMFADevice");
        assert_eq!(executions.iter().map(local_iam::Execution::times).sum::<usize>(), ran);
        assert_eq!(iam.devices_of("alice").unwrap().len(), ran);
        assert_eq!(error.attempts(), 1, "{error}");
    }
}

#[tokio::test]
async fn a_reset_before_the_request_is_read_is_an_error() {
    let iam = iam_with_alice().await;
    iam.inject(Fault::reset_before_read().times(10));
    let error = devices_of(&iam).list().user_name("alice").send().await.unwrap_err();
    // A reset does not show whether the request was read.
    assert!(matches!(error.kind(), ErrorKind::Transport | ErrorKind::Connection), "{error}");
    assert!(error.is_retryable());
    assert_no_repetition(&error);
}

#[tokio::test]
async fn a_truncated_body_is_a_transport_error() {
    let iam = iam_with_alice().await;
    iam.inject(Fault::truncated_body().times(10));
    let error = devices_of(&iam).list().user_name("alice").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    // The head was complete, so the status and the request id are known.
    assert_eq!(error.status(), Some(200));
    assert!(error.request_id().is_some() && error.may_have_been_sent());
    assert_no_repetition(&error);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Canned::always(ok(&listing("<MFADevices/>")));
    let iam = iam_with_alice().await;
    iam.inject(Fault::redirect(elsewhere.url()).times(10));
    let error = devices_of(&iam).list().user_name("alice").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(307)), "{error}");
    assert!(elsewhere.requests().is_empty());
    assert_eq!(iam.requests().len(), 1);
}

#[tokio::test]
async fn a_response_that_is_not_http_is_a_transport_error() {
    for noise in [&b""[..], b"SSH-2.0-OpenSSH_9.9\r\n", b"HTTP/1.1 999999 no\r\n\r\n", &[0xff; 64]]
    {
        let server = Canned::always(noise);
        let error = mfa_devices(&client_at(&server.url())).list().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{noise:?}: {error}");
        assert!(error.may_have_been_sent());
        assert_no_repetition(&error);
    }
}
