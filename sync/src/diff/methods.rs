//! Methods that were removed, added, renamed or moved to another operation.

use super::breaking::{self, Class};
use super::change::Change;
use super::pair::PagePair;
use super::view::{MethodView, PageView};
use pagesmith_codegen::names::WireName;
use pagesmith_model::source::Span;

/// Compares the methods of two pages.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    changes.extend(pair.methods.removed().map(|method| removed(pair, method)));
    for (old, new) in pair.methods.pairs() {
        changes.extend(renamed(pair, old, new));
        let (was, is) = (&old.method.access, &new.method.access);
        if **was != **is {
            let names = [old.full_name(), was.name(), is.name()];
            let change = pair.method(old).change(&breaking::ACCESS_CHANGED, &names);
            changes.push(change.at(&was.span, &is.span));
        }
        if let Some((from, to)) = old.operation.zip(new.operation)
            && from.name != to.name
        {
            let names = [new.full_name(), &to.name, &from.name];
            let change = pair.method(old).change(&breaking::OPERATION_CHANGED, &names);
            changes.push(change.at(place(old), place(new)));
        }
    }
    changes.extend(pair.methods.added().map(|added| {
        let names = [added.full_name(), added.method.access.name()];
        pair.method(added).change(&breaking::METHOD_ADDED, &names).at(None, place(added))
    }));
    if pair.methods.is_reordered() {
        let first = |view: &PageView<'_>| view.methods.first().map(place).cloned();
        let (kind, pattern) = (&breaking::ORDER_CHANGED, "the order of the methods changed");
        let change = pair.subject.change_as(kind, pattern, &[]);
        changes.push(change.at(first(pair.old).as_ref(), first(pair.new).as_ref()));
    }
}

fn place<'a>(view: &MethodView<'a>) -> &'a Span {
    &view.method.full_name.span
}

fn removed(pair: &PagePair<'_>, removed: &MethodView<'_>) -> Change {
    let names = [removed.full_name()];
    let change =
        pair.method(removed).change(&breaking::METHOD_REMOVED, &names).at(place(removed), None);
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
    let is_same_resource = pair.old.id().resource == pair.new.id().resource;
    if was.name == is.name && (was.full_name == is.full_name || !is_same_resource) {
        return None;
    }
    let change = |kind| {
        let names = [old.full_name(), new.full_name()];
        pair.method(old).change(kind, &names).at(place(old), place(new))
    };
    Some(if WireName(&was.name).to_snake() == WireName(&is.name).to_snake() {
        change(&breaking::METHOD_RESPELLED)
    } else if old.keys.iter().any(|key| new.keys.contains(key)) {
        change(&breaking::METHOD_RENAMED).and("; its operation is the same", &[])
    } else {
        change(&breaking::METHOD_RENAMED)
            .and(", as its description and params suggest", &[])
            .wire(Class::Warning)
    })
}
