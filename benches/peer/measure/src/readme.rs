//! The section of the project's README that says what Pagesmith costs: written from the results, and
//! nothing where there are none.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use crate::Problem;
use crate::options::Options;
use crate::results::{self, at};
use crate::tables::{self, MIB, Shown, rounded};
use crate::workspace::Workspace;

const BEGIN: &str = "<!-- Written by `measure readme` from benches/results. -->\n";
const END: &str = "<!-- The end of what it writes. -->\n";

const COMMAND: &str =
    "cargo run --release --manifest-path benches/peer/Cargo.toml -p measure -- readme";

/// A line of the table: what it says, of which results, at which path, shown how; and the program that stands in
/// our column.
type Line = (&'static str, &'static str, &'static str, Shown, &'static str);

const OURS: &str = "job-pagesmith";
const OF_ALL_PAGES: &str = "job-iam-62-prebuilt";
const PEER: &str = "job-aws-sdk";
const BY_HAND: &str = "job-by-hand-reqwest";

use Shown::{Decoding, Over};

const LINES: &[Line] = &[
    ("clean debug build, s", "build", "debug/wall_s", Over(1.0), OURS),
    ("clean release build, s", "build", "release/wall_s", Over(1.0), OURS),
    ("the same with all 62 pages of IAM, s", "build", "release/wall_s", Over(1.0), OF_ALL_PAGES),
    ("memory of the largest rustc, MiB", "build", "release/peak_kib", Over(MIB), OURS),
    ("stripped program, MiB", "build", "release/binary_bytes", Over(MIB * MIB), OURS),
    (
        "CPU time of a call, one core for both ends, µs",
        "run",
        "six, 1 in flight, one core/cpu_ns_per_call",
        Over(1e3),
        OURS,
    ),
    (
        "CPU time of a list of 1,000 rows, ms",
        "run",
        "list-1000, 1 in flight/cpu_ns_per_call",
        Over(1e6),
        OURS,
    ),
    ("reading and decoding a megabyte, MB/s", "run", "", Decoding("list-1mb"), OURS),
    ("instructions of a call, thousands", "instructions", "six/instructions", Over(1e3), OURS),
    ("of these for its signature, thousands", "instructions", "six/signing", Over(1e3), OURS),
    ("allocations of a call", "instructions", "six/allocations", Over(1.0), OURS),
];

/// Plots that are shown, and what they show for those who do not see them.
const PLOTS: &[(&str, &str)] = &[
    ("build-release", "Clean release build, seconds, of each program"),
    ("cpu-per-call", "CPU time per call, of each program"),
    ("list-1000", "CPU time of a list of 1,000 rows, of each program"),
];

/// Writes the section; prints it in a quick run, whose results no README shows.
pub(crate) fn write(workspace: &Workspace, options: &Options) -> Result<ExitCode, Problem> {
    let section = section(&workspace.results)?;
    if options.quick {
        print!("{section}");
        return Ok(ExitCode::SUCCESS);
    }
    let path = workspace.root.join("README.md");
    let text = replaced(&std::fs::read_to_string(&path)?, &section)?;
    std::fs::write(path, text)?;
    println!("wrote the section of README.md");
    Ok(ExitCode::SUCCESS)
}

/// Fails where the README says something else than the results.
pub(crate) fn check(workspace: &Workspace) -> Result<ExitCode, Problem> {
    let text = std::fs::read_to_string(workspace.root.join("README.md"))?;
    let expected = replaced(&text, &section(&workspace.results)?)?;
    if expected == text {
        println!("README.md says what benches/results say");
        return Ok(ExitCode::SUCCESS);
    }
    let differing = text.lines().zip(expected.lines()).find(|(there, should)| there != should);
    if let Some((there, should)) = differing {
        println!("README.md says:    {there}\nthe results say:   {should}");
    }
    println!("README.md does not say what benches/results say; run: {COMMAND}");
    Ok(ExitCode::FAILURE)
}

