//! Pages that were removed, added or renamed.

use std::collections::{BTreeMap, BTreeSet};

use super::breaking;
use super::change::{Change, Subject};
use super::matching::{Matches, RenameBudget};
use super::pair::PagePair;
use super::similarity::{folded, near, shared, words};
use super::verb::verb;
use super::view::{MethodView, PageView};

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
    let key =
        |view: &PageView<'_>, service: String| (service, view.page.overview.id.resource.clone());
    let own_key = |view: &'a PageView<'a>| key(view, view.service_name());
    let mut matches = Matches::keyed(old, new, own_key);
    let renamed = renamed_services(old, new, notes);
    let new_service = |view: &PageView<'_>| {
        let service = view.service_name();
        renamed.get(&service).cloned().unwrap_or(service)
    };
    matches.by_keys(|view| [key(view, new_service(view))], |view| [own_key(view)]);
    let mut found = PageMatches { pairs: matches.pairs().collect(), ..PageMatches::default() };
    let mut services: BTreeMap<String, [Vec<&PageView<'_>>; 2]> = BTreeMap::new();
    for view in matches.removed() {
        let [removed, _] = services.entry(new_service(view)).or_default();
        removed.push(view);
    }
    for view in matches.added() {
        let [_, added] = services.entry(view.service_name()).or_default();
        added.push(view);
    }
    for (service, [removed, added]) in services {
        let mut matches = Matches::new(&removed, &added);
        let budget = RenameBudget::default();
        let profile = |view: &&'a PageView<'a>| Profile::new(view);
        matches.by_similarity((&budget, "pages"), RENAMED, profile, Profile::similarity);
        notes.extend(budget.note(&service));
        found.pairs.extend(matches.pairs().map(|(old, new)| (*old, *new)));
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
    let resources = |views: &[PageView<'_>]| {
        let mut services: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for view in views {
            let resource = view.page.overview.id.resource.clone();
            services.entry(view.service_name()).or_default().insert(resource);
        }
        services
    };
    let (mut olds, mut news) = (resources(old), resources(new));
    let both: Vec<String> = olds.keys().filter(|name| news.contains_key(*name)).cloned().collect();
    for name in both {
        olds.remove(&name);
        news.remove(&name);
    }
    let (olds, news): (Vec<_>, Vec<_>) = (olds.into_iter().collect(), news.into_iter().collect());
    let mut matches = Matches::new(&olds, &news);
    let budget = RenameBudget::default();
    matches.by_similarity(
        (&budget, "services"),
        SERVICE_RENAMED,
        |service: &(String, BTreeSet<String>)| &service.1,
        // A folder may have only some pages of a service, so the smaller set decides.
        |old, new| old.intersection(new).count() * 1000 / old.len().min(new.len()).max(1),
    );
    notes.extend(budget.note("the folder"));
    matches.pairs().map(|((old, _), (new, _))| (old.clone(), new.clone())).collect()
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
        let resource = view.page.overview.id.resource.as_str();
        let signature = |MethodView { method, .. }: &MethodView<'_>| {
            let params = method.required_params.iter().map(|param| param.value.as_str());
            let params: BTreeSet<&str> = params.collect();
            format!("{} {params:?}", folded(verb(&method.name, resource)))
        };
        let methods = view.methods.iter();
        let fields = view.page.fields.iter();
        Self {
            resource,
            methods: methods.clone().map(signature).collect(),
            fields: fields.map(|field| field.name.value.as_str()).collect(),
            words: methods.flat_map(|view| words(&view.method.description)).collect(),
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
    let id = &view.page.overview.id;
    Change::new(&breaking::PAGE_REMOVED, Subject::page(id), &[&id.to_string()]).from(&id.span)
}

/// The change that `view` was added.
pub(super) fn added(view: &PageView<'_>) -> Change {
    let id = &view.page.overview.id;
    Change::new(&breaking::PAGE_ADDED, Subject::page(id), &[&id.to_string()]).to(&id.span)
}

/// Compares the ids of two pages.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (&pair.old.page.overview.id, &pair.new.page.overview.id);
    if old.value == new.value {
        return;
    }
    let kind = if old.resource == new.resource {
        &breaking::PAGE_ID_CHANGED
    } else {
        &breaking::PAGE_RENAMED
    };
    let names = [&*old.to_string(), &*new.to_string()];
    let change = Change::new(kind, pair.subject.clone(), &names);
    changes.push(change.from(&old.span).to(&new.span));
}
