//! The figures that people read, as a table: a row for each figure, a column for each program.

use std::fmt::Write as _;

use serde_json::Value;

use crate::Problem;
use crate::programs::PROGRAMS;
use crate::results::{self, number};
use crate::workspace::Workspace;

/// What is done to a figure before it is shown.
#[derive(Clone, Copy)]
enum Shown {
    /// Divided by this.
    Over(f64),
    /// How much more than the floor's, divided by this.
    AboveFloor(f64),
    /// Megabytes per second: an answer's bytes, by its mode, over nanoseconds.
    Speed(&'static str),
}

/// The program that does no more than it must.
const FLOOR: &str = "job-by-hand";

use Shown::{AboveFloor, Over, Speed};

const MIB: f64 = 1024.0;

const ROWS: &[(&str, &str, &str, Shown)] = &[
    ("clean build, debug, s", "build", "debug/wall_s", Over(1.0)),
    ("clean build, release, s", "build", "release/wall_s", Over(1.0)),
    ("CPU of a clean build, debug, s", "build", "debug/cpu_s", Over(1.0)),
    ("CPU of a clean build, release, s", "build", "release/cpu_s", Over(1.0)),
    ("largest rustc, debug, MiB", "build", "debug/peak_kib", Over(MIB)),
    ("largest rustc, release, MiB", "build", "release/peak_kib", Over(MIB)),
    ("crates compiled", "build", "release/crates", Over(1.0)),
    ("stripped program, release, MiB", "build", "release/binary_bytes", Over(MIB * MIB)),
    ("rebuild, program touched, debug, s", "build", "debug/rebuild_program_s", Over(1.0)),
    ("rebuild, page touched, debug, s", "build", "debug/rebuild_page_s", Over(1.0)),
    ("rebuild, nothing touched, debug, s", "build", "debug/rebuild_nothing_s", Over(1.0)),
    ("CPU per call, µs", "run", "six, 1 in flight/cpu_ns_per_call", Over(1e3)),
    ("CPU per call, 64 in flight, µs", "run", "six, 64 in flight/cpu_ns_per_call", Over(1e3)),
    ("calls per second", "run", "six, 1 in flight/calls_per_second", Over(1.0)),
    ("calls per second, 64 in flight", "run", "six, 64 in flight/calls_per_second", Over(1.0)),
    ("latency above the floor, p50, µs", "run", "six, 1 in flight/p50_ns", AboveFloor(1e3)),
    ("latency above the floor, p99, µs", "run", "six, 1 in flight/p99_ns", AboveFloor(1e3)),
    ("resident, 64 in flight, MiB", "run", "six, 64 in flight/resident_most_kib", Over(MIB)),
    ("CPU of a list of 1,000 rows, ms", "run", "list-1000, 1 in flight/cpu_ns_per_call", Over(1e6)),
    (
        "1,000 rows, MB/s of CPU",
        "run",
        "list-1000, 1 in flight/cpu_ns_per_call",
        Speed("list-1000"),
    ),
    ("a megabyte, MB/s of CPU", "run", "list-1mb, 1 in flight/cpu_ns_per_call", Speed("list-1mb")),
    ("instructions per call, thousands", "instructions", "six/instructions", Over(1e3)),
    ("of these for signing, thousands", "instructions", "six/signing", Over(1e3)),
    ("allocations per call", "instructions", "six/allocations", Over(1.0)),
    ("instructions of 1,000 rows, millions", "instructions", "list-1000/instructions", Over(1e6)),
    ("of these for decoding, millions", "instructions", "list-1000/decoding", Over(1e6)),
];

/// Writes `tables.md` of the results that are there.
pub(crate) fn write(workspace: &Workspace) -> Result<(), Problem> {
    let mut text = "|".to_owned();
    for program in PROGRAMS {
        write!(text, " | {}", program.title)?;
    }
    writeln!(text, " |\n|---|{}", "---:|".repeat(PROGRAMS.len()))?;
    for (says, file, path, shown) in ROWS {
        let Some(figures) = results::read(workspace, file)? else { continue };
        write!(text, "| {says}")?;
        for program in PROGRAMS {
            match value(&figures, program.package, path, *shown) {
                Some(value) => write!(text, " | {}", rounded(value))?,
                None => write!(text, " | ")?,
            }
        }
        writeln!(text, " |")?;
    }
    text.push_str(&stages(workspace)?);
    Ok(std::fs::write(workspace.results.join("tables.md"), text)?)
}

fn value(figures: &Value, package: &str, path: &str, shown: Shown) -> Option<f64> {
    let its = number(figures.get(package)?, path)?;
    match shown {
        Over(divisor) => Some(its / divisor),
        AboveFloor(divisor) => Some((its - number(figures.get(FLOOR)?, path)?) / divisor),
        Speed(mode) => Some(number(figures.get("answer_bytes")?, mode)? / its * 1e3),
    }
}

/// The generator: milliseconds and pages per second of each stage.
fn stages(workspace: &Workspace) -> Result<String, Problem> {
    let Some(figures) = results::read(workspace, "generate")? else { return Ok(String::new()) };
    let made = figures.get("made").and_then(Value::as_object);
    let top = figures.as_object().into_iter().flatten();
    let all =
        top.chain(made.into_iter().flatten()).filter(|(_, run)| run.get("stages_ns").is_some());
    let mut text = String::new();
    for (name, run) in all {
        writeln!(text, "\n{name}:\n\n| stage | ms | pages per second |\n|---|---:|---:|")?;
        let pages = number(run, "pages").unwrap_or_default();
        for (stage, time) in run.get("stages_ns").and_then(Value::as_object).into_iter().flatten() {
            let time = time.as_f64().unwrap_or_default();
            writeln!(text, "| {stage} | {:.2} | {:.0} |", time / 1e6, pages / time * 1e9)?;
        }
    }
    Ok(text)
}

fn rounded(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}
