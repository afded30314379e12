//! Counts instructions with valgrind's callgrind, and reads its output.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::Problem;
use crate::workspace::run;

/// The instructions and calls of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// Instructions of all functions.
    pub(crate) total: f64,
    /// Instructions of each function, without the functions that it calls.
    pub(crate) own: BTreeMap<String, f64>,
    /// Instructions of each function and of the functions that it calls.
    pub(crate) inclusive: BTreeMap<String, f64>,
    /// How often each function was called.
    pub(crate) calls: BTreeMap<String, f64>,
}

/// The functions that allocate memory.
const ALLOCATES: &[&str] = &["malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc"];

impl Profile {
    /// Runs `program` in callgrind, which writes its output to the file `out`.
    pub(crate) fn of(program: &Path, arguments: &[&str], out: &Path) -> Result<Self, Problem> {
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--quiet"]);
        command.arg(format!("--callgrind-out-file={}", out.display()));
        // A fixed environment, so that the memory layout is the same in each run.
        command.env_clear().env("LC_ALL", "C");
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        run(command.arg(program).args(arguments))?;
        let profile = Self::parse(&std::fs::read_to_string(out)?);
        if profile.total > 0.0 {
            Ok(profile)
        } else {
            Err("callgrind counted no instructions; its output may have a new format".into())
        }
    }

    /// The figures of one call. The run `self` made `count` calls more than the run `base`.
    pub(crate) fn per_call(&self, base: &Self, count: f64) -> Self {
        let each = |more: &BTreeMap<String, f64>, less: &BTreeMap<String, f64>| {
            let of = |(name, value): (&String, &f64)| {
                let difference = value - less.get(name).copied().unwrap_or_default();
                (name.clone(), difference / count)
            };
            more.iter().map(of).collect()
        };
        Self {
            total: (self.total - base.total) / count,
            own: each(&self.own, &base.own),
            inclusive: each(&self.inclusive, &base.inclusive),
            calls: each(&self.calls, &base.calls),
        }
    }

    pub(crate) fn allocations(&self) -> f64 {
        ALLOCATES.iter().filter_map(|name| self.calls.get(*name)).sum()
    }

    /// Instructions of the function whose name contains `part`, with the functions that it calls. `None` if there is no such
    /// function.
    pub(crate) fn inclusive_of(&self, part: &str) -> Option<f64> {
        let found: Vec<f64> = self
            .inclusive
            .iter()
            .filter(|(name, cost)| !part.is_empty() && name.contains(part) && **cost > 0.0)
            .map(|(_, cost)| *cost)
            .collect();
        // If there are several, the largest calls the others.
        found.into_iter().reduce(f64::max)
    }

    /// The functions with the most instructions of their own.
    pub(crate) fn top(&self, count: usize) -> Vec<(String, f64)> {
        let mut all: Vec<_> = self.own.iter().map(|(name, cost)| (name.clone(), *cost)).collect();
        all.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        all.truncate(count);
        all
    }

    /// Reads callgrind's format. Only functions, calls and the last number of each line of costs are used.
    fn parse(text: &str) -> Self {
        let mut profile = Self::default();
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        let (mut function, mut called, mut is_call) = (String::new(), String::new(), false);
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("fn=") {
                function = resolve(name, &mut names);
            } else if let Some(name) = line.strip_prefix("cfn=") {
                called = resolve(name, &mut names);
            } else if let Some(counts) = line.strip_prefix("calls=") {
                let count = counts.split(' ').next().and_then(|count| count.parse().ok());
                *profile.calls.entry(called.clone()).or_default() += count.unwrap_or(0.0);
                is_call = true;
            } else if line
                .starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first))
            {
                let cost: f64 =
                    line.rsplit(' ').next().and_then(|cost| cost.parse().ok()).unwrap_or(0.0);
                if is_call {
                    // Recursive calls would be counted twice.
                    if called != function {
                        *profile.inclusive.entry(called.clone()).or_default() += cost;
                    }
                } else {
                    profile.total += cost;
                    *profile.own.entry(function.clone()).or_default() += cost;
                }
                is_call = false;
            }
        }
        profile
    }
}

/// The name of a function: the file has `(12) name` the first time, and then only `(12)`. Removes the hash that the compiler
/// adds.
fn resolve<'a>(text: &'a str, names: &mut BTreeMap<&'a str, &'a str>) -> String {
    let (id, name) = text.split_once(' ').unwrap_or((text, ""));
    if !name.is_empty() {
        names.insert(id, name);
    }
    let name = names.get(id).copied().unwrap_or(id);
    // A number after the last apostrophe is the depth of a recursion.
    let name = name.split_once('\'').map_or(name, |(name, depth)| {
        if depth.bytes().all(|byte| byte.is_ascii_digit()) { name } else { text_of(names, id) }
    });
    match name.rsplit_once("::h") {
        Some((before, hash)) if hash.len() == 16 => before.to_owned(),
        _ => name.to_owned(),
    }
}

fn text_of<'a>(names: &BTreeMap<&'a str, &'a str>, id: &str) -> &'a str {
    names.get(id).copied().unwrap_or_default()
}
