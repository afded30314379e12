//! The documentation site's words for types of the model.

use crate::bind::Type;
use crate::page::{Datatype, DatatypeKind};

impl Type {
    /// The documentation site's word for this type.
    #[must_use]
    pub fn datatype(&self) -> Datatype {
        let kind = match self {
            Type::String | Type::Blob | Type::Known(_) | Type::Enum(_) => DatatypeKind::String,
            Type::Boolean => DatatypeKind::Boolean,
            Type::Integer | Type::Long => DatatypeKind::Integer,
            Type::Float | Type::Double => DatatypeKind::Number,
            Type::Structure(_) | Type::Row | Type::Map { .. } => DatatypeKind::Object,
            Type::List { .. } => DatatypeKind::Array,
            Type::Timestamp(_) => {
                return Datatype {
                    kind: DatatypeKind::String,
                    format: Some("date-time".to_owned()),
                };
            }
        };
        kind.into()
    }
}
