//! Values that the tests of a program can create without a server.

use std::collections::{BTreeSet, HashSet};

use pagesmith::aws::iam_api::ErrorCode;
use pagesmith::aws::iam_api::mfa_devices::{ListMfaDevicesOutput, MfaDevice, Tag};
use pagesmith::time::OffsetDateTime;
use pagesmith::{Error, ErrorKind};

use crate::support::canned::{Canned, ok};
use crate::support::{chain, client_at};

fn device(name: &str) -> MfaDevice {
    MfaDevice::builder()
        .user_name("alice")
        .serial_number(format!("arn:aws:iam::123456789012:mfa/{name}"))
        .enable_date(OffsetDateTime::UNIX_EPOCH)
        .build()
        .unwrap()
}

#[test]
fn rows_and_outputs_can_be_created() {
    let row = device("phone");
    assert_eq!(row.user_name, "alice");
    assert_eq!(row.serial_number.account_id(), Some("123456789012"));
    let builder = ListMfaDevicesOutput::builder().mfa_devices([row.clone()]).is_truncated(true);
    let page = builder.clone().marker("more").build().unwrap();
    assert_eq!((page.mfa_devices, page.is_truncated), (vec![row], Some(true)));
    assert_eq!((page.marker.as_deref(), builder.build().unwrap().marker), (Some("more"), None));
}

#[test]
fn missing_fields_are_named() {
    let error = MfaDevice::builder().user_name("alice").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert_eq!(
        error.to_string(),
        "required fields of MfaDevice are missing: add `.enable_date(…)`, `.serial_number(…)`"
    );
    let shown = format!("{:?}", MfaDevice::builder().user_name("alice"));
    assert!(shown.contains("alice"), "{shown}");
}

/// Errors of the service can be created without a server.
#[test]
fn an_error_of_the_service_can_be_created() {
    let error = Error::service("NoSuchEntity", "The user with name bob cannot be found.");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::NoSuchEntity));
    assert_eq!((error.kind(), error.code()), (ErrorKind::Service, Some("NoSuchEntity")));
    assert!(error.is_not_found() && !error.is_retryable() && !error.may_have_been_carried_out());
    let error = error.with_status(404).with_request_id("6c0d");
    assert_eq!(
        error.to_string(),
        "NoSuchEntity (404): The user with name bob cannot be found. [request id 6c0d]"
    );
    let failure = Error::service("ServiceFailure", "failed").with_status(500);
    assert!(failure.is_retryable() && failure.may_have_been_carried_out());
    assert!(Error::service("Throttling", "slow down").is_throttling());
}

/// Values can be keys of maps and members of sets, and can be sorted and parsed.
#[test]
fn values_implement_common_traits() {
    let rows = HashSet::from([device("phone"), device("phone"), device("key")]);
    assert_eq!(rows.len(), 2);
    assert_eq!(HashSet::from([Tag::new("a", "b"), Tag::new("a", "b")]).len(), 1);
    let codes: BTreeSet<ErrorCode> =
        ["NoSuchEntity", "Unheard", "NoSuchEntity"].into_iter().map(ErrorCode::from).collect();
    assert_eq!(codes.len(), 2);
    let parsed: ErrorCode = "NoSuchEntity".parse().unwrap();
    assert_eq!(
        (parsed.as_ref(), format!("{parsed:>14}")),
        ("NoSuchEntity", "  NoSuchEntity".into())
    );
    assert_eq!("new".parse(), Ok(ErrorCode::Other("new".to_owned())));
}

#[tokio::test]
async fn a_pair_can_be_used_as_a_tag() {
    assert_eq!(Tag::from(("team", String::from("storage"))), Tag::new("team", "storage"));
    let server = Canned::always(ok("<TagMFADeviceResponse/>"));
    let devices = pagesmith::aws::iam_api::mfa_devices(&client_at(&server.url()));
    devices.tag().serial_number("GAHT1").tags([("team", "storage")]).send().await.unwrap();
    let sent = "Tags.member.1.Key=team&Tags.member.1.Value=storage";
    assert!(server.last_body().contains(sent), "{}", server.last_body());
}

/// `fn main() -> Result<(), Error>` prints an error with `Debug`, so `Debug` must be readable.
#[tokio::test]
async fn debug_is_display_followed_by_the_sources() {
    let server = Canned::always(ok("<ListMFADevicesResponse><ListMFADevicesResult>"));
    let devices = pagesmith::aws::iam_api::mfa_devices(&client_at(&server.url()));
    let error = devices.list().send().await.unwrap_err();
    let chain = chain(&error);
    assert!(chain.len() > 1, "{chain:?}");
    assert_eq!(format!("{error:?}"), chain.join("\ncaused by: "));
    assert!(format!("{error:#?}").starts_with("Error {\n    kind: Response,"), "{error:#?}");
}
