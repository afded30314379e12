//! `pagesmith call`, through the binary, against an IAM endpoint in this process.
#![cfg(feature = "call")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]
mod support;

use std::process::{Command, Output};

use local_iam::{Fault, LocalIam};
use support::command::{stderr, stdout};
use support::root;

/// The command with nothing of this process's surroundings, and with what `iam` gives for its own.
fn call(arguments: &[&str], iam: &LocalIam) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pagesmith"))
        .arg("call")
        .args(arguments)
        .args(["--region", iam.region(), "--endpoint-url", iam.endpoint_url()])
        .current_dir(root())
        .env_clear()
        .env("AWS_ACCESS_KEY_ID", iam.access_key_id())
        .env("AWS_SECRET_ACCESS_KEY", iam.secret_access_key())
        .output()
        .unwrap()
}

/// A user with a device, enabled through the command.
fn with_device() -> (LocalIam, String) {
    let iam = LocalIam::start_blocking().unwrap();
    iam.create_user("alice").unwrap();
    let device = iam.create_virtual_mfa_device("phone").unwrap();
    let [first, second] = device.codes();
    let enabled = call(
        &[
            "aws.iam_api.mfa_devices.Enable",
            "--param",
            "UserName=alice",
            "--param",
            &format!("SerialNumber={}", device.serial_number()),
            "--param",
            &format!("AuthenticationCode1={first}"),
            "--param",
            &format!("AuthenticationCode2={second}"),
        ],
        &iam,
    );
    assert_eq!(enabled.status.code(), Some(0), "{}", stderr(&enabled));
    assert_eq!(stdout(&enabled), "done\n");
    let serial_number = device.serial_number().to_owned();
    (iam, serial_number)
}

#[test]
fn rows_are_listed_as_a_table_and_as_json() {
    let (iam, serial_number) = with_device();
    let list = ["mfa_devices.List", "--param", "UserName=alice"];
    let table = stdout(&call(&list, &iam));
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[0].starts_with("| EnableDate"), "{table}");
    assert!(lines[2].contains(&serial_number), "{table}");

    let json = call(&[&list[..], &["--format", "json"]].concat(), &iam);
    let rows: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(rows[0]["SerialNumber"], *serial_number);
    assert_eq!(rows[0]["UserName"], "alice");
}

#[test]
fn structures_are_given_as_json() {
    let (iam, serial_number) = with_device();
    let serial_number_param = format!("SerialNumber={serial_number}");
    let tags = r#"Tags=[{"Key":"team","Value":"blue + green"}]"#;
    let tagged = call(&["mfa_devices.Tag", "--param", &serial_number_param, "--param", tags], &iam);
    assert_eq!(tagged.status.code(), Some(0), "{}", stderr(&tagged));
    assert_eq!(iam.tags_of(&serial_number).unwrap()[0].value, "blue + green");
}

#[test]
fn what_the_service_refuses_is_told_with_its_code() {
    let iam = LocalIam::start_blocking().unwrap();
    let output = call(&["mfa_devices.List", "--param", "UserName=nobody"], &iam);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).starts_with("error: NoSuchEntity (404): "), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

#[test]
fn what_cannot_be_sent_is_told_and_not_sent() {
    let iam = LocalIam::start_blocking().unwrap();
    for (arguments, message) in [
        (
            &["mfa_devices.Untag"][..],
            "error: the page requires `SerialNumber` and `TagKeys` of `aws.iam_api.mfa_devices.Untag` [UntagMFADevice]",
        ),
        (
            &["mfa_devices.Lst"],
            "error: there is no method `mfa_devices.Lst`; did you mean `mfa_devices.List`?",
        ),
        (
            &["mfa_devices.List", "--param", "UsrName=a"],
            "error: there is no `UsrName`; did you mean `UserName`? [ListMFADevices]",
        ),
        (
            &["mfa_devices.List", "--param", "MaxItems=many"],
            "error: `MaxItems` is not a whole number of 32 bits [ListMFADevices]",
        ),
        (
            &["mfa_devices.List", "--param", "UserName"],
            "error: `UserName` is no param: expected NAME=VALUE",
        ),
    ] {
        let output = call(arguments, &iam);
        assert_eq!(stderr(&output).trim_end(), message);
        assert_eq!(output.status.code(), Some(2));
    }
    assert!(iam.requests().is_empty());
}

#[test]
fn a_dry_run_shows_the_form_without_its_secrets() {
    let iam = LocalIam::start_blocking().unwrap();
    let output = call(
        &[
            "mfa_devices.Enable",
            "--dry-run",
            "--param",
            "UserName=alice",
            "--param",
            "SerialNumber=GA1",
            "--param",
            "AuthenticationCode1=123456",
            "--param",
            "AuthenticationCode2=654321",
        ],
        &iam,
    );
    assert_eq!(
        stdout(&output),
        "Action=EnableMFADevice\nVersion=2010-05-08\nUserName=alice\nSerialNumber=GA1\n\
         AuthenticationCode1=[redacted]\nAuthenticationCode2=[redacted]\n"
    );
    assert!(iam.requests().is_empty());
}

#[test]
fn a_listing_that_is_throttled_goes_on() {
    let (iam, serial_number) = with_device();
    iam.inject(Fault::throttle());
    let output = call(&["mfa_devices.List", "--param", "UserName=alice"], &iam);
    assert!(stdout(&output).contains(&serial_number), "{}", stderr(&output));
}
