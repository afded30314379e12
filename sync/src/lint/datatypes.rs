//! Which datatypes of a page are good for which types of the model.

use pagesmith_model::bind::Type;
use pagesmith_model::page::Kind;

/// The words for what a type holds, the site's first choice in front. The site writes whatever
/// travels as text as `string`; a page that leaves the datatype open says nothing wrong.
pub(super) fn kinds(ty: &Type) -> &'static [Kind] {
    match ty {
        Type::String | Type::Blob | Type::Known(_) | Type::Enum(_) => &[Kind::String],
        // Text by the site's own way; a number for those that count seconds.
        Type::Timestamp(_) => &[Kind::String, Kind::Number, Kind::Integer],
        Type::Boolean => &[Kind::Boolean],
        Type::Integer | Type::Long => &[Kind::Integer, Kind::Number],
        Type::Float | Type::Double => &[Kind::Number],
        Type::Structure(_) | Type::Row | Type::Map { .. } => &[Kind::Object],
        Type::List { .. } => &[Kind::Array],
    }
}

/// Whether `written` can stand for a value of `ty`.
pub(super) fn agree(written: Kind, ty: &Type) -> bool {
    written == Kind::Unspecified || kinds(ty).contains(&written)
}
