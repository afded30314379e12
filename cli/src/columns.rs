//! Rows, as a table or as JSON.

use clap::ValueEnum;
use serde_json::{Map, Value};

use super::Output;

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

/// A flag as what it is, and all else as text.
fn json(cell: &str) -> Value {
    match cell {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        text => text.into(),
    }
}

/// A type as code that has imported what it needs would write it.
pub(super) fn short(takes: &str) -> String {
    takes.replace("super::types::", "").replace("pagesmith::", "")
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let cells = cells.iter().zip(widths).map(|(cell, width)| {
        let missing = width.saturating_sub(cell.chars().count());
        format!(" {cell}{} |", " ".repeat(missing))
    });
    format!("|{}", cells.collect::<String>())
}
