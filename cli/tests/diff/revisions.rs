//! Two revisions of a git repository.

use std::path::Path;
use std::process::Command;

use crate::command::{run, stderr, stdout, write};
use crate::sample::{MODEL, edited, page};

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    let settings = [
        "-c",
        "user.name=Tests",
        "-c",
        "user.email=tests@example.com",
        "-c",
        "commit.gpgsign=false",
    ];
    let output = command.args(settings).args(arguments).current_dir(folder).output().unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A repository with two commits; `None`, with a word, where there is no git.
fn repository(old: &[(&str, &str)], new: &[(&str, &str)]) -> Option<tempfile::TempDir> {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("skipped: no git");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet"]);
    for files in [old, new] {
        for (name, text) in files {
            write(folder.path(), name, text);
        }
        git(folder.path(), &["add", "--all"]);
        git(folder.path(), &["commit", "--quiet", "--no-verify", "--message", "pages"]);
    }
    Some(folder)
}

#[test]
fn compares_two_revisions() {
    let other = edited(MODEL, &[(", \"Robot\"", "")]);
    let changed = edited(&page(), &[("`INSERT`", "`EXEC`")]);
    let groups = page().replace("users", "groups");
    let Some(folder) = repository(
        &[
            ("seeds/aws/iam/users.md", &page()),
            ("seeds/aws/iam/service-2.json", MODEL),
            ("seeds/aws/iam/index.md", "not a page"),
            ("README.md", "not a page"),
        ],
        &[("seeds/aws/iam/users.md", &changed), ("seeds/aws/iam/service-2.json", &other)],
    ) else {
        return;
    };
    // What is not committed does not count, and nothing is checked out.
    write(folder.path(), "seeds/aws/iam/groups.md", &groups);
    let output = run(folder.path(), &["--rev", "HEAD~1..HEAD"]);
    let said = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{said}{}", stderr(&output));
    assert!(said.contains("access-changed") && said.contains("enum-value-removed"), "{said}");
    assert!(said.contains("1 page before, 1 page now"), "{said}");
    assert!(said.contains("old: HEAD~1:seeds\nnew: HEAD:seeds\n"), "{said}");
    assert!(said.contains("new seeds/aws/iam/users.md:25:"), "{said}");
    // One page, with the model beside it; a folder; a side that is left out.
    let output = run(folder.path(), &["--rev", "HEAD~1..", "seeds/aws/iam/users.md"]);
    assert!(
        stdout(&output).contains("access-changed")
            && stdout(&output).contains("enum-value-removed")
    );
    for path in ["seeds/aws/", "./seeds/aws", "./seeds//aws/./iam/users.md"] {
        let output = run(folder.path(), &["--rev", "HEAD~1..HEAD", path]);
        assert_eq!(output.status.code(), Some(1), "{path}: {}", stderr(&output));
        assert!(stdout(&output).contains("enum-value-removed"), "{path}: {}", stdout(&output));
    }
    assert_eq!(run(folder.path(), &["--rev", "HEAD..HEAD"]).status.code(), Some(0));
    // Below the root of the repository, paths are from there.
    let output = run(&folder.path().join("seeds"), &["--rev", "HEAD~1..HEAD", "aws"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let output = run(&folder.path().join("seeds"), &["--rev", "HEAD~1..HEAD", "./"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(folder.path().join("seeds/aws/iam/groups.md").exists());
}

#[test]
fn says_what_is_missing() {
    let Some(folder) = repository(&[("seeds/aws/iam/users.md", &page())], &[("note.txt", "")])
    else {
        return;
    };
    let fails = |folder: &Path, arguments: &[&str], with: &str| {
        let output = run(folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stdout(&output).starts_with("status: ERROR\n"));
        assert!(stderr(&output).contains(with), "{arguments:?}: {}", stderr(&output));
    };
    fails(folder.path(), &["--rev", "nowhere..HEAD"], "there is no revision `nowhere`");
    fails(folder.path(), &["--rev=--help..HEAD"], "there is no revision `--help`");
    fails(folder.path(), &["--rev", "HEAD"], "is not a pair of revisions");
    fails(folder.path(), &["--rev", "HEAD...HEAD"], "is not a pair of revisions");
    fails(folder.path(), &["--rev", "HEAD~1..HEAD", "pages"], "there is no page at pages in HEAD");
    let outside = tempfile::tempdir().unwrap();
    fails(outside.path(), &["--rev", "HEAD~1..HEAD"], "not a git repository");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pagesmith"));
    let command = command.args(["diff", "--rev", "HEAD~1..HEAD"]).current_dir(folder.path());
    let output = command.env("PATH", "").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("git cannot be run"), "{}", stderr(&output));
}
