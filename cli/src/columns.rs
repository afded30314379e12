//! Rows, as a table or as JSON.

use clap::ValueEnum;
use serde_json::{Map, Value};

use super::Output;
use pagesmith_model::invariant;

/// The width of a terminal.
const WIDTH: usize = 80;

/// How rows are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Form {
    /// Columns with bars between them.
    Table,
    /// An array with an object for each row.
    Json,
}

/// Writes `rows`, whose columns are called `header`.
pub(super) fn write<const N: usize>(
    header: [&str; N],
    rows: &[[String; N]],
    form: Form,
    output: &mut Output,
) {
    if matches!(form, Form::Json) {
        let objects = rows.iter().map(|row| {
            let pairs = header.iter().zip(row);
            let pairs = pairs.map(|(name, value)| ((*name).to_owned(), json(value)));
            Value::Object(pairs.collect::<Map<String, Value>>())
        });
        output.result(&format!("{:#}", Value::Array(objects.collect())));
        return;
    }
    let rows: Vec<&[String]> = rows.iter().map(<[String; N]>::as_slice).collect();
    table(&header.map(str::to_owned), &rows, output);
}

/// Writes `rows` with bars between their columns, which are called `header`.
pub(super) fn table(header: &[String], rows: &[&[String]], output: &mut Output) {
    let widths = widths(header, rows);
    output.result(&line(header, &widths));
    let rule: String = widths.iter().map(|width| "-".repeat(width + 2) + "|").collect();
    output.result(&format!("|{rule}"));
    for row in rows {
        output.result(&line(row, &widths));
    }
}

/// The width of each column.
fn widths(header: &[impl AsRef<str>], rows: &[impl AsRef<[String]>]) -> Vec<usize> {
    let mut widths: Vec<usize> = header.iter().map(|name| name.as_ref().chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row.as_ref()) {
            *width = (*width).max(cell.chars().count());
        }
    }
    widths
}

/// As [`table`], with the cells of the column `at` wrapped, so that lines are not wider than a terminal if the words and
/// the other columns allow it.
pub(super) fn narrow<const N: usize>(
    header: [&str; N],
    rows: &[[String; N]],
    at: usize,
    output: &mut Output,
) {
    let mut widths = widths(&header, rows);
    widths.remove(at);
    let others: usize = widths.iter().sum();
    // A bar in front, and for each column two spaces and a bar.
    let room = WIDTH.saturating_sub(1 + 3 * N + others);
    let mut lines: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let wide = invariant!(row.get(at), "`at` is a column");
        for (index, part) in wrapped(wide, room).into_iter().enumerate() {
            let cell = |(column, cell): (usize, &String)| match (column == at, index) {
                (true, _) => part.clone(),
                (false, 0) => cell.clone(),
                (false, _) => String::new(),
            };
            lines.push(row.iter().enumerate().map(cell).collect());
        }
    }
    let lines: Vec<&[String]> = lines.iter().map(Vec::as_slice).collect();
    table(&header.map(str::to_owned), &lines, output);
}

/// `text` in lines of at most `room` characters, except for longer words. There is at least one line.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= room {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// A chain of calls after `indent`, on one line if it is not too long, or in lines as rustfmt breaks it.
pub(super) fn broken(call: &str, indent: &str) -> String {
    let line = format!("{indent}{call}");
    if line.chars().count() <= WIDTH {
        return line;
    }
    // A dot in an argument is not between calls.
    let mut text = indent.to_owned();
    let mut depth = 0_usize;
    for c in call.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                text.push('\n');
                text.push_str(indent);
                text.push_str("    ");
            }
            _ => {}
        }
        text.push(c);
    }
    text
}

/// `true` and `false` as booleans, other cells as strings.
fn json(cell: &str) -> Value {
    match cell {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        text => text.into(),
    }
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let cells = cells.iter().zip(widths).map(|(cell, width)| {
        let missing = width.saturating_sub(cell.chars().count());
        format!(" {cell}{} |", " ".repeat(missing))
    });
    format!("|{}", cells.collect::<String>())
}