/// `text` with `section` between the marks.
fn replaced(text: &str, section: &str) -> Result<String, Problem> {
    let (before, rest) =
        text.split_once(BEGIN).ok_or("README.md has not the mark that begins the section")?;
    let (_, after) =
        rest.split_once(END).ok_or("README.md has not the mark that ends the section")?;
    Ok(format!("{before}{BEGIN}{section}{END}{after}"))
}

/// What the results in a folder say. Nothing where there are none.
fn section(results: &Path) -> Result<String, Problem> {
    let table = table(results)?;
    let features = tables::features(results)?;
    let mut text = String::new();
    if !table.is_empty() {
        write!(text, "\n## What it costs\n\n{}\n{table}", introduction(results)?)?;
        for (name, says) in PLOTS {
            if results.join(format!("{name}.svg")).exists() {
                write!(text, "\n![{says}](benches/results/{name}.svg)\n")?;
            }
        }
        text.push_str(&tables::methods(results)?);
    }
    if !features.is_empty() {
        write!(
            text,
            "\n### What each feature costs\n\nCrates are those of pagesmith and its build script. The program makes \
             the same calls with each,\nand uses nothing that the feature brings.\n{features}"
        )?;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    Ok(text)
}

/// What was compared, where, and where more of it is.
fn introduction(results: &Path) -> Result<String, Problem> {
    let facts = match results::facts_of(results, "build")? {
        Some(facts) => facts,
        None => results::facts_of(results, "run")?.unwrap_or_default(),
    };
    let text = |path: &str| at(&facts, path).and_then(Value::as_str).unwrap_or("unknown");
    let cores = at(&facts, "cores").and_then(Value::as_u64).unwrap_or_default();
    let rustc = text("rustc").split(' ').take(2).collect::<Vec<_>>().join(" ");
    Ok(format!(
        "The same program three times: with Pagesmith, with aws-sdk-iam {}, and by hand on reqwest, aws-sigv4 and \
         quick-xml.\nA call is one of the six methods of `mfa_devices` in turn, to an endpoint on the same machine \
         ({}, {cores} cores, {rustc}).\nFigures are medians. [`benches/`](benches) says how they come about, \
         and has [all of them](benches/results/tables.md).\n",
        text("crates/aws-sdk-iam"),
        text("cpu"),
    ))
}

fn table(results: &Path) -> Result<String, Problem> {
    let mut text = String::new();
    for (says, file, path, shown, ours) in LINES {
        let Some(figures) = results::read(results, file)? else { continue };
        let value = |package: &str| tables::value(&figures, package, path, *shown);
        let Some(its) = value(ours) else { continue };
        let cell = |value: Option<f64>| value.map(rounded).unwrap_or_default();
        // By hand there is no SDK of all pages.
        let by_hand = if *ours == OURS { value(BY_HAND) } else { None };
        let of_the_peers = value(PEER).map(|peers| its / peers);
        let (ours, peers) = (cell(Some(its)), cell(value(PEER)));
        let (by_hand, ratio) = (cell(by_hand), cell(of_the_peers));
        writeln!(text, "| {says} | {ours} | {peers} | {ratio} | {by_hand} |")?;
    }
    if text.is_empty() {
        return Ok(text);
    }
    let head = "| | Pagesmith | aws-sdk-iam | Pagesmith, of aws-sdk-iam's | by hand |";
    Ok(format!("{head}\n|---|---:|---:|---:|---:|\n{text}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Made-up results, of no machine.
    const MADE_UP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/results");

    #[test]
    fn results_make_a_section() {
        let section = section(Path::new(MADE_UP)).unwrap();
        assert_eq!(section, include_str!("../tests/results/section.md"));
    }

    #[test]
    fn without_results_there_is_nothing() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        assert_eq!(section(&folder).unwrap(), "");
    }

    #[test]
    fn the_section_is_what_stands_between_the_marks() {
        let text = format!("before\n{BEGIN}old\n{END}after\n");
        let new = replaced(&text, "new\n").unwrap();
        assert_eq!(new, format!("before\n{BEGIN}new\n{END}after\n"));
        assert_eq!(replaced(&new, "new\n").unwrap(), new);
        assert!(replaced("no marks", "new\n").is_err());
    }
}
