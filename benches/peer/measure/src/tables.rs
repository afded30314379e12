//! Tables of the figures: one row for each figure, one column for each program.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::Problem;
use crate::programs::{FLOOR, PROGRAMS};
use crate::results::{self, number};
use crate::sizes::FEATURES;
use crate::workspace::Workspace;

/// How a figure is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown {
    /// Divided by this number.
    Over(f64),
    /// The difference from the floor's figure, divided by this number.
    AboveFloor(f64),
    /// Megabytes per second: the size of the response of this mode, divided by the figure in nanoseconds.
    Speed(&'static str),
    /// Megabytes per second, compared with a listing of one row: the additional bytes of the response of this mode, divided
    /// by the additional CPU time of its call. Costs that are the same for each call cancel out. Reading and decoding the
    /// body remain.
    Decoding(&'static str),
}

use Shown::{AboveFloor, Decoding, Over, Speed};

pub(crate) const MIB: f64 = 1024.0;

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
    (
        "CPU per call, all on one core, µs",
        "run",
        "six, 1 in flight, one core/cpu_ns_per_call",
        Over(1e3),
    ),
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
    ("of these, reading and decoding 1,000 rows, MB/s", "run", "", Decoding("list-1000")),
    ("of these, reading and decoding a megabyte, MB/s", "run", "", Decoding("list-1mb")),
    ("instructions per call, thousands", "instructions", "six/instructions", Over(1e3)),
    ("of these for signing, thousands", "instructions", "six/signing", Over(1e3)),
    ("allocations per call", "instructions", "six/allocations", Over(1.0)),
    ("instructions of 1,000 rows, millions", "instructions", "list-1000/instructions", Over(1e6)),
    ("of these for decoding, millions", "instructions", "list-1000/decoding", Over(1e6)),
];

/// Writes `tables.md` for existing results.
pub(crate) fn write(workspace: &Workspace) -> Result<(), Problem> {
    let mut text = "|".to_owned();
    for program in PROGRAMS {
        write!(text, " | {}", program.title)?;
    }
    writeln!(text, " |\n|---|{}", "---:|".repeat(PROGRAMS.len()))?;
    for (title, file, path, shown) in ROWS {
        let Some(figures) = results::read(&workspace.results, file)? else { continue };
        write!(text, "| {title}")?;
        for program in PROGRAMS {
            match value(&figures, program.package, path, *shown) {
                Some(value) => write!(text, " | {}", rounded(value))?,
                None => write!(text, " | ")?,
            }
        }
        writeln!(text, " |")?;
    }
    text.push_str(&methods(&workspace.results)?);
    text.push_str(&features(&workspace.results)?);
    text.push_str(&stages(workspace)?);
    Ok(std::fs::write(workspace.results.join("tables.md"), text)?)
}

/// The figure at `path` of a program, as tables show it.
pub(crate) fn value(figures: &Value, package: &str, path: &str, shown: Shown) -> Option<f64> {
    let its = figures.get(package)?;
    let bytes = |mode: &str| number(figures.get("response_bytes")?, mode);
    match shown {
        Over(divisor) => Some(number(its, path)? / divisor),
        AboveFloor(divisor) => {
            Some((number(its, path)? - number(figures.get(FLOOR)?, path)?) / divisor)
        }
        Speed(mode) => Some(bytes(mode)? / number(its, path)? * 1e3),
        Decoding(mode) => {
            let time = |mode: &str| number(its, &format!("{mode}, 1 in flight/cpu_ns_per_call"));
            let more = time(mode)? - time("list-1")?;
            (more > 0.0).then_some((bytes(mode)? - bytes("list-1")?) / more * 1e3)
        }
    }
}

/// A sentence about the bytes that a method adds to a program.
pub(crate) fn methods(results: &Path) -> Result<String, Problem> {
    let figures = results::read(results, "methods")?.unwrap_or_default();
    let (Some(methods), Some(bytes)) =
        (number(&figures, "methods"), number(&figures, "bytes per method"))
    else {
        return Ok(String::new());
    };
    Ok(format!(
        "\nEach further method adds {} bytes to a stripped release program. Measured with all {methods} methods of the \
         62 pages against one of them.\n",
        thousands(bytes)
    ))
}

/// A table of the cost of each feature.
pub(crate) fn features(results: &Path) -> Result<String, Problem> {
    let Some(figures) = results::read(results, "features")? else { return Ok(String::new()) };
    let mut text = "\n| features | crates | clean debug build, s | stripped program, MiB |\n\
                    |---|---:|---:|---:|\n"
        .to_owned();
    let mut is_older = false;
    for (name, current) in FEATURES {
        let Some(its) = figures.get(name) else { continue };
        if let Some(why) = its.get("skipped").and_then(Value::as_str) {
            writeln!(text, "| `{name}` | not measured: {why} | | |")?;
            continue;
        }
        let features = its.get("features").and_then(Value::as_str).unwrap_or(name);
        is_older |= features != *current;
        let features = features.replace(',', "`, `");
        let cell = |key: &str, divisor: f64| {
            number(its, key).map_or(String::new(), |value| rounded(value / divisor))
        };
        let crates = number(its, "crates").unwrap_or_default();
        let (build, bytes) = (cell("debug_wall_s", 1.0), cell("binary_bytes", MIB * MIB));
        writeln!(text, "| `{features}` | {crates} | {build} | {bytes} |")?;
    }
    if is_older {
        text.push_str(
            "\nThese results are older than today's features: `pages` stood for the committed code, which the build \
             script now generates.\n",
        );
    }
    Ok(text)
}

/// Writes 8300 as 8,300.
fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Tables for the generator: milliseconds and pages per second of each stage.
fn stages(workspace: &Workspace) -> Result<String, Problem> {
    let Some(figures) = results::read(&workspace.results, "generate")? else {
        return Ok(String::new());
    };
    let synthetic = figures.get("synthetic").and_then(Value::as_object);
    let top = figures.as_object().into_iter().flatten();
    let all = top
        .chain(synthetic.into_iter().flatten())
        .filter(|(_, run)| run.get("stages_ns").is_some());
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

/// Shows about three digits.
pub(crate) fn rounded(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}
