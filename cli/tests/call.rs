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

#[path = "call/credentials.rs"]
mod credentials;
#[path = "call/dry_run.rs"]
mod dry_run;
#[path = "call/endpoint.rs"]
mod endpoint;
#[path = "call/responses.rs"]
mod responses;
#[path = "call/secrets.rs"]
mod secrets;

use std::process::{Command, Output};

use local_iam::{Fault, LocalIam};
use support::command::{stderr, stdout};
use support::root;

/// The command with nothing of this process's surroundings, in a machine that is not one of EC2.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pagesmith"));
    command.arg("call").args(arguments).current_dir(root()).env_clear();
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

/// The same, with what `iam` gives for its own.
fn command_to(arguments: &[&str], iam: &LocalIam) -> Command {
    let mut command = command(arguments);
    command
        .args(["--region", iam.region(), "--endpoint-url", iam.endpoint_url()])
        .env("AWS_ACCESS_KEY_ID", iam.access_key_id())
        .env("AWS_SECRET_ACCESS_KEY", iam.secret_access_key());
    command
}

fn call(arguments: &[&str], iam: &LocalIam) -> Output {
    command_to(arguments, iam).output().unwrap()
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
    for (arguments, message, help) in [
        (
            &["mfa_devices.Untag"][..],
            "error: the page requires `SerialNumber` and `TagKeys` of `aws.iam_api.mfa_devices.Untag` [UntagMFADevice]",
            "--param NAME=VALUE",
        ),
        (
            &["mfa_devices.Lst"],
            "error: there is no method `mfa_devices.Lst`; did you mean `mfa_devices.List`?",
            "",
        ),
        (
            &["mfa_devices.List", "--param", "UsrName=a"],
            "error: there is no param or member `UsrName`; did you mean `UserName`? [ListMFADevices]",
            "pagesmith describe",
        ),
        (
            &["mfa_devices.List", "--param", "MaxItems=many"],
            "error: `MaxItems` is not an integer of 32 bits [ListMFADevices]",
            "",
        ),
        (
            // It may be a one-time code whose name was forgotten.
            &["mfa_devices.List", "--param", "UserName=a", "--param", "123456"],
            "error: --param number 2 does not have the form NAME=VALUE",
            "--param NAME=VALUE",
        ),
        (
            &["mfa_devices.List", "--param", "UserName=a", "--param", "UserName=b"],
            "error: the param `UserName` is set twice",
            "once",
        ),
        (
            &["mfa_devices.Untag", "--param", "TagKeys=[\"a\""],
            "error: the value of `TagKeys` is not JSON: EOF while parsing a list at line 1 column 4",
            "pagesmith describe aws.iam_api.mfa_devices.Untag",
        ),
        (
            &["mfa_devices.List", "--param", "UserName=@nowhere.txt"],
            "error: cannot read the file nowhere.txt for `UserName`: No such file or directory (os error 2)",
            "",
        ),
    ] {
        let output = call(arguments, &iam);
        let said = stderr(&output);
        assert_eq!(said.lines().next(), Some(message), "{said}");
        assert!(said.contains(help), "{said}");
        assert!(!said.contains("123456"), "{said}");
        assert_eq!(output.status.code(), Some(2));
    }
    assert!(iam.requests().is_empty());
}

#[test]
fn a_listing_that_is_throttled_goes_on() {
    let (iam, serial_number) = with_device();
    iam.inject(Fault::throttle());
    let output = call(&["mfa_devices.List", "--param", "UserName=alice"], &iam);
    assert!(stdout(&output).contains(&serial_number), "{}", stderr(&output));
}
