//! The report for people.

use std::fmt::Write as _;

use super::{Report, Status, counted, summary};
use crate::diff::change::harmless;
use crate::diff::{Change, Changes, Class};
use pagesmith_model::diagnostic::Style;
use pagesmith_model::source::Span;

pub(super) fn write(report: &Report, style: Style) -> String {
    let paint = Paint(style);
    let status = report.status();
    let class = match status {
        Status::Ok => Class::Safe,
        _ => Class::Breaking,
    };
    let mut text = format!("status: {}\n", paint.class(status.name(), class));
    // Writing to a String cannot fail.
    let _ = writeln!(text, "old: {}\nnew: {}", harmless(&report.old), harmless(&report.new));
    let Some(changes) = &report.outcome.value else {
        let _ = writeln!(text, "{}; nothing was compared", report.outcome.diagnostics.summary());
        return text;
    };
    for note in &changes.notes {
        let _ = writeln!(text, "note: {}", harmless(note));
    }
    let mut page = None;
    for change in &changes.changes {
        if page != Some(&change.subject.of) {
            page = Some(&change.subject.of);
            let _ = writeln!(text, "\n{}", paint.bold(&harmless(&change.subject.of)));
        }
        text += &one(change, &paint);
    }
    text + &ending(report, changes, &paint)
}

fn one(change: &Change, paint: &Paint) -> String {
    let class = change.class();
    let mut text = format!(
        "  {}  {}  {}\n",
        paint.class(&format!("{:<8}", class.name()), class),
        change.kind.id,
        paint.bold(&change.sentence.to_string()),
    );
    let mut add = |line: String| {
        let _ = writeln!(text, "            {line}");
    };
    add(format!(
        "Rust {}, wire {}",
        paint.class(change.rust.name(), change.rust),
        paint.class(change.wire.name(), change.wire)
    ));
    let place = |word: &str, span: &Option<Span>| {
        span.as_ref().map(|span| format!("{word} {}", harmless(&span.to_string())))
    };
    for line in [place("old", &change.old), place("new", &change.new)].into_iter().flatten() {
        add(paint.dim(&line));
    }
    if let Some(reason) = &change.accepted {
        add(format!("accepted: {}", harmless(reason)));
    } else if class != Class::Safe {
        add(format!("to do: {}", change.kind.advice));
    }
    text
}

fn ending(report: &Report, changes: &Changes, paint: &Paint) -> String {
    let (old, new) = changes.pages;
    let mut text = format!(
        "\n{}; {} before, {} now\n",
        summary(changes),
        counted(old, "page"),
        counted(new, "page")
    );
    let bump = changes.bump();
    let _ = writeln!(text, "version: {} ({})", paint.bold(bump.name()), bump.explanation());
    let changelog = report.changelog();
    if !changelog.is_empty() {
        let _ = writeln!(text, "\nFor the changelog:\n\n{changelog}");
    }
    text
}

/// Colours, where there are some.
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

    fn dim(&self, text: &str) -> String {
        self.with("2", text)
    }
}
