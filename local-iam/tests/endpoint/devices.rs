//! Enabling, resynchronizing and deactivating devices of users.

use std::time::Duration;

use data_encoding::BASE32_NOPAD;
use local_iam::{LocalIam, VirtualMfaDevice};
use totp_rs::{Builder, Totp};

use crate::client::{Client, NOW, now, start};

/// The parameters of Enable and Resync.
fn parameters<'a>(
    user_name: &'a str,
    serial_number: &'a str,
    codes: &'a [String; 2],
) -> [(&'a str, &'a str); 4] {
    [
        ("UserName", user_name),
        ("SerialNumber", serial_number),
        ("AuthenticationCode1", &codes[0]),
        ("AuthenticationCode2", &codes[1]),
    ]
}

async fn enable(client: &Client, user_name: &str, device: &VirtualMfaDevice) {
    let codes = device.codes();
    client.ok("EnableMFADevice", &parameters(user_name, device.serial_number(), &codes)).await;
}

async fn start_with_phone() -> (LocalIam, Client, VirtualMfaDevice) {
    let (iam, client) = start().await;
    iam.create_user("alice").unwrap();
    let phone = iam.create_virtual_mfa_device("alice-phone").unwrap();
    (iam, client, phone)
}

/// An authenticator app with the seed of a device.
fn app(device: &VirtualMfaDevice) -> Totp {
    let seed = BASE32_NOPAD.decode(device.seed().as_bytes()).unwrap();
    Builder::new().with_secret(<[u8; 20]>::try_from(seed).unwrap()).build().unwrap()
}

fn codes_at(app: &Totp, seconds: [u64; 2]) -> [String; 2] {
    seconds.map(|seconds| app.generate(seconds).to_string())
}

#[tokio::test]
async fn a_device_can_be_enabled_listed_resynchronized_and_deactivated() {
    let (iam, client, phone) = start_with_phone().await;
    assert!(iam.devices_of("alice").unwrap().is_empty());
    enable(&client, "ALICE", &phone).await;
    let devices = iam.devices_of("alice").unwrap();
    assert_eq!(devices.len(), 1);
    assert_eq!((devices[0].user_name.as_str(), devices[0].enable_date), ("alice", now()));
    let listed = client.ok("ListMFADevices", &[("UserName", "alice")]).await;
    assert!(
        listed.body.contains(
            "<ListMFADevicesResult><MFADevices><member><UserName>alice</UserName>\
             <SerialNumber>arn:aws:iam::123456789012:mfa/alice-phone</SerialNumber>\
             <EnableDate>2015-08-30T12:36:00Z</EnableDate></member></MFADevices>\
             <IsTruncated>false</IsTruncated></ListMFADevicesResult>"
        ),
        "{}",
        listed.body
    );
    let codes = phone.codes();
    client.ok("ResyncMFADevice", &parameters("alice", phone.serial_number(), &codes)).await;
    let deactivate = [("SerialNumber", phone.serial_number()), ("UserName", "alice")];
    client.ok("DeactivateMFADevice", &deactivate).await;
    assert!(iam.devices_of("alice").unwrap().is_empty());
    client.refused("DeactivateMFADevice", &deactivate, 404, "NoSuchEntity").await;
}

#[tokio::test]
async fn new_codes_are_always_available() {
    let (_iam, client, phone) = start_with_phone().await;
    assert_eq!(phone.codes(), phone.codes());
    enable(&client, "alice", &phone).await;
    for _ in 0..20 {
        let codes = phone.codes();
        client.ok("ResyncMFADevice", &parameters("alice", phone.serial_number(), &codes)).await;
        assert_ne!(codes, phone.codes());
    }
}

#[tokio::test]
async fn a_code_is_accepted_once() {
    let (_iam, client, phone) = start_with_phone().await;
    let codes = phone.codes();
    let used = parameters("alice", phone.serial_number(), &codes);
    client.ok("EnableMFADevice", &used).await;
    let message = client.refused("ResyncMFADevice", &used, 403, "InvalidAuthenticationCode").await;
    assert_eq!(message, "Authentication code for device is not valid.");
    // The codes are not accepted after the device was deactivated, and half of the pair is not either.
    let deactivate = [("SerialNumber", phone.serial_number()), ("UserName", "alice")];
    client.ok("DeactivateMFADevice", &deactivate).await;
    client.refused("EnableMFADevice", &used, 403, "InvalidAuthenticationCode").await;
    let half = codes_at(&app(&phone), [NOW + 30, NOW + 60]);
    assert_eq!(half[0], codes[1]);
    let half = parameters("alice", phone.serial_number(), &half);
    client.refused("EnableMFADevice", &half, 403, "InvalidAuthenticationCode").await;
}

#[tokio::test]
async fn codes_must_be_consecutive_and_near_the_clock() {
    let (iam, client, phone) = start_with_phone().await;
    let app = app(&phone);
    for times in [
        [NOW, NOW],
        [NOW + 30, NOW],
        [NOW - 30, NOW + 30],
        [NOW - 90, NOW - 60],
        [NOW + 60, NOW + 90],
    ] {
        let codes = codes_at(&app, times);
        let wrong = parameters("alice", phone.serial_number(), &codes);
        client.refused("EnableMFADevice", &wrong, 403, "InvalidAuthenticationCode").await;
    }
    assert!(iam.devices_of("alice").unwrap().is_empty());
    let codes = codes_at(&app, [NOW - 60, NOW - 30]);
    client.ok("EnableMFADevice", &parameters("alice", phone.serial_number(), &codes)).await;
    let codes = codes_at(&app, [NOW + 30, NOW + 60]);
    client.ok("ResyncMFADevice", &parameters("alice", phone.serial_number(), &codes)).await;
}

