//! The next version of the crate that is generated from the pages, and the entry in its changelog.

use std::fmt::Write as _;

use super::breaking::{Class, Section};
use super::change::Change;
use super::sentence::markdown_code;

/// The part of the version number that increases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// No part: nothing changed.
    None,
    /// The third number.
    Patch,
    /// The second number.
    Minor,
    /// The first number.
    Major,
}

impl Bump {
    /// The part that `change` increases. A change that breaks only deployed programs does not need a major version,
    /// because they break without a new version of the crate too.
    pub(super) fn of(change: &Change) -> Self {
        if change.rust == Class::Breaking {
            return Self::Major;
        }
        let is_notable = change.class() != Class::Safe || change.kind.section == Section::Added;
        if is_notable { Self::Minor } else { Self::Patch }
    }

    /// `none`, `patch`, `minor` or `major`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// An example, for versions from 1.0 on and before.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::None => "nothing changed",
            Self::Patch => "1.4.2 becomes 1.4.3; before 1.0, 0.4.2 becomes 0.4.3",
            Self::Minor => {
                "1.4.2 becomes 1.5.0; before 1.0, 0.4.2 becomes 0.4.3, \
                 because Cargo treats the second number of a 0.x version as the major one"
            }
            Self::Major => {
                "1.4.2 becomes 2.0.0; before 1.0, 0.4.2 becomes 0.5.0, \
                 because Cargo treats the second number of a 0.x version as the major one"
            }
        }
    }
}

/// The entry for a changelog in the format of keepachangelog.com, in Markdown. Empty if no change concerns users of
/// the crate.
pub(super) fn entry(changes: &[Change]) -> String {
    let mut text = String::new();
    for (section, title) in
        [(Section::Added, "Added"), (Section::Changed, "Changed"), (Section::Removed, "Removed")]
    {
        let mut changes = changes.iter().filter(|change| change.kind.section == section).peekable();
        if changes.peek().is_none() {
            continue;
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "### {title}\n\n");
        for change in changes {
            let breaking = if change.rust == Class::Breaking { "**Breaking:** " } else { "" };
            let _ = writeln!(text, "- {breaking}{}.", item(change));
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// The sentence of a change, after the name of its page unless the sentence has that.
fn item(change: &Change) -> String {
    let (of, sentence) = (&change.subject.of, change.sentence.markdown());
    if change.sentence.names().contains(of) {
        return sentence;
    }
    format!("{}: {sentence}", markdown_code(of))
}
