//! Rust types, as generated code writes them.

use super::TypeName;
use super::naming::ServiceNames;
use pagesmith_model::invariant;
use pagesmith_model::schema::{Known, Member, Target};

/// The types of a member, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Types {
    /// Of the field: `Option<String>`.
    pub field: String,
    /// Of the value: `String`.
    pub value: String,
    /// Of the argument of a setter: `impl Into<String>`.
    pub argument: String,
    /// Of an element if the value is a list or a map; otherwise of the value.
    pub element: String,
    /// How a setter converts its argument.
    pub conversion: Conversion,
    /// The structure in the value, through lists and maps.
    pub structure: Option<String>,
}

/// How a setter makes a value from its argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// The argument is the value.
    Copied,
    /// With `Into`.
    Value,
    /// Each element with `Into`.
    List,
    /// Each key and each value with `Into`.
    Map,
}

/// The module in which types are named.
#[derive(Clone, Copy)]
pub(super) struct ModuleContext<'a> {
    pub(super) names: &'a ServiceNames,
    /// The row of the resource, in a resource's module.
    pub(super) row: Option<&'a TypeName>,
    /// The members of that row.
    pub(super) row_members: &'a [Member],
    /// Whether it is the module `types`.
    pub(super) is_types: bool,
}

impl ModuleContext<'_> {
    /// The types of `member`.
    pub(super) fn types(self, member: &Member) -> Types {
        let (target, value) = (&member.target, self.value(&member.target, member.sensitive));
        let (conversion, element) = match target {
            Target::List { element, sparse, .. } => {
                (Conversion::List, self.element(element, *sparse, member.sensitive))
            }
            Target::Map { value, sparse, .. } => {
                (Conversion::Map, self.element(value, *sparse, member.sensitive))
            }
            Target::Boolean | Target::Integer | Target::Long | Target::Float | Target::Double => {
                (Conversion::Copied, value.clone())
            }
            _ => (Conversion::Value, value.clone()),
        };
        let argument = match conversion {
            Conversion::Copied => value.clone(),
            Conversion::Value => format!("impl Into<{value}>"),
            Conversion::List => format!("impl IntoIterator<Item = impl Into<{element}>>"),
            Conversion::Map => {
                format!("impl IntoIterator<Item = (impl Into<String>, impl Into<{element}>)>")
            }
        };
        let boxed = if member.recursive { format!("Box<{value}>") } else { value.clone() };
        let field = if member.required { boxed } else { format!("Option<{boxed}>") };
        let structure = self.structure(target);
        Types { field, value, argument, element, conversion, structure }
    }

    /// The type of a value.
    pub(super) fn value(self, ty: &Target, sensitive: bool) -> String {
        match ty {
            Target::String | Target::Known(Known::PolicyDocument) if sensitive => {
                "runtime::Sensitive<String>".to_owned()
            }
            Target::Blob if sensitive => "runtime::Sensitive<Vec<u8>>".to_owned(),
            Target::String | Target::JsonValue | Target::Known(Known::PolicyDocument) => {
                "String".to_owned()
            }
            Target::Known(Known::SerialNumber) => "runtime::SerialNumber".to_owned(),
            Target::Blob | Target::Stream => "Vec<u8>".to_owned(),
            Target::Document => "runtime::serde_json::Value".to_owned(),
            Target::Boolean => "bool".to_owned(),
            Target::Integer => "i32".to_owned(),
            Target::Long => "i64".to_owned(),
            Target::Float => "f32".to_owned(),
            Target::Double => "f64".to_owned(),
            Target::Timestamp(_) => "runtime::time::OffsetDateTime".to_owned(),
            Target::Row => {
                invariant!(self.row, "only a page with fields has rows").name.to_string()
            }
            Target::Enum(shape) | Target::Structure(shape) | Target::EventStream(shape) => {
                self.shape(shape)
            }
            Target::List { element, sparse, .. } => {
                format!("Vec<{}>", self.element(element, *sparse, sensitive))
            }
            Target::Map { value, sparse, .. } => {
                let value = self.element(value, *sparse, sensitive);
                format!("std::collections::BTreeMap<String, {value}>")
            }
        }
    }

    /// The type of an element of a list or a map, which can be absent if that is `sparse`.
    pub(super) fn element(self, ty: &Target, sparse: bool, sensitive: bool) -> String {
        let value = self.value(ty, sensitive);
        if sparse { format!("Option<{value}>") } else { value }
    }

    /// The path of the structure or enum `shape`.
    fn shape(self, shape: &str) -> String {
        let name = &invariant!(self.names.shapes.get(shape), "every shape was named").name;
        if self.is_types { name.to_string() } else { format!("types::{name}") }
    }

    fn structure(self, ty: &Target) -> Option<String> {
        match ty {
            Target::Row | Target::Structure(_) => Some(self.value(ty, false)),
            Target::List { element: inner, .. } | Target::Map { value: inner, .. } => {
                self.structure(inner)
            }
            _ => None,
        }
    }
}
