//! Which datatypes of a page are good for which types of the model.

use pagesmith_model::page::Kind;
use pagesmith_model::schema::Target;

/// The words for what a type holds, the site's first choice in front. The site writes whatever
/// travels as text as `string`; a page that leaves the datatype open says nothing wrong.
pub(super) fn kinds(ty: &Target) -> &'static [Kind] {
    match ty {
        Target::String | Target::Blob | Target::Known(_) | Target::Enum(_) => &[Kind::String],
        // Text by the site's own way; a number for those that count seconds.
        Target::Timestamp(_) => &[Kind::String, Kind::Number, Kind::Integer],
        Target::Boolean => &[Kind::Boolean],
        Target::Integer | Target::Long => &[Kind::Integer, Kind::Number],
        Target::Float | Target::Double => &[Kind::Number],
        Target::Structure(_) | Target::Row | Target::Map { .. } => &[Kind::Object],
        Target::List { .. } => &[Kind::Array],
    }
}

/// Whether `written` can stand for a value of `ty`.
pub(super) fn agree(written: Kind, ty: &Target) -> bool {
    written == Kind::Unspecified || kinds(ty).contains(&written)
}
