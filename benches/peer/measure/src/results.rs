//! Reads and writes the files of results.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::workspace::Workspace;
use crate::{Options, Problem, facts};

/// A file of results during a measurement: existing results, to which new ones are added.
pub(crate) struct Record<'a> {
    workspace: &'a Workspace,
    name: &'static str,
    facts: Value,
    quick: bool,
    pub(crate) figures: Map<String, Value>,
}

impl<'a> Record<'a> {
    /// Reads `NAME.json` if its results are of the same commit and machine, so that a measurement can be continued.
    /// Otherwise starts with no results, and prints why.
    pub(crate) fn open(
        workspace: &'a Workspace,
        options: &Options,
        name: &'static str,
    ) -> Result<Self, Problem> {
        std::fs::create_dir_all(&workspace.results)?;
        let facts = facts::facts(workspace)?;
        let mut figures = Map::new();
        if let Some(document) = document(&workspace.results, name)? {
            let before = document.get("facts").cloned().unwrap_or_default();
            match (document.get("figures"), difference(&before, &facts)) {
                // Quick results are not published, so any of them can be continued.
                (Some(Value::Object(existing)), None) => figures.clone_from(existing),
                (Some(Value::Object(existing)), Some(_)) if options.quick => {
                    figures.clone_from(existing);
                }
                (_, why) => eprintln!(
                    "replacing the results in {name}.json: {}",
                    why.unwrap_or("the file has no figures")
                ),
            }
        }
        if options.quick || options.fresh {
            figures.retain(|package, _| !options.has(package));
        }
        Ok(Self { workspace, name, facts, quick: options.quick, figures })
    }

    /// Writes the results. This is done after every round, so that an interrupted run loses only one round.
    pub(crate) fn write(&self) -> Result<(), Problem> {
        let document = json!({ "facts": self.facts, "quick": self.quick, "figures": self.figures });
        let path = self.workspace.results.join(format!("{}.json", self.name));
        // Renamed when complete, so that the file is never incomplete.
        let part = path.with_extension("part");
        std::fs::write(&part, serde_json::to_string_pretty(&document)? + "\n")?;
        Ok(std::fs::rename(part, path)?)
    }

    /// The number of rounds at `path`.
    pub(crate) fn rounds(&self, path: &[&str]) -> usize {
        let mut parts = path.iter();
        let first = parts.next().and_then(|part| self.figures.get(*part));
        let found = parts.try_fold(first, |value, part| Some(value?.get(*part)));
        found.flatten().and_then(Value::as_array).map_or(0, Vec::len)
    }
}

/// Why figures with the facts `now` cannot be added to those with the facts `before`.
fn difference(before: &Value, now: &Value) -> Option<&'static str> {
    let differs = |key: &str| before.get(key) != now.get(key);
    let changed = |facts: &Value| facts.get("uncommitted") != Some(&Value::Bool(false));
    if differs("commit") {
        return Some("they are of another commit");
    }
    if changed(before) || changed(now) {
        return Some("there are or were uncommitted changes");
    }
    let machine = ["cores", "cpu", "rustc"];
    machine
        .into_iter()
        .any(differs)
        .then_some("they are of another machine or of another release of rustc")
}

fn document(folder: &Path, name: &str) -> Result<Option<Value>, Problem> {
    let path = folder.join(format!("{name}.json"));
    if !path.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(&path)?;
    Ok(Some(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?))
}

/// The figures of `NAME.json` in `folder`, if the file exists.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Option<Value>, Problem> {
    Ok(document(folder, name)?.and_then(|document| document.get("figures").cloned()))
}

/// The facts of `NAME.json` in `folder`, if the file exists.
pub(crate) fn facts_of(folder: &Path, name: &str) -> Result<Option<Value>, Problem> {
    Ok(document(folder, name)?.and_then(|document| document.get("facts").cloned()))
}

/// The number at `path`, a list of keys separated by slashes. For a list of numbers, the median.
pub(crate) fn number(figures: &Value, path: &str) -> Option<f64> {
    match at(figures, path)? {
        Value::Array(values) => {
            median(&values.iter().filter_map(Value::as_f64).collect::<Vec<_>>())
        }
        value => value.as_f64(),
    }
}

/// The value at `path`, a list of keys separated by slashes.
pub(crate) fn at<'a>(figures: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('/').try_fold(figures, |value, part| value.get(part))
}

pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.len() % 2, middle.checked_sub(1).and_then(|before| sorted.get(before))) {
        (0, Some(before)) => sorted.get(middle).map(|after| f64::midpoint(*before, *after)),
        _ => sorted.get(middle).copied(),
    }
}

/// Adds `value` to the list `key` of `object`.
pub(crate) fn push(object: &mut Map<String, Value>, key: &str, value: Value) {
    match object.entry(key).or_insert_with(|| json!([])) {
        Value::Array(values) => values.push(value),
        other => *other = value,
    }
}

/// The object `key` of `object`. Creates it if it does not exist.
pub(crate) fn object<'a>(
    object: &'a mut Map<String, Value>,
    key: &str,
) -> Result<&'a mut Map<String, Value>, Problem> {
    let value = object.entry(key).or_insert_with(|| json!({}));
    value.as_object_mut().ok_or_else(|| format!("{key} is not an object in the results").into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    fn facts(commit: &str, uncommitted: bool) -> Value {
        json!({ "commit": commit, "uncommitted": uncommitted, "cores": 2, "cpu": "a", "rustc": "b" })
    }

    #[test]
    fn figures_of_the_same_commit_and_machine_can_be_combined() {
        assert_eq!(difference(&facts("1", false), &facts("1", false)), None);
        assert!(difference(&facts("1", false), &facts("2", false)).is_some());
        assert!(difference(&facts("1", true), &facts("1", false)).is_some());
        assert!(difference(&facts("1", false), &facts("1", true)).is_some());
        let mut other = facts("1", false);
        *other.get_mut("cpu").unwrap() = json!("another");
        assert!(difference(&facts("1", false), &other).is_some());
    }

    #[test]
    fn the_number_of_a_list_is_its_median() {
        let figures = json!({ "a": { "b": [3.0, 1.0, 2.0], "c": [1.0, 2.0], "d": 7.0 } });
        assert_eq!(number(&figures, "a/b"), Some(2.0));
        assert_eq!(number(&figures, "a/c"), Some(1.5));
        assert_eq!(number(&figures, "a/d"), Some(7.0));
        assert_eq!(number(&figures, "a/e"), None);
    }
}
