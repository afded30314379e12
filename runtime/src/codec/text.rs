//! Scalars as text: in forms, XML, headers, paths and query strings.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use zeroize::Zeroizing;

use crate::schema::{Budget, Data, Slot, Target};
use crate::timestamp;

/// The error of a timestamp whose year is not between 0 and 9999.
#[derive(Debug)]
pub(crate) struct InvalidYear;

/// Passes the text of the scalar `data` to `write`. Returns `false` for what is not a scalar: a list, a map, a record, or nothing.
pub(crate) fn write(
    data: Data<'_>,
    target: &Target<'_>,
    write: &mut dyn FnMut(&str),
) -> Result<bool, InvalidYear> {
    match (data, target) {
        (Data::Text(text), _) => write(text),
        (Data::Boolean(value), _) => write(if value { "true" } else { "false" }),
        (Data::Integer(value), _) => write(&value.to_string()),
        (Data::Float(value), _) => write(&number(f64::from(value), value.to_string())),
        (Data::Double(value), _) => write(&number(value, value.to_string())),
        (Data::Blob(bytes), _) => write(&Zeroizing::new(BASE64_STANDARD.encode(bytes))),
        (Data::Timestamp(time), Target::Timestamp(format)) => {
            let text = timestamp::format(time, *format);
            if text.is_empty() {
                return Err(InvalidYear);
            }
            write(&text);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// `value` with the protocols' names for infinities and NaN; `shown` is its usual spelling.
fn number(value: f64, shown: String) -> String {
    match value {
        _ if value.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        _ => shown,
    }
}

/// Why a text cannot be read into a slot.
#[derive(Debug)]
pub(crate) enum Unreadable {
    OverBudget,
    /// The text is not this. It may be a secret, so no message shows it.
    IsNot(&'static str),
}

/// Reads `text` into `slot`, which is not a list, a map or a record.
#[inline]
pub(crate) fn read(
    text: &str,
    target: &Target<'_>,
    slot: Slot<'_>,
    budget: &mut Budget,
) -> Result<(), Unreadable> {
    let (read, expected) = match slot {
        Slot::Text(place) => {
            budget.take_text(text.len()).ok_or(Unreadable::OverBudget)?;
            match target {
                Target::PercentEncoded => place.set(&percent_decoded(text)),
                _ => place.set(text),
            }
            (Some(()), "text")
        }
        Slot::Boolean(place) => (put(place, boolean(text)), "a boolean"),
        Slot::Integer(place) => (put(place, text.trim().parse().ok()), "a 32-bit integer"),
        Slot::Long(place) => (put(place, text.trim().parse().ok()), "a 64-bit integer"),
        Slot::Float(place) => (put(place, text.trim().parse().ok()), "a number"),
        Slot::Double(place) => (put(place, text.trim().parse().ok()), "a number"),
        Slot::Timestamp(place) => (put(place, timestamp::parse(text)), "a timestamp"),
        Slot::Blob(place) => {
            budget.take_text(text.len() / 4 * 3).ok_or(Unreadable::OverBudget)?;
            (put(place, BASE64_STANDARD.decode(text.trim()).ok()), "base64")
        }
        _ => (None, "a value of its type"),
    };
    read.ok_or(Unreadable::IsNot(expected))
}

fn put<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

/// Removes the percent-encoding of `text`, which is a JSON document. JSON does not begin with a percent sign, so text without one
/// at its start is not encoded and is left unchanged, as is text that does not encode UTF-8.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    if text.trim_start().starts_with('%') {
        percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
    } else {
        Cow::Borrowed(text)
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
