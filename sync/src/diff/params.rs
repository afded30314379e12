//! The params of methods, as the pages list them.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::breaking::{self, ChangeKind, Class};
use super::change::{Change, Subject};
use super::matching::{Matches, RenameBudget};
use super::pair::PagePair;
use super::similarity::{Description, near};
use super::view::{MethodView, PageView};
use pagesmith_model::bind::member_of;
use pagesmith_model::model::Structure;
use pagesmith_model::page::{Method, Page, Param};
use pagesmith_model::source::{Span, Spanned};

/// Every page requires it, and no operation takes it.
const REGION: &str = "region";

/// Compares the params of the methods that both pages have.
pub(super) fn compare(pair: &PagePair<'_>, budget: &mut RenameBudget, changes: &mut Vec<Change>) {
    let tables = (Table::new(pair.old), Table::new(pair.new));
    for (old, new) in pair.methods.pairs() {
        let subject = pair.method(old);
        let (old, new) = (ParamList::new(old), ParamList::new(new));
        MethodPair { pair, subject, old, new, tables: &tables }.compare(budget, changes);
    }
    retyped(pair, changes);
}

/// The rows that both pages have in their tables of params.
pub(super) fn shared_rows<'a>(pair: &PagePair<'a>) -> Vec<(&'a Param, &'a Param)> {
    let olds: HashMap<(&str, usize), &Param> = rows(pair.old.page).collect();
    rows(pair.new.page).filter_map(|(key, new)| Some((*olds.get(&key)?, new))).collect()
}

/// The table of params of a page. The key is the name and the number of rows of that name above: a param that only
/// some methods require has two rows.
fn rows(page: &Page) -> impl Iterator<Item = ((&str, usize), &Param)> {
    let mut above: HashMap<&str, usize> = HashMap::new();
    page.params.iter().map(move |param| {
        let count = above.entry(param.name.as_str()).or_default();
        *count += 1;
        ((param.name.as_str(), *count), param)
    })
}

/// The table of params of a page, by name.
struct Table<'a>(HashMap<&'a str, &'a Param>);

impl<'a> Table<'a> {
    fn new(view: &PageView<'a>) -> Self {
        Self(view.page.params.iter().map(|param| (param.name.as_str(), param)).collect())
    }

    /// The description of a param, if it has one.
    fn description(&self, param: &str) -> Option<Description> {
        let row = self.0.get(param)?;
        Some(Description::new(&row.description)).filter(|text| !text.is_empty())
    }
}

/// The params of one method.
struct ParamList<'a> {
    method: &'a Method,
    required: Params<'a>,
    optional: Params<'a>,
    /// What the operation takes.
    input: Option<&'a Structure>,
}

/// Names of params, in the order of the page, with their places.
type Params<'a> = IndexMap<&'a str, &'a Span>;

impl<'a> ParamList<'a> {
    fn new(view: &MethodView<'a>) -> Self {
        let params = |params: &'a [Spanned<String>]| -> Params<'a> {
            params.iter().map(|param| (param.as_str(), &param.span)).collect()
        };
        let MethodView { method, input, .. } = *view;
        let (required, optional) =
            (params(&method.required_params), params(&method.optional_params));
        Self { method, required, optional, input }
    }

    fn has(&self, name: &str) -> bool {
        self.required.contains_key(name) || self.optional.contains_key(name)
    }

    /// Whether the method can be called with the param, as far as page and model say.
    fn accepts(&self, name: &str) -> bool {
        self.optional.contains_key(name) || self.takes(name)
    }

    /// The place of the param, or of the method if it does not list the param.
    fn span(&self, name: &str) -> &'a Span {
        let listed = self.optional.get(name).or_else(|| self.required.get(name));
        listed.copied().unwrap_or(&self.method.full_name.span)
    }

    /// Whether the operation takes the param, according to the model.
    fn takes(&self, name: &str) -> bool {
        self.input.is_some_and(|input| input.members.contains_key(member_name(input, name)))
    }

    /// Whether the operation requires the param; `None` without a model.
    fn model_requires(&self, name: &str) -> Option<bool> {
        let input = self.input?;
        let name = member_name(input, name);
        Some(input.required.iter().any(|required| required == name))
    }
}

