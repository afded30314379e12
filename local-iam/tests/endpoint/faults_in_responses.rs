//! Faults for which the client receives a complete response.

use std::time::Duration;

use local_iam::Fault;
use quick_xml::events::Event;

use crate::client::start;

fn is_well_formed(document: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(document);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

#[tokio::test]
async fn error_responses_have_a_document() {
    let (iam, client) = start().await;
    for (fault, status, code) in [
        (Fault::throttle(), 400, "Throttling"),
        (Fault::service_unavailable(), 503, "ServiceUnavailable"),
        (Fault::internal_failure(), 500, "InternalFailure"),
        (Fault::error(418, "Teapot", "short & stout"), 418, "Teapot"),
    ] {
        iam.inject(fault);
        let response = client.call("GetUser", &[]).await;
        response.refusal(status, code);
        let error_type = if status < 500 { "Sender" } else { "Receiver" };
        assert_eq!(response.text("Type"), Some(error_type));
        client.ok("GetUser", &[]).await;
    }
    iam.inject(Fault::throttle());
    assert_eq!(client.refused("GetUser", &[], 400, "Throttling").await, "Rate exceeded");
}

#[tokio::test]
async fn error_responses_can_be_html_or_have_no_body() {
    let (iam, client) = start().await;
    for fault in [Fault::service_unavailable(), Fault::internal_failure(), Fault::throttle()] {
        iam.inject(fault.clone().html());
        let response = client.call("GetUser", &[]).await;
        assert!(response.status >= 400 && response.body.starts_with("<html>"));
        assert_eq!(response.header("content-type"), Some("text/html"));
        iam.inject(fault.without_body());
        let response = client.call("GetUser", &[]).await;
        assert!(response.status >= 400 && response.body.is_empty());
    }
}

#[tokio::test]
async fn retry_after_adds_the_header() {
    let (iam, client) = start().await;
    iam.inject(Fault::service_unavailable().retry_after(7));
    assert_eq!(client.call("GetUser", &[]).await.header("retry-after"), Some("7"));
    assert_eq!(client.call("GetUser", &[]).await.header("retry-after"), None);
}

#[tokio::test]
async fn a_fault_affects_its_action_the_given_number_of_times() {
    let (iam, client) = start().await;
    iam.inject(Fault::throttle().times(2).on("ListMFADevices"));
    iam.inject(Fault::internal_failure());
    iam.inject(Fault::service_unavailable().times(0));
    client.refused("GetUser", &[], 500, "InternalFailure").await;
    client.ok("GetUser", &[]).await;
    client.refused("ListMFADevices", &[], 400, "Throttling").await;
    client.ok("GetUser", &[]).await;
    client.refused("ListMFADevices", &[], 400, "Throttling").await;
    client.ok("ListMFADevices", &[]).await;
    iam.inject(Fault::throttle().times(9));
    iam.clear_faults();
    client.ok("ListMFADevices", &[]).await;
}

#[tokio::test]
async fn an_operation_with_an_error_response_does_not_run() {
    let (iam, client) = start().await;
    iam.inject(Fault::throttle());
    client.refused("CreateUser", &[("UserName", "alice")], 400, "Throttling").await;
    assert!(iam.devices_of("alice").is_err());
    assert_eq!(iam.requests()[0].error_code(), Some("Throttling"));
}

#[tokio::test]
async fn a_redirect_has_the_given_location() {
    let (iam, client) = start().await;
    iam.inject(Fault::redirect("http://127.0.0.1:1/\r\nX: y"));
    let response = client.call("CreateUser", &[("UserName", "alice")]).await;
    assert_eq!(response.status, 307);
    // A line break in the address does not add a header.
    assert_eq!(response.header("location"), Some("http://127.0.0.1:1/  X: y"));
    assert!(iam.devices_of("alice").is_err());
}

#[tokio::test]
async fn a_delayed_operation_runs() {
    let (iam, client) = start().await;
    let delay = Duration::from_millis(30);
    iam.inject(Fault::delay(delay));
    let began = std::time::Instant::now();
    client.ok("CreateUser", &[("UserName", "alice")]).await;
    assert!(began.elapsed() >= delay);
    assert!(iam.devices_of("alice").is_ok());
}

#[tokio::test]
async fn documents_can_be_malformed_or_empty() {
    let (iam, client) = start().await;
    iam.inject(Fault::malformed_xml());
    let response = client.call("GetUser", &[]).await;
    assert!(response.status == 200 && !is_well_formed(&response.body), "{}", response.body);
    iam.inject(Fault::empty_body());
    let response = client.call("GetUser", &[]).await;
    assert!(response.status == 200 && response.body.is_empty());
}

#[tokio::test]
async fn extra_members_are_added_to_structures() {
    let (iam, client) = start().await;
    let plain = client.ok("GetUser", &[]).await;
    iam.inject(Fault::extra_members());
    let extended = client.ok("GetUser", &[]).await;
    assert!(extended.body.matches("<UnknownMember>").count() >= 3);
    assert!(is_well_formed(&extended.body) && is_well_formed(&plain.body));
    assert_eq!(extended.text("UserName"), plain.text("UserName"));
}

#[tokio::test]
async fn a_missing_request_id_is_still_in_the_document() {
    let (iam, client) = start().await;
    iam.inject(Fault::missing_request_id());
    let response = client.ok("GetUser", &[]).await;
    assert_eq!(response.header("x-amzn-requestid"), None);
    assert!(response.text("RequestId").is_some());
}

#[tokio::test]
async fn a_wrong_clock_refuses_correct_dates() {
    let (iam, client) = start().await;
    iam.inject(Fault::wrong_date(3600));
    let response = client.call("GetUser", &[]).await;
    let message = response.refusal(403, "SignatureDoesNotMatch");
    assert!(message.starts_with("Signature expired"), "{message}");
    assert_eq!(response.header("date"), Some("Sun, 30 Aug 2015 13:36:00 GMT"));
    iam.inject(Fault::wrong_date(-3600));
    let response = client.call("GetUser", &[]).await;
    let message = response.refusal(403, "SignatureDoesNotMatch");
    assert!(message.starts_with("Signature not yet current"), "{message}");
    assert_eq!(response.header("date"), Some("Sun, 30 Aug 2015 11:36:00 GMT"));
    iam.inject(Fault::wrong_date(60));
    client.ok("GetUser", &[]).await;
}
