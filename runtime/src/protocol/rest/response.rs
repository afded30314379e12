//! Responses: status code, headers and payloads.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::Documents;
use crate::codec::text::{self, Unreadable};
use crate::schema::{
    Binding, Budget, DecodeError, Member, Record, Response, Shape, Slot, Target, Value,
};
use crate::timestamp::TimestampFormat;

/// Fills `record`, which has the schema `shape`, from `response`, whose body has one of `documents`.
///
/// # Errors
/// As of [`Protocol::decode`](crate::schema::Protocol::decode).
pub(crate) fn decode(
    documents: &dyn Documents,
    response: &Response<'_>,
    shape: &Shape<'_>,
    record: &mut dyn Record,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let mut has_body = false;
    for (index, member) in shape.members.iter().enumerate() {
        let Some(value) = record.member_mut(index) else { continue };
        match member.binding {
            Binding::StatusCode => {
                put(member, &member.target, &response.status.to_string(), value.slot(), budget)?;
            }
            Binding::Header => header(member, response, value, budget)?,
            Binding::PrefixHeaders => prefix_headers(member, response, value, budget)?,
            Binding::Payload => payload(documents, member, response, value, budget)?,
            Binding::Body | Binding::Attribute => has_body = true,
            Binding::Label | Binding::Query | Binding::EventHeader | Binding::EventPayload => {}
        }
    }
    if has_body { documents.decode(response, shape, record, budget) } else { Ok(()) }
}

fn header(
    member: &Member<'_>,
    response: &Response<'_>,
    value: &mut dyn Value,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let Some(bytes) = response.headers.get(member.wire) else {
        return if member.required {
            Err(problem(member, format!("the header {} is missing", member.wire)))
        } else {
            Ok(())
        };
    };
    let text = String::from_utf8_lossy(bytes.as_bytes());
    let (Slot::List(list), Target::List { element, .. }) = (value.slot(), &member.target) else {
        return put(member, &member.target, &text, value.slot(), budget);
    };
    for part in parts(&text, element) {
        let slot =
            list.push(budget).ok_or_else(|| DecodeError::over_budget(path(member), budget))?;
        put(member, element, &part, slot, budget)?;
    }
    Ok(())
}

/// The elements of a list in a header: separated by commas, with quotes around those that contain a comma.
fn parts<'t>(text: &'t str, element: &Target<'_>) -> Vec<Cow<'t, str>> {
    // Each date contains a comma.
    if matches!(element, Target::Timestamp(TimestampFormat::Rfc822)) {
        let mut commas = text.match_indices(',').map(|(at, _)| at).skip(1).step_by(2);
        let mut start = 0;
        let mut parts = Vec::new();
        loop {
            let end = commas.next();
            let part = text.get(start..end.unwrap_or(text.len())).unwrap_or("");
            parts.push(Cow::Borrowed(part.trim()));
            match end {
                Some(end) => start = end + 1,
                None => return parts,
            }
        }
    }
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let part = match rest.strip_prefix('"').and_then(quoted) {
            Some((part, after)) => {
                rest = after.trim_start();
                Cow::Owned(part)
            }
            None => {
                let part = rest.split(',').next().unwrap_or(rest);
                rest = rest.strip_prefix(part).unwrap_or("");
                Cow::Borrowed(part.trim_end())
            }
        };
        parts.push(part);
        match rest.strip_prefix(',') {
            Some(after) => rest = after.trim_start(),
            None => return parts,
        }
    }
}

/// The text up to the closing quote, without backslashes before quotes and backslashes, and the text after the quote.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut part = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((part, text.get(at + 1..)?)),
            '\\' => part.push(characters.next()?.1),
            character => part.push(character),
        }
    }
    None
}

fn prefix_headers(
    member: &Member<'_>,
    response: &Response<'_>,
    value: &mut dyn Value,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let (Slot::Map(map), Target::Map { element, .. }) = (value.slot(), &member.target) else {
        return Ok(());
    };
    let prefix = member.wire.to_ascii_lowercase();
    for (name, value) in response.headers {
        let Some(key) = name.as_str().strip_prefix(&*prefix) else { continue };
        let slot = map
            .insert(key.to_owned(), budget)
            .ok_or_else(|| DecodeError::over_budget(path(member), budget))?;
        put(member, element, &String::from_utf8_lossy(value.as_bytes()), slot, budget)?;
    }
    Ok(())
}

/// Reads the whole body: a document, a string or a blob.
fn payload(
    documents: &dyn Documents,
    member: &Member<'_>,
    response: &Response<'_>,
    value: &mut dyn Value,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    // A stream is read after the call.
    if member.target.is_streamed() || response.body.is_empty() && !member.required {
        return Ok(());
    }
    match (value.slot(), member.target.structure()) {
        (Slot::Record(record), Some(shape)) => documents.decode(response, shape, record, budget),
        (Slot::Blob(place), _) => {
            let taken = budget.take_text(response.body.len());
            taken.ok_or_else(|| DecodeError::over_budget(path(member), budget))?;
            response.body.clone_into(place);
            Ok(())
        }
        #[cfg(feature = "json")]
        (Slot::Document(place), _) => {
            let taken = budget.take_text(response.body.len().saturating_mul(4));
            taken.ok_or_else(|| DecodeError::over_budget(path(member), budget))?;
            *place = serde_json::from_slice(response.body)
                .map_err(|error| problem(member, format!("not valid JSON: {error}")))?;
            Ok(())
        }
        (slot, _) => {
            let text = std::str::from_utf8(response.body)
                .map_err(|error| problem(member, format!("the response is not UTF-8: {error}")))?;
            put(member, &member.target, text, slot, budget)
        }
    }
}

fn put(
    member: &Member<'_>,
    target: &Target<'_>,
    text: &str,
    slot: Slot<'_>,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let text = match target {
        Target::JsonValue => {
            let json = BASE64_STANDARD.decode(text.trim()).ok();
            let json = json.and_then(|json| String::from_utf8(json).ok());
            Cow::Owned(json.ok_or_else(|| problem(member, "the value is not base64 of a text"))?)
        }
        _ => Cow::Borrowed(text),
    };
    text::read(&text, target, slot, budget).map_err(|error| match error {
        Unreadable::OverBudget => DecodeError::over_budget(path(member), budget),
        Unreadable::IsNot(expected) => problem(member, format!("the value is not {expected}")),
    })
}

fn path(member: &Member<'_>) -> String {
    member.wire.to_owned()
}

fn problem(member: &Member<'_>, problem: impl Into<String>) -> DecodeError {
    DecodeError::at(path(member), problem)
}
