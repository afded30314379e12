//! Rows, as a table or as JSON.

use clap::ValueEnum;
use serde_json::{Map, Value};

use super::Output;

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
    let mut widths: Vec<usize> = header.iter().map(|name| name.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(*row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    output.result(&line(header, &widths));
    let rule: String = widths.iter().map(|width| "-".repeat(width + 2) + "|").collect();
    output.result(&format!("|{rule}"));
    for row in rows {
        output.result(&line(row, &widths));
    }
}

/// As [`table`], with the column `at` broken at its spaces so that lines are no wider than a terminal,
/// as far as its words and the other columns allow.
pub(super) fn narrow<const N: usize>(
    header: [&str; N],
    rows: &[[String; N]],
    at: usize,
    output: &mut Output,
) {
    let others: usize = (0..N)
        .filter(|column| *column != at)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(String::as_str);
            let widths = cells.chain(header.get(column).copied()).map(|cell| cell.chars().count());
            widths.max().unwrap_or_default()
        })
        .sum();
    // A bar in front, and for each column two spaces and a bar.
    let room = WIDTH.saturating_sub(1 + 3 * N + others);
    let mut lines: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let wide = row.get(at).map(String::as_str).unwrap_or_default();
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

/// `text` in lines of at most `room` characters, but for words that are longer; at least one line.
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

/// A chain of calls behind `indent`: on one line where it is not too long, else as rustfmt breaks it.
pub(super) fn broken(call: &str, indent: &str) -> String {
    let line = format!("{indent}{call}");
    if line.chars().count() <= WIDTH {
        return line;
    }
    // Only between calls: arguments have dots of their own.
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

/// A flag as what it is, and all else as text.
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
