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
        let shown = stdout(&run(&arguments, &root()));
        let table = shown.lines().take_while(|line| !line.is_empty());
        let widths: Vec<usize> = table.map(|line| line.chars().count()).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{shown}");
    }
}

#[test]
fn methods_fit_a_terminal() {
    let shown = stdout(&run(&["methods", ID], &root()));
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    // All is there, in as many lines as it takes.
    assert!(shown.contains("| mfa_devices_Enable     | AuthenticationCode1,"), "{shown}");
    for param in ["AuthenticationCode2", "SerialNumber", "UserName", "region"] {
        assert!(shown.contains(param), "{shown}");
    }
    assert!(
        shown.contains(
            "\nIn Rust:\n  mfa_devices(client).list() -> ListMfaDevicesOutput\n  mfa_devices(client)\n      .deactivate()\n"
        ),
        "{shown}"
    );
}

/// What follows the name in each of the subcommands that take one.
#[test]
fn a_resource_and_a_method_go_by_any_of_their_names() {
    let resource = [
        "aws.iam_api.mfa_devices",
        "iam_api.mfa_devices",
        "mfa_devices",
        "aws::iam_api::mfa_devices",
    ];
    let whole = stdout(&run(&["methods", ID], &root()));
    for name in resource {
        assert_eq!(stdout(&run(&["methods", name], &root())), whole, "{name}");
        let fields = run(&["describe", name], &root());
        assert_eq!(fields.status.code(), Some(0), "{name}: {}", stderr(&fields));
    }
    let method = ["Enable", "enable", "mfa_devices_Enable", "mfa_devices_enable"];
    let params = stdout(&run(&["describe", &format!("{ID}.Enable")], &root()));
    let names = resource.iter().chain([&PAGE]).flat_map(|name| {
        let join = if name.contains("::") { "::" } else { "." };
        method.map(|method| format!("{name}{join}{method}"))
    });
    for name in names {
        let output = run(&["describe", &name], &root());
        assert_eq!(stdout(&output), params, "{name}: {}", stderr(&output));
        #[cfg(feature = "call")]
        {
            let called = ["call", &name, "--region", "us-east-1", "--dry-run"];
            let params = ["UserName=a", "SerialNumber=b", "AuthenticationCode1=1"]
                .iter()
                .chain(&["AuthenticationCode2=2"])
                .flat_map(|param| ["--param", param]);
            let arguments: Vec<&str> = called.into_iter().chain(params).collect();
            let output = run(&arguments, &root());
            assert!(stdout(&output).contains("EnableMFADevice"), "{name}: {}", stderr(&output));
        }
    }
}

#[test]
fn a_name_that_could_be_several_is_an_error_that_lists_them() {
    let folder = tempfile::tempdir().unwrap();
    support::copy(&root().join("seeds/aws/iam_api"), &folder.path().join("seeds/aws/iam_api"));
    let other = folder.path().join("seeds/aws/iam");
    fs::create_dir_all(&other).unwrap();
    let page = seed("mfa_devices.md").replace("iam_api", "iam");
    fs::write(
        other.join("mfa_devices.md"),
        page.replace("mfa_devices_Untag", "mfa_devices_Unlabel"),
    )
    .unwrap();
    let output = run(&["methods", "mfa_devices"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let several = "error[ambiguous-name]: `mfa_devices` is ambiguous: it matches `aws.iam.mfa_devices` and \
                   `aws.iam_api.mfa_devices`\n";
    assert!(stderr(&output).starts_with(several), "{}", stderr(&output));
    assert_eq!(run(&["methods", "iam.mfa_devices"], folder.path()).status.code(), Some(0));
    // Only one of them has the method.
    for method in ["mfa_devices.Untag", "mfa_devices::untag"] {
        let output = run(&["describe", method], folder.path());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
}

#[test]
fn seeds_that_are_not_there_are_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = vec![
        &["generate"][..],
        &["check"],
        &["lint"],
        &["methods", "mfa_devices"],
        &["describe", "mfa_devices"],
    ];
    if cfg!(feature = "call") {
        all.push(&["call", "mfa_devices.List", "--region", "us-east-1"]);
    }
    for arguments in all {
        let output = run(&[arguments, &["--seeds", "nowhere"]].concat(), folder.path());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = stderr(&output);
        assert!(
            said.starts_with("error[unreadable-folder]: the folder nowhere does not exist\n"),
            "{said}"
        );
        assert!(said.contains("--seeds DIR"), "{said}");
    }
}

#[test]
fn fields_are_described() {
    let rows = json(&["describe", ID, "--format", "json"]);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["name"], "EnableDate");
    assert_eq!(rows[0]["type"], "string");
    assert_eq!(rows[0]["description"], "The date when the MFA device was enabled for the user.");
    assert_eq!(rows[0]["Rust"], "enable_date: OffsetDateTime");
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
    assert!(
        shown.ends_with(
            "\n\nmfa_devices(client)\n    .untag()\n    .serial_number(impl Into<SerialNumber>)\n    \
             .tag_keys(impl IntoIterator<Item = impl Into<String>>) -> ()\n\n\
             UntagMFADevice: POST / (query), signed with Signature Version 4 for iam\n"
        ),
        "{shown}"
    );
}

#[test]
fn what_is_not_there_is_an_error_that_helps() {
    for (arguments, words) in [
        (["methods", "aws.iam_api.users"], "there is no page `aws.iam_api.users`"),
        (["methods", "mfa_device"], "there is no page `mfa_device`; did you mean `mfa_devices`?"),
        (["methods", "../../x.y"], "there is no page"),
        (["methods", "aws.iam_api.mfa_devices.List"], "describe"),
        (["describe", "aws.iam_api.mfa_devices.Lst"], "its methods are List, Deactivate"),
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
fn help_teaches_by_example_and_lists_the_exit_codes() {
    let help = stdout(&run(&["--help"], &root()));
    assert!(help.contains("\nExit codes:\n  0  "), "{help}");
    let (_, verbs) = help.split_once("Commands:\n").unwrap();
    for verb in verbs.lines().take_while(|line| !line.is_empty()) {
        let verb = verb.split_whitespace().next().unwrap();
        if verb == "help" {
            continue;
        }
        let help = stdout(&run(&[verb, "--help"], &root()));
        assert!(help.contains("\nExamples:\n  pagesmith "), "{verb}: {help}");
        assert!(help.contains("\nExit codes:\n  0  "), "{verb}: {help}");
        assert!(help.contains("\n  2  "), "{verb}: {help}");
        for line in help.lines().skip_while(|line| *line != "Examples:") {
            assert!(line.chars().count() <= 100, "{verb}: {line}");
        }
    }
}
