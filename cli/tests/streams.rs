//! What becomes of the results where standard output does not take them, for every subcommand, through the
//! binary.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::command::{run, stderr};
use support::{copy, root, seed};
use tempfile::TempDir;

/// A folder with the repository's seeds, what is generated from them, a published model, and a page that
/// has changed.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("seeds"), &folder.path().join("seeds"));
    copy(&root().join("seeds/aws/iam_api"), &folder.path().join("published"));
    let page = seed("mfa_devices.md").replace("Untag", "Unlabel");
    fs::create_dir(folder.path().join("changed")).unwrap();
    fs::write(folder.path().join("changed/mfa_devices.md"), page).unwrap();
    assert_eq!(run(&["generate"], folder.path()).status.code(), Some(0));
    folder
}

/// Every subcommand with arguments under which it has something to say and exits with the code beside it.
fn subcommands() -> Vec<(&'static [&'static str], i32)> {
    const ID: &str = "aws.iam_api.mfa_devices";
    const PAGE: &str = "seeds/aws/iam_api/mfa_devices.md";
    let all: Vec<(&[&str], i32)> = vec![
        (&["--help"], 0),
        (&["--version"], 0),
        (&["check", "--help"], 0),
        (&["generate"], 0),
        (&["check"], 0),
        (&["docs", PAGE], 0),
        (&["docs", "--check", "seeds"], 0),
        (&["docs", "seeds", "--out", "written"], 0),
        (&["lint"], 0),
        (&["methods", ID], 0),
        (&["describe", ID], 0),
        #[cfg(feature = "call")]
        (&["call", "mfa_devices.List", "--region", "us-east-1", "--dry-run"], 0),
        (&["add", PAGE, "--out", "added"], 0),
        (&["import", "published", "--into", "seeds/aws/iam_api"], 0),
        (&["diff", PAGE, "changed/mfa_devices.md"], 1),
        (&["completions", "bash"], 0),
    ];
    // A subcommand that is new belongs into this list.
    let help = support::command::stdout(&run(&["--help"], &root()));
    let (_, rest) = help.split_once("Commands:\n").unwrap();
    for line in rest.lines().take_while(|line| !line.is_empty()) {
        let verb = line.split_whitespace().next().unwrap();
        let is_there = verb == "help" || all.iter().any(|(arguments, _)| arguments[0] == verb);
        assert!(is_there, "`{verb}` is not in the list");
    }
    all
}

fn into(stream: impl Into<Stdio>, arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pagesmith"))
        .args(arguments)
        .current_dir(folder)
        .stdout(stream)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap()
}

#[test]
fn results_that_cannot_be_written_are_an_error() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        eprintln!("skipped: there is no /dev/full");
        return;
    }
    let folder = workspace();
    for (arguments, _) in subcommands() {
        let full = OpenOptions::new().write(true).open(full).unwrap();
        let output = into(full, arguments, folder.path());
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        let lost = "error: cannot write to standard output: ";
        assert_eq!(said.lines().filter(|line| line.starts_with(lost)).count(), 1, "{said}");
    }
}

#[test]
fn a_reader_that_has_read_enough_is_not_an_error() {
    let folder = workspace();
    for (arguments, code) in subcommands() {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let output = into(writer, arguments, folder.path());
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(!said.contains("standard output"), "{arguments:?}: {said}");
    }
}
