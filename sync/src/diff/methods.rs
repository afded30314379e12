//! Methods that are gone, new, renamed, or reached otherwise.

use std::collections::{BTreeSet, HashMap};

use super::change::{Change, Class, Sentence};
use super::kinds;
use super::matching::{Pairs, Weighing};
use super::similarity::{SAME, Said, near, shared};
use super::view::{Pair, View};
use pagesmith_codegen::names::WireName;
use pagesmith_model::page::Method;

/// How alike two methods are that are one method renamed.
const RENAMED: usize = 650;

/// Which methods of two pages are the same: those of one name, those behind which the same operation is,
/// and of the rest those that are alike.
pub(super) fn pairs(old: &View<'_>, new: &View<'_>, weighing: &Weighing) -> Pairs {
    let (olds, news) = (&old.page.methods, &new.page.methods);
    let mut pairs = Pairs::of(olds.len(), news.len());
    let full_name = |methods: &[Method], index: usize| {
        methods.get(index).map(|method| method.full_name.value.clone()).into_iter().collect()
    };
    let name = |methods: &[Method], index: usize| {
        methods.get(index).map(|method| method.name.clone()).into_iter().collect()
    };
    pairs.by_keys(|index| full_name(olds, index), |index| full_name(news, index));
    pairs.by_keys(|index| name(olds, index), |index| name(news, index));
    pairs.by_keys(|index| old.keys(index), |index| new.keys(index));
    let (said, says) = (left(&pairs.old, olds), left(&pairs.new, news));
    pairs.by_likeness((weighing, "methods"), RENAMED, |index, other| {
        // Two operations that are known are two methods.
        if old.operation(index).is_some() && new.operation(other).is_some() {
            return 0;
        }
        said.get(&index).zip(says.get(&other)).map_or(0, |(old, new)| likeness(old, new))
    });
    pairs
}

/// The methods that are left, with what is said of them.
fn left<'a>(indices: &[usize], methods: &'a [Method]) -> HashMap<usize, (&'a Method, Said)> {
    let left = indices.iter().filter_map(|index| {
        let method = methods.get(*index)?;
        Some((*index, (method, Said::of(&method.description))))
    });
    left.collect()
}

fn likeness((old, said): &(&Method, Said), (new, says): &(&Method, Said)) -> usize {
    let params = |method: &Method| -> BTreeSet<String> {
        method.required_params.iter().map(|param| param.value.clone()).collect()
    };
    let (olds, news) = (params(old), params(new));
    let by_params = if olds == news { SAME } else { shared(&olds, &news) } / 4;
    let by_access = if *old.access == *new.access { 200 } else { 0 };
    let by_name = if near(&old.name, &new.name) { 200 } else { 0 };
    let by_prose = said.shared(says) * 7 / 20;
    by_params + by_access + by_name + by_prose
}

/// What became of the methods.
pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    for index in &pair.methods.old {
        changes
            .extend(pair.old.page.methods.get(*index).map(|method| removed(pair, *index, method)));
    }
    for (index, other, old, new) in pair.shared_methods() {
        changes.extend(renamed(pair, (index, other), old, new));
        if *old.access != *new.access {
            let sentence = Sentence::new(
                "the method {} is reached by {}, no longer by {}",
                &[&old.full_name, new.access.name(), old.access.name()],
            );
            let change = kinds::ACCESS_CHANGED.change(pair.method(old), sentence);
            changes.push(change.from(&old.access.span).to(&new.access.span));
        }
        if let Some((from, to)) = pair.old.operation(index).zip(pair.new.operation(other))
            && from.name != to.name
        {
            let sentence = Sentence::new(
                "the method {} calls the operation {}, no longer {}",
                &[&new.full_name, &to.name, &from.name],
            );
            let change = kinds::OPERATION_CHANGED.change(pair.method(old), sentence);
            changes.push(change.from(&old.full_name.span).to(&new.full_name.span));
        }
    }
    for index in &pair.methods.new {
        changes.extend(pair.new.page.methods.get(*index).map(|method| {
            let sentence = Sentence::new(
                "the method {}, reached by {}, is new",
                &[&method.full_name, method.access.name()],
            );
            kinds::METHOD_ADDED.change(pair.method(method), sentence).to(&method.full_name.span)
        }));
    }
    if pair.methods.reordered() {
        let sentence = Sentence::new("the methods stand in another order", &[]);
        let mut change = kinds::ORDER_CHANGED.change(pair.subject.clone(), sentence);
        change.old = pair.old.page.methods.first().map(|method| method.full_name.span.clone());
        change.new = pair.new.page.methods.first().map(|method| method.full_name.span.clone());
        changes.push(change);
    }
}

fn removed(pair: &Pair<'_>, index: usize, method: &Method) -> Change {
    let change = |more: Sentence| {
        let sentence = Sentence::new("the method {} is gone", &[&method.full_name]).and(more);
        kinds::METHOD_REMOVED.change(pair.method(method), sentence).from(&method.full_name.span)
    };
    // A model that lacks the operation says nothing: it may have been trimmed to what the pages use.
    match pair.old.operation(index).zip(pair.new.model) {
        Some((operation, model)) if model.operation(&operation.name).is_some() => {
            let more =
                Sentence::new("; the service still has the operation {}", &[&operation.name]);
            change(more).wire(Class::Safe)
        }
        _ => change(Sentence::default()),
    }
}

fn renamed(
    pair: &Pair<'_>,
    (index, other): (usize, usize),
    old: &Method,
    new: &Method,
) -> Option<Change> {
    // With the resource, whatever is in front of the methods is called otherwise; that is the page's change.
    let resource = |view: &View<'_>| view.page.overview.id.resource.clone();
    if old.name == new.name
        && (old.full_name == new.full_name || resource(pair.old) != resource(pair.new))
    {
        return None;
    }
    let in_rust = WireName(&old.name).to_snake() == WireName(&new.name).to_snake();
    let kind = if in_rust { &kinds::METHOD_RESPELLED } else { &kinds::METHOD_RENAMED };
    let keys = pair.new.keys(other);
    let same_operation = pair.old.keys(index).iter().any(|key| keys.contains(key));
    let names = [old.full_name.as_str(), new.full_name.as_str()];
    let change = if in_rust {
        let sentence = Sentence::new("the method {} is now spelled {}, the same in Rust", &names);
        kind.change(pair.method(old), sentence)
    } else if same_operation {
        let sentence =
            Sentence::new("the method {} is now called {}; its operation is the same", &names);
        kind.change(pair.method(old), sentence)
    } else {
        let sentence = Sentence::new(
            "the method {} is now called {}, to judge by what it says and takes",
            &names,
        );
        kind.change(pair.method(old), sentence).wire(Class::Warning)
    };
    Some(change.from(&old.full_name.span).to(&new.full_name.span))
}
