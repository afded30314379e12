//! `Debug` for every generated structure, from its table: one place that knows what must not be shown.

use std::fmt;

use super::{Data, Record, Shape, Target, Value};
use crate::redact::REDACTED;

/// Writes `record`, which is of `shape`: each member with its value, absent ones as `None` and sensitive ones as
/// `[redacted]`.
///
/// # Errors
/// Those of the formatter.
pub fn debug(shape: &Shape<'_>, record: &dyn Record, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(shape.name);
    for (index, member) in shape.members.iter().enumerate() {
        let Some(value) = record.member(index) else {
            continue;
        };
        match value.data() {
            Data::Absent => {
                out.field(member.field, &format_args!("None"));
            }
            _ if member.sensitive => {
                out.field(member.field, &format_args!("{REDACTED}"));
            }
            data => {
                out.field(member.field, &Shown(&member.target, data));
            }
        }
    }
    out.finish()
}

struct Shown<'a>(&'a Target<'a>, Data<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.1, self.0) {
            (Data::Text(text), _) => fmt::Debug::fmt(text, f),
            (Data::Boolean(value), _) => fmt::Debug::fmt(&value, f),
            (Data::Integer(value), _) => fmt::Debug::fmt(&value, f),
            (Data::Float(value), _) => fmt::Debug::fmt(&value, f),
            (Data::Double(value), _) => fmt::Debug::fmt(&value, f),
            (Data::Timestamp(value), _) => fmt::Display::fmt(&value, f),
            (Data::Blob(bytes), _) => write!(f, "[{} bytes]", bytes.len()),
            (Data::Record(record), target) => match target.structure() {
                Some(shape) => debug(shape, record, f),
                None => f.write_str("_"),
            },
            (Data::List(list), Target::List { element, .. }) => {
                let elements = (0..).map_while(|index| list.at(index));
                f.debug_list().entries(elements.map(|value| Shown(element, value.data()))).finish()
            }
            (Data::Map(map), Target::Map { element, .. }) => {
                let mut out = f.debug_map();
                map.each(&mut |key: &str, value: &dyn Value| {
                    out.entry(&key, &Shown(element, value.data()));
                    true
                });
                out.finish()
            }
            // Absent, or a table that is not this value's.
            _ => f.write_str("_"),
        }
    }
}
