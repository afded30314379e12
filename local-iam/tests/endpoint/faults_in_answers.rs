//! Faults that a client meets as a complete answer.

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
async fn refusals_with_a_document() {
    let (iam, client) = start().await;
    for (fault, status, code) in [
        (Fault::throttle(), 400, "Throttling"),
        (Fault::service_unavailable(), 503, "ServiceUnavailable"),
        (Fault::internal_failure(), 500, "InternalFailure"),
        (Fault::error(418, "Teapot", "short & stout"), 418, "Teapot"),
    ] {
        iam.inject(fault);
        let answer = client.call("GetUser", &[]).await;
        answer.refusal(status, code);
        let blamed = if status < 500 { "Sender" } else { "Receiver" };
        assert_eq!(answer.text("Type"), Some(blamed));
        client.ok("GetUser", &[]).await;
    }
    iam.inject(Fault::throttle());
    assert_eq!(client.refused("GetUser", &[], 400, "Throttling").await, "Rate exceeded");
}

#[tokio::test]
async fn refusals_in_html_or_without_a_body() {
    let (iam, client) = start().await;
    for fault in [Fault::service_unavailable(), Fault::internal_failure(), Fault::throttle()] {
        iam.inject(fault.clone().html());
        let answer = client.call("GetUser", &[]).await;
        assert!(answer.status >= 400 && answer.body.starts_with("<html>"));
        assert_eq!(answer.header("content-type"), Some("text/html"));
        iam.inject(fault.without_body());
        let answer = client.call("GetUser", &[]).await;
        assert!(answer.status >= 400 && answer.body.is_empty());
    }
}

#[tokio::test]
async fn retry_after() {
    let (iam, client) = start().await;
    iam.inject(Fault::service_unavailable().retry_after(7));
    assert_eq!(client.call("GetUser", &[]).await.header("retry-after"), Some("7"));
    assert_eq!(client.call("GetUser", &[]).await.header("retry-after"), None);
}

#[tokio::test]
async fn faults_wait_for_their_action_and_strike_so_many_times() {
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
async fn refused_operations_do_not_run() {
    let (iam, client) = start().await;
    iam.inject(Fault::throttle());
    client.refused("CreateUser", &[("UserName", "alice")], 400, "Throttling").await;
    assert!(iam.devices_of("alice").is_err());
    assert_eq!(iam.requests()[0].error_code(), Some("Throttling"));
}

#[tokio::test]
async fn redirect() {
    let (iam, client) = start().await;
    iam.inject(Fault::redirect("http://127.0.0.1:1/\r\nX: y"));
    let answer = client.call("CreateUser", &[("UserName", "alice")]).await;
    assert_eq!(answer.status, 307);
    // A line break in the address does not become a header of its own.
    assert_eq!(answer.header("location"), Some("http://127.0.0.1:1/  X: y"));
    assert!(iam.devices_of("alice").is_err());
}

#[tokio::test]
async fn a_delayed_answer_to_an_operation_that_ran() {
    let (iam, client) = start().await;
    let delay = Duration::from_millis(30);
    iam.inject(Fault::delay(delay));
    let began = std::time::Instant::now();
    client.ok("CreateUser", &[("UserName", "alice")]).await;
    assert!(began.elapsed() >= delay);
    assert!(iam.devices_of("alice").is_ok());
}

#[tokio::test]
async fn malformed_and_empty_documents() {
    let (iam, client) = start().await;
    iam.inject(Fault::malformed_xml());
    let answer = client.call("GetUser", &[]).await;
    assert!(answer.status == 200 && !is_well_formed(&answer.body), "{}", answer.body);
    iam.inject(Fault::empty_body());
    let answer = client.call("GetUser", &[]).await;
    assert!(answer.status == 200 && answer.body.is_empty());
}

#[tokio::test]
async fn extra_members() {
    let (iam, client) = start().await;
    let plain = client.ok("GetUser", &[]).await;
    iam.inject(Fault::extra_members());
    let extended = client.ok("GetUser", &[]).await;
    assert!(extended.body.matches("<UnknownMember>").count() >= 3);
    assert!(is_well_formed(&extended.body) && is_well_formed(&plain.body));
    assert_eq!(extended.text("UserName"), plain.text("UserName"));
}

#[tokio::test]
async fn missing_request_id() {
    let (iam, client) = start().await;
    iam.inject(Fault::missing_request_id());
    let answer = client.ok("GetUser", &[]).await;
    assert_eq!(answer.header("x-amzn-requestid"), None);
    assert!(answer.text("RequestId").is_some());
}

#[tokio::test]
async fn a_wrong_clock_refuses_right_dates() {
    let (iam, client) = start().await;
    iam.inject(Fault::wrong_date(3600));
    let answer = client.call("GetUser", &[]).await;
    let message = answer.refusal(403, "SignatureDoesNotMatch");
    assert!(message.starts_with("Signature expired"), "{message}");
    assert_eq!(answer.header("date"), Some("Sun, 30 Aug 2015 13:36:00 GMT"));
    iam.inject(Fault::wrong_date(-3600));
    let answer = client.call("GetUser", &[]).await;
    let message = answer.refusal(403, "SignatureDoesNotMatch");
    assert!(message.starts_with("Signature not yet current"), "{message}");
    assert_eq!(answer.header("date"), Some("Sun, 30 Aug 2015 11:36:00 GMT"));
    iam.inject(Fault::wrong_date(60));
    client.ok("GetUser", &[]).await;
}
