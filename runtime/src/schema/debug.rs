//! `Debug` for every generated structure, from its schema. Secrets are redacted here.

use std::fmt;

use super::{Data, Record, Shape, Target, Value};
use crate::redact::REDACTED;

/// Formats `record`, which has the schema `shape`: each member with its value, absent members as `None`, sensitive ones as
/// `[redacted]`.
///
/// # Errors
/// The errors of the formatter.
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
                out.field(member.field, &DebugValue(&member.target, data));
            }
        }
    }
    out.finish()
}

struct DebugValue<'a>(&'a Target<'a>, Data<'a>);

impl fmt::Debug for DebugValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.1, self.0) {
            (Data::Text(text), _) => fmt::Debug::fmt(text, f),
            (Data::Boolean(value), _) => fmt::Debug::fmt(&value, f),
            (Data::Integer(value), _) => fmt::Debug::fmt(&value, f),
            (Data::Float(value), _) => fmt::Debug::fmt(&value, f),
            (Data::Double(value), _) => fmt::Debug::fmt(&value, f),
            (Data::Timestamp(value), _) => fmt::Display::fmt(&value, f),
            (Data::Blob(bytes), _) => write!(f, "[{} bytes]", bytes.len()),
            (Data::Stream(body), _) => fmt::Debug::fmt(body, f),
            (Data::Record(record), target) => match target.structure() {
                Some(shape) => debug(shape, record, f),
                None => f.write_str("_"),
            },
            (Data::List(list), Target::List { element, .. }) => {
                let elements = (0..).map_while(|index| list.at(index));
                f.debug_list()
                    .entries(elements.map(|value| DebugValue(element, value.data())))
                    .finish()
            }
            (Data::Map(map), Target::Map { element, .. }) => {
                let mut out = f.debug_map();
                map.each(&mut |key: &str, value: &dyn Value| {
                    out.entry(&key, &DebugValue(element, value.data()));
                    true
                });
                out.finish()
            }
            // The value is absent, or the schema does not match it.
            _ => f.write_str("_"),
        }
    }
}
