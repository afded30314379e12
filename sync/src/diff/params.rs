//! The params of methods, as the pages list them.

use std::collections::{HashMap, HashSet};

use super::breaking::{self, ChangeKind, Class};
use super::change::{Change, Subject};
use super::matching::Matches;
use super::pair::PagePair;
use super::similarity::{Description, near};
use super::view::{MethodView, PageView};
use pagesmith_model::bind::member_of;
use pagesmith_model::model::Structure;
use pagesmith_model::page::{Method, Page, Param};
use pagesmith_model::source::{Span, Spanned};

/// Every page requires it, and no operation takes it.
const REGION: &str = "region";

/// The name of `param` in a request. Pages write `data__` before params in the body.
fn wire_name(param: &str) -> &str {
    param.strip_prefix("data__").unwrap_or(param)
}

/// Compares the params of the methods that both pages have.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    let tables = (table(pair.old), table(pair.new));
    for (old, new) in pair.methods.pairs() {
        let subject = pair.method(old);
        let (old, new) = (ParamList::new(old), ParamList::new(new));
        MethodPair { pair, subject, old, new, tables: &tables }.compare(changes);
    }
    retyped(pair, changes);
}

/// The table of params of a page. The key is the name and the number of rows of that name above: a param that only
/// some methods require has two rows.
pub(super) fn rows(page: &Page) -> impl Iterator<Item = ((&str, usize), &Param)> {
    let mut above: HashMap<&str, usize> = HashMap::new();
    page.params.iter().map(move |param| {
        let count = above.entry(param.name.as_str()).or_default();
        let key = (param.name.as_str(), *count);
        *count += 1;
        (key, param)
    })
}

/// The rows that both pages have in their tables of params.
pub(super) fn shared_rows<'a>(pair: &PagePair<'a>) -> Vec<(&'a Param, &'a Param)> {
    let olds: HashMap<(&str, usize), &Param> = rows(pair.old.page).collect();
    rows(pair.new.page).filter_map(|(key, new)| Some((*olds.get(&key)?, new))).collect()
}

type Table<'a> = HashMap<&'a str, &'a Param>;

fn table<'a>(view: &PageView<'a>) -> Table<'a> {
    view.page.params.iter().map(|param| (param.name.value.as_str(), param)).collect()
}

/// The params of one method.
struct ParamList<'a> {
    method: &'a Method,
    required: HashSet<&'a str>,
    optional: HashSet<&'a str>,
    spans: HashMap<&'a str, &'a Span>,
    /// What the operation takes.
    input: Option<&'a Structure>,
}

impl<'a> ParamList<'a> {
    fn new(view: &MethodView<'a>) -> Self {
        let set = |params: &'a [Spanned<String>]| -> HashSet<&'a str> {
            params.iter().map(|param| param.value.as_str()).collect()
        };
        let method = view.method;
        let (required, optional) = (set(&method.required_params), set(&method.optional_params));
        let all = method.required_params.iter().chain(&method.optional_params);
        let spans = all.map(|param| (param.value.as_str(), &param.span)).collect();
        Self { method, required, optional, spans, input: view.input }
    }

    fn has(&self, name: &str) -> bool {
        self.required.contains(name) || self.optional.contains(name)
    }

    /// Whether the method can be called with the param, as far as page and model say.
    fn accepts(&self, name: &str) -> bool {
        self.optional.contains(name) || self.takes(name)
    }

    /// The place of the param, or of the method if it does not list the param.
    fn span(&self, name: &str) -> &'a Span {
        self.spans.get(name).copied().unwrap_or(&self.method.full_name.span)
    }

    /// Whether the operation takes the param, according to the model.
    fn takes(&self, name: &str) -> bool {
        self.input.is_some_and(|input| {
            let is_member = |name: &str| input.members.contains_key(name);
            is_member(member_of(name, is_member))
        })
    }

    /// Whether the operation requires the param; `None` without a model.
    fn model_requires(&self, name: &str) -> Option<bool> {
        self.input.map(|input| {
            let name = member_of(name, |name| input.members.contains_key(name));
            input.required.iter().any(|required| required == name)
        })
    }
}

/// The params of a method on both sides.
struct MethodPair<'p, 'a> {
    pair: &'p PagePair<'a>,
    subject: Subject,
    old: ParamList<'a>,
    new: ParamList<'a>,
    tables: &'p (Table<'a>, Table<'a>),
}

