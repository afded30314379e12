//! Comparison of the figures with their targets.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::Problem;
use crate::results::{self, number};
use crate::workspace::Workspace;

/// A target: Pagesmith's figure divided by that of another program must not be larger than a limit.
#[derive(Debug)]
struct Ratio {
    name: &'static str,
    file: &'static str,
    ours: &'static str,
    /// Empty if the figure itself is compared with the limit.
    theirs: &'static str,
    at_most: f64,
}

const fn at_most(
    at_most: f64,
    name: &'static str,
    file: &'static str,
    ours: &'static str,
    theirs: &'static str,
) -> Ratio {
    Ratio { name, file, ours, theirs, at_most }
}

const RATIOS: &[Ratio] = &[
    at_most(
        0.45,
        "clean debug build / aws-sdk-iam",
        "build",
        "job-pagesmith/debug/wall_s",
        "job-aws-sdk/debug/wall_s",
    ),
    at_most(
        0.33,
        "clean debug build, without the generator / aws-sdk-iam",
        "build",
        "job-pagesmith-committed/debug/wall_s",
        "job-aws-sdk/debug/wall_s",
    ),
    at_most(
        0.34,
        "clean release build / aws-sdk-iam",
        "build",
        "job-pagesmith/release/wall_s",
        "job-aws-sdk/release/wall_s",
    ),
    at_most(
        0.33,
        "clean release build, without the generator / aws-sdk-iam",
        "build",
        "job-pagesmith-committed/release/wall_s",
        "job-aws-sdk/release/wall_s",
    ),
    at_most(
        1.15,
        "clean debug build / by hand on the same crates",
        "build",
        "job-pagesmith-committed/debug/wall_s",
        "job-by-hand-reqwest/debug/wall_s",
    ),
    at_most(
        1.15,
        "clean release build / by hand on the same crates",
        "build",
        "job-pagesmith-committed/release/wall_s",
        "job-by-hand-reqwest/release/wall_s",
    ),
    at_most(
        0.4,
        "clean debug build of all of IAM / aws-sdk-iam",
        "build",
        "job-iam-62-prebuilt/debug/wall_s",
        "job-aws-sdk/debug/wall_s",
    ),
    at_most(
        0.4,
        "clean debug build of all of IAM, generated in it",
        "build",
        "job-iam-62/debug/wall_s",
        "job-aws-sdk/debug/wall_s",
    ),
    at_most(
        0.4,
        "clean release build of all of IAM / aws-sdk-iam",
        "build",
        "job-iam-62-prebuilt/release/wall_s",
        "job-aws-sdk/release/wall_s",
    ),
    at_most(
        0.4,
        "clean release build of all of IAM, generated in it",
        "build",
        "job-iam-62/release/wall_s",
        "job-aws-sdk/release/wall_s",
    ),
    at_most(
        0.25,
        "peak compiler memory, debug",
        "build",
        "job-pagesmith/debug/peak_kib",
        "job-aws-sdk/debug/peak_kib",
    ),
    at_most(
        0.25,
        "peak compiler memory, release",
        "build",
        "job-pagesmith/release/peak_kib",
        "job-aws-sdk/release/peak_kib",
    ),
    at_most(
        0.25,
        "peak compiler memory of all of IAM, release",
        "build",
        "job-iam-62-prebuilt/release/peak_kib",
        "job-aws-sdk/release/peak_kib",
    ),
    at_most(
        0.25,
        "peak compiler memory of all of IAM, generated in it",
        "build",
        "job-iam-62/release/peak_kib",
        "job-aws-sdk/release/peak_kib",
    ),
    at_most(
        0.5,
        "stripped program, release",
        "build",
        "job-pagesmith/release/binary_bytes",
        "job-aws-sdk/release/binary_bytes",
    ),
    at_most(
        0.38,
        "CPU time per call, six methods, all on one core",
        "run",
        "job-pagesmith/six, 1 in flight, one core/cpu_ns_per_call",
        "job-aws-sdk/six, 1 in flight, one core/cpu_ns_per_call",
    ),
    at_most(
        0.38,
        "CPU time per call, six methods",
        "run",
        "job-pagesmith/six, 1 in flight/cpu_ns_per_call",
        "job-aws-sdk/six, 1 in flight/cpu_ns_per_call",
    ),
    at_most(
        0.38,
        "CPU time per call, 64 in flight",
        "run",
        "job-pagesmith/six, 64 in flight/cpu_ns_per_call",
        "job-aws-sdk/six, 64 in flight/cpu_ns_per_call",
    ),
    at_most(
        0.4,
        "CPU time of a list of 1,000 rows",
        "run",
        "job-pagesmith/list-1000, 1 in flight/cpu_ns_per_call",
        "job-aws-sdk/list-1000, 1 in flight/cpu_ns_per_call",
    ),
    at_most(
        0.38,
        "instructions per call, six methods",
        "instructions",
        "job-pagesmith/six/instructions",
        "job-aws-sdk/six/instructions",
    ),
    at_most(
        0.4,
        "instructions of a list of 1,000 rows",
        "instructions",
        "job-pagesmith/list-1000/instructions",
        "job-aws-sdk/list-1000/instructions",
    ),
    at_most(150e6, "62 pages in a debug build script, ns", "generate", "build script/first_ns", ""),
];

