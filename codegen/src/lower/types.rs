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
    /// Of the value as the macro `builder` takes it: `[String]` for a list.
    pub built: String,
    /// What a setter converts its argument into with `Into`, if it takes one value and converts it.
    pub converted: Option<String>,
    /// The path of the schema of the structure in the value, through lists and maps.
    pub table: Option<String>,
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
        let of = |ty| self.value(ty, member.sensitive);
        let value = of(&member.target);
        let (argument, built) = match &member.target {
            ty if is_copied(ty) => (value.clone(), value.clone()),
            Target::List { element, .. } => {
                let element = of(element);
                let argument = format!("impl IntoIterator<Item = impl Into<{element}>>");
                (argument, format!("[{element}]"))
            }
            Target::Map { value, .. } => {
                let value = of(value);
                let pair = format!("(impl Into<String>, impl Into<{value}>)");
                (format!("impl IntoIterator<Item = {pair}>"), format!("[String, {value}]"))
            }
            _ => (format!("impl Into<{value}>"), value.clone()),
        };
        let is_converted = !is_copied(&member.target)
            && !matches!(member.target, Target::List { .. } | Target::Map { .. });
        let boxed = if member.recursive { format!("Box<{value}>") } else { value.clone() };
        Types {
            field: if member.required { boxed } else { format!("Option<{boxed}>") },
            converted: is_converted.then(|| value.clone()),
            argument,
            built,
            table: self.table(&member.target),
            value,
        }
    }

    /// The type of a value.
    pub(super) fn value(self, ty: &Target, sensitive: bool) -> String {
        match ty {
            Target::String | Target::Known(Known::PolicyDocument) if sensitive => {
                "runtime::Sensitive<String>".to_owned()
            }
            Target::Blob if sensitive => "runtime::Sensitive<Vec<u8>>".to_owned(),
            Target::String | Target::Known(Known::PolicyDocument) => "String".to_owned(),
            Target::Known(Known::SerialNumber) => "runtime::SerialNumber".to_owned(),
            Target::Blob => "Vec<u8>".to_owned(),
            Target::Boolean => "bool".to_owned(),
            Target::Integer => "i32".to_owned(),
            Target::Long => "i64".to_owned(),
            Target::Float => "f32".to_owned(),
            Target::Double => "f64".to_owned(),
            Target::Timestamp(_) => "runtime::time::OffsetDateTime".to_owned(),
            Target::Row => {
                invariant!(self.row, "only a page with fields has rows").name.to_string()
            }
            Target::Enum(shape) | Target::Structure(shape) => {
                let name = invariant!(self.names.shapes.get(shape), "every shape was named");
                if self.is_types { name.name.to_string() } else { format!("types::{}", name.name) }
            }
            Target::List { element, .. } => format!("Vec<{}>", self.value(element, sensitive)),
            Target::Map { value, .. } => {
                format!("std::collections::BTreeMap<String, {}>", self.value(value, sensitive))
            }
        }
    }

    fn table(self, ty: &Target) -> Option<String> {
        match ty {
            Target::Row => {
                Some(invariant!(self.row, "only a page with fields has rows").table.to_string())
            }
            Target::Structure(shape) => {
                let name = invariant!(self.names.shapes.get(shape), "every shape was named");
                let prefix = if self.is_types { "" } else { "types::schema::" };
                Some(format!("{prefix}{}", name.table))
            }
            Target::List { element: inner, .. } | Target::Map { value: inner, .. } => {
                self.table(inner)
            }
            _ => None,
        }
    }
}

/// Whether a setter takes a value of this type without a conversion.
pub(super) fn is_copied(ty: &Target) -> bool {
    matches!(ty, Target::Boolean | Target::Integer | Target::Long | Target::Float | Target::Double)
}
