//! Shows the rows or the response of a call.

use pagesmith_model::words::counted;
use pagesmith_runtime::dynamic::Method;
use serde_json::{Map, Value};

use crate::columns::{self, Form};
use crate::output::Output;

/// The progress of a listing.
pub(super) fn progress(rows: usize, pages: usize) -> String {
    format!("{} of {}", counted(rows, "row"), counted(pages, "page"))
}

/// The rows as a list, or a response without rows as it is.
pub(super) fn json(method: &Method, mut rows: Vec<Value>) -> String {
    let value = match rows.pop() {
        Some(only) if rows.is_empty() && !method.gives_rows() => only,
        last => {
            rows.extend(last);
            Value::Array(rows)
        }
    };
    format!("{value:#}\n")
}

pub(super) fn write(method: &Method, rows: &[Value], form: Form, output: &mut Output) {
    if matches!(form, Form::Json) {
        output.raw_result(&json(method, rows.to_vec()));
        return;
    }
    if method.gives_rows() {
        table(method, rows, output);
        return;
    }
    let mut lines = Vec::new();
    for member in rows {
        flatten(member, "", &mut lines);
    }
    if lines.is_empty() {
        output.result("done");
    } else {
        columns::write(["field", "value"], &lines, form, output);
    }
}

fn table(method: &Method, rows: &[Value], output: &mut Output) {
    // The fields of the page, then other members of the response.
    let mut header = method.fields();
    for key in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
        if !header.contains(key) {
            header.push(key.clone());
        }
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| match row {
            Value::Object(members) => header.iter().map(|name| cell(members.get(name))).collect(),
            other => vec![cell(Some(other))],
        })
        .collect();
    if header.is_empty() {
        header.push(method.name());
    }
    let cells: Vec<&[String]> = cells.iter().map(Vec::as_slice).collect();
    columns::table(&header, &cells, output);
}

/// A line for each member of `value`, with the path of its structures.
fn flatten(value: &Value, path: &str, lines: &mut Vec<[String; 2]>) {
    match value {
        Value::Object(members) if path.is_empty() || !members.is_empty() => {
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(member, &path, lines);
            }
        }
        other => lines.push([one_line(path), cell(Some(other))]),
    }
}

/// A value on one line.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => one_line(text),
        Some(other) => other.to_string(),
    }
}

/// `text` with control characters escaped, so that none ends the line or controls the terminal.
pub(super) fn one_line(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut line, c| {
        if c.is_control() {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
        line
    })
}
