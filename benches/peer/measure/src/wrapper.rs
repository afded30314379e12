//! This program in place of rustc: runs it, and notes what it took.
//!
//! Cargo runs what `RUSTC_WRAPPER` names with the path of rustc and its arguments.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::process::{Command, ExitCode};

use nix::sys::resource::{UsageWho, getrusage};
use serde_json::json;

use crate::Problem;
use crate::workspace::cpu_of_children;

/// The variable that turns this program into the wrapper, and says where it notes.
pub(crate) const LOG: &str = "PAGESMITH_MEASURE_RUSTC_LOG";

pub(crate) fn main(log: &OsStr) -> ExitCode {
    match run(log) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(log: &OsStr) -> Result<ExitCode, Problem> {
    let mut arguments = std::env::args_os().skip(1);
    let rustc = arguments.next().ok_or("cargo did not say which rustc to run")?;
    let status = Command::new(rustc).args(arguments).status()?;
    // The largest of rustc and the linker that it starts.
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    let cpu = cpu_of_children()?;
    // Without a name it is cargo that asks what rustc can do.
    if let (Ok(name), Ok(version)) =
        (std::env::var("CARGO_PKG_NAME"), std::env::var("CARGO_PKG_VERSION"))
    {
        let line = json!({ "crate": format!("{name} {version}"), "peak_kib": peak, "cpu_s": cpu });
        // One write, so that those of two processes do not mix.
        let mut file = OpenOptions::new().append(true).create(true).open(log)?;
        file.write_all(format!("{line}\n").as_bytes())?;
    }
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}
