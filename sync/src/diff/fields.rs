//! Fields of the row: what the pages say that `SELECT` gives, and what the models know of it.

use std::collections::{BTreeSet, HashMap};

use super::change::{Change, Class, Sentence};
use super::kinds;
use super::matching::Pairs;
use super::similarity::{Said, near, same_prose};
use super::tables::Fields;
use super::view::Pair;
use super::wire_compat::{Difference, difference};
use pagesmith_codegen::names::WireName;
use pagesmith_model::page::{Datatype, Field, FieldTab};

/// What became of the fields.
pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (Fields::of(pair.old), Fields::of(pair.new));
    match (old.all.is_empty(), new.all.is_empty()) {
        (true, true) => return,
        (true, false) => return changes.push(rows_added(pair)),
        (false, true) => return changes.push(rows_removed(pair)),
        (false, false) => {}
    }
    let both = || pair.methods.both.iter().copied();
    let (to_new, to_old) = (both().collect(), both().map(|(old, new)| (new, old)).collect());
    let compared = Compared { pair, old, new, to_new, to_old };
    let pairs = compared.pairs();
    for field in pairs.old.iter().filter_map(|index| compared.old.all.get(*index)) {
        changes.push(compared.removed(field));
    }
    for (index, other) in &pairs.both {
        if let Some((old, new)) = compared.old.all.get(*index).zip(compared.new.all.get(*other)) {
            compared.both(old, new, changes);
        }
    }
    for field in pairs.new.iter().filter_map(|index| compared.new.all.get(*index)) {
        changes.push(compared.added(field));
    }
    if compared.reordered(&pairs) {
        let sentence = Sentence::new("the fields stand in another order", &[]);
        let mut change = kinds::ORDER_CHANGED.change(pair.subject.clone(), sentence);
        change.old = compared.old.all.first().map(|field| field.name.span.clone());
        change.new = compared.new.all.first().map(|field| field.name.span.clone());
        changes.push(change);
    }
}

fn rows_added(pair: &Pair<'_>) -> Change {
    let count = pair.new.page.fields.len().to_string();
    let sentence =
        Sentence::new(&format!("the page has fields now, {count} of them: there is a row"), &[]);
    let mut change = kinds::ROWS_ADDED.change(pair.subject.clone(), sentence);
    change.old = Some(pair.old.page.overview.id.span.clone());
    change.new = pair.new.page.fields.first().map(|field| field.name.span.clone());
    change
}

fn rows_removed(pair: &Pair<'_>) -> Change {
    let sentence = Sentence::new("the page has no fields any more, and so no row", &[]);
    let mut change = kinds::ROWS_REMOVED.change(pair.subject.clone(), sentence);
    change.old = pair.old.page.fields.first().map(|field| field.name.span.clone());
    change.new = Some(pair.new.page.overview.id.span.clone());
    change
}

/// The fields that are left, with what is said of them.
fn left<'a>(indices: &[usize], fields: &'a [Field]) -> HashMap<usize, (&'a Field, Said)> {
    let left = indices.iter().filter_map(|index| {
        let field = fields.get(*index)?;
        Some((*index, (field, Said::of(&field.description))))
    });
    left.collect()
}

/// The fields of both sides.
struct Compared<'p, 'a> {
    pair: &'p Pair<'a>,
    old: Fields<'a>,
    new: Fields<'a>,
    /// From a method's place in the old page to that in the new.
    to_new: HashMap<usize, usize>,
    to_old: HashMap<usize, usize>,
}

impl Compared<'_, '_> {
    fn pairs(&self) -> Pairs {
        let (olds, news) = (self.old.all, self.new.all);
        let mut pairs = Pairs::of(olds.len(), news.len());
        let name = |fields: &[Field], index: usize| {
            fields.get(index).map(|field| field.name.value.clone()).into_iter().collect()
        };
        pairs.by_keys(|index| name(olds, index), |index| name(news, index));
        let (said, says) = (left(&pairs.old, olds), left(&pairs.new, news));
        pairs.by_likeness((&self.pair.weighing, "fields"), 1, |old, new| {
            said.get(&old).zip(says.get(&new)).map_or(0, |(old, new)| self.likeness(old, new))
        });
        pairs
    }

