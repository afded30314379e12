//! The override file: what the rules of binding cannot find, stated by hand with a reason.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;

use super::operations::Operations;
use super::rules;
use crate::diagnostic::{Diagnostics, Outcome};
use crate::json::{Places, Reader, Unread};
use crate::model::{ServiceModel, ShapeKind};
use crate::page::{Method, Page};
use crate::schema::Known;
use crate::source::Source;

/// A service's `overrides.json`.
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
/// A key of `operations` is the name of a resource and of a method, with a dot between them. A method's name is its verb, or
/// its full name if two methods of the page have the same verb: `snapshots.snapshot_Create`.
///
/// An override without effect is an error: it must be removed when its reason is gone.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Of the file; `None` without overrides.
    places: Option<Places>,
    /// Operations by `resource.Method`.
    operations: BTreeMap<String, String>,
    /// Names of shapes.
    sensitive: BTreeSet<String>,
    /// By the name of a shape.
    types: BTreeMap<String, Known>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File<'a> {
    #[serde(borrow)]
    operations: Unread<'a>,
    #[serde(borrow)]
    sensitive: Unread<'a>,
    #[serde(borrow)]
    types: Unread<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperationOverride {
    operation: String,
    #[serde(rename = "reason")]
    _reason: Reason,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SensitiveOverride {
    #[serde(rename = "reason")]
    _reason: Reason,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeOverride {
    r#type: Known,
    #[serde(rename = "reason")]
    _reason: Reason,
}

/// Why an override is there: a string that is not blank.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Reason;

impl TryFrom<String> for Reason {
    type Error = &'static str;

    fn try_from(reason: String) -> Result<Self, Self::Error> {
        if reason.trim().is_empty() {
            Err("the `reason` of an override is blank")
        } else {
            Ok(Self)
        }
    }
}

/// The key of `method` of `resource` in an override file.
pub(super) fn key(resource: &str, method: &Method) -> String {
    format!("{resource}.{}", method.name)
}

impl Overrides {
    /// Reads an override file.
    ///
    /// # Errors
    /// The outcome has no value if the file does not have the form shown above.
    pub fn read(source: &Source) -> Outcome<Self> {
        let places = Places::new(source);
        let mut reader = Reader::new(&places, |_| &rules::BAD_OVERRIDES);
        let file: File<'_> = reader.file().unwrap_or_default();
        let operations = reader.entries::<OperationOverride>(&file.operations, &["operations"]);
        let sensitive = reader.entries::<SensitiveOverride>(&file.sensitive, &["sensitive"]);
        let types = reader.entries::<TypeOverride>(&file.types, &["types"]);
        let diagnostics = reader.diagnostics;
        let value = (!diagnostics.has_errors()).then(|| Self {
            places: Some(places),
            operations: operations.into_iter().map(|(key, read)| (key, read.operation)).collect(),
            sensitive: sensitive.into_keys().collect(),
            types: types.into_iter().map(|(shape, read)| (shape, read.r#type)).collect(),
        });
        Outcome { value, diagnostics }
    }

    /// The operation that is stated for a method of `resource`.
    pub(super) fn operation(&self, resource: &str, method: &Method) -> Option<&str> {
        let by_key = |key: &str| self.operations.get(key).map(String::as_str);
        by_key(&key(resource, method))
            .or_else(|| by_key(&format!("{resource}.{}", method.full_name.value)))
    }

    /// Whether an override marks the values of `shape` as secrets.
    pub(super) fn is_sensitive(&self, shape: &str) -> bool {
        self.sensitive.contains(shape)
    }

    /// The type of the runtime that an override gives the values of `shape`.
    pub(super) fn known_type(&self, shape: &str) -> Option<Known> {
        self.types.get(shape).copied()
    }

    /// Reports every override without effect.
    pub(super) fn check(
        &self,
        pages: &[Page],
        operations: &Operations<'_>,
        model: &ServiceModel,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(places) = &self.places else { return };
        let methods = methods_of(pages);
        let error =
            |path: [&str; 2], problem| rules::STALE_OVERRIDE.error(problem, places.span(&path));
        for (key, named) in &self.operations {
            if let Some(problem) =
                stale_operation(key, named, &methods, operations, model, diagnostics)
            {
                diagnostics.push(error(["operations", key], problem));
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
            diagnostics.push(error(["sensitive", name], problem));
        }
        for name in self.types.keys() {
            let problem = match model.shape(name).map(|shape| &shape.kind) {
                None => missing("shape", name, shapes(), diagnostics),
                Some(ShapeKind::String { values }) if values.is_empty() => continue,
                Some(_) => {
                    format!("`{name}` is not a string without listed values in the service model")
                }
            };
            diagnostics.push(error(["types", name], problem));
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
