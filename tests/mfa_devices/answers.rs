//! Answers that are not as they should be.

use local_iam::Fault;
use pagesmith::aws::iam_api::mfa_devices::Tag;
use pagesmith::aws::iam_api::{ErrorCode, mfa_devices};
use pagesmith::{Client, Error, ErrorKind};

use crate::support::canned::{Canned, listing, ok, response};
use crate::support::{chain, client_at, devices_of, enabled_device, iam_with_alice};

/// What listing alice's devices comes to while `fault` strikes.
async fn struck(fault: Fault) -> Error {
    let iam = iam_with_alice().await;
    iam.inject(fault.times(10));
    devices_of(&iam).list().user_name("alice").send().await.unwrap_err()
}

/// The error of a listing that is answered with `bytes`.
async fn answered(bytes: Vec<u8>) -> Error {
    let server = Canned::always(bytes);
    mfa_devices(&client_at(&server.url())).list().send().await.unwrap_err()
}

/// An answer that came whole and could not be understood, and why.
fn assert_not_understood(error: &Error, why: &str) {
    assert_eq!(error.kind(), ErrorKind::Response, "{error}");
    assert_eq!((error.status(), error.code()), (Some(200), None));
    assert!(error.may_have_been_sent() && !error.is_retryable());
    let texts = chain(error);
    assert!(texts[0].starts_with("HTTP 200: the response could not be decoded ["), "{texts:?}");
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[1].contains(why), "{why}: {texts:?}");
}

#[tokio::test]
async fn a_page_of_html_still_gives_status_and_request_id() {
    let error = struck(Fault::service_unavailable().html()).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(503)), "{error}");
    assert_eq!((error.code(), ErrorCode::of(&error)), (None, None));
    assert!(error.request_id().is_some() && error.is_retryable() && error.may_have_been_sent());
    let said = error.to_string();
    assert!(
        said.starts_with("HTTP 503: the response is not an error document of the service but "),
        "{said}"
    );
    assert!(said.contains("[ListMFADevices, request id "), "{said}");
    assert!(!said.contains("<html>"), "{said}");
}

#[tokio::test]
async fn a_refusal_without_a_body_still_gives_the_status() {
    let error = struck(Fault::error(403, "AccessDenied", "lost").without_body()).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(403)), "{error}");
    assert_eq!((error.code(), error.request_id()), (None, None));
    assert!(error.to_string().ends_with(" [ListMFADevices]"), "{error}");
}

#[tokio::test]
async fn answers_that_break_off() {
    assert_not_understood(&struck(Fault::empty_body()).await, "the document is empty");
    assert_not_understood(&struck(Fault::malformed_xml()).await, "not well-formed XML");
    assert_not_understood(&struck(Fault::wrong_content_length()).await, "at ");
}

#[tokio::test]
async fn an_endless_answer_is_read_up_to_the_limit() {
    let iam = iam_with_alice().await;
    iam.inject(Fault::endless_body().times(10));
    let client = Client::builder("us-east-1")
        .credentials(iam.access_key_id(), iam.secret_access_key(), None)
        .endpoint_url(iam.endpoint_url())
        .response_limit(100_000)
        .build()
        .unwrap();
    let error = mfa_devices(&client).list().send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::ResponseTooLarge, Some(200)), "{error}");
    assert!(error.request_id().is_some() && error.may_have_been_sent() && !error.is_retryable());
    assert!(error.to_string().contains("100000 bytes; raise it with response_limit(…)"), "{error}");
    assert_eq!(iam.requests().len(), 1);
}

#[tokio::test]
async fn an_answer_as_large_as_the_limit_is_read() {
    let document = listing("<MFADevices/>");
    let server = Canned::always(ok(&document));
    let list = |limit| {
        let builder = Client::builder("us-east-1").credentials("id", "secret", None);
        let client = builder.endpoint_url(server.url()).response_limit(limit).build().unwrap();
        mfa_devices(&client).list().send()
    };
    list(document.len()).await.unwrap();
    let error = list(document.len() - 1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ResponseTooLarge, "{error}");
}

#[tokio::test]
async fn members_that_no_table_knows_are_passed_over() {
    let iam = iam_with_alice().await;
    let phone = enabled_device(&iam, "phone").await;
    iam.inject(Fault::extra_members());
    let page = devices_of(&iam).list().user_name("alice").send().await.unwrap();
    assert_eq!(page.mfa_devices[0].serial_number, phone.serial_number());
    iam.inject(Fault::extra_members());
    let error = devices_of(&iam).list().user_name("bob").send().await.unwrap_err();
    assert_eq!(error.code(), Some("NoSuchEntity"));
}

#[tokio::test]
async fn the_request_id_comes_from_header_or_document_or_not_at_all() {
    let error = struck_by_nobody(Fault::missing_request_id()).await;
    assert!(error.request_id().is_some(), "the document has it: {error}");

    let bare = "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>m</Message></Error></ErrorResponse>";
    let error = answered(response(404, &[], bare)).await;
    assert_eq!(error.request_id(), None);
    assert_eq!(error.to_string(), "NoSuchEntity (404): m [ListMFADevices]");
    let error = answered(response(404, &[("x-amzn-RequestId", "from-header")], bare)).await;
    assert_eq!(error.request_id(), Some("from-header"));
}

