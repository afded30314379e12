//! Runs rustc for cargo, and records its peak memory and CPU time.
//!
//! Cargo runs the program in `RUSTC_WRAPPER`, with the path of rustc and its arguments.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::process::{Command, ExitCode};

use nix::sys::resource::{UsageWho, getrusage};
use serde_json::json;

use crate::Problem;
use crate::workspace::cpu_of_children;

/// If this variable is set, the program is the wrapper. Its value is the path of the log file.
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
    let rustc = arguments.next().ok_or("cargo passed no path of rustc")?;
    let status = Command::new(rustc).args(arguments).status()?;
    // The maximum of rustc and of the linker that rustc starts.
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    let cpu = cpu_of_children()?;
    // Without the name of a crate, cargo only queries the abilities of rustc.
    if let (Ok(name), Ok(version)) =
        (std::env::var("CARGO_PKG_NAME"), std::env::var("CARGO_PKG_VERSION"))
    {
        let line = json!({ "crate": format!("{name} {version}"), "peak_kib": peak, "cpu_s": cpu });
        // A single write, so that the lines of two processes do not mix.
        let mut file = OpenOptions::new().append(true).create(true).open(log)?;
        file.write_all(format!("{line}\n").as_bytes())?;
    }
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}
