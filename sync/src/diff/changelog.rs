//! What the changes ask of the crate that is made from the pages: its next version, and an entry in its
//! changelog.

use std::fmt::Write as _;

use super::output::markdown;
use super::{Change, Changes, Class, Piece, Section};

/// Which number of the version goes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// None: nothing changed.
    None,
    /// The last.
    Patch,
    /// The second.
    Minor,
    /// The first.
    Major,
}

impl Bump {
    /// What `change` asks for. A change that breaks deployed programs only asks for no major version:
    /// a new version of the crate does not make it worse.
    pub(super) fn of(change: &Change) -> Self {
        if change.rust == Class::Breaking {
            return Self::Major;
        }
        let look = change.class() != Class::Safe || change.kind.section == Section::Added;
        if look { Self::Minor } else { Self::Patch }
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

    /// What it means for a version, and for one that begins with 0.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::None => "nothing changed",
            Self::Patch => "1.4.2 becomes 1.4.3; before 1.0, 0.4.2 becomes 0.4.3",
            Self::Minor => {
                "1.4.2 becomes 1.5.0; before 1.0, 0.4.2 becomes 0.4.3, \
                 since Cargo takes the second number of a 0.x version for the major one"
            }
            Self::Major => {
                "1.4.2 becomes 2.0.0; before 1.0, 0.4.2 becomes 0.5.0, \
                 since Cargo takes the second number of a 0.x version for the major one"
            }
        }
    }
}

/// The entry for a changelog in the form of keepachangelog.com, in Markdown; empty where there is nothing
/// that a user of the crate would want to read.
pub(super) fn entry(changes: &Changes) -> String {
    let mut text = String::new();
    for (section, title) in
        [(Section::Added, "Added"), (Section::Changed, "Changed"), (Section::Removed, "Removed")]
    {
        let of_section: Vec<&Change> =
            changes.changes.iter().filter(|change| change.kind.section == section).collect();
        if of_section.is_empty() {
            continue;
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "### {title}\n\n");
        for change in of_section {
            let breaking = if change.rust == Class::Breaking { "**Breaking:** " } else { "" };
            let _ = writeln!(text, "- {breaking}{}.", item(change));
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// What happened, and in which page where the sentence does not say so.
fn item(change: &Change) -> String {
    let sentence = markdown::sentence(&change.sentence);
    let names_it = |piece: &Piece| matches!(piece, Piece::Name(name) if *name == change.subject.of);
    if change.sentence.pieces().iter().any(names_it) {
        return sentence;
    }
    format!("{}: {sentence}", markdown::code(&change.subject.of))
}
