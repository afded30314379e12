//! Errors of the command that are not of a page or a model: each says what happened and what to do, once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use std::fs;

use support::command::{run, stderr};
use support::{copy, root};
use tempfile::TempDir;

fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("seeds"), &folder.path().join("seeds"));
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    folder
}

/// Each with the first line of what it says, and with the words of what to do next.
#[test]
fn errors_say_what_to_do_next() {
    const PAGE: &str = "seeds/aws/iam_api/mfa_devices.md";
    let folder = workspace();
    let all: &[(&[&str], &str, &str)] = &[
        (&["docs", "empty"], "error[no-pages]: there are no pages in empty", "pass a page"),
        (
            &["docs", "empty", "--out", "w"],
            "error[no-pages]: there are no pages in empty",
            "pass a page",
        ),
        (
            &["docs", "seeds", "--out", "file"],
            "error[unwritable-folder]: file is not a folder",
            "--out DIR",
        ),
        (
            &["docs", "seeds", "--out", "file/x"],
            "error[unwritable-folder]: the folder file/x cannot be read: Not a directory (os error 20)",
            "--out DIR",
        ),
        (
            &["generate", "--out", "file"],
            "error[unwritable-folder]: file is not a folder",
            "--out DIR",
        ),
        (
            &["check", "--out", "file"],
            "error[unwritable-folder]: file is not a folder",
            "--out DIR",
        ),
        (
            &["add", PAGE, "--out", "file"],
            "error[unwritable-folder]: file is not a folder",
            "--out DIR",
        ),
        (
            &["import", "seeds/aws/iam_api", "--into", "nowhere"],
            "error[unreadable-folder]: the folder nowhere cannot be read: No such file or directory (os error 2)",
            "pages of the service",
        ),
        (
            &["lint", "--format", "x"],
            "error: invalid value 'x' for '--format <FORMAT>': the formats are `text`, `markdown`, `json` and `github`",
            "--help",
        ),
        (
            &["diff", "--rev", "a..b"],
            "error[git]: git failed: fatal: not a git repository (or any of the parent directories): .git",
            "inside the git repository",
        ),
        #[cfg(feature = "call")]
        (
            &["call", "mfa_devices", "--region", "us-east-1"],
            "error: `mfa_devices` is a resource, not a method",
            "mfa_devices.List",
        ),
        #[cfg(feature = "call")]
        (
            &["call", "x", "--region", "us-east-1"],
            "error: there is no method `x`",
            "pagesmith methods PAGE",
        ),
        #[cfg(feature = "call")]
        (
            &["call", "mfa_devices.List", "--region", "us-east-1", "--param", "=x"],
            "error: --param number 1 does not have the form NAME=VALUE",
            "--param NAME=VALUE",
        ),
        #[cfg(feature = "call")]
        (
            &["call", "mfa_devices.Tag", "--region", "us-east-1", "--dry-run"],
            "error: the page requires `SerialNumber` and `Tags` of `aws.iam_api.mfa_devices.Tag` [TagMFADevice]",
            "pagesmith describe aws.iam_api.mfa_devices.Tag",
        ),
    ];
    for (arguments, problem, help) in all {
        let output = run(arguments, folder.path());
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        // Warnings on the pages come first.
        let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error")).collect();
        assert_eq!(errors, [*problem], "{arguments:?}: {said}");
        assert!(said.contains(help), "{arguments:?}: {said}");
    }
}

#[test]
fn a_page_that_is_named_twice_is_read_once() {
    let folder = workspace();
    let output = run(&["docs", "seeds", "./seeds", "--out", "written"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output =
        run(&["docs", "--check", "seeds", "seeds/aws/iam_api/mfa_devices.md"], folder.path());
    assert_eq!(support::command::stdout(&output), "1 page, 0 differ\n");
}
