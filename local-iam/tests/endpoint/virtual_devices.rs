//! Creating, deleting and listing virtual devices.

use data_encoding::BASE64;
use totp_rs::Builder;

use crate::client::{NOW, start};

#[tokio::test]
async fn a_device_can_be_created_enabled_with_its_seed_and_deleted() {
    let (iam, client) = start().await;
    iam.create_user("alice").unwrap();
    let parameters = [
        ("VirtualMFADeviceName", "phone"),
        ("Path", "/staff/"),
        ("Tags.member.1.Key", "kind"),
        ("Tags.member.1.Value", ""),
    ];
    let created = client.ok("CreateVirtualMFADevice", &parameters).await;
    let serial_number = created.text("SerialNumber").unwrap();
    assert_eq!(serial_number, "arn:aws:iam::123456789012:mfa/staff/phone");
    assert!(created.body.contains("<member><Key>kind</Key><Value></Value></member>"));
    assert_eq!(iam.tags_of(serial_number).unwrap().len(), 1);
    let image = BASE64.decode(created.text("QRCodePNG").unwrap().as_bytes()).unwrap();
    assert!(image.starts_with(b"\x89PNG\r\n\x1a\n") && image.ends_with(b"IEND\xAE\x42\x60\x82"));

    // Compute the codes as an authenticator app does.
    let base32 = BASE64.decode(created.text("Base32StringSeed").unwrap().as_bytes()).unwrap();
    let seed = data_encoding::BASE32_NOPAD.decode(&base32).unwrap();
    assert_eq!(seed.len(), 20);
    let app = Builder::new().with_secret(<[u8; 20]>::try_from(seed).unwrap()).build().unwrap();
    let codes = [NOW - 30, NOW].map(|seconds| app.generate(seconds).to_string());
    let parameters = [
        ("UserName", "alice"),
        ("SerialNumber", serial_number),
        ("AuthenticationCode1", &codes[0]),
        ("AuthenticationCode2", &codes[1]),
    ];
    client.ok("EnableMFADevice", &parameters).await;

    let parameters = [("SerialNumber", serial_number)];
    let message =
        client.refused("DeleteVirtualMFADevice", &parameters, 409, "DeleteConflict").await;
    assert_eq!(message, "MFA VirtualDevice in use. Must deactivate first.");
    client
        .ok("DeactivateMFADevice", &[("SerialNumber", serial_number), ("UserName", "alice")])
        .await;
    let deleted = client.ok("DeleteVirtualMFADevice", &parameters).await;
    assert!(!deleted.body.contains("Result>"), "{}", deleted.body);
    let message = client.refused("DeleteVirtualMFADevice", &parameters, 404, "NoSuchEntity").await;
    assert_eq!(
        message,
        format!("VirtualMFADevice with serial number {serial_number} does not exist.")
    );
}

#[tokio::test]
async fn names_are_unique() {
    let (iam, client) = start().await;
    iam.create_virtual_mfa_device("phone").unwrap();
    let parameters = [("VirtualMFADeviceName", "phone")];
    client.refused("CreateVirtualMFADevice", &parameters, 409, "EntityAlreadyExists").await;
    assert!(iam.create_virtual_mfa_device("phone").is_err());
    for name in ["", "a b", "a/b"] {
        let parameters = [("VirtualMFADeviceName", name)];
        client.refused("CreateVirtualMFADevice", &parameters, 400, "ValidationError").await;
    }
}

#[tokio::test]
async fn devices_can_be_listed_by_assignment() {
    let (iam, client) = start().await;
    iam.create_user("alice").unwrap();
    iam.create_virtual_mfa_device("b-free").unwrap();
    let phone = iam.create_virtual_mfa_device("a-used").unwrap();
    let [first, second] = phone.codes();
    let parameters = [
        ("UserName", "alice"),
        ("SerialNumber", phone.serial_number()),
        ("AuthenticationCode1", &first),
        ("AuthenticationCode2", &second),
    ];
    client.ok("EnableMFADevice", &parameters).await;

    let used = "arn:aws:iam::123456789012:mfa/a-used";
    let free = "arn:aws:iam::123456789012:mfa/b-free";
    for (status, expected) in [
        (None, vec![used, free]),
        (Some("Any"), vec![used, free]),
        (Some("Assigned"), vec![used]),
        (Some("Unassigned"), vec![free]),
    ] {
        let parameters: Vec<_> =
            status.map(|status| ("AssignmentStatus", status)).into_iter().collect();
        let response = client.ok("ListVirtualMFADevices", &parameters).await;
        assert_eq!(response.texts("SerialNumber"), expected);
        assert_eq!(response.text("UserName").is_some(), expected.contains(&used));
        assert_eq!(response.text("EnableDate").is_some(), expected.contains(&used));
        assert!(!response.body.contains("Base32StringSeed"));
    }
    let parameters = [("AssignmentStatus", "Lost")];
    let message =
        client.refused("ListVirtualMFADevices", &parameters, 400, "ValidationError").await;
    assert!(message.contains("enum value set: [Any, Assigned, Unassigned]"), "{message}");
}
