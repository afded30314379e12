//! The command itself: what it exits with, and what it writes where.

use std::path::Path;
use std::process::{Command, Output};

use crate::sample::{MODEL, edited, page};

pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pagesmith"));
    command.arg("diff").args(arguments).current_dir(folder).env_remove("GITHUB_STEP_SUMMARY");
    command
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Folders `old` and `new`, with a page each.
fn folders(edits: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "old/aws/iam/users.md", &page());
    write(folder.path(), "new/aws/iam/users.md", &edited(&page(), edits));
    folder
}

#[test]
fn exits_by_the_worst() {
    let code = |edits: &[(&str, &str)], more: &[&str]| {
        let folder = folders(edits);
        let output = run(folder.path(), &[&["old", "new"], more].concat());
        (
            output.status.code().unwrap(),
            stdout(&output).lines().next().unwrap_or_default().to_owned(),
        )
    };
    let is = |code: i32, status: &str| (code, format!("status: {status}"));
    assert_eq!(code(&[], &[]), is(0, "OK"));
    assert_eq!(code(&[("`INSERT`", "`EXEC`")], &[]), is(1, "BREAKING"));
    assert_eq!(code(&[("aws.iam.users", "aws.iam.users")], &["--fail-on", "warning"]), is(0, "OK"));
    assert_eq!(code(&[("`Arn` | `string`", "`Arn` | `sting`")], &[]), is(2, "ERROR"));
}

#[test]
fn fails_on_warnings_where_asked() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "old/aws/iam/users.md", &page());
    write(
        folder.path(),
        "new/aws/identity/users.md",
        &page().replace("aws.iam.users", "aws.identity.users"),
    );
    assert_eq!(run(folder.path(), &["old", "new"]).status.code(), Some(0));
    assert_eq!(run(folder.path(), &["old", "new", "--fail-on", "warning"]).status.code(), Some(1));
}

#[test]
fn a_page_that_does_not_parse_is_an_error() {
    let folder = folders(&[("## Methods", "## Method")]);
    for (format, sign) in [
        ("text", "status: ERROR\n"),
        ("markdown", "## Pages: ERROR\n"),
        ("json", "\"status\": \"ERROR\""),
        ("github", "status: ERROR\n::error file=new/aws/iam/users.md,line="),
    ] {
        let output = run(folder.path(), &["old", "new", "--format", format]);
        let said = stdout(&output);
        assert_eq!(output.status.code(), Some(2));
        assert!(said.contains(sign), "{said}");
        assert!(!said.contains("removed") && !said.contains("no changes"), "{said}");
        assert!(stderr(&output).contains("new/aws/iam/users.md:"), "{}", stderr(&output));
    }
    // Neither is a side that is not there.
    let output = run(folder.path(), &["old", "nowhere"]);
    assert_eq!((output.status.code(), stderr(&output).contains("nowhere")), (Some(2), true));
    write(folder.path(), "empty/readme.txt", "");
    let output = run(folder.path(), &["old", "empty"]);
    assert_eq!((output.status.code(), stderr(&output).contains("no-pages")), (Some(2), true));
    // Nor two pages of one resource.
    write(folder.path(), "twice/a/aws/iam/users.md", &page());
    write(folder.path(), "twice/b/aws/iam/users.md", &page());
    let output = run(folder.path(), &["twice", "old"]);
    assert_eq!((output.status.code(), stderr(&output).contains("duplicate-page")), (Some(2), true));
}

#[test]
fn two_pages_are_compared_whatever_their_ids() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "users.md", &page());
    write(
        folder.path(),
        "crews.md",
        &page().replace("users", "crews").replace("the crews", "the users"),
    );
    let output = run(folder.path(), &["users.md", "crews.md"]);
    let said = stdout(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("page-renamed") && said.contains("1 breaking;"), "{said}");
}

