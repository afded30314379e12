//! Generates packages below `target/`, because they need the code of all pages, which is not in the repository.
//!
//! They are a separate workspace with the lock file of this one, so that they have the same dependencies.

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

/// The manifest of `iam-62` without a build script.
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

/// The `main.rs` of the programs that call the generated functions.
const CALLS_MAIN: &str = include_str!("generated_crates/calls.rs");

/// Writes the packages, with the code for the pages in the folder `pages`. Returns the packages' folder, and how many
/// methods the pages have.
pub(crate) fn prepare(workspace: &Workspace, pages: &Path) -> Result<(PathBuf, f64), Problem> {
    let folder = workspace.target.join("generated_crates");
    let generator = workspace.release(&["generate"])?.join("generate");
    let run = |what: &str, into: &Path| {
        generate::last(Command::new(&generator).arg(what).arg(pages).arg(into))
    };
    write_if_changed(&folder.join("Cargo.toml"), WORKSPACE)?;
    fs::copy(workspace.peer.join("Cargo.lock"), folder.join("Cargo.lock"))?;

    let sdk = package(workspace, &folder, "iam-62-prebuilt", SDK)?;
    write_if_changed(
        &sdk.join("src/lib.rs"),
        "//! All pages of `aws.iam_api`.\n\ninclude!(\"../code/pages/mod.rs\");\n",
    )?;
    run("code", &sdk.join("code"))?;

    let job = package(workspace, &folder, "job-iam-62-prebuilt", JOB)?;
    let calls = quoted(&workspace.peer.join("job-pagesmith/src/calls.rs"));
    let main = format!(
        "//! The calls with an SDK of all pages of `aws.iam_api` from code that was generated before.\n\n\
         #[path = {calls}]\nmod calls;\n\nuse iam_62_prebuilt::aws::iam_api as sdk;\nuse pagesmith_runtime::Client;\n\n\
         fn main() -> std::process::ExitCode {{\n    job::main::<calls::Pagesmith>()\n}}\n"
    );
    write_if_changed(&job.join("src/main.rs"), &main)?;

    let mut methods = 0.0;
    for (name, what) in [("calls-one", "call-one"), ("calls-all", "call-all")] {
        let calls = package(workspace, &folder, name, CALLS)?;
        write_if_changed(&calls.join("src/main.rs"), CALLS_MAIN)?;
        let report = run(what, &calls.join("src/calls.rs"))?;
        methods = report.get("methods").and_then(Value::as_f64).unwrap_or_default();
    }
    Ok((folder, methods))
}

fn package(
    workspace: &Workspace,
    workspace_folder: &Path,
    name: &str,
    rest: &str,
) -> Result<PathBuf, Problem> {
    let rest = rest
        .replace("RUNTIME", &quoted(&workspace.root.join("runtime")))
        .replace("PEER", &quoted(&workspace.peer.join("job")));
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
         publish = false\n\n{rest}"
    );
    let folder = workspace_folder.join(name);
    write_if_changed(&folder.join("Cargo.toml"), &manifest)?;
    Ok(folder)
}

/// Writes a file if its content changes. Cargo does not compile unchanged files again.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Problem> {
    if fs::read_to_string(path).is_ok_and(|current| current == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}

/// A string literal of TOML and of Rust.
fn quoted(path: &Path) -> String {
    Value::from(path.to_string_lossy().into_owned()).to_string()
}
