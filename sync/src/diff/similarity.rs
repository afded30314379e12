//! How alike two things are, in thousandths, and whether two descriptions say the same.

use std::collections::BTreeSet;

use pagesmith_codegen::prose;
use pagesmith_model::words::nearest;

/// What is alike in every way.
pub(super) const SAME: usize = 1000;

/// A description is about what its first words are.
const ENOUGH_WORDS: usize = 400;

/// What the prose of notes begins with; a dialect without HTML has lost it.
const LABELS: [&str; 5] = ["Note", "Important", "Warning", "Tip", "Caution"];

/// A name without its case and its punctuation.
pub(super) fn folded(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|character| character.to_ascii_lowercase()).collect()
}

/// Whether one name could be a slip, or an improvement, of the other.
pub(super) fn near(old: &str, new: &str) -> bool {
    folded(old) == folded(new) || nearest(old, [new]).is_some()
}

/// How much of two sets is in both; nothing where both are empty.
pub(super) fn shared<T: Ord>(old: &BTreeSet<T>, new: &BTreeSet<T>) -> usize {
    let both = old.intersection(new).count();
    let all = old.len() + new.len() - both;
    (both * SAME).checked_div(all).unwrap_or(0)
}

/// The words of a description, up to as many as tell what it is about.
pub(super) fn words(html: &str) -> BTreeSet<String> {
    let plain = prose::to_plain_text(html).to_lowercase();
    let words = plain.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).take(ENOUGH_WORDS).map(str::to_owned).collect()
}

/// What a description says, made once where it is weighed against many.
pub(super) struct Said {
    letters: String,
    words: BTreeSet<String>,
}

impl Said {
    pub(super) fn of(html: &str) -> Self {
        Self { letters: letters(html), words: words(html) }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.letters.is_empty()
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        self.letters == other.letters
    }

    pub(super) fn shared(&self, other: &Self) -> usize {
        shared(&self.words, &other.words)
    }
}

/// Whether two descriptions say the same: as HTML or as plain text, and whatever their blanks.
pub(super) fn same_prose(old: &str, new: &str) -> bool {
    old == new || letters(old) == letters(new)
}

/// What can be seen of a description, without blanks: markup joins and parts words.
fn letters(html: &str) -> String {
    let plain = prose::to_plain_text(html);
    let lines = plain.lines().filter(|line| !LABELS.contains(&line.trim()));
    lines.flat_map(str::chars).filter(|character| !character.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_says_nothing() {
        assert!(same_prose(
            "<p>Lists <i>users</i>.</p> <note>Slowly.</note>",
            "Lists users. Slowly."
        ));
        assert!(same_prose("a  b\n", "a b"));
        assert!(!same_prose("Lists users.", "Lists groups."));
    }

    #[test]
    fn near_names_are_near() {
        assert!(near("UserName", "userName") && near("UserName", "UserNames"));
        assert!(near("user_name", "UserName") && !near("UserName", "Marker"));
    }
}
