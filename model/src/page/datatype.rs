//! The datatypes of fields and params.

use std::fmt;
use std::str::FromStr;

use crate::page::named::{UnknownName, named_enum};

/// The type of a field or a param: `string`, or with a format `string (date-time)`.
///
/// # Example
/// ```
/// use pagesmith_model::page::{Datatype, DatatypeKind};
///
/// let datatype: Datatype = "integer (int32)".parse().unwrap();
/// assert_eq!(datatype.kind, DatatypeKind::Integer);
/// assert_eq!(datatype.format.as_deref(), Some("int32"));
/// assert_eq!(datatype.to_string(), "integer (int32)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Datatype {
    /// The kind of value.
    pub kind: DatatypeKind,
    /// The format in parentheses, in the terms of `OpenAPI`: `date-time`, `int32`.
    pub format: Option<String>,
}

named_enum! {
    /// A kind of value, in the terms of JSON Schema.
    DatatypeKind, "datatype" {
        /// A string.
        String = "string",
        /// An integer.
        Integer = "integer",
        /// A number, with or without a fraction.
        Number = "number",
        /// A boolean.
        Boolean = "boolean",
        /// An array.
        Array = "array",
        /// An object.
        Object = "object",
        /// The page does not say, for example because a value can have several types. The name is empty.
        Unspecified = "",
    }
}

impl From<DatatypeKind> for Datatype {
    fn from(kind: DatatypeKind) -> Self {
        Self { kind, format: None }
    }
}

impl FromStr for Datatype {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((kind, rest)) = text.split_once(" (") else {
            return Ok(Self { kind: text.parse()?, format: None });
        };
        // A format comes from a service's description. It cannot contain what ends the code around it.
        let is_allowed =
            |c: char| (c.is_ascii_graphic() || c == ' ') && !['`', '<', '>', '&', '|'].contains(&c);
        let format = rest.strip_suffix(')').filter(|format| format.chars().all(is_allowed));
        match format.filter(|format| !format.trim().is_empty()) {
            Some(format) => Ok(Self { kind: kind.parse()?, format: Some(format.to_owned()) }),
            None => Err(UnknownName(format!("`{rest}` is not the end of a datatype's format"))),
        }
    }
}

impl fmt::Display for Datatype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        self.format.as_ref().map_or(Ok(()), |format| write!(f, " ({format})"))
    }
}
