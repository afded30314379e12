//! The report for programs, described in docs/diff.md and docs/diff.schema.json.

use serde_json::{Value, json};

use super::{Report, accepted};
use crate::diff::Changes;
use crate::diff::breaking::Class;
use crate::diff::change::Change;
use crate::report::severity_name;
use pagesmith_model::source::Span;

/// The version of the JSON report. It increases when a reader would have to change.
pub const VERSION: u32 = 1;

pub(super) fn write(report: &Report) -> String {
    let nothing = Changes::default();
    let found = report.outcome.value.as_ref().unwrap_or(&nothing);
    let problems = report.outcome.diagnostics.iter().map(|found| {
        json!({
            "rule": found.rule(),
            "severity": severity_name(found.severity()),
            "message": found.message(),
            "place": found.span().map(place),
        })
    });
    let (changes, bump) = (found.changes.iter().map(change), found.bump());
    let report = json!({
        "version": VERSION,
        "status": report.status().name(),
        "old": { "name": report.old, "pages": found.pages.0 },
        "new": { "name": report.new, "pages": found.pages.1 },
        "counts": {
            "breaking": found.count(Class::Breaking),
            "warning": found.count(Class::Warning),
            "safe": found.count(Class::Safe),
            "accepted": accepted(found),
        },
        "semver": { "bump": bump.name(), "explanation": bump.explanation() },
        "changelog": report.changelog(),
        "changes": changes.collect::<Vec<_>>(),
        "notes": found.notes,
        "problems": problems.collect::<Vec<_>>(),
    });
    format!("{report:#}")
}

fn change(change: &Change) -> Value {
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
