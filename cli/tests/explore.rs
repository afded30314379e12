//! `pagesmith methods`, `describe` and `completions`, through the binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::fs;
use std::process::{Command, Stdio};

use support::command::{run, stderr, stdout};
use support::{root, seed};

const ID: &str = "aws.iam_api.mfa_devices";
const PAGE: &str = "seeds/aws/iam_api/mfa_devices.md";

fn json(arguments: &[&str]) -> Vec<serde_json::Value> {
    let output = run(arguments, &root());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

#[test]
fn methods_are_shown_as_stackql_shows_them_and_as_rust_calls_them() {
    let rows = json(&["methods", ID, "--format", "json"]);
    assert_eq!(rows.len(), 6);
    let row = &rows[1];
    let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["MethodName", "RequiredParams", "SQLVerb", "Rust"]);
    assert_eq!(row["MethodName"], "mfa_devices_Deactivate");
    assert_eq!(row["RequiredParams"], "SerialNumber, UserName, region");
    assert_eq!(row["SQLVerb"], "EXEC");
    assert_eq!(
        row["Rust"],
        "deactivate().serial_number(impl Into<SerialNumber>).user_name(impl Into<String>) -> ()"
    );
    assert_eq!(rows, json(&["methods", PAGE, "--format", "json"]));
}

#[test]
fn a_table_has_even_columns() {
    for arguments in [["methods", ID], ["describe", ID]] {
        let table = stdout(&run(&arguments, &root()));
        let widths: Vec<usize> = table.lines().map(|line| line.chars().count()).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    }
}

#[test]
fn fields_are_described() {
    let rows = json(&["describe", ID, "--format", "json"]);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["name"], "EnableDate");
    assert_eq!(rows[0]["type"], "string");
    assert_eq!(rows[0]["description"], "The date when the MFA device was enabled for the user.");
    assert_eq!(rows[0]["Rust"], "enable_date: time::OffsetDateTime");
}

#[test]
fn params_are_described_those_of_the_model_too() {
    for wanted in [format!("{ID}.List"), format!("{ID}.mfa_devices_List"), format!("{PAGE}.List")] {
        let rows = json(&["describe", &wanted, "--format", "json"]);
        let names: Vec<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["region", "UserName", "Marker", "MaxItems"], "{wanted}");
        assert_eq!(rows[0]["required"], true);
        assert_eq!(rows[3]["required"], false);
        assert_eq!(rows[3]["type"], "integer");
        assert_eq!(rows[3]["Rust"], "max_items(i32)");
    }
    let shown = stdout(&run(&["describe", &format!("{ID}.Untag")], &root()));
    assert!(shown.ends_with(
        "mfa_devices(client).untag().serial_number(impl Into<SerialNumber>)\
         .tag_keys(impl IntoIterator<Item = impl Into<String>>) -> ()\n"
    ));
}

#[test]
fn what_is_not_there_is_an_error_that_helps() {
    for (arguments, words) in [
        (["methods", "aws.iam_api.users"], "there is no page `aws.iam_api.users`"),
        (["methods", "../../x.y"], "there is no page"),
        (["methods", "aws.iam_api.mfa_devices.List"], "describe"),
        (["describe", "aws.iam_api.mfa_devices.Lst"], "it has List, Deactivate"),
    ] {
        let output = run(&arguments, &root());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn a_page_without_a_model_is_shown_without_rust() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("mfa_devices.md");
    fs::write(&page, seed("mfa_devices.md")).unwrap();
    let output = run(&["methods", "mfa_devices.md", "--format", "json"], folder.path());
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).starts_with("note: "));
    let rows: Vec<serde_json::Value> = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(rows[0]["Rust"], "");
}

#[test]
fn shells_are_completed() {
    for (shell, mark) in
        [("bash", "complete -F"), ("zsh", "#compdef pagesmith"), ("fish", "complete -c pagesmith")]
    {
        let script = stdout(&run(&["completions", shell], &root()));
        assert!(script.contains(mark), "{shell}");
        for verb in ["docs", "lint", "methods", "describe", "add", "check"] {
            assert!(script.contains(verb), "{shell} does not know {verb}");
        }
    }
    assert_eq!(run(&["completions", "cmd"], &root()).status.code(), Some(2));
}

#[test]
fn help_teaches_by_example() {
    for verb in ["docs", "lint", "methods", "describe", "add", "completions"] {
        let help = stdout(&run(&[verb, "--help"], &root()));
        assert!(help.contains("Examples:\n  pagesmith "), "{verb}: {help}");
    }
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pagesmith"))
        .args(["completions", "bash"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}
