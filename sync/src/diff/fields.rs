//! The fields of rows, as the pages list them, with what the service models say about them.

use std::collections::HashMap;

use super::breaking::{self, ChangeKind, Class};
use super::change::Change;
use super::matching::{Matches, RenameBudget};
use super::pair::PagePair;
use super::row::RowView;
use super::similarity::{Description, near, same_prose};
use super::view::{MethodView, PageView};
use super::wire_compat::difference;
use pagesmith_codegen::names::WireName;
use pagesmith_model::page::{Datatype, Field, FieldTab};

/// Two descriptions with this share of words are similar.
const SIMILAR: usize = 300;

/// Compares the fields of two pages.
pub(super) fn compare(pair: &PagePair<'_>, budget: &mut RenameBudget, changes: &mut Vec<Change>) {
    let kind = match (&*pair.old.page.fields, &*pair.new.page.fields) {
        ([], []) => return,
        ([], _) => &breaking::ROWS_ADDED,
        (_, []) => &breaking::ROWS_REMOVED,
        _ => return FieldPairs::new(pair, budget).compare(changes),
    };
    let place = |view: &PageView<'_>| match &*view.page.fields {
        [first, ..] => first.name.span.clone(),
        [] => view.id().span.clone(),
    };
    let change = pair.subject.change(kind, &[]);
    changes.push(change.at(&place(pair.old), &place(pair.new)));
}

/// The fields of both pages.
struct FieldPairs<'p, 'a> {
    pair: &'p PagePair<'a>,
    old: RowView<'a>,
    new: RowView<'a>,
    matches: Matches<&'a Field>,
    /// By the old name of the field.
    in_methods: HashMap<&'a str, Vec<InMethod<'a>>>,
}

/// A field in the tables of a method that both pages have. At least one of the tables is the method's own.
struct InMethod<'a> {
    method: &'a MethodView<'a>,
    /// The method's own tables, if it has one on both sides.
    own: Option<(&'a FieldTab, &'a FieldTab)>,
    fields: (Option<&'a Field>, Option<&'a Field>),
}

impl<'p, 'a> FieldPairs<'p, 'a> {
    fn new(pair: &'p PagePair<'a>, budget: &mut RenameBudget) -> Self {
        let (old, new) = (RowView::new(pair.old), RowView::new(pair.new));
        let matches = match_fields(&old, &new, budget);
        let in_methods = in_methods(pair, (&old, &new), &matches);
        Self { pair, old, new, matches, in_methods }
    }

    fn compare(&self, changes: &mut Vec<Change>) {
        changes.extend(self.matches.removed().map(|field| self.removed(field)));
        for (old, new) in self.matches.pairs() {
            changes.extend(self.renamed(old, new));
            changes.extend(self.retyped(old, new));
            changes.extend(self.now_optional(old, new));
            changes.extend(self.described(old, new));
            let in_methods = self.in_methods.get(old.name.as_str()).into_iter().flatten();
            changes.extend(in_methods.filter_map(|found| self.moved(found, old, new)));
        }
        changes.extend(self.matches.added().map(|field| self.added(field)));
        if self.is_reordered() {
            let first =
                |row: &RowView<'a>| row.view.page.fields.first().map(|field| &field.name.span);
            let (kind, pattern) = (&breaking::ORDER_CHANGED, "the order of the fields changed");
            let change = self.pair.subject.change_as(kind, pattern, &[]);
            changes.push(change.at(first(&self.old), first(&self.new)));
        }
    }

    fn change(&self, kind: &'static ChangeKind, field: &Field, names: &[&str]) -> Change {
        self.pair.subject.member(&field.name).change(kind, names)
    }

    fn removed(&self, field: &Field) -> Change {
        let (wire, more) = match self.new.is_returned(&field.name) {
            Some(true) => (Class::Safe, "; the service still returns it"),
            Some(false) => (Class::Breaking, "; the service no longer returns it"),
            None => (Class::Warning, ""),
        };
        let change = self.change(&breaking::FIELD_REMOVED, field, &[&field.name]);
        change.and(more, &[]).wire(wire).at(&field.name.span, None)
    }

    fn added(&self, field: &Field) -> Change {
        let change =
            self.change(&breaking::FIELD_ADDED, field, &[&field.name]).at(None, &field.name.span);
        match self.new.only_method(&field.name) {
            Some(method) => change.and("; only {} returns it", &[method.full_name()]),
            None => change,
        }
    }

    fn renamed(&self, old: &Field, new: &Field) -> Option<Change> {
        if old.name == new.name {
            return None;
        }
        let mut change = self.change(&breaking::FIELD_RENAMED, old, &[&old.name, &new.name]);
        if WireName(&old.name).to_snake() == WireName(&new.name).to_snake() {
            change = change.rust(Class::Safe);
        }
        if self.new.is_returned(&old.name) == Some(true) {
            change = change.wire(Class::Safe);
        }
        Some(change.at(&old.name.span, &new.name.span))
    }

