//! Compares two states of a folder of pages and reports what changed and what that breaks.
//!
//! ```text
//!  old pages, old models ──Snapshot──┐
//!                                    ├─compare─▶ Changes ──▶ text, Markdown, JSON, annotations
//!  new pages, new models ──Snapshot──┘
//! ```
//!
//! Pages are compared across dialects. Where both sides have a service model beside the pages, the inputs and outputs
//! of the operations are compared too. Each [`Change`] has a kind, from the table in `breaking.rs`, and two classes: one
//! for programs written against the Rust API, and one for deployed programs that call the service.

mod accept;
mod breaking;
mod change;
mod changelog;
mod fields;
mod matching;
mod members;
mod methods;
mod operations;
mod output;
mod pages;
mod pair;
mod params;
mod prose;
mod row;
mod sentence;
mod settings;
mod shapes;
mod similarity;
mod snapshot;
mod verb;
mod view;
mod wire_compat;

pub use self::accept::Accepted;
pub use self::breaking::{CHANGE_KINDS, ChangeKind, Class, Section};
pub use self::change::{Change, Subject};
pub use self::changelog::Bump;
use self::matching::RenameBudget;
pub use self::output::{JSON_VERSION, Report, Status};
use self::pair::PagePair;
pub use self::sentence::Sentence;
pub use self::snapshot::Snapshot;
use self::view::PageView;

/// All changes between two snapshots.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// In the order of the names of the pages; the worst changes of a page first.
    pub changes: Vec<Change>,
    /// The number of pages on the old and the new side.
    pub pages: (usize, usize),
    /// What could not be compared, and why.
    pub notes: Vec<String>,
}

impl Changes {
    /// The changes that an override file does not accept.
    pub fn open(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.accepted.is_none())
    }

    /// The worst class of the changes that are not accepted.
    #[must_use]
    pub fn class(&self) -> Class {
        self.open().map(Change::class).max().unwrap_or(Class::Safe)
    }

    /// The number of changes of `class` that are not accepted.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        self.open().filter(|change| change.class() == class).count()
    }

    /// The version number that the changes increase, accepted or not.
    #[must_use]
    pub fn bump(&self) -> Bump {
        self.changes.iter().map(Bump::of).max().unwrap_or(Bump::None)
    }
}

/// Compares two snapshots, in time linear in the size of the pages.
///
/// # Example
/// ```
/// use pagesmith_sync::diff::{Snapshot, compare};
/// use pagesmith_model::source::Source;
///
/// # let page = include_str!("../../../seeds/aws/iam_api/mfa_devices.md");
/// let snapshot = |text: String| {
///     let source = Source::new("mfa_devices.md", text);
///     Snapshot::of("mfa_devices.md", vec![source], true).value.unwrap()
/// };
/// let old = snapshot(page.to_owned());
/// let new = snapshot(page.replace("SerialNumber, TagKeys, region", "TagKeys, region"));
/// let changes = compare(&old, &new);
/// assert_eq!(changes.changes[0].kind.id, "required-param-removed");
/// assert_eq!(changes.changes[0].subject.to_string(), "aws.iam_api.mfa_devices.Untag(SerialNumber)");
/// ```
#[must_use]
pub fn compare(old: &Snapshot, new: &Snapshot) -> Changes {
    let (olds, news) = (view::views(old), view::views(new));
    let mut notes = notes(old, new);
    let matches = match (&*olds, &*news) {
        // Two named pages are compared whatever their ids are.
        ([old_page], [new_page]) if old.is_page && new.is_page => {
            pages::PageMatches { pairs: vec![(old_page, new_page)], ..Default::default() }
        }
        _ => pages::match_pages(&olds, &news, &mut notes),
    };
    let mut changes: Vec<Change> = matches.removed.into_iter().map(pages::removed).collect();
    changes.extend(matches.added.into_iter().map(pages::added));
    let mut services = shapes::Services::default();
    for (old, new) in matches.pairs {
        let mut budget = RenameBudget::new();
        changes.extend(compare_pages(old, new, &mut budget));
        notes.extend(budget.note(&old.id().to_string()));
        services.add(old, new);
    }
    changes.extend(services.compare());
    changes.extend(settings::compare(old, new));
    // A stable sort, so that changes of one page and class keep their order.
    changes.sort_by(|left, right| {
        let pages = left.subject.of.cmp(&right.subject.of);
        pages.then(right.class().cmp(&left.class()))
    });
    Changes { changes, pages: (olds.len(), news.len()), notes }
}

fn compare_pages<'a>(
    old: &'a PageView<'a>,
    new: &'a PageView<'a>,
    budget: &mut RenameBudget,
) -> Vec<Change> {
    let pair = &PagePair::new(old, new, budget);
    let mut changes = Vec::new();
    pages::compare(pair, &mut changes);
    methods::compare(pair, &mut changes);
    params::compare(pair, budget, &mut changes);
    fields::compare(pair, budget, &mut changes);
    operations::compare(pair, &mut changes);
    prose::compare(pair, &mut changes);
    changes
}

/// Notes for the report about service models that could not be compared.
fn notes(old: &Snapshot, new: &Snapshot) -> Vec<String> {
    let mut notes = Vec::new();
    let has_model =
        |snapshot: &Snapshot| snapshot.folders.iter().any(|folder| folder.model.is_some());
    if has_model(old) != has_model(new) {
        let (with, without) = if has_model(old) { (old, new) } else { (new, old) };
        notes.push(format!(
            "only {} has a service model beside its pages, {} does not: the pages were compared, and the inputs and \
             outputs of the operations were not",
            with.name, without.name
        ));
    }
    for snapshot in [old, new] {
        for problem in snapshot.folders.iter().filter_map(|folder| folder.unbound.as_ref()) {
            notes.push(format!(
                "the Rust types of {} were not compared, because its pages do not fit their service model: {problem}",
                snapshot.name
            ));
        }
    }
    notes
}
