//! A JSON value with the way to it, so that whatever is wrong there can be reported with its place.

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::forms::Form;
use super::locate::{Path, Places};
use super::rules::{BAD_VALUE, MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE};
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Diagnostics, Rule, Severity};

/// What was found wrong in one text.
pub(super) struct Problems<'s> {
    places: &'s Places,
    found: RefCell<Vec<Problem>>,
}

struct Problem {
    severity: Severity,
    path: Path,
    report: Report,
}

/// What to report, without its place.
pub(super) struct Report {
    pub(super) rule: &'static Rule,
    pub(super) message: String,
    /// What was expected there, where that is more exact than the rule's label.
    pub(super) expected: Option<String>,
}

impl Report {
    pub(super) fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self { rule, message: message.into(), expected: None }
    }

    fn expecting(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }
}

impl<'s> Problems<'s> {
    pub(super) fn new(places: &'s Places) -> Self {
        Self { places, found: RefCell::default() }
    }

    pub(super) fn push(&self, severity: Severity, path: Path, report: Report) {
        self.found.borrow_mut().push(Problem { severity, path, report });
    }

    pub(super) fn error(&self, step: &Step<'_>, report: Report) {
        self.push(Severity::Error, step.path(), report);
    }

    pub(super) fn into_diagnostics(self) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        for problem in self.found.into_inner() {
            let span = self.places.span(&problem.path);
            let Report { rule, message, expected } = problem.report;
            let diagnostic = match problem.severity {
                Severity::Error => rule.error(message, span.clone()),
                Severity::Warning => rule.warning(message, span.clone()),
            };
            diagnostics.push(match expected {
                Some(expected) => diagnostic.at(span, expected),
                None => diagnostic,
            });
        }
        diagnostics
    }
}

/// One step on the way from the root of the text to a value.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    parent: Option<&'a Step<'a>>,
    name: &'a str,
}

impl<'a> Step<'a> {
    /// The root of the text.
    pub(super) const ROOT: Step<'static> = Step { parent: None, name: "" };

    pub(super) fn to(&'a self, name: &'a str) -> Step<'a> {
        Step { parent: Some(self), name }
    }

    pub(super) fn path(&self) -> Path {
        let mut path = Vec::new();
        let mut at = self;
        while let Some(parent) = at.parent {
            path.push(at.name.to_owned());
            at = parent;
        }
        path.reverse();
        path
    }

    /// The path as messages write it: `shapes.Tag.members`.
    pub(super) fn display(&self) -> String {
        let path = self.path();
        if path.is_empty() { "the file".to_owned() } else { format!("`{}`", path.join(".")) }
    }
}

/// A JSON object, the way to it, and where to report.
pub(super) struct Object<'a> {
    pub(super) map: &'a Map<String, Value>,
    pub(super) step: &'a Step<'a>,
    pub(super) problems: &'a Problems<'a>,
}

impl<'a> Object<'a> {
    /// `value` as an object whose keys are all in `vocabulary`, or a report. Unknown keys are reported and
    /// the object still given.
    pub(super) fn known(
        value: &'a Value,
        step: &'a Step<'a>,
        problems: &'a Problems<'a>,
        vocabulary: &Vocabulary,
    ) -> Option<Self> {
        let object = Self::open(value, step, problems)?;
        for key in object.map.keys() {
            if !vocabulary.all().any(|known| known == key) {
                problems.error(&step.to(key), unknown_key(key, vocabulary));
            }
        }
        Some(object)
    }

    /// `value` as an object whose keys are names, or a report.
    pub(super) fn open(
        value: &'a Value,
        step: &'a Step<'a>,
        problems: &'a Problems<'a>,
    ) -> Option<Self> {
        let map = value.as_object();
        if map.is_none() {
            problems.error(step, wrong_type(step, "an object", value));
        }
        Some(Self { map: map?, step, problems })
    }

    /// The text under `key`, if it is there.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.read(key, "a string", |value| value.as_str().map(str::to_owned))
    }

    /// The text under `key`, which must be there.
    pub(super) fn required_text(&self, key: &str) -> Option<String> {
        self.require(key)?;
        self.text(key)
    }

    /// The text under `key`, if it is there. Reports one that is not `form`.
    pub(super) fn formed(&self, key: &str, form: &Form) -> Option<String> {
        let text = self.text(key)?;
        if !(form.accepts)(&text) {
            let step = self.step.to(key);
            let message = format!("{} is {text:?}, which is not {}", step.display(), form.expected);
            let report = Report::new(&BAD_VALUE, message);
            self.problems.error(&step, report.expecting(format!("expected {}", form.expected)));
        }
        Some(text)
    }

    /// The text under `key`, which must be there. Reports one that is not `form`.
    pub(super) fn required_formed(&self, key: &str, form: &Form) -> Option<String> {
        self.require(key)?;
        self.formed(key, form)
    }

    /// Whether `key` is there and true.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.read(key, "true or false", Value::as_bool).unwrap_or(false)
    }

    /// The HTTP status under `key`, if it is there.
    pub(super) fn status(&self, key: &str) -> Option<u16> {
        self.read(key, "an HTTP status", |value| {
            let status = value.as_u64().and_then(|status| u16::try_from(status).ok());
            status.filter(|status| (100..600).contains(status))
        })
    }

    /// The texts of the list under `key`; none if it is not there.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        let list = self.read(key, "a list of strings", Value::as_array);
        let step = self.step.to(key);
        let mut texts = Vec::new();
        for (index, value) in list.into_iter().flatten().enumerate() {
            if let Some(text) = value.as_str() {
                texts.push(text.to_owned());
            } else {
                let index = index.to_string();
                let step = step.to(&index);
                self.problems.error(&step, wrong_type(&step, "a string", value));
            }
        }
        texts
    }

    /// The text under `key`, or the texts if it is a list.
    pub(super) fn text_or_texts(&self, key: &str) -> Vec<String> {
        if self.map.get(key).is_some_and(Value::is_array) {
            self.texts(key)
        } else {
            self.text(key).into_iter().collect()
        }
    }

    /// Those of the vocabulary's keys that are here and that the model has no field for.
    pub(super) fn unsupported(&self, vocabulary: &Vocabulary) -> Vec<String> {
        let here = self.map.keys().filter(|key| vocabulary.unsupported.contains(&key.as_str()));
        here.cloned().collect()
    }

    /// The value under `key`, or a report.
    pub(super) fn require(&self, key: &str) -> Option<&'a Value> {
        let value = self.map.get(key);
        if value.is_none() {
            let message = format!("{} has no `{key}`", self.step.display());
            let expected = format!("expected a key `{key}` in here");
            self.problems.error(self.step, Report::new(&MISSING_KEY, message).expecting(expected));
        }
        value
    }

    fn read<T>(
        &self,
        key: &str,
        expected: &str,
        convert: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.map.get(key)?;
        let converted = convert(value);
        if converted.is_none() {
            let step = self.step.to(key);
            self.problems.error(&step, wrong_type(&step, expected, value));
        }
        converted
    }
}

/// A report that the value at `step` is not `expected`.
pub(super) fn wrong_type(step: &Step<'_>, expected: &str, value: &Value) -> Report {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Report::new(&WRONG_TYPE, format!("{} is {found}", step.display()))
        .expecting(format!("expected {expected}"))
}

fn unknown_key(key: &str, vocabulary: &Vocabulary) -> Report {
    Report::new(&UNKNOWN_KEY, format!("unknown key `{key}` in {}", vocabulary.what))
}
