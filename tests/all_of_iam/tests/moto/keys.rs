//! Credentials of users and servers: keys, certificates and MFA devices.

use all_of_iam::aws::iam_api::types::{AssignmentStatusType, EncodingType, StatusType, Tag};

use crate::world::World;
use crate::{Done, call, rows};

/// A certificate of `test.example`, valid for a hundred years.
const CERTIFICATE: &str = include_str!("certificate.pem");

pub(crate) async fn access_keys(world: &World) -> Done {
    call!(world, users.create, user_name = "fay");
    let created = call!(world, access_keys.create, user_name = "fay").access_key;
    assert_eq!(created.status, StatusType::Active);
    assert!(!created.secret_access_key.expose().is_empty());
    let id = created.access_key_id.as_str();
    call!(
        world,
        access_keys.update,
        user_name = "fay",
        access_key_id = id,
        status = StatusType::Inactive,
    );
    let listed = rows!(world, access_keys.list, user_name = "fay");
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].access_key_id.as_deref(), Some(id));
    assert_eq!(listed[0].status, Some(StatusType::Inactive));
    let last = call!(world, access_key_last_useds.get, access_key_id = id);
    assert_eq!(last.user_name.as_deref(), Some("fay"));
    call!(world, access_keys.delete, user_name = "fay", access_key_id = id);
    assert!(rows!(world, access_keys.list, user_name = "fay").is_empty());
    call!(world, users.delete, user_name = "fay");
    Ok(())
}

pub(crate) async fn ssh_keys(world: &World) -> Done {
    call!(world, users.create, user_name = "gus");
    let body = "ssh-rsa AAAAB3NzaC1yc2E+/= gus@example";
    let created =
        call!(world, ssh_public_keys.upload, user_name = "gus", ssh_public_key_body = body);
    let id = created.ssh_public_key.ok_or("no key")?.ssh_public_key_id;
    let id = id.as_str();
    call!(
        world,
        ssh_public_keys.update,
        user_name = "gus",
        ssh_public_key_id = id,
        status = StatusType::Inactive,
    );
    let got = call!(
        world,
        ssh_public_keys.get,
        user_name = "gus",
        ssh_public_key_id = id,
        encoding = EncodingType::Ssh,
    );
    let got = got.ssh_public_key.ok_or("no key")?;
    assert_eq!(got.ssh_public_key_body, body);
    assert_eq!(got.status, StatusType::Inactive);
    let listed = rows!(world, ssh_public_keys.list, user_name = "gus");
    assert_eq!(listed.iter().map(|key| &key.ssh_public_key_id).collect::<Vec<_>>(), [id]);
    call!(world, ssh_public_keys.delete, user_name = "gus", ssh_public_key_id = id);
    assert!(rows!(world, ssh_public_keys.list, user_name = "gus").is_empty());
    call!(world, users.delete, user_name = "gus");
    Ok(())
}

pub(crate) async fn signing_certificates(world: &World) -> Done {
    call!(world, users.create, user_name = "hal");
    let created = call!(
        world,
        signing_certificates.upload,
        user_name = "hal",
        certificate_body = CERTIFICATE,
    );
    let id = created.certificate.certificate_id.as_str();
    call!(
        world,
        signing_certificates.update,
        user_name = "hal",
        certificate_id = id,
        status = StatusType::Inactive,
    );
    let listed = rows!(world, signing_certificates.list, user_name = "hal");
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].status, StatusType::Inactive);
    assert_eq!(listed[0].certificate_body.trim(), CERTIFICATE.trim());
    call!(world, signing_certificates.delete, user_name = "hal", certificate_id = id);
    assert!(rows!(world, signing_certificates.list, user_name = "hal").is_empty());
    call!(world, users.delete, user_name = "hal");
    Ok(())
}

pub(crate) async fn server_certificates(world: &World) -> Done {
    let created = call!(
        world,
        server_certificates.upload,
        server_certificate_name = "web",
        path = "/s/",
        certificate_body = CERTIFICATE,
        private_key = "a secret",
    );
    let created = created.server_certificate_metadata.ok_or("no metadata")?;
    let got = call!(world, server_certificates.get, server_certificate_name = "web");
    let got = got.server_certificate;
    assert_eq!(got.certificate_body.trim(), CERTIFICATE.trim());
    assert_eq!(got.server_certificate_metadata.arn, created.arn);
    let listed = rows!(world, server_certificates.list);
    let listed: Vec<_> = listed.iter().map(|one| one.server_certificate_name.as_str()).collect();
    assert_eq!(listed, ["web"]);
    call!(world, server_certificates.delete, server_certificate_name = "web");
    assert!(rows!(world, server_certificates.list).is_empty());
    Ok(())
}

pub(crate) async fn mfa_devices(world: &World) -> Done {
    call!(world, users.create, user_name = "ida");
    let created = call!(
        world,
        virtual_mfa_devices.create,
        virtual_mfa_device_name = "phone",
        tags = [Tag::new("Colour", "red")],
    );
    let created = created.virtual_mfa_device;
    assert!(created.base32_string_seed.is_some_and(|seed| !seed.expose().is_empty()));
    let number = &created.serial_number;
    call!(
        world,
        mfa_devices.enable,
        user_name = "ida",
        serial_number = number,
        authentication_code1 = "123456",
        authentication_code2 = "654321",
    );
    let devices = rows!(world, mfa_devices.list, user_name = "ida");
    assert_eq!(devices.iter().map(|device| &device.serial_number).collect::<Vec<_>>(), [number]);
    let assigned = AssignmentStatusType::Assigned;
    let listed = rows!(world, virtual_mfa_devices.list, assignment_status = assigned);
    let owner = listed.iter().find(|device| device.serial_number == *number);
    let owner = owner.and_then(|device| device.user.as_ref()).ok_or("the device has no user")?;
    assert_eq!(owner.user_name, "ida");
    call!(world, mfa_devices.deactivate, user_name = "ida", serial_number = number);
    assert!(rows!(world, mfa_devices.list, user_name = "ida").is_empty());
    call!(world, virtual_mfa_devices.delete, serial_number = number);
    let listed = rows!(world, virtual_mfa_devices.list);
    assert!(listed.iter().all(|device| device.serial_number != *number));
    call!(world, users.delete, user_name = "ida");
    Ok(())
}