fn member_name<'n>(input: &Structure, param: &'n str) -> &'n str {
    member_of(param, |name| input.members.contains_key(name))
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
    fn compare(&self, budget: &mut RenameBudget, changes: &mut Vec<Change>) {
        let (old, new) = (&self.old, &self.new);
        if old.required.contains_key(REGION) != new.required.contains_key(REGION) {
            changes.push(self.change(&breaking::REGION_CHANGED, REGION));
        }
        self.required(budget, changes);
        self.optional(budget, changes);
        let is_reordered = |old: &Params<'a>, new: &Params<'a>| {
            Matches::keyed(old, new, |(name, _)| *name).is_reordered()
        };
        if is_reordered(&old.required, &new.required) || is_reordered(&old.optional, &new.optional)
        {
            let (old, new) = (&old.method.full_name, &new.method.full_name);
            let pattern = "the order of the params of {} changed";
            let change = self.subject.change_as(&breaking::ORDER_CHANGED, pattern, &[new]);
            changes.push(change.at(&old.span, &new.span));
        }
    }

    /// A change of a param that has the same name on both sides, or is listed on one side only.
    fn change(&self, kind: &'static ChangeKind, param: &str) -> Change {
        self.subject
            .param(param)
            .change(kind, &[&self.new.method.full_name, param])
            .at(self.old.span(param), self.new.span(param))
    }

    fn renamed(&self, kind: &'static ChangeKind, (old, new): (&str, &str)) -> Change {
        let names = [old, &*self.new.method.full_name, new];
        self.subject.param(old).change(kind, &names).at(self.old.span(old), self.new.span(new))
    }

    fn required(&self, budget: &mut RenameBudget, changes: &mut Vec<Change>) {
        let (old, new) = (&self.old, &self.new);
        let removed = missing(&old.required, |name| new.required.contains_key(name));
        let added = missing(&new.required, |name| old.required.contains_key(name));
        let renamed = |pair| self.renamed(&breaking::REQUIRED_PARAM_RENAMED, pair);
        let same = Matches::keyed(removed, added, wire_name);
        changes.extend(same.pairs().map(|pair| renamed(pair).wire(Class::Safe)));
        let (relaxed, removed): (Vec<_>, _) = same.removed().partition(|name| new.accepts(name));
        let (tightened, added): (Vec<_>, _) = same.added().partition(|name| old.accepts(name));
        let kind = &breaking::REQUIRED_PARAM_NOW_OPTIONAL;
        changes.extend(relaxed.into_iter().map(|name| self.change(kind, name)));
        let similar = self.match_similar(removed, added, budget);
        changes.extend(similar.pairs().map(renamed));
        let kind = &breaking::REQUIRED_PARAM_REMOVED;
        let removed = similar.removed();
        changes.extend(
            removed.map(|name| self.change(kind, name).wire(self.wire_class_of_removal(name))),
        );
        let newly_required = tightened.into_iter().chain(similar.added());
        changes.extend(newly_required.map(|name| self.newly_required(name)));
    }

    fn newly_required(&self, param: &str) -> Change {
        let was_known = self.old.has(param) || self.old.takes(param);
        let before =
            if was_known { ", which was optional" } else { ", which it did not list before" };
        // Where both models are known, the service decides and not the page.
        let wire = match (self.old.model_requires(param), self.new.model_requires(param)) {
            (_, Some(false)) | (Some(true), _) => Class::Safe,
            _ => Class::Breaking,
        };
        self.change(&breaking::PARAM_NEWLY_REQUIRED, param).and(before, &[]).wire(wire)
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

    fn optional(&self, budget: &mut RenameBudget, changes: &mut Vec<Change>) {
        let (old, new) = (&self.old, &self.new);
        let removed = missing(&old.optional, |name| new.has(name));
        let added = missing(&new.optional, |name| old.has(name));
        let renamed = |pair| self.renamed(&breaking::OPTIONAL_PARAM_RENAMED, pair);
        let same = Matches::keyed(removed, added, wire_name);
        changes.extend(same.pairs().map(|pair| renamed(pair).wire(Class::Safe)));
        let similar = self.match_similar(same.removed().collect(), same.added().collect(), budget);
        let gone = |change: Change, name| {
            let class = self.wire_class_of_removal(name);
            change.rust(class).wire(class)
        };
        changes.extend(similar.pairs().map(|pair| gone(renamed(pair), pair.0)));
        let lists_params = [self.pair.old, self.pair.new].map(PageView::lists_params);
        changes.extend(similar.removed().map(|name| match lists_params {
            [_, true] => gone(self.change(&breaking::OPTIONAL_PARAM_REMOVED, name), name),
            [_, false] => self.change(&breaking::OPTIONAL_PARAM_UNDOCUMENTED, name),
        }));
        changes.extend(similar.added().map(|name| match lists_params {
            [true, _] => self.change(&breaking::OPTIONAL_PARAM_ADDED, name),
            [false, _] => self.change(&breaking::OPTIONAL_PARAM_DOCUMENTED, name),
        }));
    }

    /// Matches renamed params by name and description. A param that the model of the other side knows is not renamed.
    fn match_similar(
        &self,
        removed: Vec<&'a str>,
        added: Vec<&'a str>,
        budget: &mut RenameBudget,
    ) -> Matches<&'a str> {
        let mut matches = Matches::new(removed, added);
        let (old, new) = self.tables;
        let profile = |name: &'a str| (name, old.description(name), new.description(name));
        let list = format!("params of {}", *self.new.method.full_name);
        matches.by_similarity((budget, &list), 1, profile, |(old, was, _), (new, _, is)| {
            if self.new.takes(old) || self.old.takes(new) {
                return 0;
            }
            let same = was.as_ref().zip(is.as_ref()).is_some_and(|(was, is)| was.same(is));
            usize::from(near(old, new)) + 2 * usize::from(same)
        });
        matches
    }
}

/// The params, other than the region, that the other side does not have.
fn missing<'a>(params: &Params<'a>, other_has: impl Fn(&str) -> bool) -> Vec<&'a str> {
    params.keys().copied().filter(|name| *name != REGION && !other_has(name)).collect()
}

/// The name of `param` in a request. Pages write `data__` before params in the body.
fn wire_name(param: &str) -> &str {
    param.strip_prefix("data__").unwrap_or(param)
}

/// Compares the datatypes in the tables of params.
fn retyped(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    for (old, new) in shared_rows(pair) {
        if *old.datatype == *new.datatype {
            continue;
        }
        let names = [&*new.name.value, &*old.datatype.to_string(), &*new.datatype.to_string()];
        let subject = pair.subject.param(&new.name);
        let mut change = subject.change(&breaking::PARAM_RETYPED, &names);
        if pair.old.resource.and(pair.new.resource).is_some() {
            // The models have the true types, and are compared too.
            change = change.rust(Class::Safe).wire(Class::Safe);
        }
        changes.push(change.at(&old.datatype.span, &new.datatype.span));
    }
}
