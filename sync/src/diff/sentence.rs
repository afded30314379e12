//! Sentences of a report, in which names are kept apart from text.

#[cfg(test)]
mod tests;

use std::fmt;

use pagesmith_model::diagnostic::is_direction_control;

/// A sentence whose names are kept apart from its text, so that each output format can mark them and no name is
/// taken for markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The text, with `{}` for each name.
    pattern: String,
    /// Names and values from a page or a model.
    names: Vec<String>,
}

impl Sentence {
    /// Adds `pattern` with its `{}` replaced by `names`, in order.
    pub(super) fn push(&mut self, pattern: &str, names: &[&str]) {
        self.pattern += pattern;
        self.names.extend(names.iter().map(|name| (*name).to_owned()));
    }

    /// Its names, in order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Markdown with names as code.
    pub(super) fn markdown(&self) -> String {
        self.with_names(markdown_code)
    }

    fn with_names(&self, write: impl Fn(&str) -> String) -> String {
        let mut parts = self.pattern.split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (part, name) in parts.zip(&self.names) {
            text = text + &write(name) + part;
        }
        text
    }
}

/// Writes one line with names in backquotes, without control characters.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.with_names(|name| {
            let name = printable(name);
            let quote = if name.contains('`') { '"' } else { '`' };
            format!("{quote}{name}{quote}")
        }))
    }
}

/// `text` on one line, with control characters replaced.
pub(super) fn printable(text: &str) -> String {
    let replace = |character: char| match character {
        '\n' | '\t' | '\r' => ' ',
        other if other.is_control() || is_direction_control(other) || other == '\u{FEFF}' => {
            '\u{FFFD}'
        }
        other => other,
    };
    text.chars().map(replace).collect()
}

/// `text` as a code span in Markdown, on one line, whatever it contains.
pub(super) fn markdown_code(text: &str) -> String {
    let text = printable(text);
    if text.trim().is_empty() {
        return "` `".to_owned();
    }
    let runs = text.split(|character| character != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    // Markdown removes one space at each end.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
