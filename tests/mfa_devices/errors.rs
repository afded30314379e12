//! The errors of the service, as values and as text.

use local_iam::{Fault, LocalIam};
use pagesmith::aws::iam_api::ErrorCode;
use pagesmith::aws::iam_api::mfa_devices::{MfaDevices, Tag};
use pagesmith::{Error, ErrorKind};

use crate::support::{actions, devices_of, enabled_device, iam_with_alice};

/// Checks all values of an error of the service, and its text.
fn assert_service_error(error: &Error, code: &str, status: u16, operation: &str, message: &str) {
    assert_eq!(error.kind(), ErrorKind::Service, "{error}");
    assert_eq!(error.code(), Some(code), "{error}");
    assert_eq!(error.status(), Some(status), "{error}");
    assert_eq!(error.operation(), Some(operation), "{error}");
    assert_eq!(error.message(), message, "{error}");
    assert_eq!(ErrorCode::of(error).unwrap().as_str(), code);
    assert!(error.may_have_been_sent(), "{error}");
    let request_id = error.request_id().expect("a request id");
    assert_eq!(request_id.len(), 36, "{request_id}");
    let text = format!("{code} ({status}): {message} [{operation}, request id {request_id}]");
    assert_eq!(error.to_string(), text);
    assert!(std::error::Error::source(error).is_none());
}

async fn enable(devices: &MfaDevices, serial_number: &str, codes: [&str; 2]) -> Result<(), Error> {
    let call = devices.enable().user_name("alice").serial_number(serial_number);
    call.authentication_code1(codes[0]).authentication_code2(codes[1]).send().await
}

#[tokio::test]
async fn an_unknown_user_is_an_error() {
    let iam = LocalIam::start().await.unwrap();
    let error = devices_of(&iam).list().user_name("bob").send().await.unwrap_err();
    let message = "The user with name bob cannot be found.";
    assert_service_error(&error, "NoSuchEntity", 404, "ListMFADevices", message);
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::NoSuchEntity));
    assert!(error.is_not_found() && !error.is_retryable());
    assert!(!error.is_throttling() && !error.is_access_denied());
}

#[tokio::test]
async fn an_unknown_device_is_an_error_in_every_method() {
    let iam = iam_with_alice().await;
    let devices = devices_of(&iam);
    let missing = "arn:aws:iam::123456789012:mfa/missing";
    let errors = [
        devices.deactivate().user_name("alice").serial_number(missing).send().await,
        enable(&devices, missing, ["999001", "999002"]).await,
        devices
            .resync()
            .user_name("alice")
            .serial_number(missing)
            .authentication_code1("999001")
            .authentication_code2("999002")
            .send()
            .await,
        devices.tag().serial_number(missing).tags([Tag::new("a", "b")]).send().await,
        devices.untag().serial_number(missing).tag_keys(["a"]).send().await,
    ];
    let operations = actions(&iam);
    assert_eq!(operations.len(), errors.len(), "the calls are not retried");
    for (result, operation) in errors.into_iter().zip(operations) {
        let error = result.unwrap_err();
        let message = error.message().to_owned();
        assert!(message.contains(missing), "{message}");
        assert_service_error(&error, "NoSuchEntity", 404, &operation, &message);
    }
}

#[tokio::test]
async fn enable_fails_for_an_enabled_device_wrong_codes_and_an_exhausted_quota() {
    let iam = iam_with_alice().await;
    let devices = devices_of(&iam);
    let phone = enabled_device(&iam, "phone-1").await;
    let codes = phone.codes();
    let codes = [&*codes[0], &*codes[1]];
    let error = enable(&devices, phone.serial_number(), codes).await.unwrap_err();
    let message =
        format!("The MFA device with serial number {} is already assigned.", phone.serial_number());
    assert_service_error(&error, "EntityAlreadyExists", 409, "EnableMFADevice", &message);
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::EntityAlreadyExists));

    let other = iam.create_virtual_mfa_device("phone-2").unwrap();
    let [first, _] = other.codes();
    let error = enable(&devices, other.serial_number(), [&first, &first]).await.unwrap_err();
    let message = "Authentication code for device is not valid.";
    assert_service_error(&error, "InvalidAuthenticationCode", 403, "EnableMFADevice", message);
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::InvalidAuthenticationCode));
    assert!(!error.is_retryable() && !error.is_access_denied());

    for number in 2..=8 {
        enabled_device(&iam, &format!("phone-of-{number}")).await;
    }
    let codes = other.codes();
    let codes = [&*codes[0], &*codes[1]];
    let error = enable(&devices, other.serial_number(), codes).await.unwrap_err();
    let message = "Cannot exceed quota for MFADevicesPerUser: 8";
    assert_service_error(&error, "LimitExceeded", 409, "EnableMFADevice", message);
    // Waiting does not increase a quota.
    assert!(!error.is_retryable() && !error.is_throttling());
}

