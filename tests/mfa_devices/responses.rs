//! Responses that are invalid, incomplete or unusual.

use local_iam::Fault;
use pagesmith::aws::iam_api::mfa_devices::Tag;
use pagesmith::aws::iam_api::{ErrorCode, mfa_devices};
use pagesmith::{Client, Error, ErrorKind};

use crate::support::canned::{Canned, listing, ok, response};
use crate::support::{chain, client_at, devices_of, enabled_device, iam_with_alice};

/// The error of a listing with `fault`.
async fn error_with_fault(fault: Fault) -> Error {
    let iam = iam_with_alice().await;
    iam.inject(fault.times(10));
    devices_of(&iam).list().user_name("alice").send().await.unwrap_err()
}

/// The error of a listing with the response `bytes`.
async fn error_of_response(bytes: Vec<u8>) -> Error {
    let server = Canned::always(bytes);
    mfa_devices(&client_at(&server.url())).list().send().await.unwrap_err()
}

/// Asserts that `error` is that of a complete response that could not be decoded, for the reason `why`.
fn assert_not_decoded(error: &Error, why: &str) {
    assert_eq!(error.kind(), ErrorKind::Response, "{error}");
    assert_eq!((error.status(), error.code()), (Some(200), None));
    assert!(error.may_have_been_sent() && !error.is_retryable());
    let texts = chain(error);
    assert!(
        texts[0].starts_with("HTTP 200: the response could not be decoded; check "),
        "{texts:?}"
    );
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[1].contains(why), "{why}: {texts:?}");
}

#[tokio::test]
async fn the_error_of_an_html_page_has_status_and_request_id() {
    let error = error_with_fault(Fault::service_unavailable().html()).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(503)), "{error}");
    assert_eq!((error.code(), ErrorCode::of(&error)), (None, None));
    assert!(error.request_id().is_some() && error.is_retryable() && error.may_have_been_sent());
    let message = error.to_string();
    assert!(
        message.starts_with("HTTP 503: the response is not an error document of the service but "),
        "{message}"
    );
    assert!(message.contains("[ListMFADevices, request id "), "{message}");
    assert!(!message.contains("<html>"), "{message}");
}

#[tokio::test]
async fn the_error_of_a_response_without_a_body_has_the_status() {
    let error = error_with_fault(Fault::error(403, "AccessDenied", "lost").without_body()).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(403)), "{error}");
    assert_eq!((error.code(), error.request_id()), (None, None));
    assert!(error.to_string().ends_with(" [ListMFADevices]"), "{error}");
}

#[tokio::test]
async fn truncated_responses_are_not_decoded() {
    assert_not_decoded(&error_with_fault(Fault::empty_body()).await, "the document is empty");
    assert_not_decoded(&error_with_fault(Fault::malformed_xml()).await, "not well-formed XML");
    assert_not_decoded(&error_with_fault(Fault::wrong_content_length()).await, "at ");
}