/// The error for a user that does not exist, spoilt by `fault`.
async fn struck_by_nobody(fault: Fault) -> Error {
    let iam = iam_with_alice().await;
    iam.inject(fault);
    devices_of(&iam).list().user_name("bob").send().await.unwrap_err()
}

#[tokio::test]
async fn answers_without_a_required_member_are_refused() {
    let members = [
        ("UserName", "<UserName>alice</UserName>"),
        ("SerialNumber", "<SerialNumber>GAHT12345678</SerialNumber>"),
        ("EnableDate", "<EnableDate>2026-11-24T09:30:00Z</EnableDate>"),
    ];
    for (missing, _) in members {
        let there = members.iter().filter(|(name, _)| *name != missing);
        let row: String = there.map(|(_, element)| *element).collect();
        let devices = format!("<MFADevices><member>{row}</member></MFADevices>");
        let error = answered(ok(&listing(&devices))).await;
        assert_not_understood(&error, &format!("the required member {missing} is missing"));
        assert_eq!(error.request_id(), Some("canned-id"));
    }
    let error = answered(ok(&listing("<IsTruncated>false</IsTruncated>"))).await;
    assert_not_understood(&error, "the required member MFADevices is missing");
    let none = "<ListMFADevicesResponse><ResponseMetadata/></ListMFADevicesResponse>";
    assert_not_understood(&answered(ok(none)).await, "the element ListMFADevicesResult is missing");
}

#[tokio::test]
async fn values_of_another_type_are_refused_by_name() {
    let row = |date: &str| {
        format!(
            "<MFADevices><member><UserName>a</UserName><SerialNumber>s</SerialNumber>\
             <EnableDate>{date}</EnableDate></member></MFADevices>"
        )
    };
    for date in ["", "yesterday", "2026-13-01T00:00:00Z", "99999999999999999999"] {
        let error = answered(ok(&listing(&row(date)))).await;
        assert_not_understood(&error, "MFADevices/member/EnableDate: the value is not a timestamp");
    }
    let truncated = format!("<IsTruncated>perhaps</IsTruncated>{}", row("2026-11-24T09:30:00Z"));
    let error = answered(ok(&listing(&truncated))).await;
    assert_not_understood(&error, "IsTruncated: the value is not ");
}

#[tokio::test]
async fn a_success_that_is_no_answer_is_refused() {
    for (body, why) in [
        ("<html><body>Welcome to the hotel's network</body></html>", "the document is <html>"),
        ("{\"message\": \"json\"}", "text before the first element"),
        (
            "<!DOCTYPE a [<!ENTITY b \"c\">]><AResponse/>",
            "a document type declaration is not allowed",
        ),
        ("\u{feff}", "the document is empty"),
    ] {
        assert_not_understood(&answered(ok(body)).await, why);
    }
    let mut bytes = ok("<ListMFADevicesResponse>????</ListMFADevicesResponse>");
    let place = bytes.windows(4).rposition(|window| window == b"????").unwrap();
    bytes[place..place + 4].copy_from_slice(&[0xff, 0xfe, 0xfd, 0xfc]);
    assert_not_understood(&answered(bytes).await, "the response is not UTF-8");
}

#[tokio::test]
async fn a_success_without_output_is_a_document_of_its_operation() {
    let tag = async |body: &str| {
        let server = Canned::always(ok(body));
        let tag = mfa_devices(&client_at(&server.url())).tag().serial_number("GAHT12345678");
        tag.tags([Tag::new("Team", "Security")]).send().await
    };
    for document in [
        "<TagMFADeviceResponse/>",
        "<x:TagMFADeviceResponse xmlns:x=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <x:ResponseMetadata/></x:TagMFADeviceResponse>",
    ] {
        tag(document).await.unwrap();
    }
    for (body, why) in [
        ("", "the document is empty"),
        ("<html><body>Sign in</body></html>", "the document is <html>, not <TagMFADeviceResponse>"),
        (
            "<UntagMFADeviceResponse/>",
            "the document is <UntagMFADeviceResponse>, not <TagMFADeviceResponse>",
        ),
        ("<ErrorResponse><Error/></ErrorResponse>", "the document is an error"),
    ] {
        assert_not_understood(&tag(body).await.unwrap_err(), why);
    }
    let other = listing("<MFADevices/>").replace("MFADevicesResponse", "UsersResponse");
    let why = "the document is <ListUsersResponse>, not <ListMFADevicesResponse>";
    assert_not_understood(&answered(ok(&other)).await, why);
}

#[tokio::test]
async fn errors_of_odd_forms_are_still_errors() {
    let old = "<Response><Errors><Error><Code>OldForm</Code><Message>m</Message></Error></Errors>\
               <RequestID>old-id</RequestID></Response>";
    let error = answered(response(400, &[], old)).await;
    assert_eq!((error.code(), error.request_id()), (Some("OldForm"), Some("old-id")), "{error}");
    let silent = "<ErrorResponse><Error><Code>Silent</Code></Error></ErrorResponse>";
    let error = answered(response(400, &[], silent)).await;
    let said = "Silent (400): the service gave no message [ListMFADevices]";
    assert_eq!(error.to_string(), said);
    for body in ["<ErrorResponse/>", "<ErrorResponse><Error>", "nonsense", "<a/>"] {
        let error = answered(response(400, &[], body)).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(400)), "{error}");
        assert_eq!(error.code(), None);
    }
}
