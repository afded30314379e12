//! The report of `lint`, in every format.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::report::{Format, annotation, end_column, severity_name};
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Severity, Style};

/// The version of the JSON report. It increases when a reader would have to change.
pub const JSON_VERSION: u32 = 1;

/// Writes `diagnostics` in `format`; only text uses `style`.
///
/// The JSON is one object with `version`, `errors`, `warnings` and `findings`. Each finding has `rule`, `severity`,
/// `message`, `file`, `line`, `column`, `endColumn` and `help`.
#[must_use]
pub fn render(diagnostics: &Diagnostics, format: Format, style: Style) -> String {
    match format {
        Format::Text if diagnostics.is_empty() => "nothing found\n".to_owned(),
        Format::Text => diagnostics.render_all(style),
        Format::Markdown => markdown(diagnostics),
        Format::Json => format!("{:#}\n", json(diagnostics)),
        Format::Github => diagnostics.iter().map(github).collect(),
    }
}

fn markdown(diagnostics: &Diagnostics) -> String {
    if diagnostics.is_empty() {
        return "Nothing found.\n".to_owned();
    }
    let mut text =
        format!("{}\n\n| Place | Rule | Message |\n|---|---|---|\n", diagnostics.summary());
    for found in diagnostics {
        let place = found.span().map(|span| format!("`{span}`")).unwrap_or_default();
        let message = found.message().replace('|', "\\|").replace(['\n', '\r'], " ");
        let (severity, rule) = (severity_name(found.severity()), found.rule());
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {place} | {severity} `{rule}` | {message} |");
    }
    text
}

fn json(diagnostics: &Diagnostics) -> Value {
    let count = |severity: Severity| {
        diagnostics.iter().filter(|found| found.severity() == severity).count()
    };
    let findings: Vec<Value> = diagnostics
        .iter()
        .map(|found| {
            let place = found.span().map(|span| (span, span.line_column()));
            json!({
                "rule": found.rule(),
                "severity": severity_name(found.severity()),
                "message": found.message(),
                "file": place.map(|(span, _)| span.source().name()),
                "line": place.map(|(_, (line, _))| line),
                "column": place.map(|(_, (_, column))| column),
                "endColumn": place.map(|(span, _)| end_column(span)),
                "help": found.help_text(),
            })
        })
        .collect();
    json!({
        "version": JSON_VERSION,
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "findings": findings,
    })
}

fn github(found: &Diagnostic) -> String {
    let help = found.help_text().map(|help| format!("\n{help}")).unwrap_or_default();
    let message = format!("{}{help}", found.message());
    annotation(severity_name(found.severity()), found.span(), found.rule(), &message)
}
