//! `pagesmith add`, through the binary: all of it, or none.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use support::command::{run, stderr, stdout};
use support::{root, seed};

/// Every file below a folder, with what is in it.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                files.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// A folder with the seed page and, apart from it, its model.
fn outside() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mfa_devices.md"), seed("mfa_devices.md")).unwrap();
    let model = folder.path().join("published");
    fs::create_dir(&model).unwrap();
    fs::write(model.join("service-2.json"), seed("service-2.json")).unwrap();
    fs::write(model.join("paginators-1.json"), seed("paginators-1.json")).unwrap();
    folder
}

#[test]
fn a_page_comes_to_an_empty_workspace() {
    let folder = outside();
    let output = run(&["add", "mfa_devices.md", "--model", "published"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let seeds = folder.path().join("seeds/aws/iam_api");
    assert_eq!(fs::read_to_string(seeds.join("mfa_devices.md")).unwrap(), seed("mfa_devices.md"));
    assert_eq!(fs::read_to_string(seeds.join("service-2.json")).unwrap(), seed("service-2.json"));
    assert!(folder.path().join("generated/aws/iam_api/mfa_devices.rs").is_file());
    assert_eq!(run(&["check"], folder.path()).status.code(), Some(0));
    // Again, and nothing is left to do.
    let before = snapshot(folder.path());
    let output = run(&["add", "mfa_devices.md"], folder.path());
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), String::new()));
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn a_model_keeps_what_was_imported_before_and_only_what_is_needed() {
    let folder = outside();
    let text = seed("mfa_devices.md");
    let (short, _) = text.split_once("| `mfa_devices_Enable`").unwrap();
    fs::write(folder.path().join("mfa_devices.md"), short).unwrap();
    run(&["add", "mfa_devices.md", "--model", "published"], folder.path());
    let model = folder.path().join("seeds/aws/iam_api/service-2.json");
    let first = fs::read_to_string(&model).unwrap();
    assert!(first.contains("ListMFADevices") && !first.contains("TagMFADevice"));

    fs::write(folder.path().join("mfa_devices.md"), &text).unwrap();
    let output = run(&["add", "mfa_devices.md", "--force"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--model DIR"), "{}", stderr(&output));
    let output = run(&["add", "mfa_devices.md", "--force", "--model", "published"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(fs::read_to_string(&model).unwrap().contains("TagMFADevice"));
}

#[test]
fn another_page_of_the_same_id_is_not_replaced_unasked() {
    let folder = outside();
    run(&["add", "mfa_devices.md", "--model", "published"], folder.path());
    let other = seed("mfa_devices.md").replace("The user with", "A user with");
    fs::write(folder.path().join("mfa_devices.md"), &other).unwrap();
    let before = snapshot(folder.path());
    let output = run(&["add", "mfa_devices.md"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--force"));
    assert_eq!(snapshot(folder.path()), before);
    assert_eq!(run(&["add", "mfa_devices.md", "--force"], folder.path()).status.code(), Some(0));
    let path = folder.path().join("seeds/aws/iam_api/mfa_devices.md");
    assert_eq!(fs::read_to_string(path).unwrap(), other);
    assert_eq!(run(&["check"], folder.path()).status.code(), Some(0));
}

#[test]
fn where_anything_is_wrong_nothing_is_written() {
    let folder = outside();
    support::copy(&root().join("seeds"), &folder.path().join("seeds"));
    let page = folder.path().join("mfa_devices.md");
    let cases = [
        ("no page at all".to_owned(), "missing-front-matter"),
        (seed("mfa_devices.md").replace("SerialNumber, Tags,", "SerialNo, Tags,"), "unknown-param"),
        (seed("mfa_devices.md").replace("mfa_devices_Tag`", "mfa_devices_Tie`"), "no-operation"),
    ];
    for (text, rule) in cases {
        fs::write(&page, text).unwrap();
        let before = snapshot(folder.path());
        let output = run(&["add", "mfa_devices.md", "--force"], folder.path());
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(rule), "{rule}: {}", stderr(&output));
        assert_eq!(snapshot(folder.path()), before);
    }
    fs::write(&page, seed("mfa_devices.md")).unwrap();
    let output = run(&["add", "mfa_devices.md", "--model", "nowhere"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let empty = tempfile::tempdir().unwrap();
    fs::copy(&page, empty.path().join("mfa_devices.md")).unwrap();
    let output = run(&["add", "mfa_devices.md"], empty.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--model DIR"));
    assert_eq!(snapshot(empty.path()).len(), 1);
}

/// The first page of a project is generated as the file beside it says.
#[test]
fn the_first_page_heeds_what_the_sdk_file_says() {
    let folder = outside();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    let file = folder.path().join("seeds/sdk.json");
    fs::write(&file, "{ \"serde\": true }").unwrap();
    let output = run(&["add", "mfa_devices.md", "--model", "published"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let code = fs::read_to_string(folder.path().join("generated/aws/iam_api/mfa_devices.rs"));
    assert!(code.unwrap().contains("serde_by_table!"));
    assert_eq!(run(&["check"], folder.path()).status.code(), Some(0));
}

/// Files cannot get as long as the code of the page is, so that writing fails half way.
#[cfg(unix)]
#[test]
fn where_writing_fails_all_is_put_back() {
    let folder = outside();
    fs::create_dir(folder.path().join("generated")).unwrap();
    fs::write(folder.path().join("generated/old.rs"), "// @generated by pagesmith.\n").unwrap();
    let before = snapshot(folder.path());
    let script = "trap '' XFSZ; ulimit -f 36; exec \"$0\" add mfa_devices.md --model published";
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_pagesmith")])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("error[unwritable-folder]"), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
    assert_eq!(snapshot(folder.path()), before);
    assert!(!folder.path().join("seeds").exists(), "a folder was left");
}

#[test]
fn a_page_that_the_settings_leave_out_is_not_added() {
    let folder = outside();
    let settings = "{ \"resources\": [\"aws.iam_api.users\"] }";
    fs::create_dir(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/sdk.json"), settings).unwrap();
    let before = snapshot(folder.path());
    let output = run(&["add", "mfa_devices.md", "--model", "published"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("error[left-out]") && said.contains("seeds/sdk.json:1:3"), "{said}");
    assert_eq!(snapshot(folder.path()), before);
}
