//! Collects the diagnostics of a page.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Outcome, Rule, Severity};
use crate::page::rules;
use crate::source::{Span, Spanned};
use crate::words;

/// The most diagnostics that are listed. A page of ten megabytes can have millions of problems; the others are
/// counted, and reported as one diagnostic.
const MAX_LISTED: usize = 1000;

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(RefCell<List>);

#[derive(Debug, Default)]
struct List {
    listed: Diagnostics,
    unlisted: usize,
    first_unlisted: Option<Span>,
}

impl Problems {
    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        let mut list = self.0.borrow_mut();
        if list.listed.len() < MAX_LISTED {
            list.listed.push(diagnostic);
        } else {
            list.unlisted += 1;
            list.first_unlisted = list.first_unlisted.take().or(diagnostic.span().cloned());
        }
    }

    pub(crate) fn error(&self, rule: &'static Rule, message: impl Into<String>, span: Span) {
        self.push(rule.error(message, span));
    }

    /// Reports an error unless `is_right`, which it returns.
    pub(crate) fn check(
        &self,
        is_right: bool,
        rule: &'static Rule,
        span: &Span,
        message: impl FnOnce() -> String,
    ) -> bool {
        if !is_right {
            self.error(rule, message(), span.clone());
        }
        is_right
    }

    /// Returns the number of problems. If a step does not change it, the step succeeded.
    pub(crate) fn count(&self) -> usize {
        let list = self.0.borrow();
        list.listed.len() + list.unlisted
    }

    /// Returns the outcome of parsing: `value`, unless there are errors.
    pub(crate) fn outcome<T>(self, value: Option<T>) -> Outcome<T> {
        let List { mut listed, unlisted, first_unlisted } = self.0.into_inner();
        if let Some(span) = first_unlisted {
            let message = format!("{unlisted} more problems are not listed");
            listed.push(rules::TOO_MANY_PROBLEMS.error(message, span));
        }
        listed.outcome(value)
    }

    /// Whether `name` is not in `seen` yet; reports it otherwise.
    pub(crate) fn check_first(
        &self,
        seen: &mut HashMap<String, Span>,
        name: &Spanned<String>,
        (rule, noun, severity): (&'static Rule, &str, Severity),
    ) -> bool {
        let Some(first) = seen.get(name.as_str()) else {
            seen.insert(name.value.clone(), name.span.clone());
            return true;
        };
        let found = duplicate(rule, (noun, name), &name.span, first);
        self.push(if severity == Severity::Error { found.into_error() } else { found });
        false
    }

    /// Reports each of `names` that repeats an earlier one.
    pub(crate) fn check_unique<'n>(
        &self,
        names: impl Iterator<Item = &'n Spanned<String>>,
        rule: (&'static Rule, &str, Severity),
    ) {
        let mut seen = HashMap::new();
        names.for_each(|name| {
            self.check_first(&mut seen, name, rule);
        });
    }
}

/// The rule that a param is listed once. The page keeps both, as its generator wrote both.
pub(crate) static PARAM_ONCE: (&Rule, &str, Severity) =
    (&rules::DUPLICATE_PARAM, "param", Severity::Warning);

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

/// Adds the closest of `known` to `word` as a suggestion, or else all of `known`.
pub(crate) fn suggest(diagnostic: Diagnostic, word: &str, known: &[&str]) -> Diagnostic {
    diagnostic.help(match words::nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of {}", words::list_of(known.iter().copied())),
    })
}
