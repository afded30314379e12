//! The folders, and functions to run cargo and other commands.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

use crate::programs::{PROGRAMS, Program};
use crate::{Options, Problem, facts};

/// The folders that the command uses.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// `benches/peer`
    pub(crate) peer: PathBuf,
    /// The repository.
    pub(crate) root: PathBuf,
    /// The folder for results.
    pub(crate) results: PathBuf,
    /// The folder for temporary files. It may be deleted at any time.
    pub(crate) target: PathBuf,
}

impl Workspace {
    pub(crate) fn find(options: &Options) -> Result<Self, Problem> {
        let peer = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        let root = peer.join("../..").canonicalize()?;
        let target = peer.join("target");
        let results =
            if options.quick { target.join("quick") } else { root.join("benches/results") };
        std::fs::create_dir_all(target.join("measure"))?;
        Ok(Self { peer, root, results, target })
    }

    /// A command for cargo, without the variables that `cargo run` has set for this program.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new("cargo");
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            let is_for_package = name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_BIN_");
            if is_for_package
                || matches!(&*name, "CARGO_MANIFEST_DIR" | "CARGO_MANIFEST_PATH" | "OUT_DIR")
            {
                command.env_remove(name);
            }
        }
        command.env_remove("CARGO_TARGET_DIR").env_remove(crate::wrapper::LOG);
        command.current_dir(&self.peer).stdin(Stdio::null());
        command
    }

    /// Builds `packages` in release, except those that a clean build of this commit has kept. Returns the folder of the
    /// programs.
    pub(crate) fn release(&self, packages: &[&str]) -> Result<PathBuf, Problem> {
        let folder = self.target.join("measure/run");
        std::fs::create_dir_all(&folder)?;
        for package in packages {
            let kept = self.kept().map(|kept| kept.join(package)).filter(|kept| kept.exists());
            let program = if let Some(kept) = kept {
                kept
            } else {
                eprintln!("building {package}, release");
                // In separate builds, so that cargo does not unify the features of their dependencies.
                let target = self.target.join("measure/programs");
                self.build(package, true, &target)?;
                target.join("release").join(package)
            };
            std::fs::copy(program, folder.join(package))?;
        }
        Ok(folder)
    }

    /// Keeps the program of a clean build, so that `run` and `instructions` do not build it again.
    pub(crate) fn keep(&self, package: &str, program: &Path) -> Result<(), Problem> {
        let Some(kept) = self.kept() else { return Ok(()) };
        if !kept.exists() {
            // Delete the programs of other commits.
            let all = self.target.join("measure/kept");
            if all.exists() {
                std::fs::remove_dir_all(all)?;
            }
            std::fs::create_dir_all(&kept)?;
        }
        std::fs::copy(program, kept.join(package))?;
        Ok(())
    }

    /// The folder in which the programs of this commit are kept. `None` if there are uncommitted changes.
    fn kept(&self) -> Option<PathBuf> {
        let (commit, uncommitted) = facts::commit(self);
        commit.filter(|_| !uncommitted).map(|commit| self.target.join("measure/kept").join(commit))
    }

    /// Builds the server and the selected programs that are run. Returns these programs and their folder.
    pub(crate) fn running(
        &self,
        options: &Options,
    ) -> Result<(Vec<&'static Program>, PathBuf), Problem> {
        let programs: Vec<&Program> =
            PROGRAMS.iter().filter(|program| program.runs && options.wants(program)).collect();
        let mut packages: Vec<&str> = programs.iter().map(|program| program.package).collect();
        packages.push("server");
        let folder = self.release(&packages)?;
        Ok((programs, folder))
    }

    pub(crate) fn build(&self, package: &str, release: bool, target: &Path) -> Result<(), Problem> {
        let mut command = self.cargo();
        command.args(["build", "--locked", "--quiet", "--package", package, "--target-dir"]);
        command.arg(target);
        if release {
            command.arg("--release");
        }
        run(&mut command)
    }
}

/// Runs `command`. Its output is shown only if it fails.
pub(crate) fn run(command: &mut Command) -> Result<(), Problem> {
    output(command).map(|_| ())
}

/// Runs `command`, and returns its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, Problem> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?}: {}\n{stderr}", output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// CPU time in seconds of all child processes that have ended, and of their children.
pub(crate) fn cpu_of_children() -> Result<f64, Problem> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds =
        usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(microseconds as f64 / 1e6)
}
