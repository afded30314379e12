//! The datatypes of fields and params.

use std::fmt;
use std::str::FromStr;

use crate::page::named::named_enum;

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
    DatatypeKind {
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

/// The error for text that is not a [`Datatype`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownDatatype;

impl fmt::Display for UnknownDatatype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a datatype")
    }
}

impl std::error::Error for UnknownDatatype {}

impl FromStr for Datatype {
    type Err = UnknownDatatype;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, format) = match text.split_once(" (") {
            None => (text, None),
            Some((kind, rest)) => {
                let format = rest.strip_suffix(')').ok_or(UnknownDatatype)?;
                (kind, Some(format))
            }
        };
        let kind = DatatypeKind::ALL
            .into_iter()
            .find(|known| known.name() == kind)
            .ok_or(UnknownDatatype)?;
        // A format comes from a service's description. It cannot contain what ends the code around it.
        let is_format = |format: &str| {
            !format.trim().is_empty()
                && format
                    .chars()
                    .all(|c| (c.is_ascii_graphic() || c == ' ') && !"`<>&|".contains(c))
        };
        match format {
            Some(format) if !is_format(format) => Err(UnknownDatatype),
            format => Ok(Self { kind, format: format.map(str::to_owned) }),
        }
    }
}

impl fmt::Display for Datatype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        self.format.as_ref().map_or(Ok(()), |format| write!(f, " ({format})"))
    }
}
