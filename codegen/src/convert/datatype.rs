//! The site's words for types of the model.

use crate::bind::Type;
use crate::page::{Datatype, Kind};

impl Datatype {
    /// The site's word for what a member holds.
    #[must_use]
    pub fn of(holds: &Type) -> Self {
        let kind = match holds {
            Type::String | Type::Blob | Type::Known(_) | Type::Enum(_) => Kind::String,
            Type::Boolean => Kind::Boolean,
            Type::Integer | Type::Long => Kind::Integer,
            Type::Float | Type::Double => Kind::Number,
            Type::Structure(_) | Type::Row | Type::Map { .. } => Kind::Object,
            Type::List { .. } => Kind::Array,
            Type::Timestamp(_) => {
                return Self { kind: Kind::String, format: Some("date-time".to_owned()) };
            }
        };
        kind.into()
    }
}
