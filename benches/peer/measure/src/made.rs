//! Packages that are written here, below `target/`: they stand on the code of all pages, which is not in
//! the repository.
//!
//! They are a workspace of their own with the lock file of this one, so that they get the same crates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::workspace::Workspace;
use crate::{Problem, generate};

const WORKSPACE: &str = "\
[workspace]
members = [\"calls-all\", \"calls-one\", \"iam-62-prebuilt\", \"job-iam-62-prebuilt\"]
resolver = \"3\"
";

/// As `iam-62`, without a build script.
const SDK: &str = "\
[features]
serde = [\"pagesmith-runtime/serde\"]

[dependencies]
pagesmith-runtime = { path = RUNTIME, default-features = false, features = [\"rustls\"] }
";

const JOB: &str = "\
[dependencies]
iam-62-prebuilt = { path = \"../iam-62-prebuilt\" }
job = { path = PEER }
pagesmith-runtime = { path = RUNTIME, default-features = false }
";

const CALLS: &str = "\
[dependencies]
iam-62-prebuilt = { path = \"../iam-62-prebuilt\", features = [\"serde\"] }
pagesmith-runtime = { path = RUNTIME, default-features = false }
serde = { version = \"1\", default-features = false, features = [\"std\"] }
serde_json = { version = \"1\", default-features = false, features = [\"std\"] }
tokio = { version = \"1\", default-features = false, features = [\"net\", \"rt\", \"time\"] }
";

/// What the calls of the generated functions stand on.
const CALLS_MAIN: &str = include_str!("made/calls.rs");

/// Writes the packages, their code of the pages laid out in `pages`. The first is their folder; the second
/// how many methods the pages have.
pub(crate) fn prepare(workspace: &Workspace, pages: &Path) -> Result<(PathBuf, f64), Problem> {
    let made = workspace.target.join("made");
    let generator = workspace.release(&["generate"])?.join("generate");
    let run = |what: &str, into: &Path| {
        generate::last(Command::new(&generator).arg(what).arg(pages).arg(into))
    };
    put(&made.join("Cargo.toml"), WORKSPACE)?;
    fs::copy(workspace.peer.join("Cargo.lock"), made.join("Cargo.lock"))?;

    let sdk = package(workspace, &made, "iam-62-prebuilt", SDK)?;
    put(
        &sdk.join("src/lib.rs"),
        "//! All pages of `aws.iam_api`.\n\ninclude!(\"../code/pages/mod.rs\");\n",
    )?;
    run("code", &sdk.join("code"))?;

    let job = package(workspace, &made, "job-iam-62-prebuilt", JOB)?;
    let calls = quoted(&workspace.peer.join("job-pagesmith/src/calls.rs"));
    let main = format!(
        "//! The job, with an SDK of all pages of `aws.iam_api` that was generated before.\n\n\
         #[path = {calls}]\nmod calls;\n\nuse iam_62_prebuilt::aws::iam_api as sdk;\nuse pagesmith_runtime::Client;\n\n\
         fn main() -> std::process::ExitCode {{\n    job::main::<calls::Pagesmith>()\n}}\n"
    );
    put(&job.join("src/main.rs"), &main)?;

    let mut methods = 0.0;
    for (name, what) in [("calls-one", "call-one"), ("calls-all", "call-all")] {
        let calls = package(workspace, &made, name, CALLS)?;
        put(&calls.join("src/main.rs"), CALLS_MAIN)?;
        let said = run(what, &calls.join("src/calls.rs"))?;
        methods = said.get("methods").and_then(Value::as_f64).unwrap_or_default();
    }
    Ok((made, methods))
}

fn package(workspace: &Workspace, made: &Path, name: &str, rest: &str) -> Result<PathBuf, Problem> {
    let rest = rest
        .replace("RUNTIME", &quoted(&workspace.root.join("runtime")))
        .replace("PEER", &quoted(&workspace.peer.join("job")));
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         publish = false\n\n{rest}"
    );
    let folder = made.join(name);
    put(&folder.join("Cargo.toml"), &manifest)?;
    Ok(folder)
}

/// Writes a file that is not so yet: what is as it was is not compiled again.
fn put(path: &Path, text: &str) -> Result<(), Problem> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}

/// As a text of TOML and of Rust.
fn quoted(path: &Path) -> String {
    Value::from(path.to_string_lossy().into_owned()).to_string()
}