    /// From 1 on, `new` is `old` by another name.
    fn likeness(&self, (old, said): &(&Field, Said), (new, says): &(&Field, Said)) -> usize {
        let both_were_and_are = self.new.model_gives(&old.name) == Some(true)
            && self.old.model_gives(&new.name) == Some(true);
        if both_were_and_are || old.datatype.kind != new.datatype.kind {
            return 0;
        }
        let near = near(&old.name, &new.name);
        if said.is_nothing() || says.is_nothing() {
            return usize::from(near);
        }
        if said.same(says) {
            return 2 + usize::from(near);
        }
        usize::from(near && said.shared(says) >= 300)
    }

    fn removed(&self, field: &Field) -> Change {
        let (wire, more) = match self.new.model_gives(&field.name) {
            Some(true) => (Class::Safe, "; the service still gives it"),
            Some(false) => (Class::Breaking, "; the service does not give it any more"),
            None => (Class::Warning, ""),
        };
        let sentence = Sentence::new(&format!("the field {{}} is gone{more}"), &[&field.name]);
        let change = kinds::FIELD_REMOVED.change(self.pair.subject.field(&field.name), sentence);
        change.wire(wire).from(&field.name.span)
    }

    fn added(&self, field: &Field) -> Change {
        let sentence = Sentence::new("the field {} is new", &[&field.name]);
        let only = match self.new.givers(&field.name) {
            [only] if self.new.tabs.len() > 1 => self.new.view.page.methods.get(*only),
            _ => None,
        };
        let sentence = match only {
            Some(method) => sentence.and(Sentence::new("; only {} gives it", &[&method.full_name])),
            None => sentence,
        };
        kinds::FIELD_ADDED
            .change(self.pair.subject.field(&field.name), sentence)
            .to(&field.name.span)
    }

    fn both(&self, old: &Field, new: &Field, changes: &mut Vec<Change>) {
        let subject = self.pair.subject.field(&old.name);
        if old.name != new.name {
            let in_rust = WireName(&old.name).to_snake() == WireName(&new.name).to_snake();
            let sentence = Sentence::new("the field {} is now called {}", &[&old.name, &new.name]);
            let mut change = kinds::FIELD_RENAMED.change(subject.clone(), sentence);
            if in_rust {
                change = change.rust(Class::Safe);
            }
            if self.new.model_gives(&old.name) == Some(true) {
                change = change.wire(Class::Safe);
            }
            changes.push(change.from(&old.name.span).to(&new.name.span));
        }
        changes.extend(self.retyped(old, new));
        changes.extend(self.promised(old, new));
        let described =
            self.given(old, new).find(|(old, new)| !same_prose(&old.description, &new.description));
        if let Some((old, new)) = described {
            let sentence = Sentence::new("the description of the field {} differs", &[&new.name]);
            let change = kinds::PROSE_CHANGED.change(subject, sentence);
            changes.push(change.from(&old.description.span).to(&new.description.span));
        }
        self.tabs(old, new, changes);
    }

    /// The methods that both pages have and of which one says in a table of its own that it gives the field.
    fn methods_with(&self, old: &Field, new: &Field) -> BTreeSet<(usize, usize)> {
        let from_old = self.old.givers(&old.name).iter();
        let from_old = from_old.filter_map(|index| Some((*index, *self.to_new.get(index)?)));
        let from_new = self.new.givers(&new.name).iter();
        let from_new = from_new.filter_map(|index| Some((*self.to_old.get(index)?, *index)));
        from_old.chain(from_new).collect()
    }

