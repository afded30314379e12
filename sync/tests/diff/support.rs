//! Where inputs are, and short ways to compare them.

use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::page::{self, Page};
use pagesmith_model::source::Source;
use pagesmith_sync::diff::{Change, Changes, Snapshot, compare};

pub(crate) use crate::places::{corpus, root, seed};

pub(crate) const SEED: &str = "seeds/aws/iam_api/mfa_devices.md";

/// The pages of the corpus, and the seed; the seed alone where there is no corpus.
pub(crate) fn pages() -> Vec<Page> {
    let mut pages = vec![parse(SEED, &seed("mfa_devices.md"))];
    let Some(corpus) = corpus() else { return pages };
    for folder in ["2024-05-02/aws/iam_api", "2024-05-17/aws/iam_api", "2026-08/aws/iam"] {
        let snapshot = value(Snapshot::read(&corpus.join(folder), folder));
        pages.extend(snapshot.pages().cloned());
    }
    pages
}

pub(crate) fn value<T>(outcome: Outcome<T>) -> T {
    let shown = outcome.diagnostics.render_all(Style::Plain);
    outcome.value.unwrap_or_else(|| panic!("{shown}"))
}

pub(crate) fn parse(name: &str, text: &str) -> Page {
    value(page::parse(&Source::new(name, text)))
}

/// The side that is one page.
pub(crate) fn page_side(name: &str, text: &str) -> Snapshot {
    value(Snapshot::of(name, vec![Source::new(name, text)], true))
}

/// The side that these files are.
pub(crate) fn snapshot(files: &[(&str, &str)]) -> Snapshot {
    let sources = files.iter().map(|(name, text)| Source::new(*name, *text)).collect();
    value(Snapshot::of("pages", sources, false))
}

/// What changed between two pages of one name.
pub(crate) fn between(old: &str, new: &str) -> Changes {
    compare(&page_side("users.md", old), &page_side("users.md", new))
}

/// `id subject rust/wire` of each.
pub(crate) fn shown(changes: &Changes) -> Vec<String> {
    changes.changes.iter().map(one).collect()
}

pub(crate) fn one(change: &Change) -> String {
    format!("{} {} {}/{}", change.kind.id, change.subject, change.rust, change.wire)
}
