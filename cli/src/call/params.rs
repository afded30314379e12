//! The params of a call, from the command line.

use pagesmith_runtime::dynamic::Method;
use serde_json::{Map, Value};

use crate::problem::Problem;

/// Parses the `NAME=VALUE` arguments in `given`.
pub(super) fn read(method: &Method, given: &[String]) -> Result<Map<String, Value>, Problem> {
    let mut params = Map::new();
    for (number, param) in (1..).zip(given) {
        // The text is not shown, because it may be a secret without a name.
        let pair = param.split_once('=').filter(|(name, _)| !name.is_empty());
        let (name, text) = pair.ok_or_else(|| {
            Problem::new(format!("--param number {number} does not have the form NAME=VALUE"))
                .help("write it as --param NAME=VALUE")
        })?;
        let value = read_one(method, name, text)?;
        if params.insert(name.to_owned(), value).is_some() {
            return Err(Problem::new(format!("the param `{name}` is set twice"))
                .help("set each param once; pass a list as one JSON value"));
        }
    }
    Ok(params)
}

fn read_one(method: &Method, name: &str, text: &str) -> Result<Value, Problem> {
    let text = match text.strip_prefix('@') {
        None => text.to_owned(),
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| {
                Problem::new(format!("cannot read the file {path} for `{name}`: {error}"))
            })?
            .trim_end_matches(['\r', '\n'])
            .to_owned(),
    };
    let known = method.params().into_iter().find(|known| known.name == name);
    if !known.is_some_and(|known| known.structured) {
        return Ok(Value::String(text));
    }
    serde_json::from_str(&text).map_err(|error| {
        // The message of serde_json has a position and no text, which may be a secret.
        Problem::new(format!("the value of `{name}` is not JSON: {error}")).help(format!(
            "pass a list or a structure as JSON; to see its type, run: pagesmith describe {}",
            method.name()
        ))
    })
}
