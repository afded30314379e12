//! The params of a call, as they are on the command line.

use pagesmith_runtime::dynamic::Method;
use serde_json::{Map, Value};

use super::problem::Problem;

/// Each `NAME=VALUE` of `given`, with the value as JSON.
pub(super) fn read(method: &Method, given: &[String]) -> Result<Map<String, Value>, Problem> {
    let mut params = Map::new();
    for (number, param) in (1..).zip(given) {
        // Its text is not shown: it may be a secret whose name was forgotten.
        let pair = param.split_once('=').filter(|(name, _)| !name.is_empty());
        let (name, text) = pair.ok_or_else(|| {
            Problem::new(format!("param {number} is not of the form NAME=VALUE"))
                .help("write each as --param NAME=VALUE")
        })?;
        let value = read_one(method, name, text)?;
        if params.insert(name.to_owned(), value).is_some() {
            return Err(Problem::new(format!("`{name}` is given twice"))
                .help("give each param once; several values of a list are one param, as JSON"));
        }
    }
    Ok(params)
}

fn read_one(method: &Method, name: &str, text: &str) -> Result<Value, Problem> {
    let text = match text.strip_prefix('@') {
        None => text.to_owned(),
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| {
                Problem::new(format!("the file {path} for `{name}` cannot be read: {error}"))
            })?
            .trim_end_matches(['\r', '\n'])
            .to_owned(),
    };
    let known = method.params().into_iter().find(|known| known.name == name);
    if !known.is_some_and(|known| known.structured) {
        return Ok(Value::String(text));
    }
    serde_json::from_str(&text).map_err(|error| {
        // The message has the place, and nothing of the text, which may be a secret.
        Problem::new(format!("the value of `{name}` is not JSON: {error}")).help(format!(
            "it is a list or a structure; to see its type, run: pagesmith describe {}",
            method.name()
        ))
    })
}