    /// What each method that both pages have says of the field on either side; what the pages say of it
    /// where no method on both sides gives it.
    fn given<'s>(
        &'s self,
        old: &'s Field,
        new: &'s Field,
    ) -> impl Iterator<Item = (&'s Field, &'s Field)> {
        let pairs = self.methods_with(old, new).into_iter();
        let mut given: Vec<_> = pairs
            .filter_map(|(index, other)| {
                self.old.given_by(index, &old.name).zip(self.new.given_by(other, &new.name))
            })
            .collect();
        if given.is_empty() {
            given.push((old, new));
        }
        given.into_iter()
    }

    fn retyped(&self, old: &Field, new: &Field) -> Option<Change> {
        let across = self.old.view.page.dialect != self.new.view.page.dialect;
        let said = self
            .given(old, new)
            .find(|(old, new)| !same_datatype(&old.datatype, &new.datatype, across));
        let services = self.old.view.service.zip(self.new.view.service);
        let members = self.old.member(&old.name).zip(self.new.member(&new.name)).zip(services);
        let found = members.map(|((old, new), (old_service, new_service))| {
            difference((old, old_service), (new, new_service))
        });
        let (sentence, classes) = match (said, found) {
            (None, None | Some(None)) => return None,
            (_, Some(Some(Difference { rust, wire, words: (from, to) }))) => (
                Sentence::new("the field {} is now {}, no longer {}", &[&new.name, &to, &from]),
                (rust, wire),
            ),
            (Some((from, to)), found) => {
                let class = if found.is_some() { Class::Safe } else { Class::Breaking };
                let more = if found.is_some() {
                    "; its type in the service model is the same"
                } else {
                    ""
                };
                let pattern = format!("the page says {{}} of the field {{}}, no longer {{}}{more}");
                let (from, to) = (from.datatype.to_string(), to.datatype.to_string());
                (Sentence::new(&pattern, &[&to, &new.name, &from]), (class, class))
            }
        };
        let change = kinds::FIELD_RETYPED.change(self.pair.subject.field(&old.name), sentence);
        let change = change.rust(classes.0).wire(classes.1);
        Some(change.from(&old.datatype.span).to(&new.datatype.span))
    }

    /// Whether the model's word that the field is always there is another.
    fn promised(&self, old: &Field, new: &Field) -> Option<Change> {
        let (was, is) = (self.old.member(&old.name)?, self.new.member(&new.name)?);
        let (kind, pattern) = match (was.required, is.required) {
            (true, false) => (
                &kinds::FIELD_NOW_OPTIONAL,
                "the service model does not promise the field {} any more",
            ),
            (false, true) => {
                (&kinds::FIELD_NOW_REQUIRED, "the service model promises the field {} now")
            }
            _ => return None,
        };
        let subject = self.pair.subject.field(&old.name);
        let change = kind.change(subject, Sentence::new(pattern, &[&new.name]));
        Some(change.from(&old.name.span).to(&new.name.span))
    }

    /// Whether a method gives the field that did not, or the other way round.
    fn tabs(&self, old: &Field, new: &Field, changes: &mut Vec<Change>) {
        if self.old.tabs.is_empty() || self.new.tabs.is_empty() {
            return;
        }
        for (index, other) in self.methods_with(old, new) {
            let methods = (&self.old.view.page.methods, &self.new.view.page.methods);
            let (Some(method), Some(to)) = (methods.0.get(index), methods.1.get(other)) else {
                continue;
            };
            let (Some((from_tab, was)), Some((to_tab, is))) =
                (self.old.tabs.get(&index), self.new.tabs.get(&other))
            else {
                continue;
            };
            let (kind, pattern) =
                match (was.contains_key(&*old.name.value), is.contains_key(&*new.name.value)) {
                    (true, false) => {
                        (&kinds::FIELD_GONE_FROM_METHOD, "{} does not give the field {} any more")
                    }
                    (false, true) => {
                        (&kinds::FIELD_NEW_IN_METHOD, "{} gives the field {}, which others gave")
                    }
                    _ => continue,
                };
            let subject = self.pair.method(method).output(&old.name);
            let change = kind.change(subject, Sentence::new(pattern, &[&to.full_name, &new.name]));
            changes.push(change.from(&from_tab.method.span).to(&to_tab.method.span));
        }
    }

    /// Where both pages have a table for each method, the tables' own order counts.
    fn reordered(&self, pairs: &Pairs) -> bool {
        if self.old.tabs.is_empty() || self.new.tabs.is_empty() {
            return pairs.reordered();
        }
        self.pair.methods.both.iter().any(|(index, other)| {
            let (Some((old, _)), Some((new, _))) =
                (self.old.tabs.get(index), self.new.tabs.get(other))
            else {
                return false;
            };
            let name = |tab: &FieldTab, index: usize| {
                tab.fields.get(index).map(|field| field.name.value.clone()).into_iter().collect()
            };
            let mut pairs = Pairs::of(old.fields.len(), new.fields.len());
            pairs.by_keys(|index| name(old, index), |index| name(new, index));
            pairs.reordered()
        })
    }
}

/// A dialect that came later says more of a datatype, which makes it no other.
fn same_datatype(old: &Datatype, new: &Datatype, across_dialects: bool) -> bool {
    old == new
        || across_dialects && old.kind == new.kind && (old.format.is_none() || new.format.is_none())
}
