//! Sentences of a report, in which names are kept apart from text.

#[cfg(test)]
mod tests;

use std::fmt;

use pagesmith_model::diagnostic::is_direction_control;

/// A sentence whose names are kept apart from its text, so that each output format can mark them and no name is
/// taken for markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(Vec<Piece>);

/// A piece of a [`Sentence`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text of the report.
    Text(String),
    /// A name or a value from a page or a model.
    Name(String),
}

impl Sentence {
    /// Adds `pattern` with its `{}` replaced by `names`, in order.
    pub(super) fn push(&mut self, pattern: &str, names: &[&str]) {
        let mut names = names.iter();
        for (index, text) in pattern.split("{}").enumerate() {
            if index > 0 {
                self.0.extend(names.next().map(|name| Piece::Name((*name).to_owned())));
            }
            if !text.is_empty() {
                self.0.push(Piece::Text(text.to_owned()));
            }
        }
    }

    /// Its pieces, in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Markdown with names as code.
    pub(super) fn markdown(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Name(name) => markdown_code(name),
        };
        self.0.iter().map(piece).collect()
    }
}

/// Writes one line with names in backquotes, without control characters.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => f.write_str(text),
            Piece::Name(name) => {
                let name = printable(name);
                let quote = if name.contains('`') { '"' } else { '`' };
                write!(f, "{quote}{name}{quote}")
            }
        })
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
