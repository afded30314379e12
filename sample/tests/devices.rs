//! Calls of the SDK to an endpoint in this process.
#![allow(missing_docs)]
#![cfg(all(feature = "mfa_devices", feature = "virtual_mfa_devices"))]

use std::collections::BTreeSet;

use local_iam::LocalIam;
use pagesmith_runtime::{Client, Error};
use sample_sdk::aws::iam_api::types::Tag;
use sample_sdk::aws::iam_api::{ErrorCode, virtual_mfa_devices};

fn client(iam: &LocalIam) -> Result<Client, Error> {
    Client::builder("us-east-1")
        .credentials(iam.access_key_id(), iam.secret_access_key(), None)
        .endpoint_url(iam.endpoint_url()) // leave this out to call AWS
        .build()
}

#[tokio::test]
async fn create_list_and_delete_a_virtual_device() -> Result<(), Box<dyn std::error::Error>> {
    let iam = LocalIam::start().await?;
    let client = client(&iam)?;

    let output = virtual_mfa_devices(&client)
        .create()
        .virtual_mfa_device_name("alice-phone")
        .tags([("Team", "Security")])
        .send()
        .await?;
    let serial_number = output.virtual_mfa_device.serial_number;
    println!("created {serial_number}");

    let mut rows = virtual_mfa_devices(&client).list().assignment_status("Unassigned").rows();
    while let Some(device) = rows.try_next().await? {
        assert_eq!(device.serial_number, serial_number);
    }

    let delete = || virtual_mfa_devices(&client).delete().serial_number(&serial_number);
    delete().send().await?;
    let error = delete().send().await.err().ok_or("the device was deleted twice")?;
    assert_eq!(error.code().map(ErrorCode::from), Some(ErrorCode::NoSuchEntity));
    Ok(())
}

#[tokio::test]
async fn enable_a_device_for_a_user() -> Result<(), Box<dyn std::error::Error>> {
    use sample_sdk::aws::iam_api::mfa_devices;

    let iam = LocalIam::start().await?;
    iam.create_user("alice")?;
    let phone = iam.create_virtual_mfa_device("alice-phone")?;
    let client = client(&iam)?;

    let [first, second] = phone.codes();
    mfa_devices(&client)
        .enable()
        .user_name("alice")
        .serial_number(phone.serial_number())
        .authentication_code1(first)
        .authentication_code2(second)
        .send()
        .await?;
    let page = mfa_devices(&client).list().user_name("alice").send().await?;
    assert_eq!(page.mfa_devices.len(), 1);
    Ok(())
}

/// The build script derives `Ord` for tags.
#[test]
fn tags_can_be_sorted() {
    let tags: BTreeSet<Tag> = [Tag::new("Team", "Security"), Tag::new("Team", "Security")].into();
    assert_eq!(tags.len(), 1);
}
