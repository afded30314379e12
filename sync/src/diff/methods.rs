//! Methods that were removed, added, renamed or moved to another operation.

use super::breaking::{self, Class};
use super::change::Change;
use super::pair::PagePair;
use super::view::{MethodView, PageView};
use pagesmith_codegen::names::WireName;

/// Compares the methods of two pages.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    changes.extend(pair.methods.removed().map(|method| removed(pair, method)));
    for (old, new) in pair.methods.pairs() {
        let ends =
            |change: Change| change.from(&old.method.full_name.span).to(&new.method.full_name.span);
        changes.extend(renamed(pair, old, new).map(ends));
        let (was, is) = (&old.method.access, &new.method.access);
        if **was != **is {
            let names = [old.full_name(), was.name(), is.name()];
            let change = Change::new(&breaking::ACCESS_CHANGED, pair.method(old), &names);
            changes.push(change.from(&was.span).to(&is.span));
        }
        if let Some((from, to)) = old.operation.zip(new.operation)
            && from.name != to.name
        {
            let names = [new.full_name(), &to.name, &from.name];
            let change = Change::new(&breaking::OPERATION_CHANGED, pair.method(old), &names);
            changes.push(ends(change));
        }
    }
    changes.extend(pair.methods.added().map(|added| {
        let names = [added.full_name(), added.method.access.name()];
        let change = Change::new(&breaking::METHOD_ADDED, pair.method(added), &names);
        change.to(&added.method.full_name.span)
    }));
    if pair.methods.is_reordered() {
        let mut change = Change::new(&breaking::ORDER_CHANGED, pair.subject.clone(), &[])
            .say("the order of the methods changed", &[]);
        let first = |view: &PageView<'_>| Some(view.methods.first()?.method.full_name.span.clone());
        (change.old, change.new) = (first(pair.old), first(pair.new));
        changes.push(change);
    }
}

fn removed(pair: &PagePair<'_>, removed: &MethodView<'_>) -> Change {
    let change =
        Change::new(&breaking::METHOD_REMOVED, pair.method(removed), &[removed.full_name()])
            .from(&removed.method.full_name.span);
    // A model without the operation proves nothing: it may have been trimmed to what the pages use.
    match removed.operation.zip(pair.new.model) {
        Some((operation, model)) if model.operation(&operation.name).is_some() => change
            .and("; the service still has the operation {}", &[&operation.name])
            .wire(Class::Safe),
        _ => change,
    }
}

fn renamed(pair: &PagePair<'_>, old: &MethodView<'_>, new: &MethodView<'_>) -> Option<Change> {
    let (was, is) = (old.method, new.method);
    // The full name has the resource in it. A renamed resource is a change of the page.
    let resource = |view: &PageView<'_>| view.page.overview.id.resource.clone();
    if was.name == is.name
        && (was.full_name == is.full_name || resource(pair.old) != resource(pair.new))
    {
        return None;
    }
    let names = [old.full_name(), new.full_name()];
    if WireName(&was.name).to_snake() == WireName(&is.name).to_snake() {
        return Some(Change::new(&breaking::METHOD_RESPELLED, pair.method(old), &names));
    }
    let change = Change::new(&breaking::METHOD_RENAMED, pair.method(old), &names);
    Some(if old.keys.iter().any(|key| new.keys.contains(key)) {
        change.and("; its operation is the same", &[])
    } else {
        change.and(", as its description and params suggest", &[]).wire(Class::Warning)
    })
}
