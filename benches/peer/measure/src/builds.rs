//! Measures clean builds and rebuilds of the programs, in turn.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::{Map, Value, json};

use crate::cargo::{Cargo, stripped};
use crate::programs::{PROGRAMS, Program, Uses};
use crate::results::{Record, object, push};
use crate::workspace::{Workspace, run};
use crate::{Options, Problem, generated_crates, pages};

/// How often a program without a target is built.
const ONCE: usize = 1;

pub(crate) fn measure(workspace: &Workspace, options: &Options) -> Result<(), Problem> {
    // So that no build waits for downloads.
    run(workspace.cargo().args(["fetch", "--locked"]))?;
    let all: Vec<&Program> = PROGRAMS.iter().filter(|program| options.wants(program)).collect();
    let mut all_pages = Err("no selected program needs it".to_owned());
    if all.iter().any(|program| program.needs_all_pages()) {
        all_pages = pages::prepare(workspace)?;
        match &all_pages {
            Ok(pages) => drop(generated_crates::prepare(workspace, pages)?),
            Err(why) => eprintln!("skipped: the crate of 62 pages: {why}"),
        }
    }
    let all = || all.iter().filter(|program| all_pages.is_ok() || !program.needs_all_pages());
    let once: Vec<&str> =
        all().filter(|program| !program.judged).map(|program| program.package).collect();
    if options.rounds > ONCE && !once.is_empty() {
        eprintln!("built once, because no target depends on them: {}", once.join(", "));
    }
    let mut record = Record::open(workspace, options, "build")?;
    for round in 0..options.rounds {
        for profile in options.profiles() {
            for program in all().filter(|program| program.judged || round < ONCE) {
                if record.rounds(&[program.package, profile, "wall_s"]) > round {
                    continue;
                }
                eprintln!("building {}, {profile}, round {}", program.package, round + 1);
                let results = object(object(&mut record.figures, program.package)?, profile)?;
                build(workspace, program, profile, results)?;
                record.write()?;
            }
        }
    }
    Ok(())
}

/// Measures one round of a program.
fn build(
    workspace: &Workspace,
    program: &Program,
    profile: &str,
    results: &mut Map<String, Value>,
) -> Result<(), Problem> {
    let target = workspace.target.join("measure").join(format!("build-{}", program.package));
    empty(&target)?;
    let cargo = cargo(workspace, program, profile, &target);
    let clean = cargo.build()?;
    let built = target.join(profile).join(program.package);
    push(results, "wall_s", json!(clean.wall));
    push(results, "cpu_s", json!(clean.cpu));
    push(results, "peak_kib", json!(clean.peak));
    results.insert("largest".to_owned(), json!(clean.largest));
    results.insert("crates".to_owned(), json!(clean.crates.len()));
    results.insert("slowest".to_owned(), clean.slowest());
    results.insert(
        "binary_bytes".to_owned(),
        stripped(&built)?.map_or(Value::Null, |size| json!(size)),
    );
    if profile == "release" && program.runs {
        workspace.keep(program.package, &built)?;
    }
    push(results, "rebuild_nothing_s", json!(cargo.build()?.wall));
    touch(&cargo.folder.join(program.package).join("src/main.rs"))?;
    push(results, "rebuild_program_s", json!(cargo.build()?.wall));
    let page = match program.uses {
        Uses::Page => Some(workspace.root.join("seeds/aws/iam_api/mfa_devices.md")),
        Uses::AllPages => Some(workspace.target.join("pages-62/aws/iam_api/mfa_devices.md")),
        // The build reads no page.
        Uses::Crates | Uses::AllPagesPrebuilt => None,
    };
    if let Some(page) = page {
        touch(&page)?;
        push(results, "rebuild_page_s", json!(cargo.build()?.wall));
    }
    Ok(std::fs::remove_dir_all(&target)?)
}

fn cargo<'a>(
    workspace: &'a Workspace,
    program: &Program,
    profile: &'a str,
    target: &'a Path,
) -> Cargo<'a> {
    let folder: PathBuf = match program.uses {
        Uses::AllPagesPrebuilt => workspace.target.join("generated_crates"),
        _ => workspace.peer.clone(),
    };
    Cargo { workspace, folder, package: program.package, profile, target, features: None }
}

/// Creates an empty folder. Deletes the content of an existing one.
pub(crate) fn empty(folder: &Path) -> Result<(), Problem> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(std::fs::create_dir_all(folder)?)
}

fn touch(path: &Path) -> Result<(), Problem> {
    Ok(File::options().append(true).open(path)?.set_modified(SystemTime::now())?)
}
