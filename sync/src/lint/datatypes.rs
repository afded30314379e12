//! The datatypes of pages that match the types of service models.

use pagesmith_model::page::DatatypeKind;
use pagesmith_model::schema::Target;

/// The words for what a type holds, the site's first choice in front. The site writes whatever
/// travels as text as `string`; a page that leaves the datatype open says nothing wrong.
pub(super) fn kinds(ty: &Target) -> &'static [DatatypeKind] {
    match ty {
        Target::String | Target::Blob | Target::Known(_) | Target::Enum(_) => {
            &[DatatypeKind::String]
        }
        // Text by the site's own way; a number for those that count seconds.
        Target::Timestamp(_) => {
            &[DatatypeKind::String, DatatypeKind::Number, DatatypeKind::Integer]
        }
        Target::Boolean => &[DatatypeKind::Boolean],
        Target::Integer | Target::Long => &[DatatypeKind::Integer, DatatypeKind::Number],
        Target::Float | Target::Double => &[DatatypeKind::Number],
        Target::Structure(_) | Target::Row | Target::Map { .. } => &[DatatypeKind::Object],
        Target::List { .. } => &[DatatypeKind::Array],
    }
}

/// Whether the datatype `written` matches the type `ty`.
pub(super) fn agree(written: DatatypeKind, ty: &Target) -> bool {
    written == DatatypeKind::Unspecified || kinds(ty).contains(&written)
}
