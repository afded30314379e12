//! Runs a build with cargo, and measures it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};

use crate::workspace::{Workspace, cpu_of_children, run};
use crate::{Problem, wrapper};

/// A build: the package, and the target folder.
pub(crate) struct Cargo<'a> {
    pub(crate) workspace: &'a Workspace,
    /// The workspace of the package.
    pub(crate) folder: PathBuf,
    pub(crate) package: &'a str,
    pub(crate) profile: &'a str,
    pub(crate) target: &'a Path,
    /// The features instead of the default features.
    pub(crate) features: Option<&'a str>,
}

pub(crate) struct Built {
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
    /// The peak memory of the largest rustc or linker, and the crate that it compiled.
    pub(crate) peak: f64,
    pub(crate) largest: String,
    /// The compiled crates, with their build scripts, and the CPU seconds of each.
    pub(crate) crates: BTreeMap<String, f64>,
}

impl Cargo<'_> {
    pub(crate) fn build(&self) -> Result<Built, Problem> {
        let log = self.target.join("rustc.jsonl");
        if log.exists() {
            std::fs::remove_file(&log)?;
        }
        let mut command = self.workspace.cargo();
        command.env("RUSTC_WRAPPER", std::env::current_exe()?).env(wrapper::LOG, &log);
        command.current_dir(&self.folder);
        command.args(["build", "--offline", "--quiet", "--package", self.package]);
        if self.folder == self.workspace.peer {
            command.arg("--locked");
        }
        command.arg("--target-dir").arg(self.target);
        if let Some(features) = self.features {
            command.args(["--no-default-features", "--features", features]);
        }
        if self.profile == "release" {
            command.arg("--release");
        }
        let (started, before) = (Instant::now(), cpu_of_children()?);
        run(&mut command)?;
        let (wall, cpu) = (started.elapsed().as_secs_f64(), cpu_of_children()? - before);
        let mut built = Built::read(&log)?;
        (built.wall, built.cpu) = (hundredths(wall), hundredths(cpu));
        Ok(built)
    }
}

impl Built {
    /// Reads the log of the wrapper of rustc.
    fn read(log: &Path) -> Result<Self, Problem> {
        let (mut peak, mut largest, mut crates) = (0.0, String::new(), BTreeMap::new());
        let text = if log.exists() { std::fs::read_to_string(log)? } else { String::new() };
        for line in text.lines() {
            let line: Value = serde_json::from_str(line)?;
            let name = line.get("crate").and_then(Value::as_str).unwrap_or_default().to_owned();
            let memory = line.get("peak_kib").and_then(Value::as_f64).unwrap_or_default();
            if memory > peak {
                (peak, largest) = (memory, name.clone());
            }
            let cpu = line.get("cpu_s").and_then(Value::as_f64).unwrap_or_default();
            *crates.entry(name).or_default() += cpu;
        }
        Ok(Self { wall: 0.0, cpu: 0.0, peak, largest, crates })
    }

    /// The crates with the most CPU time.
    pub(crate) fn slowest(&self) -> Value {
        let mut all: Vec<_> = self.crates.iter().collect();
        all.sort_by(|left, right| right.1.total_cmp(left.1));
        let crates = all.into_iter().take(20);
        crates.map(|(name, cpu)| json!({ "crate": name, "cpu_s": hundredths(*cpu) })).collect()
    }
}

/// The size of `program` without symbols. `None` if it cannot be stripped.
pub(crate) fn stripped(program: &Path) -> Result<Option<u64>, Problem> {
    let copy = program.with_extension("stripped");
    if let Err(why) = run(Command::new("strip").arg("-o").arg(&copy).arg(program)) {
        eprintln!("skipped: the size of {}: {why}", program.display());
        return Ok(None);
    }
    Ok(Some(std::fs::metadata(copy)?.len()))
}

pub(crate) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
