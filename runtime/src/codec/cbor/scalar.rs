//! CBOR texts, byte strings, numbers and booleans to values.

use minicbor::data::{IanaTag, Tag, Type};
use time::OffsetDateTime;

use super::reader::{Problem, Reader};
use crate::schema::Slot;
use crate::timestamp;

/// 2^63, the first float that is greater than each 64-bit integer.
const PAST_LONG: f64 = 9_223_372_036_854_775_808.0;

impl Reader<'_, '_> {
    /// Reads an item of the type `kind` that is not an array, a map or null. `bignum` is its tag if it is a number in a byte string.
    pub(super) fn scalar(
        &mut self,
        kind: Type,
        bignum: Option<Tag>,
        slot: Slot<'_>,
    ) -> Result<(), Problem> {
        match (kind, bignum, slot) {
            (Type::Bool, None, Slot::Boolean(place)) => {
                *place = self.decoder.bool()?;
                Ok(())
            }
            (Type::String | Type::StringIndef, None, Slot::Text(place)) => {
                let text = self.text()?;
                self.budget.take_text(text.len()).ok_or(Problem::OverBudget)?;
                place.set(&text);
                Ok(())
            }
            (Type::String | Type::StringIndef, None, Slot::Timestamp(place)) => {
                put(place, timestamp::parse(&self.text()?), "the value is not a timestamp")
            }
            (Type::Bytes | Type::BytesIndef, None, Slot::Blob(place)) => {
                let bytes = self.bytes()?;
                self.budget.take_text(bytes.len()).ok_or(Problem::OverBudget)?;
                *place = bytes.into_owned();
                Ok(())
            }
            (Type::Bytes | Type::BytesIndef, Some(tag), slot) => {
                let magnitude = magnitude(&self.bytes()?);
                let is_negative = tag == IanaTag::NegBignum;
                integer(magnitude.map(|value| if is_negative { -1 - value } else { value }), slot)
            }
            (Type::F16 | Type::F32 | Type::F64, None, slot) => float(self.float()?, slot),
            (kind, None, slot) if is_integer(kind) => {
                integer(Some(i128::from(self.decoder.int()?)), slot)
            }
            (_, _, slot) => Err(mismatch(&slot)),
        }
    }
}

fn is_integer(kind: Type) -> bool {
    matches!(
        kind,
        Type::U8
            | Type::U16
            | Type::U32
            | Type::U64
            | Type::I8
            | Type::I16
            | Type::I32
            | Type::I64
            | Type::Int
    )
}

/// The number whose bytes are `bytes`, if it has less than 64 bits or so: no member has a larger one.
fn magnitude(bytes: &[u8]) -> Option<i128> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let significant = bytes.get(start..).filter(|bytes| bytes.len() <= 8)?;
    Some(significant.iter().fold(0, |value, byte| value << 8 | i128::from(*byte)))
}

/// Puts an integer; `None` is one that no member has room for.
fn integer(value: Option<i128>, slot: Slot<'_>) -> Result<(), Problem> {
    let long = value.and_then(|value| i64::try_from(value).ok());
    match slot {
        Slot::Integer(place) => {
            let value = long.and_then(|value| value.try_into().ok());
            put(place, value, "the value is not a 32-bit integer")
        }
        Slot::Long(place) => put(place, long, "the value is not a 64-bit integer"),
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // It is checked.
        Slot::Float(place) => {
            let exact = value.filter(|value| *value as f32 as i128 == *value);
            put(place, exact.map(|value| value as f32), "the value is not a 32-bit float")
        }
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // It is checked.
        Slot::Double(place) => {
            let exact = value.filter(|value| *value as f64 as i128 == *value);
            put(place, exact.map(|value| value as f64), "the value is not a 64-bit float")
        }
        Slot::Timestamp(place) => {
            let time = long.and_then(|value| OffsetDateTime::from_unix_timestamp(value).ok());
            put(place, time, "the value is not a timestamp")
        }
        slot => Err(mismatch(&slot)),
    }
}

fn float(value: f64, slot: Slot<'_>) -> Result<(), Problem> {
    match slot {
        #[allow(clippy::cast_possible_truncation)] // A float has fewer digits.
        Slot::Float(place) => put(place, Some(value as f32), ""),
        Slot::Double(place) => put(place, Some(value), ""),
        Slot::Timestamp(place) => put(place, time(value), "the value is not a timestamp"),
        slot @ (Slot::Integer(_) | Slot::Long(_)) => {
            let is_exact = value.fract() == 0.0 && (-PAST_LONG..PAST_LONG).contains(&value);
            #[allow(clippy::cast_possible_truncation)] // It is an integer.
            integer(is_exact.then_some(value as i128), slot)
        }
        slot => Err(mismatch(&slot)),
    }
}

/// The time `seconds` after 1970. Services write milliseconds; further digits of a number this large are not exact.
fn time(seconds: f64) -> Option<OffsetDateTime> {
    let milliseconds = (seconds * 1000.0).round();
    if !(-PAST_LONG..PAST_LONG).contains(&milliseconds) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)] // It is an integer.
    let nanoseconds = milliseconds as i128 * 1_000_000;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok()
}

/// Puts `value`, if there is one. The value in the document may be a secret, so `problem` does not show it.
fn put<T>(place: &mut T, value: Option<T>, problem: &'static str) -> Result<(), Problem> {
    *place = value.ok_or(problem)?;
    Ok(())
}

fn mismatch(slot: &Slot<'_>) -> Problem {
    Problem::from(match slot {
        Slot::Text(_) => "the value is not text",
        Slot::Blob(_) => "the value is not a byte string",
        Slot::Boolean(_) => "the value is not a boolean",
        Slot::Integer(_) | Slot::Long(_) => "the value is not an integer",
        Slot::Float(_) | Slot::Double(_) => "the value is not a number",
        Slot::Timestamp(_) => "the value is not a timestamp",
        _ => "the value does not have the type of its member",
    })
}
