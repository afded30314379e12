//! Params: what the pages say that methods require and take.

use std::collections::{HashMap, HashSet};

use super::change::{Change, Class, Sentence, Subject};
use super::kinds::{self, Kind};
use super::matching::Pairs;
use super::similarity::{Said, near};
use super::view::{Pair, View};
use pagesmith_model::bind::member_of;
use pagesmith_model::model::Structure;
use pagesmith_model::page::{Method, Page, Param};
use pagesmith_model::source::{Span, Spanned};

/// What stands in front of params that are a part of a request's body. It is no part of the name on the wire.
const DATA: &str = "data__";

/// The name of `param` on the wire.
fn wire_name(param: &str) -> &str {
    param.strip_prefix(DATA).unwrap_or(param)
}

/// Every page requires it and no operation takes it.
const REGION: &str = "region";

/// What became of the params of the methods that both pages have.
pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let tables = (table(pair.old), table(pair.new));
    for (index, other, old, new) in pair.shared_methods() {
        let method = Params {
            pair,
            subject: pair.method(old),
            old: List::new(old, pair.old.input(index)),
            new: List::new(new, pair.new.input(other)),
            tables: &tables,
        };
        method.compare(changes);
    }
    retyped(pair, changes);
}

/// The params of a page, each with its name and with how many rows of that name stand above it: a param that some methods
/// require and others take has two.
pub(super) fn rows(page: &Page) -> impl Iterator<Item = ((&str, usize), &Param)> {
    let mut above: HashMap<&str, usize> = HashMap::new();
    page.params.iter().map(move |param| {
        let count = above.entry(param.name.as_str()).or_default();
        let key = (param.name.as_str(), *count);
        *count += 1;
        (key, param)
    })
}

type Table<'a> = HashMap<&'a str, &'a Param>;

fn table<'a>(view: &View<'a>) -> Table<'a> {
    view.page.params.iter().map(|param| (param.name.value.as_str(), param)).collect()
}

/// The params of one method.
struct List<'a> {
    method: &'a Method,
    required: HashSet<&'a str>,
    optional: HashSet<&'a str>,
    /// Where each of them stands.
    places: HashMap<&'a str, &'a Span>,
    input: Option<&'a Structure>,
}

impl<'a> List<'a> {
    fn new(method: &'a Method, input: Option<&'a Structure>) -> Self {
        let set = |params: &'a [Spanned<String>]| -> HashSet<&'a str> {
            params.iter().map(|param| param.value.as_str()).collect()
        };
        let (required, optional) = (set(&method.required_params), set(&method.optional_params));
        let all = method.required_params.iter().chain(&method.optional_params);
        let places = all.map(|param| (param.value.as_str(), &param.span)).collect();
        Self { method, required, optional, places, input }
    }

    fn has(&self, name: &str) -> bool {
        self.required.contains(name) || self.optional.contains(name)
    }

    /// Where the method lists the param; where it does not, the method.
    fn place(&self, name: &str) -> &'a Span {
        self.places.get(name).copied().unwrap_or(&self.method.full_name.span)
    }

    fn takes(&self, name: &str) -> bool {
        self.input.is_some_and(|input| {
            let is_member = |name: &str| input.members.contains_key(name);
            is_member(member_of(name, is_member))
        })
    }

    /// Whether the model requires it; `None` without a model.
    fn model_requires(&self, name: &str) -> Option<bool> {
        self.input.map(|input| {
            let name = member_of(name, |name| input.members.contains_key(name));
            input.required.iter().any(|required| required == name)
        })
    }
}

/// The params of a method on both sides.
struct Params<'p, 'a> {
    pair: &'p Pair<'a>,
    subject: Subject,
    old: List<'a>,
    new: List<'a>,
    tables: &'p (Table<'a>, Table<'a>),
}

