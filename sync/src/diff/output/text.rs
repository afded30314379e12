//! The report for people.

use std::fmt::Write as _;

use super::{Report, Status, by_page, places, summary};
use crate::diff::breaking::Class;
use crate::diff::change::Change;
use crate::diff::sentence::printable;
use pagesmith_model::diagnostic::Style;

pub(super) fn write(report: &Report, style: Style) -> String {
    let paint = Paint(style);
    let status = report.status();
    let class = if status == Status::Ok { Class::Safe } else { Class::Breaking };
    let mut text = format!("status: {}\n", paint.class(status.name(), class));
    // Writing to a String cannot fail.
    let _ = writeln!(text, "old: {}\nnew: {}", printable(&report.old), printable(&report.new));
    let Some(changes) = &report.outcome.value else {
        let _ = writeln!(text, "{}; nothing was compared", report.outcome.diagnostics.summary());
        return text;
    };
    for note in &changes.notes {
        let _ = writeln!(text, "note: {}", printable(note));
    }
    for (page, changes) in by_page(changes) {
        let _ = writeln!(text, "\n{}", paint.bold(&printable(page)));
        text.extend(changes.iter().map(|change| one(change, &paint)));
    }
    let bump = changes.bump();
    let _ = writeln!(text, "\n{}", summary(changes));
    let _ = writeln!(text, "version: {} ({})", paint.bold(bump.name()), bump.explanation());
    let changelog = report.changelog();
    if !changelog.is_empty() {
        let _ = writeln!(text, "\nFor the changelog:\n\n{changelog}");
    }
    text
}

fn one(change: &Change, paint: &Paint) -> String {
    let class = change.class();
    let mut lines = vec![format!(
        "Rust {}, wire {}",
        paint.class(change.rust.name(), change.rust),
        paint.class(change.wire.name(), change.wire)
    )];
    lines.extend(
        places(change).map(|(side, span)| {
            paint.with("2", &format!("{side} {}", printable(&span.to_string())))
        }),
    );
    if let Some(reason) = &change.accepted {
        lines.push(format!("accepted: {}", printable(reason)));
    } else if class != Class::Safe {
        lines.push(format!("to do: {}", change.kind.advice));
    }
    let mut text = format!(
        "  {}  {}  {}\n",
        paint.class(&format!("{:<8}", class.name()), class),
        change.kind.id,
        paint.bold(&change.sentence.to_string()),
    );
    text.extend(lines.into_iter().map(|line| format!("            {line}\n")));
    text
}

/// Colours text, if the style has colours.
struct Paint(Style);

impl Paint {
    fn with(&self, code: &str, text: &str) -> String {
        match self.0 {
            Style::Plain => text.to_owned(),
            Style::Coloured => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }

    fn class(&self, text: &str, class: Class) -> String {
        let code = match class {
            Class::Safe => "32",
            Class::Warning => "33",
            Class::Breaking => "1;31",
        };
        self.with(code, text)
    }

    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }
}