#[tokio::test]
async fn an_endless_response_is_read_up_to_the_limit() {
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
async fn a_response_as_large_as_the_limit_is_accepted() {
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
async fn unknown_members_are_skipped() {
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
async fn the_request_id_is_read_from_the_document_or_the_header() {
    let error = error_of_unknown_user(Fault::missing_request_id()).await;
    assert!(error.request_id().is_some(), "the document has the request id: {error}");

    let bare = "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>m</Message></Error></ErrorResponse>";
    let error = error_of_response(response(404, &[], bare)).await;
    assert_eq!(error.request_id(), None);
    assert_eq!(error.to_string(), "NoSuchEntity (404): m [ListMFADevices]");
    let error =
        error_of_response(response(404, &[("x-amzn-RequestId", "from-header")], bare)).await;
    assert_eq!(error.request_id(), Some("from-header"));
}

/// The error of a listing for an unknown user, with `fault`.
async fn error_of_unknown_user(fault: Fault) -> Error {
    let iam = iam_with_alice().await;
    iam.inject(fault);
    devices_of(&iam).list().user_name("bob").send().await.unwrap_err()
}

#[tokio::test]
async fn a_missing_required_member_is_an_error() {
    let members = [
        ("UserName", "<UserName>alice</UserName>"),
        ("SerialNumber", "<SerialNumber>GAHT12345678</SerialNumber>"),
        ("EnableDate", "<EnableDate>2026-11-24T09:30:00Z</EnableDate>"),
    ];
    for (missing, _) in members {
        let present = members.iter().filter(|(name, _)| *name != missing);
        let row: String = present.map(|(_, element)| *element).collect();
        let devices = format!("<MFADevices><member>{row}</member></MFADevices>");
        let error = error_of_response(ok(&listing(&devices))).await;
        assert_not_decoded(&error, &format!("the required member {missing} is missing"));
        assert_eq!(error.request_id(), Some("canned-id"));
    }
    let error = error_of_response(ok(&listing("<IsTruncated>false</IsTruncated>"))).await;
    assert_not_decoded(&error, "the required member MFADevices is missing");
    let none = "<ListMFADevicesResponse><ResponseMetadata/></ListMFADevicesResponse>";
    assert_not_decoded(
        &error_of_response(ok(none)).await,
        "the element ListMFADevicesResult is missing",
    );
}

#[tokio::test]
async fn the_error_of_a_value_of_another_type_names_the_member() {
    let row = |date: &str| {
        format!(
            "<MFADevices><member><UserName>a</UserName><SerialNumber>s</SerialNumber>\
             <EnableDate>{date}</EnableDate></member></MFADevices>"
        )
    };
    for date in ["", "yesterday", "2026-13-01T00:00:00Z", "99999999999999999999"] {
        let error = error_of_response(ok(&listing(&row(date)))).await;
        assert_not_decoded(&error, "MFADevices/member/EnableDate: the value is not a timestamp");
    }
    let truncated = format!("<IsTruncated>perhaps</IsTruncated>{}", row("2026-11-24T09:30:00Z"));
    let error = error_of_response(ok(&listing(&truncated))).await;
    assert_not_decoded(&error, "IsTruncated: the value is not ");
}

#[tokio::test]
async fn a_success_with_another_document_is_an_error() {
    for (body, why) in [
        ("<html><body>Welcome to the hotel's network</body></html>", "the document is <html>"),
        ("{\"message\": \"json\"}", "text before the first element"),
        (
            "<!DOCTYPE a [<!ENTITY b \"c\">]><AResponse/>",
            "a document type declaration is not allowed",
        ),
        ("\u{feff}", "the document is empty"),
    ] {
        assert_not_decoded(&error_of_response(ok(body)).await, why);
    }
    let mut bytes = ok("<ListMFADevicesResponse>????</ListMFADevicesResponse>");
    let position = bytes.windows(4).rposition(|window| window == b"????").unwrap();
    bytes[position..position + 4].copy_from_slice(&[0xff, 0xfe, 0xfd, 0xfc]);
    assert_not_decoded(&error_of_response(bytes).await, "the response is not UTF-8");
}

#[tokio::test]
async fn a_success_without_output_must_have_the_document_of_its_operation() {
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
        assert_not_decoded(&tag(body).await.unwrap_err(), why);
    }
    let other = listing("<MFADevices/>").replace("MFADevicesResponse", "UsersResponse");
    let why = "the document is <ListUsersResponse>, not <ListMFADevicesResponse>";
    assert_not_decoded(&error_of_response(ok(&other)).await, why);
}

#[tokio::test]
async fn unusual_error_documents_are_errors_of_the_service() {
    let old = "<Response><Errors><Error><Code>OldForm</Code><Message>m</Message></Error></Errors>\
               <RequestID>old-id</RequestID></Response>";
    let error = error_of_response(response(400, &[], old)).await;
    assert_eq!((error.code(), error.request_id()), (Some("OldForm"), Some("old-id")), "{error}");
    let silent = "<ErrorResponse><Error><Code>Silent</Code></Error></ErrorResponse>";
    let error = error_of_response(response(400, &[], silent)).await;
    let expected = "Silent (400): the service sent no message [ListMFADevices]";
    assert_eq!(error.to_string(), expected);
    for body in ["<ErrorResponse/>", "<ErrorResponse><Error>", "nonsense", "<a/>"] {
        let error = error_of_response(response(400, &[], body)).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Service, Some(400)), "{error}");
        assert_eq!(error.code(), None);
    }
}
