//! Pages that were removed, added or renamed.

use std::collections::{BTreeMap, BTreeSet};

use super::breaking::{self, ChangeKind};
use super::change::{Change, Subject};
use super::matching::{Matches, RenameBudget};
use super::pair::PagePair;
use super::similarity::{folded, near, shared, words};
use super::verb::verb;
use super::view::PageView;
use pagesmith_model::page::Method;

/// The least similarity of a removed and an added page that are one renamed page.
const RENAMED: usize = 650;

/// The least share of resources that a removed and an added service have in common if they are one renamed service.
const SERVICE_RENAMED: usize = 500;

/// The pages of two sides, matched.
#[derive(Default)]
pub(super) struct PageMatches<'a> {
    pub(super) pairs: Vec<(&'a PageView<'a>, &'a PageView<'a>)>,
    pub(super) removed: Vec<&'a PageView<'a>>,
    pub(super) added: Vec<&'a PageView<'a>>,
}

/// Matches pages by id, then by resource in a renamed service, then by similarity.
pub(super) fn match_pages<'a>(
    old: &'a [PageView<'a>],
    new: &'a [PageView<'a>],
    notes: &mut Vec<String>,
) -> PageMatches<'a> {
    let own_key = |view: &'a PageView<'a>| (view.service_name(), view.id().resource.as_str());
    let mut matches = Matches::keyed(old, new, own_key);
    let renamed = renamed_services(old, new, notes);
    let new_service = |view: &PageView<'_>| {
        let service = view.service_name();
        renamed.get(&service).cloned().unwrap_or(service)
    };
    let new_key = |view: &'a PageView<'a>| (new_service(view), view.id().resource.as_str());
    matches.by_keys(|view| [new_key(view)], |view| [own_key(view)]);
    let mut found = PageMatches { pairs: matches.pairs().collect(), ..PageMatches::default() };
    let mut services: BTreeMap<String, [Vec<&PageView<'_>>; 2]> = BTreeMap::new();
    for view in matches.removed() {
        services.entry(new_service(view)).or_default()[0].push(view);
    }
    for view in matches.added() {
        services.entry(view.service_name()).or_default()[1].push(view);
    }
    for (service, [removed, added]) in services {
        let mut matches = Matches::new(removed, added);
        let mut budget = RenameBudget::new();
        let list = (&mut budget, "pages");
        matches.by_similarity(list, RENAMED, Profile::new, Profile::similarity);
        notes.extend(budget.note(&service));
        found.pairs.extend(matches.pairs());
        found.removed.extend(matches.removed());
        found.added.extend(matches.added());
    }
    found
}

/// The new names of old services. A service is renamed if only the old side has its name and a service that only
/// the new side has shares most resources with it.
fn renamed_services(
    old: &[PageView<'_>],
    new: &[PageView<'_>],
    notes: &mut Vec<String>,
) -> BTreeMap<String, String> {
    let (olds, news) = (resources(old), resources(new));
    let only_old = olds.iter().filter(|(name, _)| !news.contains_key(*name));
    let only_new = news.iter().filter(|(name, _)| !olds.contains_key(*name));
    let mut matches: Matches<(&String, &BTreeSet<&str>)> =
        Matches::new(only_old.collect::<Vec<_>>(), only_new.collect());
    let mut budget = RenameBudget::new();
    matches.by_similarity(
        (&mut budget, "services"),
        SERVICE_RENAMED,
        |(_, resources)| resources,
        // A folder may have only some pages of a service, so the smaller set decides.
        |old, new| old.intersection(new).count() * 1000 / old.len().min(new.len()).max(1),
    );
    notes.extend(budget.note("the folder"));
    matches.pairs().map(|((old, _), (new, _))| (old.clone(), new.clone())).collect()
}

/// The resources of each service.
fn resources<'a>(views: &[PageView<'a>]) -> BTreeMap<String, BTreeSet<&'a str>> {
    let mut services: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for view in views {
        services.entry(view.service_name()).or_default().insert(&view.id().resource);
    }
    services
}

/// What the similarity of two pages is computed from.
struct Profile<'a> {
    resource: &'a str,
    /// The verbs with their required params.
    methods: BTreeSet<String>,
    fields: BTreeSet<&'a str>,
    words: BTreeSet<String>,
}

impl<'a> Profile<'a> {
    fn new(view: &'a PageView<'a>) -> Self {
        let resource = view.id().resource.as_str();
        let signature = |method: &Method| {
            let params = method.required_params.iter().map(|param| param.value.as_str());
            let params: BTreeSet<&str> = params.collect();
            format!("{} {params:?}", folded(verb(&method.name, resource)))
        };
        let (methods, fields) = (view.page.methods.iter(), view.page.fields.iter());
        Self {
            resource,
            methods: methods.clone().map(signature).collect(),
            fields: fields.map(|field| field.name.as_str()).collect(),
            words: methods.flat_map(|method| words(&method.description)).collect(),
        }
    }

    fn similarity(&self, other: &Self) -> usize {
        let name = if near(self.resource, other.resource) { 200 } else { 0 };
        let by_methods = shared(&self.methods, &other.methods) * 3 / 10;
        let by_fields = shared(&self.fields, &other.fields) / 4;
        let by_words = shared(&self.words, &other.words) / 4;
        name + by_methods + by_fields + by_words
    }
}

/// The change that `view` was removed.
pub(super) fn removed(view: &PageView<'_>) -> Change {
    change(&breaking::PAGE_REMOVED, view).at(&view.id().span, None)
}

/// The change that `view` was added.
pub(super) fn added(view: &PageView<'_>) -> Change {
    change(&breaking::PAGE_ADDED, view).at(None, &view.id().span)
}

fn change(kind: &'static ChangeKind, view: &PageView<'_>) -> Change {
    let subject = Subject::whole(&view.id().value);
    subject.change(kind, &[&subject.of])
}

/// Compares the ids of two pages.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (pair.old.id(), pair.new.id());
    let kind = match old.resource == new.resource {
        true if old == new => return,
        true => &breaking::PAGE_ID_CHANGED,
        false => &breaking::PAGE_RENAMED,
    };
    let names = [&*old.to_string(), &*new.to_string()];
    changes.push(pair.subject.change(kind, &names).at(&old.span, &new.span));
}
