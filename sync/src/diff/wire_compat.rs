//! Whether a type is compatible with its old state: in Rust, and on the wire.

use super::breaking::Class;
use pagesmith_model::schema::{Member, Service, Target};

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
    let same_in_rust = same_rust_type(&old.target, &new.target)
        && (old.sensitive == new.sensitive || !has_text(&old.target))
        && old.recursive == new.recursive;
    let place =
        |member: &Member| (member.binding, member.query_name.clone(), member.namespace.clone());
    let same_on_wire = old.wire == new.wire
        && place(old) == place(new)
        && same_encoding(&old.target, old_service, &new.target, new_service);
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
fn same_rust_type(old: &Target, new: &Target) -> bool {
    match (old, new) {
        (Target::Timestamp(_), Target::Timestamp(_)) => true,
        (Target::List { element: old, .. }, Target::List { element: new, .. })
        | (Target::Map { value: old, .. }, Target::Map { value: new, .. }) => {
            same_rust_type(old, new)
        }
        _ => old == new,
    }
}

/// Whether both have the same encoding on the wire, whatever their Rust names are.
fn same_encoding(old: &Target, olds: &Service, new: &Target, news: &Service) -> bool {
    match (old, new) {
        (
            Target::List { element: old, name, flattened, sparse },
            Target::List {
                element: new,
                name: new_name,
                flattened: new_flattened,
                sparse: new_sparse,
            },
        ) => {
            (name, flattened, sparse) == (new_name, new_flattened, new_sparse)
                && same_encoding(old, olds, new, news)
        }
        (
            Target::Map { value: old, names, flattened, sparse },
            Target::Map {
                value: new,
                names: new_names,
                flattened: new_flattened,
                sparse: new_sparse,
            },
        ) => {
            (names, flattened, sparse) == (new_names, new_flattened, new_sparse)
                && same_encoding(old, olds, new, news)
        }
        // Structures of the same name, and rows, are compared on their own.
        (Target::Structure(old), Target::Structure(new)) => {
            old == new || olds.schemas.get(old) == news.schemas.get(new)
        }
        (Target::Row | Target::Structure(_), Target::Row | Target::Structure(_)) => true,
        _ => old == new || is_text(old) && is_text(new),
    }
}

fn is_text(ty: &Target) -> bool {
    matches!(ty, Target::String | Target::Enum(_) | Target::Known(_))
}

/// Whether the type has a string or a blob, which could be secret.
fn has_text(ty: &Target) -> bool {
    matches!(ty.innermost(), Target::String | Target::Blob)
}

fn describe(member: &Member) -> String {
    let secret = if member.sensitive && has_text(&member.target) { "secret " } else { "" };
    let boxed = if member.recursive { "boxed " } else { "" };
    format!("{secret}{boxed}{}", in_words(&member.target))
}

fn in_words(ty: &Target) -> String {
    let word = match ty {
        Target::String => "string",
        Target::Boolean => "boolean",
        Target::Integer => "integer",
        Target::Long => "long",
        Target::Float => "float",
        Target::Double => "double",
        Target::Blob => "blob",
        Target::Stream => "stream of bytes",
        Target::Document => "document",
        Target::JsonValue => "JSON in a string",
        Target::Timestamp(_) => "timestamp",
        Target::Row => "row",
        Target::Known(known) => known.name(),
        Target::Enum(name) | Target::Structure(name) => name,
        Target::EventStream(name) => return format!("stream of events {name}"),
        Target::List { element, .. } => return format!("list of {}", in_words(element)),
        Target::Map { value, .. } => return format!("map of {}", in_words(value)),
    };
    word.to_owned()
}
