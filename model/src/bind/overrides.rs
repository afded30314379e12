//! The override file: what the rules cannot find, said by hand, each with a reason.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::operations::Operations;
use super::rules;
use crate::diagnostic::{Diagnostic, Diagnostics, Outcome, Rule};
use crate::json::Places;
use crate::model::{ServiceModel, ShapeKind};
use crate::page::{Method, Page};
use crate::schema::Known;
use crate::source::Source;

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
/// A key of `operations` is the resource and the method behind a dot. The method goes by its verb; where
/// two methods of the page have one verb, by its full name: `snapshots.snapshot_Create`.
///
/// An override that changes nothing is an error, so that none outlives its reason.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    places: Option<Places>,
    /// By `resource.Method`.
    operations: BTreeMap<String, String>,
    /// Names of shapes.
    sensitive: BTreeSet<String>,
    /// By the shape's name.
    types: BTreeMap<String, Known>,
}

/// The key that names `method` of `resource` in an override file.
pub(super) fn key(resource: &str, method: &Method) -> String {
    format!("{resource}.{}", method.name)
}

impl Overrides {
    /// Reads an override file.
    ///
    /// # Errors
    /// The outcome has no value where the file is not as shown above.
    pub fn read(source: &Source) -> Outcome<Self> {
        let places = Places::new(source);
        let mut reader = Reader { places: &places, diagnostics: Diagnostics::default() };
        let mut overrides = Self::default();
        match serde_json::from_str::<Value>(source.text()) {
            Ok(file) => reader.file(&file, &mut overrides),
            Err(error) => reader.not_json(&error),
        }
        let diagnostics = reader.diagnostics;
        let value = (!diagnostics.has_errors()).then(|| Self { places: Some(places), ..overrides });
        Outcome { value, diagnostics }
    }

    /// The operation that is named for a method of `resource`.
    pub(super) fn operation(&self, resource: &str, method: &Method) -> Option<&str> {
        let by_key = |key: &str| self.operations.get(key).map(String::as_str);
        by_key(&key(resource, method))
            .or_else(|| by_key(&format!("{resource}.{}", method.full_name.value)))
    }

    /// Whether the values of a shape are said to be secrets.
    pub(super) fn is_sensitive(&self, shape: &str) -> bool {
        self.sensitive.contains(shape)
    }

    /// The type of the runtime's own that the values of a shape are said to be.
    pub(super) fn known_type(&self, shape: &str) -> Option<Known> {
        self.types.get(shape).copied()
    }

    /// Reports every override that does not, or no longer, change anything.
    pub(super) fn check(
        &self,
        pages: &[Page],
        operations: &Operations<'_>,
        model: &ServiceModel,
        diagnostics: &mut Diagnostics,
    ) {
        let methods = if self.operations.is_empty() { HashMap::new() } else { methods_of(pages) };
        for (key, named) in &self.operations {
            if let Some(problem) =
                stale_operation(key, named, &methods, operations, model, diagnostics)
            {
                let path = ["operations", key];
                diagnostics.push(self.error(&rules::STALE_OVERRIDE, &path, problem));
            }
        }
        let shapes = || model.shapes.keys().map(String::as_str);
        for name in &self.sensitive {
            let problem = match model.shape(name) {
                None => missing("shape", name, shapes(), diagnostics),
                Some(shape) if shape.sensitive => {
                    format!("the service model already marks `{name}` as sensitive")
                }
                Some(_) => continue,
            };
            diagnostics.push(self.error(&rules::STALE_OVERRIDE, &["sensitive", name], problem));
        }
        for name in self.types.keys() {
            let problem = match model.shape(name).map(|shape| &shape.kind) {
                None => missing("shape", name, shapes(), diagnostics),
                Some(ShapeKind::String { values }) if values.is_empty() => continue,
                Some(_) => {
                    format!("`{name}` is not a string without listed values in the service model")
                }
            };
            diagnostics.push(self.error(&rules::STALE_OVERRIDE, &["types", name], problem));
        }
    }

    fn error(&self, rule: &'static Rule, path: &[&str], problem: String) -> Diagnostic {
        match &self.places {
            Some(places) => rule.error(problem, places.span(path)),
            None => Diagnostic::error(rule.id, problem).help(rule.help),
        }
    }
}

/// The methods of `pages` by each key that names them, with their resources.
fn methods_of(pages: &[Page]) -> HashMap<String, (&str, &Method)> {
    let mut methods = HashMap::new();
    for page in pages {
        let resource = page.overview.id.resource.as_str();
        for method in &page.methods {
            for name in [&method.full_name.value, &method.name] {
                methods.insert(format!("{resource}.{name}"), (resource, method));
            }
        }
    }
    methods
}

fn stale_operation(
    key: &str,
    named: &str,
    methods: &HashMap<String, (&str, &Method)>,
    operations: &Operations<'_>,
    model: &ServiceModel,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    if model.operation(named).is_none() {
        let known = model.operations.keys().map(String::as_str);
        return Some(missing("operation", named, known, diagnostics));
    }
    let Some((resource, method)) = methods.get(key) else {
        return Some(format!("no page has the method `{key}`"));
    };
    match *operations.by_rule(resource, &method.name) {
        [found] if found.name == named => {
            Some(format!("`{key}` is matched to `{named}` without this override"))
        }
        _ => None,
    }
}

fn missing<'a>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    diagnostics: &mut Diagnostics,
) -> String {
    let hint = diagnostics.did_you_mean(name, known);
    format!("the service model has no {what} `{name}`{hint}")
}

/// Reads the JSON, keeping every problem.
struct Reader<'a> {
    places: &'a Places,
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
                            overrides.sensitive.insert(shape.clone());
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
                                overrides.types.insert(shape.clone(), known);
                            }
                            None => self.report(&path, format!("there is no type `{name}`: expected `SerialNumber` or `PolicyDocument`")),
                        }
                    }
                }
                other => self.report(
                    &[section],
                    format!(
                        "unknown section `{other}`: expected `operations`, `sensitive` or `types`"
                    ),
                ),
            }
        }
    }

    fn object<'v>(&mut self, value: &'v Value, path: &[&str]) -> Vec<(&'v String, &'v Value)> {
        if let Some(object) = value.as_object() {
            return object.iter().collect();
        }
        self.report(path, "expected an object".to_owned());
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
            self.report(&path, "expected an object".to_owned());
            return keys.map(|_| None);
        }
        for (key, _) in self.object(value, &path) {
            if !keys.contains(&key.as_str()) {
                self.report(&path, format!("unknown key `{key}` in an override"));
            }
        }
        keys.map(|key| match value.get(key).and_then(Value::as_str) {
            Some(text) if !text.trim().is_empty() => Some(text.to_owned()),
            _ => {
                self.report(
                    &path,
                    format!("an override needs `{key}`: a string that is not blank"),
                );
                None
            }
        })
    }

    fn not_json(&mut self, error: &serde_json::Error) {
        let source = self.places.source();
        let before = source.text().split_inclusive('\n').take(error.line().saturating_sub(1));
        let at = before.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
        let message = error.to_string();
        let reason = message.rsplit_once(" at line ").map_or(&*message, |(reason, _)| reason);
        let found = rules::BAD_OVERRIDES
            .error("overrides.json is not valid JSON", source.span(at..at + 1))
            .expected(reason);
        self.diagnostics.push(found);
    }

    fn report(&mut self, path: &[&str], problem: String) {
        self.diagnostics.push(rules::BAD_OVERRIDES.error(problem, self.places.span(path)));
    }
}
