//! What changed between two editions of pages, and what that breaks.
//!
//! ```text
//!  old pages, old models ──Side──┐
//!                                ├─compare─▶ Changes ──▶ text, Markdown, JSON, annotations
//!  new pages, new models ──Side──┘
//! ```
//!
//! Pages are compared, across dialects too; where service models stand beside the pages on both sides,
//! what the pages are bound to is compared as well. Each [`Change`] is of a [`Kind`] and of two classes:
//! one for programs written against the Rust API, one for deployed programs that call the service.
//! Nothing here knows tokens of Rust; it knows which things have a name or a type there.

mod accept;
mod change;
mod changelog;
mod fields;
pub mod kinds;
mod matching;
mod members;
mod methods;
mod output;
mod pages;
mod params;
mod parts;
mod prose;
mod shapes;
mod similarity;
mod snapshot;
mod tables;
mod view;
mod wire_compat;

pub use self::accept::Accepted;
pub use self::change::{Change, Class, Part, Piece, Sentence, Subject};
pub use self::changelog::Bump;
pub use self::kinds::{KINDS, Kind, Section};
pub use self::output::{JSON_VERSION, Report, Status};
pub use self::snapshot::{Snapshot, belongs};
use self::view::{Pair, View};
use pagesmith_model::page::ResourceId;

/// Everything that changed.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// By page, in the order of the pages' names; of one page, the worst first.
    pub changes: Vec<Change>,
    /// How many pages each side has.
    pub pages: (usize, usize),
    /// What could not be compared, and why.
    pub notes: Vec<String>,
}

impl Changes {
    /// Those that are not accepted.
    pub fn open(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.accepted.is_none())
    }

    /// The worst class of those that are not accepted.
    #[must_use]
    pub fn class(&self) -> Class {
        self.open().map(Change::class).max().unwrap_or(Class::Safe)
    }

    /// How many of those that are not accepted are of `class`.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        self.open().filter(|change| change.class() == class).count()
    }

    /// The version that the changes ask for, accepted or not.
    #[must_use]
    pub fn bump(&self) -> Bump {
        self.changes.iter().map(Bump::of).max().unwrap_or(Bump::None)
    }
}

/// What changed from `old` to `new`, in time linear in the pages.
///
/// # Example
/// ```
/// use pagesmith_sync::diff::{Snapshot, compare};
/// use pagesmith_model::source::Source;
///
/// # let page = include_str!("../../../seeds/aws/iam_api/mfa_devices.md");
/// let side = |name: &str, text: String| Snapshot::of(name, vec![Source::new(name, text)], true).value.unwrap();
/// let old = side("mfa_devices.md", page.to_owned());
/// let new = side("mfa_devices.md", page.replace("SerialNumber, TagKeys, region", "TagKeys, region"));
/// let changes = compare(&old, &new);
/// assert_eq!(changes.changes[0].kind.id, "required-param-removed");
/// assert_eq!(changes.changes[0].subject.to_string(), "aws.iam_api.mfa_devices.Untag(SerialNumber)");
/// ```
#[must_use]
pub fn compare(old: &Snapshot, new: &Snapshot) -> Changes {
    let (olds, news) = (view::views(old), view::views(new));
    let mut notes = notes(old, new);
    let pairs = pages::pairs(&olds, &news, old.is_page && new.is_page, &mut notes);
    let mut found: Vec<(String, Vec<Change>)> = Vec::new();
    let name = |view: &View<'_>| view.page.overview.id.to_string();
    for page in pairs.old.iter().filter_map(|index| olds.get(*index)) {
        found.push((name(page), vec![pages::removed(page)]));
    }
    for page in pairs.new.iter().filter_map(|index| news.get(*index)) {
        found.push((name(page), vec![pages::added(page)]));
    }
    let mut services = shapes::Services::default();
    for (old, new) in pairs.both.iter().filter_map(|(old, new)| olds.get(*old).zip(news.get(*new)))
    {
        let pair = Pair::new(old, new);
        found.push((name(old), compare_pages(&pair)));
        notes.extend(pages::note(&name(old), &pair.weighing));
        services.note(old, new);
    }
    found.extend(services.compare());
    found.push((parts::SDK.to_owned(), parts::compare(old, new)));
    // Stable, so that what belongs to a page stays in the page's order.
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    let changes = found
        .into_iter()
        .flat_map(|(_, mut changes)| {
            changes.sort_by_key(|change| std::cmp::Reverse(change.class()));
            changes
        })
        .collect();
    Changes { changes, pages: (olds.len(), news.len()), notes }
}

fn compare_pages(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    pages::compare(pair, &mut changes);
    methods::compare(pair, &mut changes);
    params::compare(pair, &mut changes);
    fields::compare(pair, &mut changes);
    members::compare(pair, &mut changes);
    prose::compare(pair, &mut changes);
    changes
}

/// Says where service models could not be compared.
fn notes(old: &Snapshot, new: &Snapshot) -> Vec<String> {
    let mut notes = Vec::new();
    let has_model =
        |snapshot: &Snapshot| snapshot.folders.iter().any(|folder| folder.model.is_some());
    match (has_model(old), has_model(new)) {
        (true, false) | (false, true) => {
            let (with, without) = if has_model(old) { (old, new) } else { (new, old) };
            notes.push(format!(
                "only {} has a service model beside its pages, {} has none: what the pages say was compared, \
                 and not what travels",
                with.name, without.name
            ));
        }
        _ => {}
    }
    for snapshot in [old, new] {
        for problem in snapshot.folders.iter().filter_map(|folder| folder.unbound.as_ref()) {
            notes.push(format!(
                "pages of {} could not be bound to the service model beside them, so that their Rust types were \
                 not compared: {problem}",
                snapshot.name
            ));
        }
    }
    notes
}

/// `aws.iam`
fn service_of(id: &ResourceId) -> String {
    format!("{}.{}", id.provider, id.service)
}
