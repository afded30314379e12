//! The parts of the SDK that `sdk.json` has.

use super::change::{Change, Class, Part, Sentence, Subject};
use super::kinds::{self, Kind};
use super::snapshot::Snapshot;
use pagesmith_codegen::Gate;

/// What the changes are of, as no page's name is.
pub(super) const SDK: &str = "sdk";

/// What became of the parts; nothing where one page was named.
pub(super) fn compare(old: &Snapshot, new: &Snapshot) -> Vec<Change> {
    if old.is_page || new.is_page {
        return Vec::new();
    }
    let (olds, news) = (&old.settings, &new.settings);
    let gates = [
        ("serde", gate(&olds.serde, &news.serde)),
        ("blocking", gate(&olds.blocking, &news.blocking)),
        ("path", path(olds.path.as_deref(), news.path.as_deref())),
    ];
    let found = gates.into_iter().filter_map(|(part, found)| Some((part, found?)));
    found
        .map(|(part, Found { kind, rust, sentence })| {
            let subject = Subject { of: SDK.to_owned(), part: Part::Field(part.to_owned()) };
            let mut change = kind.change(subject, sentence(part)).rust(rust);
            change.old = olds.span(&[part]);
            change.new = news.span(&[part]);
            change
        })
        .collect()
}

struct Found {
    kind: &'static Kind,
    rust: Class,
    sentence: Box<dyn Fn(&str) -> Sentence>,
}

fn found(kind: &'static Kind, pattern: &'static str, name: &str) -> Found {
    let name = name.to_owned();
    let sentence = move |part: &str| Sentence::new(pattern, &[part, &name]);
    Found { kind, rust: kind.rust, sentence: Box::new(sentence) }
}

fn gate(old: &Gate, new: &Gate) -> Option<Found> {
    let (removed, added) = (&kinds::PART_REMOVED, &kinds::PART_ADDED);
    Some(match (old, new) {
        (old, new) if old == new => return None,
        (_, Gate::Off) => found(removed, "the SDK has no part {} any more", ""),
        (Gate::Off, Gate::Feature(name)) => {
            found(added, "the SDK has the part {} now, with the feature {}", name)
        }
        (Gate::Off, _) => found(added, "the SDK has the part {} now", ""),
        (_, Gate::Feature(name)) => found(removed, "the part {} now needs the feature {}", name),
        (_, Gate::On) => found(added, "the part {} needs no feature any more", ""),
    })
}

/// Without a path, only examples are not compiled.
fn path(old: Option<&str>, new: Option<&str>) -> Option<Found> {
    let (removed, added) = (&kinds::PART_REMOVED, &kinds::PART_ADDED);
    match (old, new) {
        (None, Some(new)) => Some(found(added, "the {} of the SDK is {}", new)),
        (Some(_), None) => {
            let gone = found(removed, "the {} of the SDK is not said any more", "");
            Some(Found { rust: Class::Safe, ..gone })
        }
        (Some(old), Some(new)) if old != new => {
            Some(found(removed, "the {} of the SDK is now {}", new))
        }
        _ => None,
    }
}
