//! Pages that are gone, new, or called otherwise.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::change::{Change, Sentence, Subject};
use super::kinds;
use super::matching::{Pairs, Weighing};
use super::service_of;
use super::similarity::{folded, near, shared, words};
use super::snapshot::verb;
use super::view::{Pair, View};
use pagesmith_model::page::Method;

/// How alike two pages are that are one page renamed.
const RENAMED: usize = 650;

/// Which pages describe the same resource.
pub(super) fn pairs(
    old: &[View<'_>],
    new: &[View<'_>],
    is_one_page: bool,
    notes: &mut Vec<String>,
) -> Pairs {
    let mut pairs = Pairs::of(old.len(), new.len());
    if is_one_page {
        pairs.by_keys(|_| vec![String::new()], |_| vec![String::new()]);
        return pairs;
    }
    let key = |views: &[View<'_>], index: usize, service: &dyn Fn(String) -> String| {
        views.get(index).map(|view| {
            let id = &view.page.overview.id;
            format!("{}.{}", service(service_of(id)), id.resource)
        })
    };
    let as_it_is = |service: String| service;
    let keys = |views: &[View<'_>], index| key(views, index, &as_it_is).into_iter().collect();
    pairs.by_keys(|index| keys(old, index), |index| keys(new, index));
    let renamed = renamed_services(old, new, notes);
    let follow = |service: String| renamed.get(&service).cloned().unwrap_or(service);
    pairs.by_keys(|index| key(old, index, &follow).into_iter().collect(), |index| keys(new, index));
    by_likeness(old, new, &follow, &mut pairs, notes);
    pairs
}

/// The services of the old side that go by another name in the new: gone from there, and a service that is
/// new there has most of the same resources.
fn renamed_services(
    old: &[View<'_>],
    new: &[View<'_>],
    notes: &mut Vec<String>,
) -> BTreeMap<String, String> {
    let resources = |views: &[View<'_>]| {
        let mut services: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for view in views {
            let id = &view.page.overview.id;
            services.entry(service_of(id)).or_default().insert(id.resource.clone());
        }
        services
    };
    let (olds, news) = (resources(old), resources(new));
    let gone: Vec<_> = olds.iter().filter(|(name, _)| !news.contains_key(*name)).collect();
    let fresh: Vec<_> = news.iter().filter(|(name, _)| !olds.contains_key(*name)).collect();
    let mut pairs = Pairs::of(gone.len(), fresh.len());
    let weighing = Weighing::default();
    pairs.by_likeness((&weighing, "services"), 500, |old, new| {
        match (gone.get(old), fresh.get(new)) {
            // A folder can hold a part of the service's pages only: the smaller set decides.
            (Some((_, old)), Some((_, new))) => {
                old.intersection(new).count() * 1000 / old.len().min(new.len()).max(1)
            }
            _ => 0,
        }
    });
    notes.extend(note("the folder", &weighing));
    let names = pairs.both.iter().filter_map(|(old, new)| gone.get(*old).zip(fresh.get(*new)));
    names.map(|((old, _), (new, _))| ((*old).clone(), (*new).clone())).collect()
}

/// Pairs the pages of each service that are left by what they say.
fn by_likeness<'a>(
    old: &[View<'a>],
    new: &[View<'a>],
    follow: &dyn Fn(String) -> String,
    pairs: &mut Pairs,
    notes: &mut Vec<String>,
) {
    let mut services: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for index in &pairs.old {
        if let Some(view) = old.get(*index) {
            services.entry(follow(service_of(&view.page.overview.id))).or_default().0.push(*index);
        }
    }
    for index in &pairs.new {
        if let Some(view) = new.get(*index) {
            services.entry(service_of(&view.page.overview.id)).or_default().1.push(*index);
        }
    }
    for (service, (olds, news)) in services {
        let mut left = Pairs { both: Vec::new(), old: olds, new: news };
        if left.old.is_empty() || left.new.is_empty() {
            continue;
        }
        let profiles = |views: &[View<'a>], indices: &[usize]| -> HashMap<usize, Profile<'a>> {
            let found =
                indices.iter().filter_map(|index| Some((*index, Profile::of(views.get(*index)?))));
            found.collect()
        };
        let (olds, news) = (profiles(old, &left.old), profiles(new, &left.new));
        let weighing = Weighing::default();
        left.by_likeness((&weighing, "pages"), RENAMED, |index, other| {
            olds.get(&index).zip(news.get(&other)).map_or(0, |(old, new)| old.likeness(new))
        });
        notes.extend(note(&service, &weighing));
        pairs.take(left.both);
    }
}

/// That no renames were looked for among what `weighing` did not allow.
pub(super) fn note(of: &str, weighing: &Weighing) -> Option<String> {
    let given_up = weighing.given_up.borrow();
    let (first, more) = given_up.split_first()?;
    let more = if more.is_empty() {
        String::new()
    } else {
        format!(", and {} more such lists", more.len())
    };
    Some(format!(
        "{of}: too many names changed to look for renames among its {first}{more}; a rename there is reported as a \
         removal and an addition"
    ))
}

/// What pages are weighed by.
struct Profile<'a> {
    resource: &'a str,
    /// Verbs with their params.
    methods: BTreeSet<String>,
    fields: BTreeSet<&'a str>,
    words: BTreeSet<String>,
}

impl<'a> Profile<'a> {
    fn of(view: &View<'a>) -> Self {
        let page = view.page;
        let resource = page.overview.id.resource.as_str();
        let signature = |method: &Method| {
            let mut params: Vec<&str> =
                method.required_params.iter().map(|param| param.value.as_str()).collect();
            params.sort_unstable();
            format!("{}({})", folded(verb(&method.name, resource)), params.join(","))
        };
        Self {
            resource,
            methods: page.methods.iter().map(signature).collect(),
            fields: page.fields.iter().map(|field| field.name.value.as_str()).collect(),
            words: page.methods.iter().flat_map(|method| words(&method.description)).collect(),
        }
    }

    fn likeness(&self, other: &Self) -> usize {
        let name = if near(self.resource, other.resource) { 200 } else { 0 };
        let by_methods = shared(&self.methods, &other.methods) * 3 / 10;
        let by_fields = shared(&self.fields, &other.fields) / 4;
        let by_words = shared(&self.words, &other.words) / 4;
        name + by_methods + by_fields + by_words
    }
}

/// The change that `page` is gone.
pub(super) fn removed(page: &View<'_>) -> Change {
    let id = &page.page.overview.id;
    let sentence =
        Sentence::new("the page of {} is gone, and with it its methods", &[&id.to_string()]);
    kinds::PAGE_REMOVED.change(Subject::page(id), sentence).from(&id.span)
}

/// The change that `page` is new.
pub(super) fn added(page: &View<'_>) -> Change {
    let id = &page.page.overview.id;
    let sentence = Sentence::new("the page of {} is new", &[&id.to_string()]);
    kinds::PAGE_ADDED.change(Subject::page(id), sentence).to(&id.span)
}

/// Whether the page goes by another name.
pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (&pair.old.page.overview.id, &pair.new.page.overview.id);
    if old.value == new.value {
        return;
    }
    let names = [old.to_string(), new.to_string()];
    let [from, to] = &names;
    let (kind, sentence) = if old.resource == new.resource {
        (&kinds::PAGE_ID_CHANGED, "the page's id {} is now {}, and so is the path of its module")
    } else {
        (
            &kinds::PAGE_RENAMED,
            "the page {} is now called {}, and so are its module, handle and row",
        )
    };
    let change = kind.change(pair.subject.clone(), Sentence::new(sentence, &[from, to]));
    changes.push(change.from(&old.span).to(&new.span));
}