#[tokio::test]
async fn the_clock_for_codes_can_be_advanced() {
    let (iam, client, phone) = start_with_phone().await;
    let codes = codes_at(&app(&phone), [NOW + 3600, NOW + 3630]);
    let later = parameters("alice", phone.serial_number(), &codes);
    client.refused("EnableMFADevice", &later, 403, "InvalidAuthenticationCode").await;
    iam.advance(Duration::from_hours(1));
    client.ok("EnableMFADevice", &later).await;
    // Dates still use the clock of the builder.
    assert_eq!(iam.devices_of("alice").unwrap()[0].enable_date, now());
}

#[tokio::test]
async fn codes_have_six_digits() {
    let (_iam, client, phone) = start_with_phone().await;
    for (code, constraint) in [
        ("12345", "Member must have length greater than or equal to 6"),
        ("1234567", "Member must have length less than or equal to 6"),
        ("12345a", r"Member must satisfy regular expression pattern: [\d]+"),
    ] {
        let codes = [code.to_owned(), "123456".to_owned()];
        let wrong = parameters("alice", phone.serial_number(), &codes);
        let message = client.refused("EnableMFADevice", &wrong, 400, "ValidationError").await;
        assert_eq!(
            message,
            format!(
                "1 validation error detected: Value '{code}' at 'authenticationCode1' failed to \
                 satisfy constraint: {constraint}"
            )
        );
    }
}

#[tokio::test]
async fn unknown_users_and_devices_are_errors() {
    let (_iam, client, phone) = start_with_phone().await;
    let codes = phone.codes();
    for action in ["EnableMFADevice", "ResyncMFADevice"] {
        let wrong = parameters("bob", phone.serial_number(), &codes);
        let message = client.refused(action, &wrong, 404, "NoSuchEntity").await;
        assert_eq!(message, "The user with name bob cannot be found.");
        let wrong = parameters("alice", "arn:of:nothing", &codes);
        let message = client.refused(action, &wrong, 404, "NoSuchEntity").await;
        assert_eq!(message, "VirtualMFADevice with serial number arn:of:nothing does not exist.");
    }
    client.refused("ListMFADevices", &[("UserName", "bob")], 404, "NoSuchEntity").await;
    let resync = parameters("alice", phone.serial_number(), &codes);
    client.refused("ResyncMFADevice", &resync, 404, "NoSuchEntity").await;
}

#[tokio::test]
async fn a_device_belongs_to_one_user() {
    let (iam, client, phone) = start_with_phone().await;
    iam.create_user("bob").unwrap();
    enable(&client, "alice", &phone).await;
    let codes = phone.codes();
    for user_name in ["alice", "bob"] {
        let again = parameters(user_name, phone.serial_number(), &codes);
        client.refused("EnableMFADevice", &again, 409, "EntityAlreadyExists").await;
    }
    let of_bob = parameters("bob", phone.serial_number(), &codes);
    client.refused("ResyncMFADevice", &of_bob, 404, "NoSuchEntity").await;
    let of_bob = [("UserName", "bob"), ("SerialNumber", phone.serial_number())];
    client.refused("DeactivateMFADevice", &of_bob, 404, "NoSuchEntity").await;
    // The failed requests did not use the codes.
    client.ok("ResyncMFADevice", &parameters("alice", phone.serial_number(), &codes)).await;
}

#[tokio::test]
async fn a_user_has_at_most_eight_devices() {
    let (iam, client, phone) = start_with_phone().await;
    for number in 0..8 {
        let device = iam.create_virtual_mfa_device(&format!("device-{number}")).unwrap();
        enable(&client, "alice", &device).await;
    }
    let codes = phone.codes();
    let ninth = parameters("alice", phone.serial_number(), &codes);
    let message = client.refused("EnableMFADevice", &ninth, 409, "LimitExceeded").await;
    assert_eq!(message, "Cannot exceed quota for MFADevicesPerUser: 8");
}

#[tokio::test]
async fn a_missing_user_name_means_the_caller() {
    let (_iam, client, phone) = start_with_phone().await;
    enable(&client, "caller", &phone).await;
    let listed = client.ok("ListMFADevices", &[]).await;
    assert_eq!(listed.texts("SerialNumber"), [phone.serial_number()]);
    client.ok("DeactivateMFADevice", &[("SerialNumber", phone.serial_number())]).await;
    assert!(client.ok("ListMFADevices", &[]).await.texts("SerialNumber").is_empty());
}

#[test]
fn debug_does_not_show_the_seed_and_the_secret_key() {
    let iam = LocalIam::builder().clock(now).start_blocking().unwrap();
    let phone = iam.create_virtual_mfa_device("phone").unwrap();
    let shown = format!("{phone:?} {iam:?}");
    assert!(shown.contains("mfa/phone") && !shown.contains(phone.seed()), "{shown}");
    assert!(!shown.contains(iam.secret_access_key()), "{shown}");
}