#[test]
fn models_beside_pages_are_compared() {
    let folder = folders(&[]);
    write(folder.path(), "old/aws/iam/service-2.json", MODEL);
    let new = edited(MODEL, &[(", \"Robot\"", "")]);
    write(folder.path(), "new/aws/iam/service-2.json", &new);
    for (old, new) in [("old", "new"), ("old/aws/iam/users.md", "new/aws/iam/users.md")] {
        let output = run(folder.path(), &[old, new]);
        assert!(stdout(&output).contains("enum-value-removed"), "{}", stdout(&output));
    }
    write(folder.path(), "new/aws/iam/service-2.json", "{");
    assert_eq!(run(folder.path(), &["old", "new"]).status.code(), Some(2));
    // A model that the page cannot be bound to is told of.
    let unbound = edited(MODEL, &[("\"CreateUser\": {", "\"MakeUser\": {")])
        .replace("\"name\": \"CreateUser\"", "\"name\": \"MakeUser\"");
    write(folder.path(), "new/aws/iam/service-2.json", &unbound);
    let output = run(folder.path(), &["old", "new"]);
    assert!(
        stdout(&output).contains("note: the Rust types of new were not compared"),
        "{}",
        stdout(&output)
    );
    std::fs::remove_file(folder.path().join("new/aws/iam/service-2.json")).unwrap();
    assert!(
        stdout(&run(folder.path(), &["old", "new"])).contains("note: only old has a service model")
    );
}

#[test]
fn accepts_what_a_file_accepts() {
    let folder = folders(&[("`INSERT`", "`EXEC`")]);
    let file = r#"{ "accepted": [{ "change": "access-changed", "subject": "aws.iam.users.Create", "reason": "agreed" }] }"#;
    write(folder.path(), "accepted.json", file);
    let output = run(folder.path(), &["old", "new", "--accept", "accepted.json"]);
    let said = stdout(&output);
    assert_eq!(output.status.code(), Some(0));
    assert!(said.starts_with("status: OK\n") && said.contains("accepted: agreed"), "{said}");
    let output = run(folder.path(), &["old", "old", "--accept", "accepted.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("stale-acceptance"), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("status: ERROR\n"));
    assert_eq!(run(folder.path(), &["old", "new", "--accept", "none.json"]).status.code(), Some(2));
}

#[test]
fn writes_the_summary_of_a_job() {
    let folder = folders(&[("`INSERT`", "`EXEC`")]);
    write(folder.path(), "summary.md", "before\n");
    let summary = folder.path().join("summary.md");
    let mut command = command(folder.path(), &["old", "new", "--format", "github"]);
    let output = command.env("GITHUB_STEP_SUMMARY", &summary).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains(
            "::error file=new/aws/iam/users.md,line=25,col=21,endColumn=25,title=access-changed::aws.iam.users:"
        ),
        "{}",
        stdout(&output)
    );
    let summary = std::fs::read_to_string(summary).unwrap();
    assert!(summary.starts_with("before\n## Pages: BREAKING\n"), "{summary}");
    let mut command = self::command(folder.path(), &["old", "new", "--format", "github"]);
    let output = command.env("GITHUB_STEP_SUMMARY", folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn says_how_it_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let code = |arguments: &[&str]| run(folder.path(), arguments).status.code();
    assert_eq!(code(&[]), Some(2));
    assert_eq!(code(&["old"]), Some(2));
    assert_eq!(code(&["old", "new", "--rev", "a..b"]), Some(2));
    assert_eq!(code(&["--help"]), Some(0));
}

#[test]
fn says_the_same_again() {
    let folder =
        folders(&[("`INSERT`", "`EXEC`"), ("users_List", "users_Show"), ("`Arn`", "`Arns`")]);
    for format in ["text", "markdown", "json", "github"] {
        let said = || run(folder.path(), &["old", "new", "--format", format]).stdout;
        assert_eq!(said(), said(), "{format}");
    }
}

#[test]
fn a_page_can_be_named_by_its_id() {
    let folder = folders(&[("`INSERT`", "`EXEC`")]);
    std::fs::rename(folder.path().join("old"), folder.path().join("seeds")).unwrap();
    let output = run(folder.path(), &["aws.iam.users", "new/aws/iam/users.md"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("access-changed"), "{}", stdout(&output));
}
