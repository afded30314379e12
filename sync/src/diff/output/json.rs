//! The report for programs. What it looks like is documented in docs/diff.md and docs/diff.schema.json; a
//! change there that programs would notice makes a new [`VERSION`].

use serde_json::{Value, json};

use super::Report;
use crate::diff::{Bump, Change, Class};
use pagesmith_model::diagnostic::Severity;
use pagesmith_model::source::Span;

/// The version of the JSON's form.
pub const VERSION: u32 = 1;

pub(super) fn write(report: &Report) -> String {
    let found = report.outcome.value.as_ref();
    let changes: Vec<Value> = found.iter().flat_map(|changes| &changes.changes).map(one).collect();
    let count = |class| found.map_or(0, |changes| changes.count(class));
    let accepted = found.map_or(0, |changes| changes.changes.len() - changes.open().count());
    let bump = found.map_or(Bump::None, crate::diff::Changes::bump);
    let (old_pages, new_pages) = found.map_or((0, 0), |changes| changes.pages);
    let problems: Vec<Value> = report
        .outcome
        .diagnostics
        .iter()
        .map(|found| {
            let severity = match found.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            json!({
                "rule": found.rule(),
                "severity": severity,
                "message": found.message(),
                "place": found.span().map(place),
            })
        })
        .collect();
    let report = json!({
        "version": VERSION,
        "status": report.status().name(),
        "old": { "name": report.old, "pages": old_pages },
        "new": { "name": report.new, "pages": new_pages },
        "counts": {
            "breaking": count(Class::Breaking),
            "warning": count(Class::Warning),
            "safe": count(Class::Safe),
            "accepted": accepted,
        },
        "semver": { "bump": bump.name(), "explanation": bump.explanation() },
        "changelog": report.changelog(),
        "changes": changes,
        "notes": found.map(|changes| changes.notes.clone()).unwrap_or_default(),
        "problems": problems,
    });
    format!("{report:#}")
}

fn one(change: &Change) -> Value {
    json!({
        "id": change.kind.id,
        "subject": change.subject.to_string(),
        "of": change.subject.of,
        "class": change.class().name(),
        "rust": change.rust.name(),
        "wire": change.wire.name(),
        "message": change.sentence.to_string(),
        "advice": change.kind.advice,
        "old": change.old.as_ref().map(place),
        "new": change.new.as_ref().map(place),
        "accepted": change.accepted,
    })
}

fn place(span: &Span) -> Value {
    let (line, column) = span.line_column();
    json!({ "file": span.source().name(), "line": line, "column": column })
}
