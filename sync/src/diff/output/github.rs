//! The report as GitHub's workflow commands: `::error file=…,line=…::message`.

use std::fmt::Write as _;

use super::{Report, summary};
use crate::diff::Class;
use crate::diff::change::harmless;
use pagesmith_model::diagnostic::Severity;
use pagesmith_model::source::Span;

pub(super) fn write(report: &Report) -> String {
    let mut text = format!("status: {}\n", report.status().name());
    for found in &report.outcome.diagnostics {
        let level = match found.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        text += &command(level, found.span(), found.rule(), found.message());
    }
    let Some(changes) = &report.outcome.value else {
        return text;
    };
    for change in &changes.changes {
        let level = match change.class() {
            _ if change.accepted.is_some() => "notice",
            Class::Breaking => "error",
            Class::Warning => "warning",
            Class::Safe => "notice",
        };
        let mut message = format!(
            "{}: {} (Rust {}, wire {})",
            change.subject.of, change.sentence, change.rust, change.wire
        );
        if let Some(reason) = &change.accepted {
            // Writing to a String cannot fail.
            let _ = write!(message, "; accepted: {reason}");
        }
        text += &command(level, change.place(), change.kind.id, &message);
    }
    // No command begins a line of the runner's own words.
    text + &format!("{}; version: {}\n", summary(changes), changes.bump().name())
}

fn command(level: &str, span: Option<&Span>, title: &str, message: &str) -> String {
    let mut properties = Vec::new();
    if let Some(span) = span {
        let (line, column) = span.line_column();
        properties.push(format!("file={}", property(span.source().name())));
        properties.push(format!("line={line},col={column}"));
    }
    properties.push(format!("title={}", property(title)));
    format!("::{level} {}::{}\n", properties.join(","), escaped(&harmless(message)))
}

/// What the runner takes for itself, written as it wants it.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
