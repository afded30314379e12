//! The report in Markdown. Names from pages and models are in code spans, where nothing is markup.

use std::fmt::Write as _;

use super::{Report, by_page, places, summary};
use crate::diff::Changes;
use crate::diff::breaking::Class;
use crate::diff::change::Change;
use crate::diff::sentence::markdown_code as code;

pub(super) fn write(report: &Report) -> String {
    let mut text = format!("## Pages: {}\n\n", report.status().name());
    // Writing to a String cannot fail.
    let _ = write!(text, "From {} to {}.\n\n", code(&report.old), code(&report.new));
    let Some(changes) = &report.outcome.value else {
        text += "Nothing was compared:\n\n";
        for found in &report.outcome.diagnostics {
            let _ = writeln!(text, "- {}", code(&found.one_line()));
        }
        return text;
    };
    let _ = write!(text, "{}.\n\n", summary(changes));
    for note in &changes.notes {
        let _ = write!(text, "> {}\n\n", code(note));
    }
    text += &table_of_classes(changes);
    for (page, changes) in by_page(changes) {
        let _ = write!(text, "\n### {}\n\n", code(page));
        text += "| Change | Rust | Wire | What | Where |\n|:--|:--|:--|:--|:--|\n";
        text.extend(changes.iter().map(row));
    }
    let bump = changes.bump();
    let _ = writeln!(text, "\n### Version\n\n**{}**: {}.", bump.name(), bump.explanation());
    let changelog = report.changelog();
    if !changelog.is_empty() {
        // One level below the headings of the report.
        let changelog = changelog.replace("### ", "#### ");
        let _ = writeln!(text, "\n### Changelog\n\n{changelog}");
    }
    text
}

fn table_of_classes(changes: &Changes) -> String {
    let mut text = "| | breaking | warning | safe |\n|:--|--:|--:|--:|\n".to_owned();
    for (name, is_rust) in [("Rust API", true), ("Wire", false)] {
        let class_of = |change: &Change| if is_rust { change.rust } else { change.wire };
        let count = |class| changes.open().filter(|change| class_of(change) == class).count();
        let [breaking, warning, safe] = [Class::Breaking, Class::Warning, Class::Safe].map(count);
        let _ = writeln!(text, "| {name} | {breaking} | {warning} | {safe} |");
    }
    text
}

fn row(change: &Change) -> String {
    let class = |class: Class| match class {
        Class::Breaking => "**breaking**",
        other => other.name(),
    };
    let places = places(change).map(|(side, span)| format!("{side} {}", code(&span.to_string())));
    let accepted = change.accepted.as_ref().map(|reason| format!("; accepted: {}", code(reason)));
    let cells = [
        format!("`{}`", change.kind.id),
        class(change.rust).to_owned(),
        class(change.wire).to_owned(),
        change.sentence.markdown() + &accepted.unwrap_or_default(),
        places.collect::<Vec<_>>().join("<br>"),
    ];
    // A pipe ends a cell, even in code.
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}
