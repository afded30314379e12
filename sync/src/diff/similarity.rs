//! How similar names and descriptions are, in thousandths.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use pagesmith_codegen::prose;
use pagesmith_model::words::nearest;

/// The similarity of equal things.
pub(super) const SAME: usize = 1000;

/// How many words of a description are compared.
const MAX_WORDS: usize = 400;

/// The labels of notes. Dialects without HTML lose them.
const LABELS: [&str; 5] = ["Note", "Important", "Warning", "Tip", "Caution"];

/// A name in lower case without punctuation.
pub(super) fn folded(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|character| character.to_ascii_lowercase()).collect()
}

/// Whether the names are the same but for case and punctuation, or nearly the same.
pub(super) fn near(old: &str, new: &str) -> bool {
    folded(old) == folded(new) || nearest(old, [new]).is_some()
}

/// The share of the elements that both sets have; zero if both are empty.
pub(super) fn shared<T: Ord>(old: &BTreeSet<T>, new: &BTreeSet<T>) -> usize {
    let both = old.intersection(new).count();
    (both * SAME).checked_div(old.len() + new.len() - both).unwrap_or(0)
}

/// The first words of a description.
pub(super) fn words(html: &str) -> BTreeSet<String> {
    let plain = prose::to_plain_text(html).to_lowercase();
    let words = plain.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).take(MAX_WORDS).map(str::to_owned).collect()
}

/// A description, prepared for comparing it with many others.
pub(super) struct Description {
    letters: String,
    words: BTreeSet<String>,
}

impl Description {
    pub(super) fn new(html: &str) -> Self {
        Self { letters: letters(html), words: words(html) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        self.letters == other.letters
    }

    pub(super) fn shared(&self, other: &Self) -> usize {
        shared(&self.words, &other.words)
    }
}

/// Whether two descriptions have the same text. Markup and spaces do not count.
pub(super) fn same_prose(old: &str, new: &str) -> bool {
    old == new || letters(old) == letters(new)
}

/// The visible characters of a description. Spaces are left out, because markup can add or remove them.
fn letters(html: &str) -> String {
    let plain = prose::to_plain_text(html);
    let lines = plain.lines().filter(|line| !LABELS.contains(&line.trim()));
    lines.flat_map(str::chars).filter(|character| !character.is_whitespace()).collect()
}
