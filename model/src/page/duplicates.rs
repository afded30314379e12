//! Names that appear more than once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Diagnostic, Rule};
use crate::page::problems::Problems;
use crate::page::rules;
use crate::source::{Span, Spanned};
use crate::words;

/// Returns the warning that the `noun` called `name` at `span` has the same name as the one at `first`.
pub(crate) fn duplicate(
    rule: &'static Rule,
    (noun, name): (&str, &str),
    span: &Span,
    first: &Span,
) -> Diagnostic {
    let message = format!("duplicate {noun} {}", words::quoted(name));
    rule.warning(message, span.clone()).related(first.clone(), "the first one is here")
}

/// Whether `name` is the first of its kind; reports an error if it is not.
pub(crate) fn is_first(
    seen: &mut HashMap<String, Span>,
    name: &Spanned<String>,
    rule: &'static Rule,
    noun: &str,
    problems: &mut Problems,
) -> bool {
    let found = duplicate_of(seen, name, rule, noun);
    let is_first = found.is_none();
    found.into_iter().for_each(|found| problems.push(found.into_error()));
    is_first
}

/// Warns of each of `params` that repeats an earlier one. The page keeps both, as its generator wrote both.
pub(crate) fn warn_of_duplicates<'p>(
    params: impl Iterator<Item = &'p Spanned<String>>,
    problems: &mut Problems,
) {
    let mut seen = HashMap::new();
    for param in params {
        let found = duplicate_of(&mut seen, param, &rules::DUPLICATE_PARAM, "param");
        found.into_iter().for_each(|found| problems.push(found));
    }
}

fn duplicate_of(
    seen: &mut HashMap<String, Span>,
    name: &Spanned<String>,
    rule: &'static Rule,
    noun: &str,
) -> Option<Diagnostic> {
    match seen.entry(name.value.clone()) {
        Entry::Occupied(first) => Some(duplicate(rule, (noun, name), &name.span, first.get())),
        Entry::Vacant(place) => {
            place.insert(name.span.clone());
            None
        }
    }
}