impl<'a> MethodPair<'_, 'a> {
    fn compare(&self, changes: &mut Vec<Change>) {
        if self.old.required.contains(REGION) != self.new.required.contains(REGION) {
            let change = self.change(&breaking::REGION_CHANGED, REGION);
            changes.push(change.from(self.old.span(REGION)).to(self.new.span(REGION)));
        }
        self.required(changes);
        self.optional(changes);
        let (old, new) = (self.old.method, self.new.method);
        let reordered = |old: &[Spanned<String>], new: &[Spanned<String>]| {
            Matches::keyed(old, new, |param| param.value.as_str()).is_reordered()
        };
        if reordered(&old.required_params, &new.required_params)
            || reordered(&old.optional_params, &new.optional_params)
        {
            let change = Change::new(&breaking::ORDER_CHANGED, self.subject.clone(), &[])
                .say("the order of the params of {} changed", &[&new.full_name]);
            changes.push(change.from(&old.full_name.span).to(&new.full_name.span));
        }
    }

    fn change(&self, kind: &'static ChangeKind, param: &str) -> Change {
        Change::new(kind, self.subject.param(param), &[&self.new.method.full_name, param])
    }

    fn renamed(
        &self,
        kind: &'static ChangeKind,
        old: &Spanned<String>,
        new: &Spanned<String>,
    ) -> Change {
        let names = [old.as_str(), &self.new.method.full_name, new.as_str()];
        Change::new(kind, self.subject.param(old), &names).from(&old.span).to(&new.span)
    }

    fn required(&self, changes: &mut Vec<Change>) {
        let (old, new) = (self.old.method, self.new.method);
        let mut removed = missing(&old.required_params, |name| self.new.required.contains(name));
        let mut added = missing(&new.required_params, |name| self.old.required.contains(name));
        for (old, new) in take_same_wire_name(&mut removed, &mut added) {
            let change = self.renamed(&breaking::REQUIRED_PARAM_RENAMED, old, new);
            changes.push(change.wire(Class::Safe));
        }
        let (relaxed, removed): (Vec<_>, Vec<_>) =
            removed.into_iter().partition(|param| self.new.accepts(param));
        let (tightened, added): (Vec<_>, Vec<_>) =
            added.into_iter().partition(|param| self.old.accepts(param));
        for param in relaxed {
            let change = self.change(&breaking::REQUIRED_PARAM_NOW_OPTIONAL, param);
            changes.push(change.from(&param.span).to(self.new.span(param)));
        }
        let renames = self.match_renames(&removed, &added);
        for (old, new) in renames.pairs() {
            changes.push(self.renamed(&breaking::REQUIRED_PARAM_RENAMED, old, new));
        }
        for param in renames.removed() {
            let change = self.change(&breaking::REQUIRED_PARAM_REMOVED, param);
            let change = change.wire(self.wire_class_of_removal(param));
            changes.push(change.from(&param.span).to(&new.full_name.span));
        }
        let newly_required = tightened.iter().chain(renames.added());
        changes.extend(newly_required.map(|param| self.newly_required(param)));
    }

    fn newly_required(&self, param: &Spanned<String>) -> Change {
        let was_known = self.old.has(param) || self.old.takes(param);
        let before =
            if was_known { ", which was optional" } else { ", which it did not list before" };
        // Where both models are known, the service decides and not the page.
        let wire = match (self.old.model_requires(param), self.new.model_requires(param)) {
            (_, Some(false)) | (Some(true), _) => Class::Safe,
            _ => Class::Breaking,
        };
        let change = self.change(&breaking::PARAM_NEWLY_REQUIRED, param).and(before, &[]);
        change.wire(wire).from(self.old.span(param)).to(&param.span)
    }

    /// The class for programs that send `param`, which the new page does not list. A model of the new side alone
    /// does not say whether the operation took the param before.
    fn wire_class_of_removal(&self, param: &str) -> Class {
        match (self.old.input, self.new.input) {
            (_, Some(_)) if self.new.takes(param) => Class::Safe,
            (Some(_), Some(_)) if self.old.takes(param) => Class::Breaking,
            (Some(_), Some(_)) => Class::Safe,
            _ => Class::Warning,
        }
    }

    fn optional(&self, changes: &mut Vec<Change>) {
        let (old, new) = (self.old.method, self.new.method);
        let mut removed = missing(&old.optional_params, |name| self.new.has(name));
        let mut added = missing(&new.optional_params, |name| self.old.has(name));
        for (old, new) in take_same_wire_name(&mut removed, &mut added) {
            let change = self.renamed(&breaking::OPTIONAL_PARAM_RENAMED, old, new);
            changes.push(change.wire(Class::Safe));
        }
        let renames = self.match_renames(&removed, &added);
        for (old, new) in renames.pairs() {
            let class = self.wire_class_of_removal(old);
            let change = self.renamed(&breaking::OPTIONAL_PARAM_RENAMED, old, new);
            changes.push(change.rust(class).wire(class));
        }
        for param in renames.removed() {
            let change = if self.pair.new.lists_params() {
                let class = self.wire_class_of_removal(param);
                self.change(&breaking::OPTIONAL_PARAM_REMOVED, param).rust(class).wire(class)
            } else {
                self.change(&breaking::OPTIONAL_PARAM_UNDOCUMENTED, param)
            };
            changes.push(change.from(&param.span).to(&new.full_name.span));
        }
        let kind = if self.pair.old.lists_params() {
            &breaking::OPTIONAL_PARAM_ADDED
        } else {
            &breaking::OPTIONAL_PARAM_DOCUMENTED
        };
        changes.extend(
            renames
                .added()
                .map(|param| self.change(kind, param).from(&old.full_name.span).to(&param.span)),
        );
    }

    /// Matches renamed params by name and description. A param that the model of the other side knows is not renamed.
    fn match_renames<'s>(
        &self,
        removed: &'s [&'a Spanned<String>],
        added: &'s [&'a Spanned<String>],
    ) -> Matches<'s, &'a Spanned<String>> {
        let mut matches = Matches::new(removed, added);
        let profile = |param: &'s &'a Spanned<String>| {
            let (old, new) = self.tables;
            let describe = |table: &Table<'a>| {
                let row = table.get(param.value.as_str())?;
                Some(Description::new(&row.description)).filter(|text| !text.is_empty())
            };
            (*param, describe(old), describe(new))
        };
        let list = format!("params of {}", self.new.method.full_name.value);
        matches.by_similarity(
            (&self.pair.budget, &list),
            1,
            profile,
            |(old, was, _), (new, _, is)| {
                if self.new.takes(old) || self.old.takes(new) {
                    return 0;
                }
                let same = was.as_ref().zip(is.as_ref()).is_some_and(|(was, is)| was.same(is));
                usize::from(near(old, new)) + 2 * usize::from(same)
            },
        );
        matches
    }
}

