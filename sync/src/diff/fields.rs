//! The fields of rows, as the pages list them, with what the service models say about them.

use std::collections::{BTreeSet, HashMap};

use super::breaking::{self, Class};
use super::change::Change;
use super::field_tables::FieldTables;
use super::matching::Matches;
use super::pair::PagePair;
use super::similarity::{Description, near, same_prose};
use super::wire_compat::{Difference, difference};
use pagesmith_codegen::names::WireName;
use pagesmith_model::page::{Datatype, Field, Page};

/// Two descriptions with this share of words are similar.
const SIMILAR: usize = 300;

/// Compares the fields of two pages.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (FieldTables::new(pair.old), FieldTables::new(pair.new));
    let kind = match (old.all, new.all) {
        ([], []) => return,
        ([], _) => &breaking::ROWS_ADDED,
        (_, []) => &breaking::ROWS_REMOVED,
        _ => {
            let methods = || pair.methods.pairs().map(|(old, new)| (old.index, new.index));
            let (to_new, to_old) = (methods().collect(), methods().map(|(o, n)| (n, o)).collect());
            return FieldPairs { pair, old, new, to_new, to_old }.compare(changes);
        }
    };
    let span = |Page { fields, overview, .. }: &Page| {
        fields.first().map_or(&overview.id.span, |field| &field.name.span).clone()
    };
    let change = Change::new(kind, pair.subject.clone(), &[]);
    changes.push(change.from(&span(pair.old.page)).to(&span(pair.new.page)));
}

/// The fields of both pages.
struct FieldPairs<'p, 'a> {
    pair: &'p PagePair<'a>,
    old: FieldTables<'a>,
    new: FieldTables<'a>,
    /// From the position of a method in the old page to the one in the new page.
    to_new: HashMap<usize, usize>,
    to_old: HashMap<usize, usize>,
}