#[tokio::test]
async fn invalid_input_is_an_error_of_the_service() {
    let iam = iam_with_alice().await;
    let devices = devices_of(&iam);
    let phone = enabled_device(&iam, "phone").await;
    let tags = [Tag::new("a", "1"), Tag::new("A", "2")];
    let error =
        devices.tag().serial_number(phone.serial_number()).tags(tags).send().await.unwrap_err();
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::InvalidInput));
    let message = error.message().to_owned();
    assert_service_error(&error, "InvalidInput", 400, "TagMFADevice", &message);

    // A code that no page declares is kept unchanged.
    let error = devices.list().user_name("alice").max_items(1001).send().await.unwrap_err();
    let code = ErrorCode::of(&error);
    assert_eq!(code, Some(ErrorCode::Other("ValidationError".to_owned())));
    let message = "1 validation error detected: Value '1001' at 'maxItems' failed to satisfy \
                   constraint: Member must have value less than or equal to 1000";
    assert_service_error(&error, "ValidationError", 400, "ListMFADevices", message);

    // An empty list is sent as an empty list, and the service decides whether to accept it.
    devices.untag().serial_number(phone.serial_number()).tag_keys([""; 0]).send().await.unwrap();
    let none: [Tag; 0] = [];
    devices.tag().serial_number(phone.serial_number()).tags(none).send().await.unwrap();
}

/// The classification of errors by code and status, after all attempts.
#[tokio::test]
async fn codes_and_statuses_decide_whether_a_call_is_retried() {
    let iam = iam_with_alice().await;
    let devices = devices_of(&iam);
    let cases = [
        (Fault::throttle(), "Throttling", 400, true, true),
        (
            Fault::error(400, "RequestLimitExceeded", "Slower."),
            "RequestLimitExceeded",
            400,
            true,
            true,
        ),
        (Fault::error(429, "Whatever", "Slower."), "Whatever", 429, true, true),
        (Fault::service_unavailable(), "ServiceUnavailable", 503, true, false),
        (Fault::internal_failure(), "InternalFailure", 500, true, false),
        (Fault::error(502, "Whatever", "A gateway."), "Whatever", 502, true, false),
        (Fault::error(504, "Whatever", "A gateway."), "Whatever", 504, true, false),
        (Fault::error(408, "RequestTimeout", "Too slow."), "RequestTimeout", 408, true, false),
        (Fault::error(501, "NotImplemented", "Never."), "NotImplemented", 501, false, false),
        (Fault::error(403, "AccessDenied", "No."), "AccessDenied", 403, false, false),
        (
            Fault::error(409, "ConcurrentModification", "Race."),
            "ConcurrentModification",
            409,
            false,
            false,
        ),
        (Fault::error(409, "LimitExceeded", "Quota."), "LimitExceeded", 409, false, false),
    ];
    for (fault, code, status, retryable, throttling) in cases {
        iam.inject(fault.times(10));
        let error = devices.list().user_name("alice").send().await.unwrap_err();
        iam.clear_faults();
        assert_eq!((error.code(), error.status()), (Some(code), Some(status)), "{error}");
        assert_eq!(error.is_retryable(), retryable, "{error}");
        assert_eq!(error.is_throttling(), throttling, "{error}");
        assert_eq!(error.is_access_denied(), code == "AccessDenied", "{error}");
        assert!(error.may_have_been_sent());
        let attempts = u32::try_from(iam.requests().len()).unwrap();
        assert_eq!(error.attempts(), attempts, "{error}");
        assert_eq!(attempts > 1, retryable, "{error}");
        assert_eq!(error.to_string().ends_with(&format!(", {attempts} attempts]")), attempts > 1);
        iam.clear_requests();
    }
}