/// The params, other than the region, that the other side does not have.
fn missing(params: &[Spanned<String>], other_has: impl Fn(&str) -> bool) -> Vec<&Spanned<String>> {
    let params = params.iter().filter(|param| param.value != REGION);
    params.filter(|param| !other_has(param)).collect()
}

/// Removes the params that have the same name in a request from both lists, and returns them in pairs.
fn take_same_wire_name<'a>(
    removed: &mut Vec<&'a Spanned<String>>,
    added: &mut Vec<&'a Spanned<String>>,
) -> Vec<(&'a Spanned<String>, &'a Spanned<String>)> {
    let matches = Matches::keyed(removed, added, |param| wire_name(param));
    let pairs = matches.pairs().map(|(old, new)| (*old, *new)).collect();
    let (left_old, left_new) =
        (matches.removed().copied().collect(), matches.added().copied().collect());
    (*removed, *added) = (left_old, left_new);
    pairs
}

/// Compares the datatypes in the tables of params.
fn retyped(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    for (old, new) in shared_rows(pair) {
        if *old.datatype == *new.datatype {
            continue;
        }
        let names = [&*new.name.value, &*old.datatype.to_string(), &*new.datatype.to_string()];
        let subject = pair.subject.param(&new.name);
        let mut change = Change::new(&breaking::PARAM_RETYPED, subject, &names);
        if pair.is_bound() {
            // The models have the true types, and are compared too.
            change = change.rust(Class::Safe).wire(Class::Safe);
        }
        changes.push(change.from(&old.datatype.span).to(&new.datatype.span));
    }
}