impl<'a> Params<'_, 'a> {
    fn compare(&self, changes: &mut Vec<Change>) {
        self.region(changes);
        let not_in =
            |params: &'a [Spanned<String>], set: &HashSet<&str>| -> Vec<&'a Spanned<String>> {
                let others = params.iter().filter(|param| param.value != REGION);
                others.filter(|param| !set.contains(param.value.as_str())).collect()
            };
        let (old, new) = (self.old.method, self.new.method);
        let mut gone = not_in(&old.required_params, &self.new.required);
        let mut fresh = not_in(&new.required_params, &self.old.required);
        for (gone, fresh) in same_on_the_wire(&mut gone, &mut fresh) {
            let change = self.renaming(&kinds::REQUIRED_PARAM_RENAMED, gone, fresh);
            changes.push(change.wire(Class::Safe));
        }
        let (relaxed, gone): (Vec<_>, Vec<_>) = gone.into_iter().partition(|param| {
            self.new.optional.contains(param.value.as_str()) || self.new.takes(param)
        });
        let (tightened, fresh): (Vec<_>, Vec<_>) = fresh.into_iter().partition(|param| {
            self.old.optional.contains(param.value.as_str()) || self.old.takes(param)
        });
        for param in relaxed {
            let pattern = "{} does not require {} any more; it is optional";
            let change = self.change(&kinds::REQUIRED_PARAM_NOW_OPTIONAL, pattern, param);
            changes.push(change.from(&param.span).to(self.new.place(param)));
        }
        let renamed = self.renamed(&gone, &fresh);
        for (gone, fresh) in pick(&renamed, &gone, &fresh) {
            changes.push(self.renaming(&kinds::REQUIRED_PARAM_RENAMED, gone, fresh));
        }
        for param in renamed.old.iter().filter_map(|index| gone.get(*index)) {
            let pattern = "{} does not list the required {} any more";
            let change = self.change(&kinds::REQUIRED_PARAM_REMOVED, pattern, param);
            let wire = self.when_gone(param);
            changes.push(change.wire(wire).from(&param.span).to(&new.full_name.span));
        }
        let newly = tightened
            .into_iter()
            .chain(renamed.new.iter().filter_map(|index| fresh.get(*index).copied()));
        for param in newly {
            changes.push(self.newly_required(param));
        }
        self.optional(changes);
        self.order(changes);
    }

    fn change(&self, kind: &'static Kind, pattern: &str, param: &str) -> Change {
        let sentence = Sentence::new(pattern, &[&self.new.method.full_name, param]);
        kind.change(self.subject.param(param), sentence)
    }

    /// What it does to those who send `param`, which the new page does not have. Where only the new side
    /// has a model, that it is not taken does not tell whether it ever was.
    fn when_gone(&self, param: &str) -> Class {
        match (self.old.input, self.new.input) {
            (_, Some(_)) if self.new.takes(param) => Class::Safe,
            (Some(_), Some(_)) if self.old.takes(param) => Class::Breaking,
            (Some(_), Some(_)) => Class::Safe,
            _ => Class::Warning,
        }
    }

    fn newly_required(&self, param: &Spanned<String>) -> Change {
        let pattern = if self.old.has(param) || self.old.takes(param) {
            "{} requires {}, which was optional"
        } else {
            "{} requires {}, which it did not list"
        };
        // Where the models tell, it is the service that counts and not what its page says of it.
        let wire = match (self.old.model_requires(param), self.new.model_requires(param)) {
            (_, Some(false)) | (Some(true), _) => Class::Safe,
            _ => Class::Breaking,
        };
        let change = self.change(&kinds::PARAM_NEWLY_REQUIRED, pattern, param).wire(wire);
        change.from(self.old.place(param)).to(&param.span)
    }

    fn region(&self, changes: &mut Vec<Change>) {
        let pattern = match (self.old.required.contains(REGION), self.new.required.contains(REGION))
        {
            (true, false) => {
                "{} does not list {} as required any more; the client supplies it all the same"
            }
            (false, true) => "{} lists {} as required; the client supplies it",
            _ => return,
        };
        let change = self.change(&kinds::REGION_CHANGED, pattern, REGION);
        changes.push(change.from(self.old.place(REGION)).to(self.new.place(REGION)));
    }

    fn optional(&self, changes: &mut Vec<Change>) {
        let (old_lists, new_lists) = (self.pair.old.lists_params(), self.pair.new.lists_params());
        let only = |one: &List<'a>, other: &List<'a>| -> Vec<&'a Spanned<String>> {
            let params = one.method.optional_params.iter();
            params.filter(|param| param.value != REGION && !other.has(param)).collect()
        };
        let (mut gone, mut fresh) = (only(&self.old, &self.new), only(&self.new, &self.old));
        for (gone, fresh) in same_on_the_wire(&mut gone, &mut fresh) {
            let change = self.renaming(&kinds::OPTIONAL_PARAM_RENAMED, gone, fresh);
            changes.push(change.wire(Class::Safe));
        }
        let renamed = self.renamed(&gone, &fresh);
        for (gone, fresh) in pick(&renamed, &gone, &fresh) {
            let change = self.renaming(&kinds::OPTIONAL_PARAM_RENAMED, gone, fresh);
            let class = self.when_gone(gone);
            changes.push(change.rust(class).wire(class));
        }
        for param in renamed.old.iter().filter_map(|index| gone.get(*index)) {
            let change = if new_lists {
                let class = self.when_gone(param);
                let pattern = "{} does not list the optional {} any more";
                let change = self.change(&kinds::OPTIONAL_PARAM_REMOVED, pattern, param);
                change.rust(class).wire(class)
            } else {
                let pattern = "{} has no place for the optional {}";
                self.change(&kinds::OPTIONAL_PARAM_UNDOCUMENTED, pattern, param)
            };
            changes.push(change.from(&param.span).to(&self.new.method.full_name.span));
        }
        for param in renamed.new.iter().filter_map(|index| fresh.get(*index)) {
            let (kind, pattern) = if old_lists {
                (&kinds::OPTIONAL_PARAM_ADDED, "{} lists the optional {}, which is new")
            } else {
                (&kinds::OPTIONAL_PARAM_DOCUMENTED, "{} documents the optional {}")
            };
            let change = self.change(kind, pattern, param);
            changes.push(change.from(&self.old.method.full_name.span).to(&param.span));
        }
    }

    /// Which of `gone` are which of `fresh` by another name. What the other side's model knows is itself.
    fn renamed(&self, gone: &[&Spanned<String>], fresh: &[&Spanned<String>]) -> Pairs {
        let mut pairs = Pairs::of(gone.len(), fresh.len());
        let said = |table: &Table<'a>, params: &[&Spanned<String>]| -> Vec<Option<Said>> {
            let found = params.iter().map(|param| table.get(param.value.as_str()));
            found.map(|found| found.map(|param| Said::of(&param.description))).collect()
        };
        let (olds, news) = (said(&self.tables.0, gone), said(&self.tables.1, fresh));
        let what = format!("params of {}", self.new.method.full_name.value);
        pairs.by_likeness((&self.pair.weighing, &what), 1, |index, other| {
            match (gone.get(index), fresh.get(other)) {
                (Some(old), Some(new)) if !self.new.takes(old) && !self.old.takes(new) => {
                    let said = olds.get(index).and_then(Option::as_ref);
                    let says = news.get(other).and_then(Option::as_ref);
                    let same =
                        said.zip(says).is_some_and(|(old, new)| !old.is_nothing() && old.same(new));
                    usize::from(near(old, new)) + 2 * usize::from(same)
                }
                _ => 0,
            }
        });
        pairs
    }

    fn renaming(
        &self,
        kind: &'static Kind,
        old: &Spanned<String>,
        new: &Spanned<String>,
    ) -> Change {
        let names = [self.new.method.full_name.as_str(), new.as_str(), old.as_str()];
        let sentence = Sentence::new("{} takes {}, which was called {}", &names);
        kind.change(self.subject.param(old), sentence).from(&old.span).to(&new.span)
    }

    fn order(&self, changes: &mut Vec<Change>) {
        let (old, new) = (self.old.method, self.new.method);
        let reordered = |olds: &[Spanned<String>], news: &[Spanned<String>]| {
            let mut pairs = Pairs::of(olds.len(), news.len());
            let key = |list: &[Spanned<String>], index: usize| {
                list.get(index).map(|param| param.value.clone()).into_iter().collect()
            };
            pairs.by_keys(|index| key(olds, index), |index| key(news, index));
            pairs.reordered()
        };
        if reordered(&old.required_params, &new.required_params)
            || reordered(&old.optional_params, &new.optional_params)
        {
            let sentence =
                Sentence::new("the params of {} stand in another order", &[&new.full_name]);
            let change = kinds::ORDER_CHANGED.change(self.subject.clone(), sentence);
            changes.push(change.from(&old.full_name.span).to(&new.full_name.span));
        }
    }
}

