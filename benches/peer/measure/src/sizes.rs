//! Measures what a method adds to a program, and what a feature adds to a build.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::builds::empty;
use crate::cargo::{Cargo, stripped};
use crate::results::{Record, object};
use crate::workspace::{Workspace, output, run};
use crate::{Options, Problem, generated_crates, pages};

/// The measured sets of features: the name in tables, and the enabled features.
pub(crate) const FEATURES: &[(&str, &str)] = &[
    ("default", "default"),
    ("aws-lc-rs", "aws-lc-rs"),
    ("native-tls", "native-tls"),
    ("serde", "default,serde"),
    ("blocking", "default,blocking"),
    ("dynamic", "default,dynamic"),
    ("aws-config", "default,aws-config"),
];

/// The program whose features can be selected.
const PROGRAM: &str = "job-pagesmith-features";

/// Measures stripped release programs that call one method of the 62 pages, and all of them.
pub(crate) fn methods(workspace: &Workspace, options: &Options) -> Result<(), Problem> {
    let pages = match pages::prepare(workspace)? {
        Ok(pages) => pages,
        Err(why) => {
            eprintln!("skipped: bytes per method: {why}");
            return Ok(());
        }
    };
    let (folder, methods) = generated_crates::prepare(workspace, &pages)?;
    let mut record = Record::open(workspace, options, "methods")?;
    let target = workspace.target.join("measure/programs");
    let mut sizes = [0.0; 2];
    for (size, package) in sizes.iter_mut().zip(["calls-one", "calls-all"]) {
        eprintln!("building {package}, release");
        let folder = folder.clone();
        let profile = "release";
        Cargo { workspace, folder, package, profile, target: &target, features: None }.build()?;
        let Some(bytes) = stripped(&target.join("release").join(package))? else { return Ok(()) };
        record.figures.insert(format!("{package}, bytes"), json!(bytes));
        *size = bytes as f64;
    }
    let [one, all] = sizes;
    record.figures.insert("methods".to_owned(), json!(methods));
    let each = ((all - one) / (methods - 1.0)).round();
    record.figures.insert("bytes per method".to_owned(), json!(each));
    record.write()
}

/// Measures a clean debug build and a release program with each set of features.
pub(crate) fn features(workspace: &Workspace, options: &Options) -> Result<(), Problem> {
    run(workspace.cargo().args(["fetch", "--locked"]))?;
    let mut record = Record::open(workspace, options, "features")?;
    for (name, features) in FEATURES.iter().filter(|(name, _)| options.has(name)) {
        let results = object(&mut record.figures, name)?;
        if *name == "native-tls" && !has_openssl() {
            eprintln!("skipped: native-tls: there are no OpenSSL headers");
            results.insert("skipped".to_owned(), json!("there were no OpenSSL headers"));
            continue;
        }
        results.remove("skipped");
        if results.contains_key("binary_bytes") && !options.fresh && !options.quick {
            continue;
        }
        eprintln!("building with {name}");
        let target = workspace.target.join("measure/build-features");
        empty(&target)?;
        let debug = cargo(workspace, "debug", features, &target).build()?;
        std::fs::remove_dir_all(&target)?;
        // Only the size is measured, so crates that are already compiled can be reused.
        let target = workspace.target.join("measure/programs");
        cargo(workspace, "release", features, &target).build()?;
        let bytes = stripped(&target.join("release").join(PROGRAM))?;
        results.insert("features".to_owned(), json!(features));
        results.insert("crates".to_owned(), json!(crates(workspace, features)?));
        results.insert("debug_wall_s".to_owned(), json!(debug.wall));
        results.insert("debug_cpu_s".to_owned(), json!(debug.cpu));
        results.insert("binary_bytes".to_owned(), bytes.map_or(Value::Null, |bytes| json!(bytes)));
        record.write()?;
    }
    record.write()
}

fn cargo<'a>(
    workspace: &'a Workspace,
    profile: &'a str,
    features: &'a str,
    target: &'a std::path::Path,
) -> Cargo<'a> {
    let folder = workspace.peer.clone();
    Cargo { workspace, folder, package: PROGRAM, profile, target, features: Some(features) }
}

/// The number of crates in the build of pagesmith with `features`, including itself and those of its build script.
fn crates(workspace: &Workspace, features: &str) -> Result<usize, Problem> {
    let mut command = workspace.cargo();
    command.current_dir(&workspace.root);
    command.args(["tree", "--package", "pagesmith", "--edges", "normal,build", "--prefix", "none"]);
    command.args(["--no-dedupe", "--no-default-features", "--features", features, "--locked"]);
    Ok(names(&output(&mut command)?).len())
}

/// Names and versions of the crates in the output of `cargo tree`. The rest of each line is the source.
pub(crate) fn names(tree: &str) -> BTreeSet<String> {
    let lines = tree.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

fn has_openssl() -> bool {
    let mut command = Command::new("pkg-config");
    command.args(["--exists", "openssl"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