impl<'a> FieldPairs<'_, 'a> {
    fn compare(&self, changes: &mut Vec<Change>) {
        let matches = self.match_fields();
        changes.extend(matches.removed().map(|field| self.removed(field)));
        for (old, new) in matches.pairs() {
            self.renamed(old, new, changes);
            changes.extend(self.retyped(old, new));
            changes.extend(self.now_optional(old, new));
            changes.extend(self.described(old, new));
            self.by_method(old, new, changes);
        }
        changes.extend(matches.added().map(|field| self.added(field)));
        if self.is_reordered(&matches) {
            let mut change = Change::new(&breaking::ORDER_CHANGED, self.pair.subject.clone(), &[])
                .say("the order of the fields changed", &[]);
            change.old = self.old.all.first().map(|field| field.name.span.clone());
            change.new = self.new.all.first().map(|field| field.name.span.clone());
            changes.push(change);
        }
    }

    /// Matches fields by name, then by datatype, description and similar names.
    fn match_fields(&self) -> Matches<'a, Field> {
        let mut matches =
            Matches::keyed(self.old.all, self.new.all, |field| field.name.value.as_str());
        let profile = |field: &'a Field| (field, Description::new(&field.description));
        let similarity = |(old, was): &(&Field, Description), (new, is): &(&Field, Description)| {
            let both_sides_return_both = self.new.is_returned(&old.name) == Some(true)
                && self.old.is_returned(&new.name) == Some(true);
            if both_sides_return_both || old.datatype.kind != new.datatype.kind {
                return 0;
            }
            let near = near(&old.name, &new.name);
            if was.is_empty() || is.is_empty() {
                usize::from(near)
            } else if was.same(is) {
                2 + usize::from(near)
            } else {
                usize::from(near && was.shared(is) >= SIMILAR)
            }
        };
        matches.by_similarity((&self.pair.budget, "fields"), 1, profile, similarity);
        matches
    }

    fn removed(&self, field: &Field) -> Change {
        let (wire, more) = match self.new.is_returned(&field.name) {
            Some(true) => (Class::Safe, "; the service still returns it"),
            Some(false) => (Class::Breaking, "; the service no longer returns it"),
            None => (Class::Warning, ""),
        };
        let subject = self.pair.subject.field(&field.name);
        let change = Change::new(&breaking::FIELD_REMOVED, subject, &[&field.name]);
        change.and(more, &[]).wire(wire).from(&field.name.span)
    }

    fn added(&self, field: &Field) -> Change {
        let subject = self.pair.subject.field(&field.name);
        let change =
            Change::new(&breaking::FIELD_ADDED, subject, &[&field.name]).to(&field.name.span);
        match self.new.methods(&field.name) {
            [only] if self.new.by_method.len() > 1 => match self.pair.new.methods.get(*only) {
                Some(method) => change.and("; only {} returns it", &[method.full_name()]),
                None => change,
            },
            _ => change,
        }
    }

    fn renamed(&self, old: &Field, new: &Field, changes: &mut Vec<Change>) {
        if old.name == new.name {
            return;
        }
        let subject = self.pair.subject.field(&old.name);
        let mut change = Change::new(&breaking::FIELD_RENAMED, subject, &[&old.name, &new.name]);
        if WireName(&old.name).to_snake() == WireName(&new.name).to_snake() {
            change = change.rust(Class::Safe);
        }
        if self.new.is_returned(&old.name) == Some(true) {
            change = change.wire(Class::Safe);
        }
        changes.push(change.from(&old.name.span).to(&new.name.span));
    }

    /// The methods that both pages have and of which at least one has a table with the field.
    fn methods_with(&self, old: &Field, new: &Field) -> BTreeSet<(usize, usize)> {
        let from_old = self.old.methods(&old.name).iter();
        let from_old = from_old.filter_map(|index| Some((*index, *self.to_new.get(index)?)));
        let from_new = self.new.methods(&new.name).iter();
        let from_new = from_new.filter_map(|index| Some((*self.to_old.get(index)?, *index)));
        from_old.chain(from_new).collect()
    }

    /// The field in the tables of every method that returns it on both sides; the field of the page if none does.
    fn in_tables<'s>(&'s self, old: &'s Field, new: &'s Field) -> Vec<(&'s Field, &'s Field)> {
        let methods = self.methods_with(old, new).into_iter();
        let found: Vec<_> = methods
            .filter_map(|(index, other)| {
                self.old.of_method(index, &old.name).zip(self.new.of_method(other, &new.name))
            })
            .collect();
        if found.is_empty() { vec![(old, new)] } else { found }
    }

    fn retyped(&self, old: &Field, new: &Field) -> Option<Change> {
        let across_dialects = self.old.view.page.dialect != self.new.view.page.dialect;
        let in_page = self
            .in_tables(old, new)
            .into_iter()
            .find(|(old, new)| !same_datatype(&old.datatype, &new.datatype, across_dialects));
        let services = self.old.view.service.zip(self.new.view.service);
        let members = self.old.member(&old.name).zip(self.new.member(&new.name)).zip(services);
        let in_model = members.map(|((old, new), (old_service, new_service))| {
            difference((old, old_service), (new, new_service))
        });
        let new_change = |from: &str, to: &str| {
            let subject = self.pair.subject.field(&old.name);
            Change::new(&breaking::FIELD_RETYPED, subject, &[&new.name, from, to])
        };
        let change = match (in_page, in_model) {
            (None, None | Some(None)) => return None,
            (_, Some(Some(Difference { rust, wire, from, to }))) => {
                new_change(&from, &to).rust(rust).wire(wire)
            }
            (Some((from, to)), in_model) => {
                let (from, to) = (from.datatype.to_string(), to.datatype.to_string());
                let change = new_change(&from, &to);
                match in_model {
                    None => change,
                    Some(_) => change
                        .and(" in the page; the type in the service model is the same", &[])
                        .rust(Class::Safe)
                        .wire(Class::Safe),
                }
            }
        };
        Some(change.from(&old.datatype.span).to(&new.datatype.span))
    }

    fn now_optional(&self, old: &Field, new: &Field) -> Option<Change> {
        let (was, is) = (self.old.member(&old.name)?, self.new.member(&new.name)?);
        let kind = match (was.required, is.required) {
            (true, false) => &breaking::FIELD_NOW_OPTIONAL,
            (false, true) => &breaking::FIELD_NOW_REQUIRED,
            _ => return None,
        };
        let change = Change::new(kind, self.pair.subject.field(&old.name), &[&new.name]);
        Some(change.from(&old.name.span).to(&new.name.span))
    }

    fn described(&self, old: &Field, new: &Field) -> Option<Change> {
        let (from, to) = self
            .in_tables(old, new)
            .into_iter()
            .find(|(old, new)| !same_prose(&old.description, &new.description))?;
        let subject = self.pair.subject.field(&old.name);
        let change = Change::new(&breaking::PROSE_CHANGED, subject, &[])
            .say("the description of the field {} changed", &[&to.name]);
        Some(change.from(&from.description.span).to(&to.description.span))
    }

    /// Reports methods that return the field on one side only.
    fn by_method(&self, old: &Field, new: &Field, changes: &mut Vec<Change>) {
        for (index, other) in self.methods_with(old, new) {
            let tables = self.old.by_method.get(&index).zip(self.new.by_method.get(&other));
            let Some((from, to)) = tables else { continue };
            let was_returned = from.fields.contains_key(old.name.as_str());
            let kind = match (was_returned, to.fields.contains_key(new.name.as_str())) {
                (true, false) => &breaking::FIELD_GONE_FROM_METHOD,
                (false, true) => &breaking::FIELD_NEW_IN_METHOD,
                _ => continue,
            };
            let Some(method) = self.pair.old.methods.get(index) else { continue };
            let subject = self.pair.method(method).output(&old.name);
            let change = Change::new(kind, subject, &[&to.tab.method, &new.name]);
            changes.push(change.from(&from.tab.method.span).to(&to.tab.method.span));
        }
    }

    /// If both pages have a table for every method, the order in these tables counts.
    fn is_reordered(&self, matches: &Matches<'_, Field>) -> bool {
        if self.old.by_method.is_empty() || self.new.by_method.is_empty() {
            return matches.is_reordered();
        }
        self.pair.methods.pairs().any(|(old, new)| {
            let tables = self.old.by_method.get(&old.index).zip(self.new.by_method.get(&new.index));
            tables.is_some_and(|(old, new)| {
                let name = |field: &'a Field| field.name.value.as_str();
                Matches::keyed(&old.tab.fields, &new.tab.fields, name).is_reordered()
            })
        })
    }
}

/// Whether the datatypes are the same. Only later dialects write formats, so across dialects a missing format is
/// not a difference.
fn same_datatype(old: &Datatype, new: &Datatype, across_dialects: bool) -> bool {
    old == new
        || across_dialects && old.kind == new.kind && (old.format.is_none() || new.format.is_none())
}
