//! How responses are shown that are not rows.

use std::fs;

use tempfile::TempDir;

use super::command;
use super::endpoint::responding;
use super::support::command::{stderr, stdout};
use super::support::{copy, root};

/// Pages whose method `Untag` gives something of its own.
fn pages() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("seeds"), &folder.path().join("seeds"));
    let model = folder.path().join("seeds/aws/iam_api/service-2.json");
    let text = fs::read_to_string(&model).unwrap();
    let mut model_json: serde_json::Value = serde_json::from_str(&text).unwrap();
    model_json["operations"]["UntagMFADevice"]["output"] =
        serde_json::json!({ "shape": "Untagged", "resultWrapper": "UntagMFADeviceResult" });
    model_json["shapes"]["Untagged"] = serde_json::json!({ "type": "structure", "members": {
        "Removed": { "shape": "UntaggedCount" },
        "Device": { "shape": "UntaggedDevice" },
    } });
    model_json["shapes"]["UntaggedCount"] = serde_json::json!({ "type": "integer" });
    model_json["shapes"]["UntaggedDevice"] = serde_json::json!({ "type": "structure", "members": {
        "Note": { "shape": "userNameType" },
    } });
    fs::write(&model, model_json.to_string()).unwrap();
    folder
}

const RESPONSE: &str = "<UntagMFADeviceResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
    <UntagMFADeviceResult><Removed>2</Removed><Device><Note>two\nlines</Note></Device>\
    </UntagMFADeviceResult></UntagMFADeviceResponse>";

#[test]
fn a_response_without_rows_is_shown_as_fields_and_values() {
    let folder = pages();
    let endpoint = responding(RESPONSE);
    let run = |more: &[&str]| {
        let output = command(&["mfa_devices.Untag", "--region", "us-east-1"])
            .args(["--endpoint-url", &endpoint.url])
            .args(["--param", "SerialNumber=GA1", "--param", "TagKeys=[\"a\"]"])
            .args(more)
            .current_dir(folder.path())
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let table = "| field       | value      |\n|-------------|------------|\n\
                 | Removed     | 2          |\n| Device.Note | two\\nlines |\n";
    assert_eq!(run(&[]), table);
    let shown: serde_json::Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    let sent = endpoint.requests.recv().unwrap();
    assert!(sent.contains("Action=UntagMFADevice"), "{sent}");
    let whole = serde_json::json!({ "Removed": 2, "Device": { "Note": "two\nlines" } });
    assert_eq!(shown, whole);
}