/// Takes from both lists the params that have one name on the wire, and returns them in pairs.
fn same_on_the_wire<'a>(
    gone: &mut Vec<&'a Spanned<String>>,
    fresh: &mut Vec<&'a Spanned<String>>,
) -> Vec<(&'a Spanned<String>, &'a Spanned<String>)> {
    let mut by_name: HashMap<&str, &Spanned<String>> =
        fresh.iter().map(|param| (wire_name(param), *param)).collect();
    let mut pairs = Vec::new();
    gone.retain(|param| match by_name.remove(wire_name(param)) {
        Some(other) => {
            pairs.push((*param, other));
            false
        }
        None => true,
    });
    let paired: HashSet<&str> = pairs.iter().map(|(_, fresh)| fresh.value.as_str()).collect();
    fresh.retain(|param| !paired.contains(param.value.as_str()));
    pairs
}

/// The pairs' items.
fn pick<'s, T>(
    pairs: &'s Pairs,
    old: &'s [T],
    new: &'s [T],
) -> impl Iterator<Item = (&'s T, &'s T)> {
    pairs.both.iter().filter_map(|(index, other)| old.get(*index).zip(new.get(*other)))
}

/// The datatypes in the pages' tables of params.
fn retyped(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let olds: HashMap<(&str, usize), &Param> = rows(pair.old.page).collect();
    for (key, new) in rows(pair.new.page) {
        let Some(old) = olds.get(&key) else { continue };
        if *old.datatype != *new.datatype {
            let sentence = Sentence::new(
                "the page says {} of the param {}, no longer {}",
                &[&new.datatype.to_string(), &new.name, &old.datatype.to_string()],
            );
            let subject = pair.subject.method("").param(&new.name);
            let mut change = kinds::PARAM_RETYPED.change(subject, sentence);
            if pair.bound().is_some() {
                // What it truly is, the models say, and they are compared.
                change = change.rust(Class::Safe).wire(Class::Safe);
            }
            changes.push(change.from(&old.datatype.span).to(&new.datatype.span));
        }
    }
}
