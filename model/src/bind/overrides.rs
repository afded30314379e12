//! The override file: what the rules of binding cannot find, stated by hand with a reason.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::operations::key;
use super::{Binder, rules};
use crate::diagnostic::Outcome;
use crate::json::{Places, Reader, Unread};
use crate::model::{Shape, ShapeKind};
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
    /// Names of shapes with values that are secrets.
    pub(super) sensitive: BTreeSet<String>,
    /// The types of the runtime for the values of shapes, by the shape's name.
    pub(super) types: BTreeMap<String, Known>,
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
    #[serde(rename = "reason", deserialize_with = "reason")]
    _reason: (),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SensitiveOverride {
    #[serde(rename = "reason", deserialize_with = "reason")]
    _reason: (),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeOverride {
    r#type: Known,
    #[serde(rename = "reason", deserialize_with = "reason")]
    _reason: (),
}

/// Why an override is there: a string that is not blank.
fn reason<'de, D: Deserializer<'de>>(from: D) -> Result<(), D::Error> {
    let reason = String::deserialize(from)?;
    let is_blank = reason.trim().is_empty();
    if is_blank { Err(D::Error::custom("the `reason` of an override is blank")) } else { Ok(()) }
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
}

/// The methods of all pages by each key that names them, with their resources.
type Methods<'p> = HashMap<String, (&'p str, &'p Method)>;

impl Binder<'_> {
    /// Reports every override without effect.
    pub(super) fn check_overrides(&mut self, pages: &[Page]) {
        let Overrides { places: Some(places), operations, sensitive, types } = self.overrides
        else {
            return;
        };
        let mut methods = Methods::new();
        for page in pages {
            let resource = page.overview.id.resource.as_str();
            for method in &page.methods {
                for name in [&method.full_name.value, &method.name] {
                    methods.insert(format!("{resource}.{name}"), (resource, method));
                }
            }
        }
        let mut found = Vec::new();
        for (key, named) in operations {
            found.push(("operations", key, self.stale_operation(key, named, &methods)));
        }
        for name in sensitive {
            let stale = self.stale_shape(name, |shape| {
                let problem = || format!("the service model already marks `{name}` as sensitive");
                shape.sensitive.then(problem)
            });
            found.push(("sensitive", name, stale));
        }
        for name in types.keys() {
            let stale = self.stale_shape(name, |shape| match &shape.kind {
                ShapeKind::String { values } if values.is_empty() => None,
                _ => Some(format!(
                    "the shape `{name}` is not a plain string: only a string without `enum` can have a type"
                )),
            });
            found.push(("types", name, stale));
        }
        for (section, key, problem) in found {
            if let Some(problem) = problem {
                let place = places.span(&[section, key]);
                self.diagnostics.push(rules::STALE_OVERRIDE.error(problem, place));
            }
        }
    }

    /// Why the override of the method `key`, that names the operation `named`, has no effect.
    fn stale_operation(&mut self, key: &str, named: &str, methods: &Methods<'_>) -> Option<String> {
        if self.model.operation(named).is_none() {
            let known = self.model.operations.keys().map(String::as_str);
            let hint = self.diagnostics.did_you_mean(named, known);
            return Some(format!("the service model has no operation `{named}`{hint}"));
        }
        let Some((resource, method)) = methods.get(key) else {
            return Some(format!("no page has the method `{key}`"));
        };
        match *self.operations.by_rule(resource, &method.name) {
            [found] if found.name == named => {
                Some(format!("the method `{key}` matches `{named}` without this override"))
            }
            _ => None,
        }
    }

    /// Why an override of the shape `name` has no effect: there is none, or what `problem` says of it.
    fn stale_shape(
        &mut self,
        name: &str,
        problem: impl Fn(&Shape) -> Option<String>,
    ) -> Option<String> {
        if let Some(shape) = self.model.shape(name) {
            return problem(shape);
        }
        let known = self.model.shapes.keys().map(String::as_str);
        let hint = self.diagnostics.did_you_mean(name, known);
        Some(format!("the service model has no shape `{name}`{hint}"))
    }
}
