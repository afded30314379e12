//! Rust types, as generated code writes them.

use super::TypeName;
use super::naming::ServiceNames;
use pagesmith_model::bind::{Known, Member, Type};
use pagesmith_model::invariant;

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
        let value = of(&member.ty);
        let (argument, built) = match &member.ty {
            ty if is_copied(ty) => (value.clone(), value.clone()),
            Type::List { element, .. } => {
                let element = of(element);
                let argument = format!("impl IntoIterator<Item = impl Into<{element}>>");
                (argument, format!("[{element}]"))
            }
            Type::Map { value, .. } => {
                let value = of(value);
                let pair = format!("(impl Into<String>, impl Into<{value}>)");
                (format!("impl IntoIterator<Item = {pair}>"), format!("[String, {value}]"))
            }
            _ => (format!("impl Into<{value}>"), value.clone()),
        };
        let is_converted =
            !is_copied(&member.ty) && !matches!(member.ty, Type::List { .. } | Type::Map { .. });
        let boxed = if member.recursive { format!("Box<{value}>") } else { value.clone() };
        Types {
            field: if member.required { boxed } else { format!("Option<{boxed}>") },
            converted: is_converted.then(|| value.clone()),
            argument,
            built,
            table: self.table(&member.ty),
            value,
        }
    }

    /// The type of a value.
    pub(super) fn value(self, ty: &Type, sensitive: bool) -> String {
        match ty {
            Type::String | Type::Known(Known::PolicyDocument) if sensitive => {
                "runtime::Sensitive<String>".to_owned()
            }
            Type::Blob if sensitive => "runtime::Sensitive<Vec<u8>>".to_owned(),
            Type::String | Type::Known(Known::PolicyDocument) => "String".to_owned(),
            Type::Known(Known::SerialNumber) => "runtime::SerialNumber".to_owned(),
            Type::Blob => "Vec<u8>".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::Integer => "i32".to_owned(),
            Type::Long => "i64".to_owned(),
            Type::Float => "f32".to_owned(),
            Type::Double => "f64".to_owned(),
            Type::Timestamp(_) => "runtime::time::OffsetDateTime".to_owned(),
            Type::Row => invariant!(self.row, "only a page with fields has rows").name.to_string(),
            Type::Enum(shape) | Type::Structure(shape) => {
                let name = invariant!(self.names.shapes.get(shape), "every shape was named");
                if self.is_types { name.name.to_string() } else { format!("types::{}", name.name) }
            }
            Type::List { element, .. } => format!("Vec<{}>", self.value(element, sensitive)),
            Type::Map { value, .. } => {
                format!("std::collections::BTreeMap<String, {}>", self.value(value, sensitive))
            }
        }
    }

    fn table(self, ty: &Type) -> Option<String> {
        match ty {
            Type::Row => {
                Some(invariant!(self.row, "only a page with fields has rows").table.to_string())
            }
            Type::Structure(shape) => {
                let name = invariant!(self.names.shapes.get(shape), "every shape was named");
                let prefix = if self.is_types { "" } else { "types::schema::" };
                Some(format!("{prefix}{}", name.table))
            }
            Type::List { element: inner, .. } | Type::Map { value: inner, .. } => self.table(inner),
            _ => None,
        }
    }
}

/// Whether a setter takes a value of this type without a conversion.
pub(super) fn is_copied(ty: &Type) -> bool {
    matches!(ty, Type::Boolean | Type::Integer | Type::Long | Type::Float | Type::Double)
}
