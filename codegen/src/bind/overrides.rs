//! The override file: what the rules cannot find, said by hand, each with a reason.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Known, Operations, rules};
use crate::diagnostic::{Diagnostic, Diagnostics, Outcome};
use crate::names::did_you_mean;
use crate::page::Page;
use crate::source::{Source, Span};
use crate::wire::{self, ServiceModel, ShapeKind};

/// What a service's `overrides.json` says.
///
/// ```json
/// {
///   "operations": {
///     "mfa_devices.List": { "operation": "ListMFADevices", "reason": "why the rule fails" }
///   },
///   "sensitive": {
///     "authenticationCodeType": { "reason": "why its values are secrets" }
///   },
///   "types": {
///     "serialNumberType": { "type": "SerialNumber", "reason": "why it is more than a string" }
///   }
/// }
/// ```
///
/// An override that changes nothing is an error, so that none outlives its reason.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    source: Option<Source>,
    /// By `resource.Method`.
    operations: BTreeMap<String, String>,
    sensitive: Vec<String>,
    /// By the shape's name.
    types: Vec<(String, Known)>,
}

impl Overrides {
    /// Reads an override file.
    ///
    /// # Errors
    /// The outcome has no value where the file is not as shown above.
    pub fn read(source: &Source) -> Outcome<Self> {
        let mut reader = Reader { source, diagnostics: Diagnostics::default() };
        let mut overrides = Self { source: Some(source.clone()), ..Self::default() };
        match serde_json::from_str::<Value>(source.text()) {
            Ok(file) => reader.file(&file, &mut overrides),
            Err(error) => reader.not_json(&error),
        }
        let value = (!reader.diagnostics.has_errors()).then_some(overrides);
        Outcome { value, diagnostics: reader.diagnostics }
    }

    /// The operation that is named for a method.
    pub(super) fn operation(&self, resource: &str, method: &str) -> Option<&str> {
        self.operations.get(&format!("{resource}.{method}")).map(String::as_str)
    }

    /// Whether the values of a shape are said to be secrets.
    pub(super) fn is_sensitive(&self, shape: &str) -> bool {
        self.sensitive.iter().any(|name| name == shape)
    }

    /// The type of the runtime's own that the values of a shape are said to be.
    pub(super) fn known_type(&self, shape: &str) -> Option<Known> {
        self.types.iter().find(|(name, _)| name == shape).map(|(_, known)| *known)
    }

    /// Reports every override that does not, or no longer, change anything.
    pub(super) fn check(
        &self,
        pages: &[Page],
        operations: &Operations<'_>,
        model: &ServiceModel,
        diagnostics: &mut Diagnostics,
    ) {
        let methods = if self.operations.is_empty() { BTreeSet::new() } else { methods_of(pages) };
        for (method, named) in &self.operations {
            if let Some(problem) = stale_operation(method, named, &methods, operations, model) {
                diagnostics.push(self.stale(&["operations", method], problem));
            }
        }
        let shapes = || model.shapes.keys().map(String::as_str);
        for name in &self.sensitive {
            let problem = match model.shape(name) {
                None => missing("shape", name, shapes()),
                Some(shape) if shape.sensitive => {
                    format!("the service model itself calls `{name}` sensitive now")
                }
                Some(_) => continue,
            };
            diagnostics.push(self.stale(&["sensitive", name], problem));
        }
        for (name, _) in &self.types {
            let problem = match model.shape(name).map(|shape| &shape.kind) {
                None => missing("shape", name, shapes()),
                Some(ShapeKind::String { values }) if values.is_empty() => continue,
                Some(_) => format!("`{name}` is no plain string in the service model"),
            };
            diagnostics.push(self.stale(&["types", name], problem));
        }
    }

    fn stale(&self, path: &[&str], problem: String) -> Diagnostic {
        match &self.source {
            Some(source) => rules::STALE_OVERRIDE.error(problem, place(source, path)),
            None => Diagnostic::error(rules::STALE_OVERRIDE.id, problem),
        }
    }
}

/// Every method of `pages`, behind its resource.
fn methods_of(pages: &[Page]) -> BTreeSet<(&str, &str)> {
    let mut methods = BTreeSet::new();
    for page in pages {
        let resource = page.overview.id.resource.as_str();
        methods.extend(page.methods.iter().map(|method| (resource, method.name.as_str())));
    }
    methods
}

