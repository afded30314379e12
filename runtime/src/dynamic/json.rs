//! JSON as the values of params, and of outputs.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use pagesmith_model::words::did_you_mean;
use serde_json::{Map, Number, Value as Json};
use time::UtcOffset;
use time::format_description::well_known::Rfc3339;

use super::value::{Dynamic, DynamicList, DynamicRecord, Held};
use crate::redact::REDACTED;
use crate::schema::{Budget, Record as _};
use crate::timestamp;

/// Fills `record` from `object`, whose keys are the model's names of members; `null` is none.
///
/// # Errors
/// Where a value is not of its member's type, or a key is no member. The message says which, and
/// never shows a value, which may be a secret.
pub(super) fn fill(
    record: &mut DynamicRecord<'_>,
    object: &Map<String, Json>,
    path: &str,
) -> Result<(), String> {
    let members = record.members;
    for (key, json) in object {
        let Some(index) = members.iter().position(|member| member.name == *key) else {
            let hint = did_you_mean(key, members.iter().map(|member| member.name.as_str()));
            return Err(format!("there is no `{}`{hint}", join(path, key)));
        };
        if let (false, Some(value)) = (json.is_null(), record.place(index)) {
            put(value, json, &join(path, key))?;
        }
    }
    Ok(())
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Puts `json` in its place. Numbers and booleans may come as texts, as they do from a command line.
fn put(value: &mut Dynamic<'_>, json: &Json, path: &str) -> Result<(), String> {
    value.begin();
    let (done, expected) = match &mut value.held {
        Held::Absent(_) => (Some(()), "anything"),
        Held::Text(place) => (set(place, text(json)), "a text"),
        Held::Boolean(place) => (set(place, scalar(json, Json::as_bool)), "true or false"),
        Held::Integer(place) => {
            let small = |json: &Json| json.as_i64().and_then(|value| i32::try_from(value).ok());
            (set(place, scalar(json, small)), "a whole number of 32 bits")
        }
        Held::Long(place) => (set(place, scalar(json, Json::as_i64)), "a whole number of 64 bits"),
        Held::Float(place) => (set(place, number(json)), "a number"),
        Held::Double(place) => (set(place, number(json)), "a number"),
        Held::Timestamp(place) => {
            let time = text(json).and_then(|text| timestamp::parse(&text));
            (set(place, time), "a timestamp, such as 2026-11-24T09:30:00Z")
        }
        Held::Blob(place) => {
            let bytes = json.as_str().and_then(|text| BASE64_STANDARD.decode(text).ok());
            (set(place, bytes), "base64")
        }
        Held::List(list) => {
            for (index, item) in json.as_array().into_iter().flatten().enumerate() {
                put(list.add(), item, &format!("{path}[{index}]"))?;
            }
            (json.is_array().then_some(()), "a list")
        }
        Held::Map(map) => {
            for (key, item) in json.as_object().into_iter().flatten() {
                put(map.put(key.clone()), item, &join(path, key))?;
            }
            (json.is_object().then_some(()), "an object")
        }
        Held::Record(record) => {
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

/// A number; those that JSON has no way to write come as the texts that the protocol has for them.
fn number<T: std::str::FromStr>(json: &Json) -> Option<T> {
    match json {
        Json::Number(number) => number.to_string().parse().ok(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// What an entry of an object takes beside the bytes of its key: with its place in the table of keys.
const ENTRY: usize = size_of::<(String, Json)>() + 3 * size_of::<usize>();

/// `record` as JSON, under the model's names of members. Secrets are what they are unless they are to
/// be `redacted`. `None` where the JSON takes more memory than `budget` allows.
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

/// The items of `list`, as [`object`] does it.
pub(super) fn items(
    list: DynamicList<'_>,
    redacted: bool,
    budget: &mut Budget,
) -> Option<Vec<Json>> {
    let freed = list.items.capacity() * size_of::<Dynamic<'_>>();
    budget.take(list.items.len() * size_of::<Json>())?;
    let mut items = Vec::with_capacity(list.items.len());
    for item in list.items {
        items.push(value(item, redacted, budget)?);
    }
    budget.give_back(freed);
    Some(items)
}

/// A value by itself, as [`object`] does it.
fn value(value: Dynamic<'_>, redacted: bool, budget: &mut Budget) -> Option<Json> {
    Some(match value.held {
        Held::Absent(_) => Json::Null,
        Held::Text(text) => Json::String(text),
        Held::Boolean(value) => Json::Bool(value),
        Held::Integer(value) => Json::from(value),
        Held::Long(value) => Json::from(value),
        // By the shortest digits that are this number, which are not those of its double.
        Held::Float(value) => real(value.to_string().parse().unwrap_or(f64::NAN)),
        Held::Double(value) => real(value),
        Held::Timestamp(time) => {
            // In UTC, however it came, so that texts compare as times do.
            let time = time.checked_to_offset(UtcOffset::UTC).unwrap_or(time);
            let text = time.format(&Rfc3339).unwrap_or_default();
            budget.take_text(text.len())?;
            Json::String(text)
        }
        Held::Blob(bytes) => {
            budget.take_text(bytes.len().div_ceil(3) * 4)?;
            Json::String(BASE64_STANDARD.encode(bytes))
        }
        Held::List(list) => Json::Array(items(list, redacted, budget)?),
        Held::Map(map) => {
            budget.take(map.entries.len() * ENTRY)?;
            let mut object = Map::with_capacity(map.entries.len());
            for (key, item) in map.entries {
                object.insert(key, self::value(item, redacted, budget)?);
            }
            Json::Object(object)
        }
        Held::Record(record) => Json::Object(object(record, redacted, budget)?),
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
