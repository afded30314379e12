//! What was found wrong, where, and what to do about it.

mod render;
mod rule;

use std::fmt;
use std::ops::Deref;

pub use self::render::Style;
pub use self::render::is_direction_control;
pub use self::rule::Rule;
pub(crate) use self::rule::rules;
use crate::source::Span;
use crate::words::nearest_within;

/// Whether the pipeline may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The result is usable, and somebody should look.
    Warning,
    /// There is no result.
    Error,
}

/// One thing that was found. Built with [`Diagnostic::error`] or [`Diagnostic::warning`].
// In a box, so that a `Result` with a diagnostic is as small as a pointer.
#[derive(Clone, Debug)]
pub struct Diagnostic(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    rule: &'static str,
    severity: Severity,
    message: String,
    place: Option<(Span, String)>,
    related: Vec<(Span, String)>,
    help: Option<String>,
}

impl Diagnostic {
    /// An error under the stable id `rule` (`missing-section`); `message` says what happened.
    pub fn error(rule: &'static str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Error, message.into())
    }

    /// A warning under the stable id `rule`; `message` says what happened.
    pub fn warning(rule: &'static str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warning, message.into())
    }

    fn new(rule: &'static str, severity: Severity, message: String) -> Self {
        let (place, related, help) = (None, Vec::new(), None);
        Self(Box::new(Parts { rule, severity, message, place, related, help }))
    }

    /// Where it happened, and, in a few words, what was expected there.
    #[must_use]
    pub fn at(mut self, span: Span, expected: impl Into<String>) -> Self {
        self.0.place = Some((span, expected.into()));
        self
    }

    /// What was expected at its place, in other words than its rule's.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        if let Some((_, label)) = &mut self.0.place {
            *label = expected.into();
        }
        self
    }

    /// The same as an error.
    #[must_use]
    pub fn into_error(mut self) -> Self {
        self.0.severity = Severity::Error;
        self
    }

    /// A second place that has to do with it.
    #[must_use]
    pub fn related(mut self, span: Span, why: impl Into<String>) -> Self {
        self.0.related.push((span, why.into()));
        self
    }

    /// What to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// The stable id of the rule that was broken.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        self.0.rule
    }

    /// Error or warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// What happened, in one sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Where it happened, where that is a place in a text.
    #[must_use]
    pub fn span(&self) -> Option<&Span> {
        self.0.place.as_ref().map(|(span, _)| span)
    }

    /// What to do next, where there is something to say.
    #[must_use]
    pub fn help_text(&self) -> Option<&str> {
        self.0.help.as_deref()
    }
}

/// Every diagnostic of a stage or a run, in the order found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    /// The steps that suggestions took.
    spent: usize,
}

/// The most steps that are spent on suggestions for one stage. A text with ten thousand names, none of which
/// is among ten thousand others, would take hours; nobody reads that many suggestions.
const MOST_SPENT: usize = 20_000_000;

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds all of another stage's.
    pub fn append(&mut self, other: Diagnostics) {
        self.found.extend(other.found);
    }

    /// The one of `known` that `word` is a slip of, if one is near enough. After so many suggestions that they
    /// took a fixed number of steps there are no more.
    pub fn nearest<'a>(
        &mut self,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.spent > MOST_SPENT {
            return None;
        }
        nearest_within(word, known, &mut self.spent)
    }

    /// `; did you mean …?` for a `word` that is a slip of one of `known`; else nothing. See [`Self::nearest`].
    pub fn did_you_mean<'a>(
        &mut self,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let near = self.nearest(word, known);
        near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
    }

    /// Adds the diagnostics of another stage, and returns its value.
    pub fn keep<T>(&mut self, outcome: impl Into<Outcome<T>>) -> Option<T> {
        let Outcome { value, diagnostics } = outcome.into();
        self.append(diagnostics);
        value
    }

    /// The outcome of a stage: `value`, unless there is an error.
    pub fn outcome<T>(self, value: Option<T>) -> Outcome<T> {
        Outcome { value: value.filter(|_| !self.has_errors()), diagnostics: self }
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.iter().any(|found| found.severity() == Severity::Error)
    }
}

/// Those found, in order.
impl Deref for Diagnostics {
    type Target = [Diagnostic];
    fn deref(&self) -> &[Diagnostic] {
        &self.found
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(one: Diagnostic) -> Self {
        Self { found: vec![one], spent: 0 }
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.found.iter()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Diagnostic {}

/// What a stage gives: a value where it could make one, and everything that it found on the way.
#[derive(Clone, Debug)]
#[must_use]
pub struct Outcome<T> {
    /// `Some` exactly when no diagnostic is an error.
    pub value: Option<T>,
    /// Errors and warnings, in the order found.
    pub diagnostics: Diagnostics,
}

impl<T> From<Result<T, Diagnostic>> for Outcome<T> {
    fn from(result: Result<T, Diagnostic>) -> Self {
        match result {
            Ok(value) => Self { value: Some(value), diagnostics: Diagnostics::default() },
            Err(found) => Self { value: None, diagnostics: found.into() },
        }
    }
}
