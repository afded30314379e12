//! Which datatypes of a page are good for which types of the model.

use pagesmith_model::bind::Type;
use pagesmith_model::page::DatatypeKind;

/// The words for what a type holds, the site's first choice in front. The site writes whatever
/// travels as text as `string`; a page that leaves the datatype open says nothing wrong.
pub(super) fn kinds(ty: &Type) -> &'static [DatatypeKind] {
    match ty {
        Type::String | Type::Blob | Type::Known(_) | Type::Enum(_) => &[DatatypeKind::String],
        // Text by the site's own way; a number for those that count seconds.
        Type::Timestamp(_) => &[DatatypeKind::String, DatatypeKind::Number, DatatypeKind::Integer],
        Type::Boolean => &[DatatypeKind::Boolean],
        Type::Integer | Type::Long => &[DatatypeKind::Integer, DatatypeKind::Number],
        Type::Float | Type::Double => &[DatatypeKind::Number],
        Type::Structure(_) | Type::Row | Type::Map { .. } => &[DatatypeKind::Object],
        Type::List { .. } => &[DatatypeKind::Array],
    }
}

/// Whether `written` can stand for a value of `ty`.
pub(super) fn agree(written: DatatypeKind, ty: &Type) -> bool {
    written == DatatypeKind::Unspecified || kinds(ty).contains(&written)
}
