//! The report in Markdown. What a page or a model calls something stands in code spans, where nothing is
//! markup.

use std::fmt::Write as _;

use super::{Report, counted, summary};
use crate::diff::change::harmless;
use crate::diff::{Change, Changes, Class, Piece, Sentence};
use pagesmith_model::source::Span;

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
    let _ = write!(
        text,
        "{}; {} before, {} now.\n\n",
        summary(changes),
        counted(changes.pages.0, "page"),
        counted(changes.pages.1, "page"),
    );
    for note in &changes.notes {
        let _ = write!(text, "> {}\n\n", code(note));
    }
    text += &table_of_classes(changes);
    let mut page = None;
    for change in &changes.changes {
        if page != Some(&change.subject.of) {
            page = Some(&change.subject.of);
            let _ = write!(text, "\n### {}\n\n", code(&change.subject.of));
            text += "| Change | Rust | Wire | What | Where |\n|:--|:--|:--|:--|:--|\n";
        }
        text += &row(change);
    }
    let bump = changes.bump();
    let _ = writeln!(text, "\n### Version\n\n**{}**: {}.", bump.name(), bump.explanation());
    let changelog = report.changelog();
    if !changelog.is_empty() {
        // Below the report's own headings.
        let changelog = changelog.replace("### ", "#### ");
        let _ = writeln!(text, "\n### Changelog\n\n{changelog}");
    }
    text
}

fn table_of_classes(changes: &Changes) -> String {
    let mut text = "| | breaking | warning | safe |\n|:--|--:|--:|--:|\n".to_owned();
    for (snapshot, is_rust) in [("Rust API", true), ("Wire", false)] {
        let class_of = |change: &Change| if is_rust { change.rust } else { change.wire };
        let count = |class| changes.open().filter(|change| class_of(change) == class).count();
        let _ = writeln!(
            text,
            "| {snapshot} | {} | {} | {} |",
            count(Class::Breaking),
            count(Class::Warning),
            count(Class::Safe)
        );
    }
    text
}

fn row(change: &Change) -> String {
    let class = |class: Class| match class {
        Class::Breaking => "**breaking**",
        other => other.name(),
    };
    let place = |word: &str, span: &Option<Span>| {
        span.as_ref().map(|span| format!("{word} {}", code(&span.to_string())))
    };
    let places: Vec<String> =
        [place("old", &change.old), place("new", &change.new)].into_iter().flatten().collect();
    let accepted = change.accepted.as_ref().map(|reason| format!("; accepted: {}", code(reason)));
    let cells = [
        format!("`{}`", change.kind.id),
        class(change.rust).to_owned(),
        class(change.wire).to_owned(),
        sentence(&change.sentence) + &accepted.unwrap_or_default(),
        places.join("<br>"),
    ];
    // A pipe ends a cell, in code too.
    let cells = cells.map(|cell| cell.replace('|', "\\|"));
    format!("| {} |\n", cells.join(" | "))
}

/// A sentence with its names as code.
pub(in crate::diff) fn sentence(sentence: &Sentence) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Name(name) => code(name),
    };
    sentence.pieces().iter().map(piece).collect()
}

/// `text` as a code span on one line, whatever it holds.
pub(in crate::diff) fn code(text: &str) -> String {
    let text = harmless(text);
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    // Blanks at both ends are taken off again.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    if text.trim().is_empty() {
        "` `".to_owned()
    } else {
        format!("{fence}{pad}{text}{pad}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn nothing_gets_out_of_code() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`<b>`"), "`` `<b>` ``");
        assert_eq!(code("a\n# b"), "`a # b`");
        assert_eq!(code(""), "` `");
    }
}
