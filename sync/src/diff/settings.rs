//! The parts of the SDK that `sdk.json` sets.

use super::breaking::{self, ChangeKind, Class};
use super::change::{Change, Subject};
use super::snapshot::Snapshot;
use pagesmith_codegen::Gate;

/// The name that the report uses in place of a page.
pub(super) const SDK: &str = "sdk";

/// Compares the settings of two folders.
pub(super) fn compare(old: &Snapshot, new: &Snapshot) -> Vec<Change> {
    if old.is_page || new.is_page {
        return Vec::new();
    }
    let (olds, news) = (&old.settings, &new.settings);
    let changes = [
        ("serde", gate("serde", &olds.serde, &news.serde)),
        ("blocking", gate("blocking", &olds.blocking, &news.blocking)),
        ("path", path(olds.path.as_deref(), news.path.as_deref())),
    ];
    let changes = changes.into_iter().filter_map(|(part, change)| Some((part, change?)));
    changes
        .map(|(part, change)| Change { old: olds.span(&[part]), new: news.span(&[part]), ..change })
        .collect()
}

fn change(kind: &'static ChangeKind, part: &str, pattern: &str, name: &str) -> Change {
    Change::new(kind, Subject::whole(SDK).field(part), &[]).say(pattern, &[part, name])
}

fn gate(part: &str, old: &Gate, new: &Gate) -> Option<Change> {
    let (removed, added) = (&breaking::PART_REMOVED, &breaking::PART_ADDED);
    Some(match (old, new) {
        (old, new) if old == new => return None,
        (_, Gate::Off) => change(removed, part, "the SDK no longer has {}", ""),
        (Gate::Off, Gate::Feature(name)) => {
            change(added, part, "the SDK now has {}, behind the feature {}", name)
        }
        (Gate::Off, _) => change(added, part, "the SDK now has {}", ""),
        (_, Gate::Feature(name)) => change(removed, part, "{} now needs the feature {}", name),
        (_, Gate::On) => change(added, part, "{} no longer needs a feature", ""),
    })
}

fn path(old: Option<&str>, new: Option<&str>) -> Option<Change> {
    let (removed, added) = (&breaking::PART_REMOVED, &breaking::PART_ADDED);
    Some(match (old, new) {
        (None, Some(new)) => change(added, "path", "the {} of the SDK is now set to {}", new),
        // Without a path, only the examples in the documentation are no longer compiled.
        (Some(_), None) => {
            change(removed, "path", "the {} of the SDK is no longer set", "").rust(Class::Safe)
        }
        (Some(old), Some(new)) if old != new => {
            change(removed, "path", "the {} of the SDK changed to {}", new)
        }
        _ => return None,
    })
}
