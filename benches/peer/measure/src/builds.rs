//! Clean builds and rebuilds.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::{Instant, SystemTime};

use serde_json::{Map, Value, json};

use crate::programs::{PROGRAMS, Program};
use crate::results::{self, object, push};
use crate::workspace::{Workspace, cpu_of_children, run};
use crate::{Options, Problem, pages, wrapper};

pub(crate) fn measure(workspace: &Workspace, options: &Options) -> Result<(), Problem> {
    // No build waits for the network.
    run(workspace.cargo().args(["fetch", "--locked"]))?;
    let laid_out = pages::prepare(workspace)?;
    if let Err(why) = &laid_out {
        eprintln!("skipped: the crate of 62 pages: {why}");
    }
    let programs = || {
        PROGRAMS
            .iter()
            .filter(|program| options.has(program.package))
            .filter(|program| program.package != "job-iam-62" || laid_out.is_ok())
    };
    let mut figures = Map::new();
    for profile in ["debug", "release"] {
        for round in 0..options.rounds {
            for program in programs() {
                eprintln!("building {}, {profile}, round {}", program.package, round + 1);
                let its = object(object(&mut figures, program.package)?, profile)?;
                build(workspace, program, profile, its)?;
            }
        }
    }
    results::write(workspace, options, "build", &Value::Object(figures))
}

fn build(
    workspace: &Workspace,
    program: &Program,
    profile: &str,
    its: &mut Map<String, Value>,
) -> Result<(), Problem> {
    let target = workspace.target.join("measure").join(format!("build-{}", program.package));
    if target.exists() {
        std::fs::remove_dir_all(&target)?;
    }
    std::fs::create_dir_all(&target)?;
    let cargo = Cargo { workspace, package: program.package, profile, target: &target };
    let clean = cargo.build()?;
    push(its, "wall_s", json!(clean.wall));
    push(its, "cpu_s", json!(clean.cpu));
    push(its, "peak_kib", json!(clean.peak));
    its.insert("largest".to_owned(), json!(clean.largest));
    its.insert("crates".to_owned(), json!(clean.crates.len()));
    its.insert("slowest".to_owned(), slowest(&clean.crates));
    its.insert("binary_bytes".to_owned(), stripped(&target, program.package, profile)?);

    push(its, "rebuild_nothing_s", json!(cargo.build()?.wall));
    touch(&workspace.peer.join(program.package).join("src/main.rs"))?;
    push(its, "rebuild_program_s", json!(cargo.build()?.wall));
    let page = match program.package {
        "job-pagesmith" => workspace.root.join("seeds/aws/iam_api/mfa_devices.md"),
        "job-iam-62" => workspace.target.join("pages-62/aws/iam_api/mfa_devices.md"),
        // Who uses the peer has no page to touch.
        _ => return Ok(std::fs::remove_dir_all(&target)?),
    };
    touch(&page)?;
    push(its, "rebuild_page_s", json!(cargo.build()?.wall));
    Ok(std::fs::remove_dir_all(&target)?)
}

struct Cargo<'a> {
    workspace: &'a Workspace,
    package: &'a str,
    profile: &'a str,
    target: &'a Path,
}

struct Built {
    wall: f64,
    cpu: f64,
    /// Of the largest rustc or linker, and the crate that it was at.
    peak: f64,
    largest: String,
    /// Those that were compiled, build scripts with their crates, and CPU seconds of each.
    crates: BTreeMap<String, f64>,
}

impl Cargo<'_> {
    fn build(&self) -> Result<Built, Problem> {
        let log = self.target.join("rustc.jsonl");
        if log.exists() {
            std::fs::remove_file(&log)?;
        }
        let mut command = self.workspace.cargo();
        command.env("RUSTC_WRAPPER", std::env::current_exe()?).env(wrapper::LOG, &log);
        command.args(["build", "--locked", "--offline", "--quiet", "--package", self.package]);
        command.arg("--target-dir").arg(self.target);
        if self.profile == "release" {
            command.arg("--release");
        }
        let (started, before) = (Instant::now(), cpu_of_children()?);
        run(&mut command)?;
        let (wall, cpu) = (started.elapsed().as_secs_f64(), cpu_of_children()? - before);
        let (mut peak, mut largest, mut crates) = (0.0, String::new(), BTreeMap::new());
        let text = if log.exists() { std::fs::read_to_string(&log)? } else { String::new() };
        for line in text.lines() {
            let line: Value = serde_json::from_str(line)?;
            let name = line.get("crate").and_then(Value::as_str).unwrap_or_default().to_owned();
            let its = line.get("peak_kib").and_then(Value::as_f64).unwrap_or_default();
            if its > peak {
                (peak, largest) = (its, name.clone());
            }
            let cpu = line.get("cpu_s").and_then(Value::as_f64).unwrap_or_default();
            *crates.entry(name).or_default() += cpu;
        }
        Ok(Built { wall: hundredths(wall), cpu: hundredths(cpu), peak, largest, crates })
    }
}

/// The crates that took most CPU time.
fn slowest(crates: &BTreeMap<String, f64>) -> Value {
    let mut all: Vec<_> = crates.iter().collect();
    all.sort_by(|left, right| right.1.total_cmp(left.1));
    let crates = all.into_iter().take(20);
    crates.map(|(name, cpu)| json!({ "crate": name, "cpu_s": hundredths(*cpu) })).collect()
}

fn stripped(target: &Path, package: &str, profile: &str) -> Result<Value, Problem> {
    let copy = target.join("stripped");
    let mut strip = Command::new("strip");
    strip.arg("-o").arg(&copy).arg(target.join(profile).join(package));
    if let Err(why) = run(&mut strip) {
        eprintln!("skipped: the size of {package}: {why}");
        return Ok(Value::Null);
    }
    Ok(json!(std::fs::metadata(copy)?.len()))
}

fn touch(path: &Path) -> Result<(), Problem> {
    Ok(File::options().append(true).open(path)?.set_modified(SystemTime::now())?)
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
