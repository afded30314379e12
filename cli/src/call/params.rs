//! The params of a call, as they are on the command line.

use pagesmith::dynamic::Method;
use serde_json::{Map, Value};

use super::problem::Problem;

/// Each `NAME=VALUE` of `given`, with the value as JSON.
pub(super) fn read(method: &Method, given: &[String]) -> Result<Map<String, Value>, Problem> {
    let mut params = Map::new();
    for param in given {
        let (name, value) = read_one(method, param)?;
        if params.insert(name.clone(), value).is_some() {
            return Err(Problem::new(format!("`{name}` is given twice"))
                .help("give each param once; several values of a list are one param, as JSON"));
        }
    }
    Ok(params)
}

fn read_one(method: &Method, param: &str) -> Result<(String, Value), Problem> {
    let pair = param.split_once('=').filter(|(name, _)| !name.is_empty());
    let (name, text) = pair.ok_or_else(|| {
        Problem::new(format!("`{param}` is not a param")).help("write it as --param NAME=VALUE")
    })?;
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
    let value = if known.is_some_and(|known| known.structured) {
        serde_json::from_str(&text).map_err(|error| {
            // The message has the place, and nothing of the text, which may be a secret.
            Problem::new(format!("the value of `{name}` is not JSON: {error}")).help(format!(
                "it is a list or a structure; to see its fields, run: pagesmith describe {}",
                method.name()
            ))
        })?
    } else {
        Value::String(text)
    };
    Ok((name.to_owned(), value))
}
