//! JSON strings, numbers and booleans to values.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::de::{Error, Visitor};
use time::OffsetDateTime;

use super::state::State;
use crate::schema::Slot;
use crate::timestamp;

/// A value that is not an object, an array or `null`.
pub(super) struct Scalar<'r, 's, 'b> {
    pub(super) slot: Slot<'r>,
    pub(super) state: &'s mut State<'b>,
}

impl Visitor<'_> for Scalar<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expected(&self.slot))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        match self.slot {
            Slot::Boolean(place) => put(self.state, place, Some(value), "a boolean"),
            slot => Err(mismatch(self.state, &slot)),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        let time = OffsetDateTime::from_unix_timestamp(value).ok();
        #[allow(clippy::cast_precision_loss)] // JSON has one kind of number.
        self.number(Some(value), value as f64, time)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            #[allow(clippy::cast_precision_loss)] // JSON has one kind of number.
            Err(_) => self.number(None, value as f64, None),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        // Some services write integers with a fraction of zero.
        #[allow(clippy::cast_possible_truncation)] // Integers up to 2^53 are exact.
        let integer = (value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0)
            .then_some(value as i64);
        // Services write milliseconds. Further digits of a number this large are not exact.
        self.number(integer, value, timestamp::parse(&format!("{value:.3}")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let Self { slot, state } = self;
        match slot {
            Slot::Text(place) => {
                let taken = state.budget.take_text(text.len());
                state.within_budget(taken)?;
                place.set(text);
                Ok(())
            }
            Slot::Blob(place) => {
                let taken = state.budget.take_text(text.len() / 4 * 3);
                state.within_budget(taken)?;
                put(state, place, BASE64_STANDARD.decode(text).ok(), "base64")
            }
            Slot::Timestamp(place) => put(state, place, timestamp::parse(text), "a timestamp"),
            Slot::Float(place) => put(state, place, named_number(text), "a number"),
            Slot::Double(place) => put(state, place, named_number(text), "a number"),
            slot => Err(mismatch(state, &slot)),
        }
    }
}

impl Scalar<'_, '_, '_> {
    /// Puts a number, in each form that it has.
    fn number<E: Error>(
        self,
        integer: Option<i64>,
        number: f64,
        time: Option<OffsetDateTime>,
    ) -> Result<(), E> {
        let Self { slot, state } = self;
        match slot {
            Slot::Integer(place) => {
                let value = integer.and_then(|value| value.try_into().ok());
                put(state, place, value, "a 32-bit integer")
            }
            Slot::Long(place) => put(state, place, integer, "a 64-bit integer"),
            #[allow(clippy::cast_possible_truncation)] // A float has fewer digits.
            Slot::Float(place) => put(state, place, Some(number as f32), "a number"),
            Slot::Double(place) => put(state, place, Some(number), "a number"),
            Slot::Timestamp(place) => put(state, place, time, "a timestamp"),
            slot => Err(mismatch(state, &slot)),
        }
    }
}

fn put<T, E: Error>(
    state: &mut State<'_>,
    place: &mut T,
    value: Option<T>,
    expected: &str,
) -> Result<(), E> {
    match value {
        Some(value) => *place = value,
        // The value may be a secret, so it is not shown.
        None => return Err(state.fail(format!("the value is not {expected}"))),
    }
    Ok(())
}

fn mismatch<E: Error>(state: &mut State<'_>, slot: &Slot<'_>) -> E {
    state.fail(format!("the value is not {}", expected(slot)))
}

fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Text(_) | Slot::Blob(_) => "a string",
        Slot::Boolean(_) => "a boolean",
        Slot::Integer(_) | Slot::Long(_) => "an integer",
        Slot::Float(_) | Slot::Double(_) => "a number",
        Slot::Timestamp(_) => "a timestamp",
        Slot::List(_) => "an array",
        Slot::Map(_) | Slot::Record(_) => "an object",
        Slot::Document(_) => "a document",
        Slot::Stream(_) => "a stream",
    }
}

/// A number that JSON does not have.
fn named_number<T: From<f32>>(text: &str) -> Option<T> {
    match text {
        "NaN" => Some(f32::NAN.into()),
        "Infinity" => Some(f32::INFINITY.into()),
        "-Infinity" => Some(f32::NEG_INFINITY.into()),
        _ => None,
    }
}
