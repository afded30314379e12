//! The parts of the SDK that `sdk.json` sets.

use super::breaking::{self, ChangeKind, Class};
use super::change::{Change, Subject};
use super::snapshot::Snapshot;
use pagesmith_codegen::Gate;

/// The name that the report uses in place of a page.
const SDK: &str = "sdk";

/// Compares the settings of two folders.
pub(super) fn compare(old: &Snapshot, new: &Snapshot) -> Vec<Change> {
    if old.is_page || new.is_page {
        return Vec::new();
    }
    let (olds, news) = (&old.settings, &new.settings);
    let changes = [
        gate("serde", &olds.serde, &news.serde),
        gate("blocking", &olds.blocking, &news.blocking),
        path(olds.path.as_deref(), news.path.as_deref()),
    ];
    let place = |(part, change): (&str, Change)| {
        change.at(olds.span(&[part]).as_ref(), news.span(&[part]).as_ref())
    };
    changes.into_iter().flatten().map(place).collect()
}

type PartChange<'p> = (&'p str, Change);

fn change<'p>(
    kind: &'static ChangeKind,
    pattern: &str,
    names: &[&'p str],
) -> Option<PartChange<'p>> {
    let part = names.first()?;
    Some((part, Subject::whole(&SDK).member(part).change_as(kind, pattern, names)))
}

fn gate<'p>(part: &'p str, old: &'p Gate, new: &'p Gate) -> Option<PartChange<'p>> {
    let (removed, added) = (&breaking::PART_REMOVED, &breaking::PART_ADDED);
    match (old, new) {
        (old, new) if old == new => None,
        (_, Gate::Off) => change(removed, "the SDK no longer has {}", &[part]),
        (Gate::Off, Gate::Feature(name)) => {
            change(added, "the SDK now has {}, behind the feature {}", &[part, name])
        }
        (Gate::Off, _) => change(added, "the SDK now has {}", &[part]),
        (_, Gate::Feature(name)) => change(removed, "{} now needs the feature {}", &[part, name]),
        (_, Gate::On) => change(added, "{} no longer needs a feature", &[part]),
    }
}

fn path<'p>(old: Option<&'p str>, new: Option<&'p str>) -> Option<PartChange<'p>> {
    let (removed, added, part) = (&breaking::PART_REMOVED, &breaking::PART_ADDED, "path");
    match (old, new) {
        (old, new) if old == new => None,
        (None, Some(new)) => change(added, "the {} of the SDK is now set to {}", &[part, new]),
        (_, Some(new)) => change(removed, "the {} of the SDK changed to {}", &[part, new]),
        // Without a path, only the examples in the documentation are no longer compiled.
        (_, None) => change(removed, "the {} of the SDK is no longer set", &[part])
            .map(|(part, change)| (part, change.rust(Class::Safe))),
    }
}
