//! Whether a type is compatible with its old state: in Rust, and on the wire.

use super::breaking::Class;
use pagesmith_model::bind::{Member, Service, Type};

/// How the type of a member changed.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) rust: Class,
    pub(super) wire: Class,
    /// The old type in words.
    pub(super) from: String,
    /// The new type in words.
    pub(super) to: String,
}

/// How the type of a member changed, apart from whether the member is required.
pub(super) fn difference(
    (old, old_service): (&Member, &Service),
    (new, new_service): (&Member, &Service),
) -> Option<Difference> {
    let same_in_rust = same_rust_type(&old.ty, &new.ty)
        && (old.sensitive == new.sensitive || !has_text(&old.ty))
        && old.recursive == new.recursive;
    let same_on_wire =
        old.wire == new.wire && same_encoding(&old.ty, old_service, &new.ty, new_service);
    if same_in_rust && same_on_wire {
        return None;
    }
    let class = |same: bool| if same { Class::Safe } else { Class::Breaking };
    let (mut from, mut to) = (describe(old), describe(new));
    if from == to {
        from = format!("{from} as {}", old.wire);
        to = format!("{to} as {}", new.wire);
    }
    if from == to {
        to += " in another encoding";
    }
    Some(Difference { rust: class(same_in_rust), wire: class(same_on_wire), from, to })
}

/// Whether both have the same Rust type.
fn same_rust_type(old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::Timestamp(_), Type::Timestamp(_)) => true,
        (Type::List { element: old, .. }, Type::List { element: new, .. })
        | (Type::Map { value: old, .. }, Type::Map { value: new, .. }) => same_rust_type(old, new),
        _ => old == new,
    }
}

/// Whether both have the same encoding on the wire, whatever their Rust names are.
fn same_encoding(old: &Type, olds: &Service, new: &Type, news: &Service) -> bool {
    match (old, new) {
        (
            Type::List { element: old, name, flattened },
            Type::List { element: new, name: new_name, flattened: new_flattened },
        ) => (name, flattened) == (new_name, new_flattened) && same_encoding(old, olds, new, news),
        (
            Type::Map { value: old, names, flattened },
            Type::Map { value: new, names: new_names, flattened: new_flattened },
        ) => {
            (names, flattened) == (new_names, new_flattened) && same_encoding(old, olds, new, news)
        }
        // Structures of the same name, and rows, are compared on their own.
        (Type::Structure(old), Type::Structure(new)) => {
            old == new || olds.shapes.get(old) == news.shapes.get(new)
        }
        (Type::Row | Type::Structure(_), Type::Row | Type::Structure(_)) => true,
        _ => old == new || is_text(old) && is_text(new),
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Enum(_) | Type::Known(_))
}

/// Whether the type has a string or a blob, which could be secret.
fn has_text(ty: &Type) -> bool {
    match ty {
        Type::String | Type::Blob => true,
        Type::List { element: inner, .. } | Type::Map { value: inner, .. } => has_text(inner),
        _ => false,
    }
}

fn describe(member: &Member) -> String {
    let secret = if member.sensitive && has_text(&member.ty) { "secret " } else { "" };
    let boxed = if member.recursive { "boxed " } else { "" };
    format!("{secret}{boxed}{}", in_words(&member.ty))
}

fn in_words(ty: &Type) -> String {
    let word = match ty {
        Type::String => "string",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Long => "long",
        Type::Float => "float",
        Type::Double => "double",
        Type::Blob => "blob",
        Type::Timestamp(_) => "timestamp",
        Type::Row => "row",
        Type::Known(known) => known.name(),
        Type::Enum(name) | Type::Structure(name) => name,
        Type::List { element, .. } => return format!("list of {}", in_words(element)),
        Type::Map { value, .. } => return format!("map of {}", in_words(value)),
    };
    word.to_owned()
}
