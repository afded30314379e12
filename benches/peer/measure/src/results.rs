//! Files of results, and numbers of them.

use serde_json::{Map, Value, json};

use crate::workspace::Workspace;
use crate::{Options, Problem, facts};

/// Writes `figures` and the facts of the machine to `NAME.json`.
pub(crate) fn write(
    workspace: &Workspace,
    options: &Options,
    name: &str,
    figures: &Value,
) -> Result<(), Problem> {
    let document = json!({
        "facts": facts::facts(workspace)?,
        "rounds": options.rounds,
        "quick": options.quick,
        "figures": figures,
    });
    let path = workspace.results.join(format!("{name}.json"));
    std::fs::write(&path, serde_json::to_string_pretty(&document)? + "\n")?;
    Ok(())
}

/// The figures of `NAME.json`, where it is there.
pub(crate) fn read(workspace: &Workspace, name: &str) -> Result<Option<Value>, Problem> {
    let path = workspace.results.join(format!("{name}.json"));
    if !path.exists() {
        return Ok(None);
    }
    let document: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    Ok(document.get("figures").cloned())
}

/// The number at `path`, whose parts stand between slashes; a list gives its median.
pub(crate) fn number(figures: &Value, path: &str) -> Option<f64> {
    let mut value = figures;
    for part in path.split('/') {
        value = value.get(part)?;
    }
    match value {
        Value::Array(values) => {
            median(&values.iter().filter_map(Value::as_f64).collect::<Vec<_>>())
        }
        value => value.as_f64(),
    }
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

/// The object `key` of `object`, made where it is not there.
pub(crate) fn object<'a>(
    object: &'a mut Map<String, Value>,
    key: &str,
) -> Result<&'a mut Map<String, Value>, Problem> {
    let value = object.entry(key).or_insert_with(|| json!({}));
    value.as_object_mut().ok_or_else(|| format!("{key} is no object").into())
}
