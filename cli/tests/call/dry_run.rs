//! `pagesmith call --dry-run`

use std::fs;

use local_iam::LocalIam;

use super::support::command::{stderr, stdout};
use super::support::{copy, root};
use super::{call, command};

const ENABLE: [&str; 9] = [
    "mfa_devices.Enable",
    "--param",
    "UserName=alice",
    "--param",
    "SerialNumber=GA1",
    "--param",
    "AuthenticationCode1=123456",
    "--param",
    "AuthenticationCode2=654321",
];

#[test]
fn the_request_is_shown_without_its_secrets() {
    let iam = LocalIam::start_blocking().unwrap();
    let output = call(&[&ENABLE[..], &["--dry-run"]].concat(), &iam);
    let expected = format!(
        "POST {}/\ncontent-type: application/x-www-form-urlencoded; charset=utf-8\n\
         user-agent: pagesmith/{}\n\nAction=EnableMFADevice\nVersion=2010-05-08\nUserName=alice\n\
         SerialNumber=GA1\nAuthenticationCode1=[redacted]\nAuthenticationCode2=[redacted]\n",
        iam.endpoint_url(),
        env!("CARGO_PKG_VERSION"),
    );
    assert_eq!(stdout(&output), expected, "{}", stderr(&output));
    let output = call(&[&ENABLE[..], &["--dry-run", "--show-secrets"]].concat(), &iam);
    assert!(stdout(&output).ends_with("AuthenticationCode1=123456\nAuthenticationCode2=654321\n"));
    assert!(iam.requests().is_empty());
}

#[test]
fn a_secret_within_a_structure_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("seeds"), &folder.path().join("seeds"));
    let path = folder.path().join("seeds/aws/iam_api/service-2.json");
    let mut model: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    model["shapes"]["tagValueType"]["sensitive"] = true.into();
    fs::write(&path, model.to_string()).unwrap();
    let output = command(&["mfa_devices.Tag", "--region", "us-east-1", "--dry-run"])
        .args(["--param", "SerialNumber=GA1"])
        .args(["--param", r#"Tags=[{"Key":"team","Value":"hidden"}]"#])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let lines = "\nTags.member.1.Key=team\nTags.member.1.Value=[redacted]\n";
    assert!(stdout(&output).ends_with(lines), "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn the_request_is_json_where_that_is_asked_for() {
    let region = ["--region", "eu-central-1", "--dry-run", "--format", "json"];
    // No credentials are needed.
    let output = command(&[&ENABLE[..], &region].concat()).output().unwrap();
    let shown: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(shown["method"], "POST");
    assert_eq!(shown["url"], "https://iam.amazonaws.com/");
    assert_eq!(
        shown["headers"]["content-type"],
        "application/x-www-form-urlencoded; charset=utf-8"
    );
    assert_eq!(shown["body"]["Action"], "EnableMFADevice");
    assert_eq!(shown["body"]["AuthenticationCode1"], "[redacted]");
    assert_eq!(shown["body"]["UserName"], "alice");
}

#[test]
fn a_dry_run_finds_what_keeps_a_call_from_being_sent() {
    let output = command(&["mfa_devices.List", "--dry-run"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: no region is set\n"), "{}", stderr(&output));
    let endpoint = ["--region", "us-east-1", "--endpoint-url", "nowhere"];
    let output = command(&[&["mfa_devices.List", "--dry-run"], &endpoint[..]].concat()).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("\"nowhere\" (--endpoint-url)"), "{}", stderr(&output));
}
