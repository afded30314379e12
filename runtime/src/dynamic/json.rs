//! Conversion of params from JSON, and of results to JSON.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use pagesmith_model::words::did_you_mean;
use serde_json::{Map, Number, Value as Json};
use time::UtcOffset;
use time::format_description::well_known::Rfc3339;

use super::value::{Content, DynamicList, DynamicRecord, DynamicValue};
use crate::redact::REDACTED;
use crate::schema::{Budget, Record as _};
use crate::timestamp::{self, TimestampFormat};

/// Fills `record` from `object`, whose keys are the model's names of members. `null` leaves a member absent.
///
/// # Errors
/// A message if a value does not have the type of its member, or a key is not a member. It never contains a value,
/// because values may be secrets.
pub(super) fn fill(
    record: &mut DynamicRecord<'_>,
    object: &Map<String, Json>,
    path: &str,
) -> Result<(), String> {
    let members = record.members;
    for (key, json) in object {
        let Some(index) = members.iter().position(|member| member.name == *key) else {
            let hint = did_you_mean(key, members.iter().map(|member| member.name.as_str()));
            return Err(format!("there is no param or member `{}`{hint}", join(path, key)));
        };
        if let (false, Some(value)) = (json.is_null(), record.value(index)) {
            put(value, json, &join(path, key))?;
        }
    }
    Ok(())
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Sets `value` from `json`. Numbers and booleans may be strings, as on a command line.
fn put(value: &mut DynamicValue<'_>, json: &Json, path: &str) -> Result<(), String> {
    value.begin();
    let (done, expected) = match &mut value.content {
        Content::Absent(_) => (Some(()), "anything"),
        Content::Text(place) => (set(place, text(json)), "a string"),
        Content::Boolean(place) => (set(place, scalar(json, Json::as_bool)), "true or false"),
        Content::Integer(place) => {
            let small = |json: &Json| json.as_i64().and_then(|value| i32::try_from(value).ok());
            (set(place, scalar(json, small)), "an integer of 32 bits")
        }
        Content::Long(place) => (set(place, scalar(json, Json::as_i64)), "an integer of 64 bits"),
        Content::Float(place) => (set(place, number(json)), "a number"),
        Content::Double(place) => (set(place, number(json)), "a number"),
        Content::Timestamp(place) => {
            let time = text(json).and_then(|text| timestamp::parse(&text));
            (set(place, time), "a timestamp, such as 2026-11-24T09:30:00Z")
        }
        Content::Blob(place) => {
            let bytes = json.as_str().and_then(|text| BASE64_STANDARD.decode(text).ok());
            (set(place, bytes), "base64")
        }
        Content::Document(place) => {
            *place = json.clone();
            (Some(()), "JSON")
        }
        // JSON gives a blob instead.
        Content::Stream(_) => (None, "a stream"),
        Content::List(list) => {
            for (index, item) in json.as_array().into_iter().flatten().enumerate() {
                put(list.add(), item, &format!("{path}[{index}]"))?;
            }
            (json.is_array().then_some(()), "a list")
        }
        Content::Map(map) => {
            for (key, item) in json.as_object().into_iter().flatten() {
                put(map.put(key.clone()), item, &join(path, key))?;
            }
            (json.is_object().then_some(()), "an object")
        }
        Content::Record(record) => {
            if let Some(object) = json.as_object() {
                fill(record, object, path)?;
            }
            (json.is_object().then_some(()), "an object")
        }
    };
    done.ok_or_else(|| format!("`{path}` is not {expected}"))
}

fn set<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

fn text(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

fn scalar<T>(json: &Json, read: impl Fn(&Json) -> Option<T>) -> Option<T> {
    match json {
        Json::String(text) => serde_json::from_str(text).ok().and_then(|json| read(&json)),
        json => read(json),
    }
}

/// A number. Numbers that JSON cannot represent are strings, as in the protocol.
fn number<T: std::str::FromStr>(json: &Json) -> Option<T> {
    match json {
        Json::Number(number) => number.to_string().parse().ok(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// The memory of an entry of an object, with its slot in the table of keys and without the bytes of its key.
const ENTRY: usize = size_of::<(String, Json)>() + 3 * size_of::<usize>();

/// `record` as JSON, with the model's names of members. Secrets are replaced if `redacted`. `None` if the JSON needs more
/// memory than `budget` allows.
pub(super) fn object(
    record: DynamicRecord<'_>,
    redacted: bool,
    budget: &mut Budget,
) -> Option<Map<String, Json>> {
    let freed = record.allocated();
    let present = record.present().count();
    budget.take(present * ENTRY)?;
    let mut object = Map::with_capacity(present);
    for (member, value) in record.into_present() {
        budget.take_text(member.name.len())?;
        let shown = if redacted && member.sensitive {
            Json::String(REDACTED.to_owned())
        } else {
            self::value(value, redacted, budget)?
        };
        object.insert(member.name.clone(), shown);
    }
    budget.give_back(freed);
    Some(object)
}

/// The items of `list`, as by [`object`].
pub(super) fn items(
    list: DynamicList<'_>,
    redacted: bool,
    budget: &mut Budget,
) -> Option<Vec<Json>> {
    let freed = list.items.capacity() * size_of::<DynamicValue<'_>>();
    budget.take(list.items.len() * size_of::<Json>())?;
    let mut items = Vec::with_capacity(list.items.len());
    for item in list.items {
        items.push(value(item, redacted, budget)?);
    }
    budget.give_back(freed);
    Some(items)
}

/// A single value, as by [`object`].
fn value(value: DynamicValue<'_>, redacted: bool, budget: &mut Budget) -> Option<Json> {
    Some(match value.content {
        // A stream is only in a request.
        Content::Absent(_) | Content::Stream(_) => Json::Null,
        Content::Text(text) => Json::String(text),
        Content::Boolean(value) => Json::Bool(value),
        Content::Integer(value) => Json::from(value),
        Content::Long(value) => Json::from(value),
        // The shortest digits of the float. The digits of the same number as a double are longer.
        Content::Float(value) => real(value.to_string().parse().unwrap_or(f64::NAN)),
        Content::Double(value) => real(value),
        Content::Timestamp(time) => {
            // Times are in UTC, so that comparing the strings compares the times.
            let time = time.checked_to_offset(UtcOffset::UTC).unwrap_or(time);
            // RFC 3339 has only the years 0 to 9999.
            let text = time
                .format(&Rfc3339)
                .unwrap_or_else(|_| timestamp::format(time, TimestampFormat::UnixTimestamp));
            budget.take_text(text.len())?;
            Json::String(text)
        }
        Content::Blob(bytes) => {
            budget.take_text(bytes.len().div_ceil(3) * 4)?;
            Json::String(BASE64_STANDARD.encode(bytes))
        }
        Content::Document(value) => value,
        Content::List(list) => Json::Array(items(list, redacted, budget)?),
        Content::Map(map) => {
            budget.take(map.entries.len() * ENTRY)?;
            let mut object = Map::with_capacity(map.entries.len());
            for (key, item) in map.entries {
                object.insert(key, self::value(item, redacted, budget)?);
            }
            Json::Object(object)
        }
        Content::Record(record) => Json::Object(object(record, redacted, budget)?),
    })
}

fn real(value: f64) -> Json {
    Number::from_f64(value).map_or_else(
        || {
            let text = match value {
                f64::INFINITY => "Infinity",
                f64::NEG_INFINITY => "-Infinity",
                _ => "NaN",
            };
            Json::String(text.to_owned())
        },
        Json::Number,
    )
}
