//! The documentation site's words for types of the model.

use crate::bind::Type;
use crate::page::{Datatype, Kind};

impl Type {
    /// The documentation site's word for this type.
    #[must_use]
    pub fn datatype(&self) -> Datatype {
        let kind = match self {
            Type::String | Type::Blob | Type::Known(_) | Type::Enum(_) => Kind::String,
            Type::Boolean => Kind::Boolean,
            Type::Integer | Type::Long => Kind::Integer,
            Type::Float | Type::Double => Kind::Number,
            Type::Structure(_) | Type::Row | Type::Map { .. } => Kind::Object,
            Type::List { .. } => Kind::Array,
            Type::Timestamp(_) => {
                return Datatype { kind: Kind::String, format: Some("date-time".to_owned()) };
            }
        };
        kind.into()
    }
}
