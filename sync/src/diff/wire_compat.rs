//! Whether a member is what it was: as a type in Rust, and as it travels.

use super::change::Class;
use pagesmith_model::schema::{Member, Service, Target};

/// How a member differs from what it was.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) rust: Class,
    pub(super) wire: Class,
    /// What it was and what it is, in words.
    pub(super) words: (String, String),
}

/// How `new` differs from `old` in type and travel, not in whether it must be there.
pub(super) fn difference(
    (old, old_service): (&Member, &Service),
    (new, new_service): (&Member, &Service),
) -> Option<Difference> {
    let same_in_rust = same_type(&old.target, &new.target)
        && (old.sensitive == new.sensitive || !has_text(&old.target))
        && old.recursive == new.recursive;
    let same_travel =
        old.wire == new.wire && travels_alike(&old.target, old_service, &new.target, new_service);
    if same_in_rust && same_travel {
        return None;
    }
    let class = |same: bool| if same { Class::Safe } else { Class::Breaking };
    let (mut from, mut to) = (describe(old), describe(new));
    if from == to {
        from = format!("{from} as {}", old.wire);
        to = format!("{to} as {}", new.wire);
    }
    if from == to {
        to += ", in another form";
    }
    Some(Difference { rust: class(same_in_rust), wire: class(same_travel), words: (from, to) })
}

/// Whether Rust has the same type for both.
fn same_type(old: &Target, new: &Target) -> bool {
    match (old, new) {
        (Target::Timestamp(_), Target::Timestamp(_)) => true,
        (Target::List { element: old, .. }, Target::List { element: new, .. })
        | (Target::Map { value: old, .. }, Target::Map { value: new, .. }) => same_type(old, new),
        _ => old == new,
    }
}

/// Whether both travel alike, whatever they are called in Rust.
fn travels_alike(old: &Target, olds: &Service, new: &Target, news: &Service) -> bool {
    match (old, new) {
        (
            Target::List { element: old, name, flattened },
            Target::List { element: new, name: new_name, flattened: new_flattened },
        ) => (name, flattened) == (new_name, new_flattened) && travels_alike(old, olds, new, news),
        (
            Target::Map { value: old, names, flattened },
            Target::Map { value: new, names: new_names, flattened: new_flattened },
        ) => {
            (names, flattened) == (new_names, new_flattened) && travels_alike(old, olds, new, news)
        }
        // Shapes of one name are compared as shapes, and a row as a row.
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

/// Whether there is a text or a blob in it that could be a secret.
fn has_text(ty: &Target) -> bool {
    match ty {
        Target::String | Target::Blob => true,
        Target::List { element: inner, .. } | Target::Map { value: inner, .. } => has_text(inner),
        _ => false,
    }
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
        Target::Timestamp(_) => "timestamp",
        Target::Row => "row",
        Target::Known(known) => known.name(),
        Target::Enum(name) | Target::Structure(name) => name,
        Target::List { element, .. } => return format!("list of {}", in_words(element)),
        Target::Map { value, .. } => return format!("map of {}", in_words(value)),
    };
    word.to_owned()
}
