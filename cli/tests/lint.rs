//! `pagesmith lint`, through the binary.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::fs;

use support::command::{run, stderr, stdout};
use support::{root, seed};

#[test]
fn the_command_exits_as_it_says() {
    let folder = tempfile::tempdir().unwrap();
    support::copy(&root().join("seeds"), &folder.path().join("seeds"));
    let code = |arguments: &[&str]| run(arguments, folder.path()).status.code();
    assert_eq!(code(&["lint"]), Some(0));
    assert_eq!(code(&["lint", "--fail-on", "warning"]), Some(1));
    assert_eq!(code(&["lint", "--format", "xml"]), Some(2));
    assert_eq!(code(&["lint", "--seeds", "nowhere"]), Some(2));
    let path = folder.path().join("seeds/aws/iam_api/mfa_devices.md");
    fs::write(&path, seed("mfa_devices.md").replace("SerialNumber, Tags,", "SerialNo, Tags,"))
        .unwrap();
    let output = run(&["lint", "--format", "json"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("unknown-param") && stderr(&output).is_empty());
    fs::write(&path, "no page").unwrap();
    let output = run(&["lint"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("missing-front-matter"));
    for format in ["json", "github", "markdown"] {
        let output = run(&["lint", "--format", format], folder.path());
        assert_eq!((output.status.code(), stderr(&output)), (Some(2), String::new()));
        assert!(stdout(&output).contains("missing-front-matter"), "{}", stdout(&output));
        if format == "json" {
            let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
            assert_eq!(json["errors"], 1);
        }
    }
}
