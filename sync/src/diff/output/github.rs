//! The report as annotations of a GitHub workflow.

use super::{Report, summary};
use crate::diff::breaking::Class;
use crate::diff::sentence::printable;
use crate::report::{annotation, severity_name};

pub(super) fn write(report: &Report) -> String {
    let mut text = format!("status: {}\n", report.status().name());
    for found in &report.outcome.diagnostics {
        let (level, message) = (severity_name(found.severity()), printable(found.message()));
        text += &annotation(level, found.span(), found.rule(), &message);
    }
    let Some(changes) = &report.outcome.value else {
        return text;
    };
    for change in &changes.changes {
        let level = match change.class() {
            Class::Breaking if change.accepted.is_none() => "error",
            Class::Warning if change.accepted.is_none() => "warning",
            _ => "notice",
        };
        let accepted = change.accepted.as_ref().map(|reason| format!("; accepted: {reason}"));
        let message = format!(
            "{}: {} (Rust {}, wire {}){}",
            change.subject.of,
            change.sentence,
            change.rust,
            change.wire,
            accepted.unwrap_or_default()
        );
        text += &annotation(level, change.place(), change.kind.id, &printable(&message));
    }
    // The last line does not start with a name from a page, which GitHub could take for a command.
    text + &format!("{}; version: {}\n", summary(changes), changes.bump().name())
}