fn stale_operation(
    method: &str,
    named: &str,
    methods: &BTreeSet<(&str, &str)>,
    operations: &Operations<'_>,
    model: &ServiceModel,
) -> Option<String> {
    let (resource, name) = method.split_once('.').unwrap_or((method, ""));
    if model.operation(named).is_none() {
        return Some(missing("operation", named, model.operations.keys().map(String::as_str)));
    }
    if !methods.contains(&(resource, name)) {
        return Some(format!("no page has the method `{method}`"));
    }
    match *operations.by_rule(resource, name) {
        [found] if found.name == named => {
            Some(format!("`{named}` is found for `{method}` without it"))
        }
        _ => None,
    }
}

fn missing<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    format!("the service model has no {what} `{name}`{}", did_you_mean(name, known))
}

/// Reads the JSON, keeping every problem.
struct Reader<'a> {
    source: &'a Source,
    diagnostics: Diagnostics,
}

impl Reader<'_> {
    fn file(&mut self, file: &Value, overrides: &mut Overrides) {
        for (section, entries) in self.object(file, &[]) {
            match section.as_str() {
                "operations" => {
                    for (method, entry) in self.object(entries, &[section]) {
                        let path = [section.as_str(), method];
                        if let [Some(operation), Some(_)] =
                            self.strings(entry, path, ["operation", "reason"])
                        {
                            overrides.operations.insert(method.clone(), operation);
                        }
                    }
                }
                "sensitive" => {
                    for (shape, entry) in self.object(entries, &[section]) {
                        let path = [section.as_str(), shape];
                        if let [Some(_)] = self.strings(entry, path, ["reason"]) {
                            overrides.sensitive.push(shape.clone());
                        }
                    }
                }
                "types" => {
                    for (shape, entry) in self.object(entries, &[section]) {
                        let path = [section.as_str(), shape];
                        let read = self.strings(entry, path, ["type", "reason"]);
                        let [Some(name), Some(_)] = read else { continue };
                        match Known::named(&name) {
                            Some(known) => {
                                overrides.types.push((shape.clone(), known));
                            }
                            None => self.report(&path, format!("the runtime has no type `{name}`")),
                        }
                    }
                }
                other => self.report(
                    &[section],
                    format!("`{other}` is no part of an override file: expected `operations`, `sensitive` or `types`"),
                ),
            }
        }
    }

    fn object<'v>(&mut self, value: &'v Value, path: &[&str]) -> Vec<(&'v String, &'v Value)> {
        if let Some(object) = value.as_object() {
            return object.iter().collect();
        }
        self.report(path, "an object was expected".to_owned());
        Vec::new()
    }

    /// The texts under exactly these keys.
    fn strings<const N: usize>(
        &mut self,
        value: &Value,
        path: [&str; 2],
        keys: [&str; N],
    ) -> [Option<String>; N] {
        if !value.is_object() {
            self.report(&path, "an object was expected".to_owned());
            return keys.map(|_| None);
        }
        for (key, _) in self.object(value, &path) {
            if !keys.contains(&key.as_str()) {
                self.report(&path, format!("`{key}` is not expected in an override"));
            }
        }
        keys.map(|key| match value.get(key).and_then(Value::as_str) {
            Some(text) if !text.trim().is_empty() => Some(text.to_owned()),
            _ => {
                self.report(&path, format!("an override needs `{key}`, a text that is not blank"));
                None
            }
        })
    }

    fn not_json(&mut self, error: &serde_json::Error) {
        let before = self.source.text().split_inclusive('\n').take(error.line().saturating_sub(1));
        let at = before.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let message = error.to_string();
        let reason = message.rsplit_once(" at line ").map_or(&*message, |(reason, _)| reason);
        let found = rules::BAD_OVERRIDES
            .error("the override file is not valid JSON", self.source.span(at..at + 1))
            .expected(reason);
        self.diagnostics.push(found);
    }

    fn report(&mut self, path: &[&str], problem: String) {
        self.diagnostics.push(rules::BAD_OVERRIDES.error(problem, place(self.source, path)));
    }
}

fn place(source: &Source, path: &[&str]) -> Span {
    wire::place(source, path)
}