    /// The field in the first method whose tables differ, among those that return it on both sides. If no method has a
    /// table of its own, the fields of the pages.
    fn first_difference<'s>(
        &'s self,
        old: &'s Field,
        new: &'s Field,
        differs: impl Fn(&Field, &Field) -> bool,
    ) -> Option<(&'s Field, &'s Field)> {
        let in_methods = self.in_methods.get(old.name.as_str()).into_iter().flatten();
        let mut both = in_methods.filter_map(|found| found.fields.0.zip(found.fields.1)).peekable();
        if both.peek().is_none() {
            return Some((old, new)).filter(|(old, new)| differs(old, new));
        }
        both.find(|(old, new)| differs(old, new))
    }

    fn retyped(&self, old: &Field, new: &Field) -> Option<Change> {
        let across_dialects = self.old.view.page.dialect != self.new.view.page.dialect;
        let in_page = self.first_difference(old, new, |old, new| {
            !same_datatype(&old.datatype, &new.datatype, across_dialects)
        });
        let services = self.old.view.service.zip(self.new.view.service);
        let members = self.old.member(&old.name).zip(self.new.member(&new.name)).zip(services);
        let in_model = members.map(|((old, new), (old_service, new_service))| {
            difference((old, old_service), (new, new_service))
        });
        let change = |from: &str, to: &str| {
            self.change(&breaking::FIELD_RETYPED, old, &[&new.name, from, to])
        };
        let change = match (in_page, in_model) {
            (_, Some(Some(found))) => {
                change(&found.from, &found.to).rust(found.rust).wire(found.wire)
            }
            (None, _) => return None,
            (Some((from, to)), in_model) => {
                let change = change(&from.datatype.to_string(), &to.datatype.to_string());
                match in_model {
                    None => change,
                    Some(_) => change
                        .and(" in the page; the type in the service model is the same", &[])
                        .rust(Class::Safe)
                        .wire(Class::Safe),
                }
            }
        };
        Some(change.at(&old.datatype.span, &new.datatype.span))
    }

    fn now_optional(&self, old: &Field, new: &Field) -> Option<Change> {
        let (was, is) = (self.old.member(&old.name)?, self.new.member(&new.name)?);
        let kind = match (was.required, is.required) {
            (true, false) => &breaking::FIELD_NOW_OPTIONAL,
            (false, true) => &breaking::FIELD_NOW_REQUIRED,
            _ => return None,
        };
        Some(self.change(kind, old, &[&new.name]).at(&old.name.span, &new.name.span))
    }

    fn described(&self, old: &Field, new: &Field) -> Option<Change> {
        let (from, to) = self.first_difference(old, new, |old, new| {
            !same_prose(&old.description, &new.description)
        })?;
        let pattern = "the description of the field {} changed";
        let subject = self.pair.subject.member(&old.name);
        let change = subject.change_as(&breaking::PROSE_CHANGED, pattern, &[&to.name]);
        Some(change.at(&from.description.span, &to.description.span))
    }

    /// Reports a method that returns the field on one side only.
    fn moved(&self, found: &InMethod<'_>, old: &Field, new: &Field) -> Option<Change> {
        let kind = match found.fields {
            (Some(_), None) => &breaking::FIELD_GONE_FROM_METHOD,
            (None, Some(_)) => &breaking::FIELD_NEW_IN_METHOD,
            _ => return None,
        };
        let (from, to) = found.own?;
        let subject = self.pair.method(found.method).member(&old.name);
        let change = subject.change(kind, &[&to.method, &new.name]);
        Some(change.at(&from.method.span, &to.method.span))
    }

    /// If both pages have a table for every method, the order in these tables counts.
    fn is_reordered(&self) -> bool {
        if self.old.single.is_some() || self.new.single.is_some() {
            return self.matches.is_reordered();
        }
        self.pair.methods.pairs().any(|(old, new)| {
            let name = |field: &'a Field| field.name.as_str();
            Matches::keyed(old.own_fields(), new.own_fields(), name).is_reordered()
        })
    }
}

/// Matches fields by name, then by datatype, description and similar names.
fn match_fields<'a>(
    old_row: &RowView<'a>,
    new_row: &RowView<'a>,
    budget: &mut RenameBudget,
) -> Matches<&'a Field> {
    let (olds, news) = (&old_row.view.page.fields, &new_row.view.page.fields);
    let mut matches = Matches::keyed(olds, news, |field| field.name.as_str());
    let profile = |field: &'a Field| (field, Description::new(&field.description));
    matches.by_similarity((budget, "fields"), 1, profile, |(old, was), (new, is)| {
        let both_sides_return_both = new_row.is_returned(&old.name) == Some(true)
            && old_row.is_returned(&new.name) == Some(true);
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
    });
    matches
}

/// The matching fields in the methods that both pages have, by their old names.
fn in_methods<'a>(
    pair: &PagePair<'a>,
    (old_row, new_row): (&RowView<'a>, &RowView<'a>),
    matches: &Matches<&'a Field>,
) -> HashMap<&'a str, Vec<InMethod<'a>>> {
    let names = matches.pairs().map(|(old, new)| (old.name.as_str(), new.name.as_str()));
    let to_new: HashMap<&str, &str> = names.collect();
    let to_old: HashMap<&str, &str> = to_new.iter().map(|(old, new)| (*new, *old)).collect();
    let mut found: HashMap<&str, Vec<InMethod<'_>>> = HashMap::new();
    for (method, other) in pair.methods.pairs() {
        let names =
            |view: &MethodView<'a>| view.own_fields().iter().map(|field| &*field.name.value);
        let from_old = names(method).filter_map(|name| Some((name, *to_new.get(name)?)));
        let from_new = names(other).filter_map(|name| Some((*to_old.get(name)?, name)));
        let names: HashMap<&str, &str> = from_old.chain(from_new).collect();
        let (olds, news) = (old_row.of_method(method), new_row.of_method(other));
        let own = method.table.zip(other.table);
        for (old, new) in names {
            let fields = (olds.get(old).copied(), news.get(new).copied());
            found.entry(old).or_default().push(InMethod { method, own, fields });
        }
    }
    found
}

/// Whether the datatypes are the same. Only later dialects write formats, so across dialects a missing format is
/// not a difference.
fn same_datatype(old: &Datatype, new: &Datatype, across_dialects: bool) -> bool {
    old == new
        || across_dialects && old.kind == new.kind && (old.format.is_none() || new.format.is_none())
}
