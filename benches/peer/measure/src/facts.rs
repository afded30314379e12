//! Facts on which the figures depend. They do not identify a single machine.

use std::process::Command;

use serde_json::{Map, Value, json};

use crate::Problem;
use crate::workspace::{Workspace, output};

/// The crates whose versions affect the figures most.
const CRATES: &[&str] = &[
    "aws-config",
    "aws-sdk-iam",
    "aws-sigv4",
    "aws-smithy-http-client",
    "aws-smithy-runtime",
    "hyper",
    "hyper-util",
    "pagesmith",
    "pulldown-cmark",
    "quick-xml",
    "reqwest",
    "rustls",
    "tokio",
];

pub(crate) fn facts(workspace: &Workspace) -> Result<Value, Problem> {
    let cores = std::thread::available_parallelism()?.get();
    let (commit, uncommitted) = commit(workspace);
    Ok(json!({
        "cores": cores,
        "cpu": cpu(),
        "rustc": rustc()?,
        "valgrind": valgrind(),
        "commit": commit,
        "uncommitted": uncommitted,
        "crates": crates(workspace)?,
    }))
}

/// The paths on which figures depend: all except those that contain figures.
const PATHS: [&str; 4] = [".", ":!benches/results", ":!benches/budget.json", ":!README.md"];

/// The last commit that changed files on which figures depend, if there is one, and whether there are uncommitted
/// changes.
pub(crate) fn commit(workspace: &Workspace) -> (Option<String>, bool) {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(arguments).arg("--").args(PATHS).current_dir(&workspace.root);
        output(&mut command).ok().map(|text| text.trim().to_owned())
    };
    let commit = git(&["rev-list", "-1", "HEAD"]);
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]);
    (commit, changed.is_none_or(|changed| !changed.is_empty()))
}

pub(crate) fn rustc() -> Result<String, Problem> {
    Ok(output(Command::new("rustc").arg("--version"))?.trim().to_owned())
}

pub(crate) fn valgrind() -> Option<String> {
    output(Command::new("valgrind").arg("--version")).ok().map(|text| text.trim().to_owned())
}

fn cpu() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    line.split_once(':').map(|(_, name)| name.trim().to_owned())
}

/// Versions from the lock file.
fn crates(workspace: &Workspace) -> Result<Value, Problem> {
    let lock = std::fs::read_to_string(workspace.peer.join("Cargo.lock"))?;
    let mut found: Map<String, Value> = Map::new();
    let mut name = "";
    for line in lock.lines() {
        if let Some(value) = quoted(line, "name = ") {
            name = value;
        } else if let Some(version) = quoted(line, "version = ")
            && CRATES.contains(&name)
        {
            // There may be two versions of a crate.
            let all = match found.get(name).and_then(Value::as_str) {
                Some(other) => format!("{other}, {version}"),
                None => version.to_owned(),
            };
            found.insert(name.to_owned(), all.into());
        }
    }
    Ok(Value::Object(found))
}

fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.strip_prefix(key)?.strip_prefix('"')?.strip_suffix('"')
}