/// The limit for the time per page with the most pages, divided by that with the fewest.
const LINEAR: f64 = 1.3;

/// Returns the table of all targets, including those without results. Also writes `ratios.json`.
pub(crate) fn report(workspace: &Workspace) -> Result<String, Problem> {
    let mut table = judge(&workspace.results)?;
    let judged = table.judged.len();
    writeln!(table.text, "{} of {judged} missed", table.missed)?;
    let path = workspace.results.join("ratios.json");
    std::fs::write(path, serde_json::to_string_pretty(&Value::Array(table.judged))? + "\n")?;
    Ok(table.text)
}

fn judge(results: &Path) -> Result<Table, Problem> {
    let mut table = Table::default();
    for ratio in RATIOS {
        let figures = results::read(results, ratio.file)?.unwrap_or_default();
        let times = if ratio.file == "run" { Times::AsFast } else { Times::NotShown };
        table.line(ratio.name, value(&figures, ratio), ratio.at_most, times)?;
    }
    let generated = results::read(results, "generate")?.unwrap_or_default();
    for (name, value) in growth(&generated) {
        table.line(&name, Some(value), LINEAR, Times::NotShown)?;
    }
    Ok(table)
}

/// Whether a ratio is also shown as its inverse.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    AsFast,
    NotShown,
}

#[derive(Default)]
struct Table {
    text: String,
    judged: Vec<Value>,
    missed: usize,
}

impl Table {
    fn line(
        &mut self,
        name: &str,
        value: Option<f64>,
        at_most: f64,
        times: Times,
    ) -> Result<(), Problem> {
        let Some(value) = value else {
            writeln!(self.text, "{name:<62} not measured  at most {at_most}")?;
            return Ok(());
        };
        let met = value <= at_most;
        self.missed += usize::from(!met);
        let verdict = if met { "" } else { "  MISSED" };
        let mut judged =
            json!({ "comparison": name, "value": value, "at_most": at_most, "met": met });
        let mut as_fast = String::new();
        if let (Times::AsFast, Some(judged)) = (times, judged.as_object_mut()) {
            as_fast = format!("  ({:.2} times as fast)", 1.0 / value);
            judged.insert("times_as_fast".to_owned(), json!(1.0 / value));
        }
        writeln!(self.text, "{name:<62} {value:>12.3}  at most {at_most}{as_fast}{verdict}")?;
        self.judged.push(judged);
        Ok(())
    }
}

fn value(figures: &Value, ratio: &Ratio) -> Option<f64> {
    let ours = number(figures, ratio.ours)?;
    if ratio.theirs.is_empty() {
        return Some(ours);
    }
    Some(ours / number(figures, ratio.theirs)?)
}

/// The time per page with the most pages, divided by that with the fewest: for services of one size, and for one service
/// with all pages.
fn growth(figures: &Value) -> Vec<(String, f64)> {
    let Some(synthetic) = figures.get("synthetic").and_then(Value::as_object) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (in_one, what) in [(true, "in one service"), (false, "in services of one size")] {
        let per_page = |run: &Value| {
            let pages = number(run, "pages")?;
            let stages = ["parse", "model", "bind", "emit"];
            let times = stages.map(|stage| number(run, &format!("stages_ns/{stage}")));
            let finished: Option<f64> = times.into_iter().sum();
            // A run that was ended took at least this time.
            let all = finished.or_else(|| Some(number(run, "ended_after_s")? * 1e9));
            let is_one = number(run, "services")? <= 1.0;
            (is_one == in_one).then_some((pages, all? / pages))
        };
        let mut runs: Vec<(f64, f64)> = synthetic.values().filter_map(per_page).collect();
        runs.sort_by(|left, right| left.0.total_cmp(&right.0));
        if let [first, .., last] = runs.as_slice() {
            let name = format!("time per page, {} pages over {}, {what}", last.0, first.0);
            found.push((name, last.1 / first.1));
        }
    }
    found
}
