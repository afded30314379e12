use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::ser::{Error as _, Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use time::format_description::well_known::Rfc3339;

use crate::redact::REDACTED;
use crate::schema::{Data, Record, Shape, Target, Value};

/// Serializes `record`, which has the schema `shape`, as a map from wire names to values. Secrets are serialized unredacted.
///
/// # Errors
/// The errors of the serializer.
pub fn serialize<S: Serializer>(
    shape: &Shape<'_>,
    record: &dyn Record,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    members(shape, record, false, serializer)
}

/// Serializes `record` as [`serialize`] does, but with `"[redacted]"` instead of each secret.
///
/// # Errors
/// The errors of the serializer.
pub fn serialize_redacted<S: Serializer>(
    shape: &Shape<'_>,
    record: &dyn Record,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    members(shape, record, true, serializer)
}

fn members<S: Serializer>(
    shape: &Shape<'_>,
    record: &dyn Record,
    redacted: bool,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let present = || {
        let members = shape.members.iter().enumerate();
        let values = members.filter_map(|(index, member)| Some((member, record.member(index)?)));
        values.filter(|(_, value)| !matches!(value.data(), Data::Absent))
    };
    let mut map = serializer.serialize_map(Some(present().count()))?;
    for (member, value) in present() {
        if redacted && member.sensitive {
            map.serialize_entry(member.wire, REDACTED)?;
        } else {
            map.serialize_entry(member.wire, &SerializeValue(&member.target, value, redacted))?;
        }
    }
    map.end()
}

/// A value, and whether secrets within it are redacted.
struct SerializeValue<'a>(&'a Target<'a>, &'a dyn Value, bool);

impl Serialize for SerializeValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.1.data(), self.0) {
            (Data::Text(text), _) => serializer.serialize_str(text),
            (Data::Boolean(value), _) => serializer.serialize_bool(value),
            (Data::Integer(value), _) => serializer.serialize_i64(value),
            // JSON has no number for infinities and NaN.
            (Data::Float(value), _) if !value.is_finite() && serializer.is_human_readable() => {
                serializer.serialize_str(non_finite(value.into()))
            }
            (Data::Double(value), _) if !value.is_finite() && serializer.is_human_readable() => {
                serializer.serialize_str(non_finite(value))
            }
            (Data::Float(value), _) => serializer.serialize_f32(value),
            (Data::Double(value), _) => serializer.serialize_f64(value),
            #[cfg(feature = "json")]
            (Data::Document(value), _) => value.serialize(serializer),
            (Data::Blob(bytes), _) => serializer.serialize_str(&BASE64_STANDARD.encode(bytes)),
            (Data::Timestamp(time), _) => {
                let text = time.format(&Rfc3339).map_err(S::Error::custom)?;
                serializer.serialize_str(&text)
            }
            (Data::Record(record), target) => match target.structure() {
                Some(shape) => members(shape, record, self.2, serializer),
                None => serializer.serialize_none(),
            },
            (Data::List(list), Target::List { element, .. }) => {
                let mut sequence = serializer.serialize_seq(None)?;
                for value in (0..).map_while(|index| list.at(index)) {
                    sequence.serialize_element(&SerializeValue(element, value, self.2))?;
                }
                sequence.end()
            }
            (Data::Map(map), Target::Map { element, .. }) => {
                let mut out = serializer.serialize_map(None)?;
                let mut failed = None;
                map.each(&mut |key, value| {
                    failed =
                        out.serialize_entry(key, &SerializeValue(element, value, self.2)).err();
                    failed.is_none()
                });
                failed.map_or_else(|| out.end(), Err)
            }
            // The value is absent, or the schema does not match it.
            _ => serializer.serialize_none(),
        }
    }
}

/// The name that protocols have for a number that is not finite.
fn non_finite(value: f64) -> &'static str {
    match value {
        f64::INFINITY => "Infinity",
        f64::NEG_INFINITY => "-Infinity",
        _ => "NaN",
    }
}
