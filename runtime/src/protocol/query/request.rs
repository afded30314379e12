//! The AWS Query protocol's requests: a record becomes an `application/x-www-form-urlencoded` body.
//!
//! The rules are those of the protocol's specification (Smithy, `awsQuery`): members are flattened
//! with dots, lists are numbered from 1 under `member`, maps under `entry`, and an empty list is
//! sent as `Name=` so that it differs from none.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use crate::codec::form::FormBody;
use crate::schema::{Data, List, Map, Record, Shape, Target, Value};
use crate::timestamp;

/// The body of a call of `action`, which is overwritten when it is dropped, in the API of `version` with the members of `input`, which is of
/// `shape`. A member that tells a call from its repetition gets a `token` where it has no value.
///
/// # Errors
/// The dotted name of a timestamp in a year that the protocol has no digits for.
pub(crate) fn encode(
    action: &str,
    version: &str,
    shape: &Shape<'_>,
    input: &dyn Record,
    token: &dyn Fn() -> String,
) -> Result<Zeroizing<String>, String> {
    let mut form = Form { body: FormBody::new(), name: String::new(), unwritable: None, token };
    form.body.push("Action", action);
    form.body.push("Version", version);
    form.record(shape, input);
    match form.unwritable {
        None => Ok(form.body.finish()),
        Some(name) => Err(name),
    }
}

/// A body in the making, and the dotted name of the member that is being written.
struct Form<'t> {
    body: FormBody,
    name: String,
    /// The first member whose value cannot be written.
    unwritable: Option<String>,
    token: &'t dyn Fn() -> String,
}

impl Form<'_> {
    fn record(&mut self, shape: &Shape<'_>, record: &dyn Record) {
        for (index, member) in shape.members.iter().enumerate() {
            let Some(value) = record.member(index) else { continue };
            self.within(member.wire, |form| match value.data() {
                Data::Absent if member.idempotency_token => form.leaf(&(form.token)()),
                _ => form.value(&member.target, value),
            });
        }
    }

    fn value(&mut self, target: &Target<'_>, value: &dyn Value) {
        match (value.data(), target) {
            (Data::Text(text), _) => self.leaf(text),
            (Data::Boolean(value), _) => self.leaf(if value { "true" } else { "false" }),
            (Data::Integer(value), _) => self.leaf(&value.to_string()),
            (Data::Float(value), _) => self.leaf(&number(f64::from(value), value.to_string())),
            (Data::Double(value), _) => self.leaf(&number(value, value.to_string())),
            (Data::Blob(bytes), _) => self.leaf(&Zeroizing::new(BASE64_STANDARD.encode(bytes))),
            (Data::Timestamp(time), Target::Timestamp(format)) => {
                let text = timestamp::format(time, *format);
                if text.is_empty() {
                    self.unwritable.get_or_insert_with(|| self.name.clone());
                }
                self.leaf(&text);
            }
            (Data::List(list), Target::List { name, flattened, element }) => {
                let wrapper = if *flattened { "" } else { name };
                self.list(list, wrapper, element);
            }
            (Data::Map(map), Target::Map { key, value, flattened, element }) => {
                let wrapper = if *flattened { "" } else { "entry" };
                self.map(map, wrapper, (key, value), element);
            }
            (Data::Record(record), target) => {
                // Without a table it is not this value's: the generator writes both from one source.
                if let Some(shape) = target.structure() {
                    self.record(shape, record);
                }
            }
            // Absent, or such a table.
            _ => {}
        }
    }

    fn list(&mut self, list: &dyn List, wrapper: &str, element: &Target<'_>) {
        if list.at(0).is_none() {
            self.leaf("");
        }
        for (index, value) in (0..).map_while(|index| list.at(index)).enumerate() {
            self.within(wrapper, |form| {
                form.numbered(index + 1, |form| form.value(element, value));
            });
        }
    }

    fn map(&mut self, map: &dyn Map, wrapper: &str, names: (&str, &str), element: &Target<'_>) {
        let mut number = 0;
        map.each(&mut |key, value| {
            number += 1;
            self.within(wrapper, |form| {
                form.numbered(number, |form| {
                    form.within(names.0, |form| form.leaf(key));
                    form.within(names.1, |form| form.value(element, value));
                });
            });
            true
        });
    }

    /// Runs `write` with `part` added to the name; an empty part adds nothing.
    fn within(&mut self, part: &str, write: impl FnOnce(&mut Self)) {
        let length = self.name.len();
        if !part.is_empty() {
            if length > 0 {
                self.name.push('.');
            }
            self.name.push_str(part);
        }
        write(self);
        self.name.truncate(length);
    }

    fn numbered(&mut self, number: usize, write: impl FnOnce(&mut Self)) {
        let length = self.name.len();
        // Writing to a string cannot fail.
        let _ = write!(self.name, ".{number}");
        write(self);
        self.name.truncate(length);
    }

    fn leaf(&mut self, value: &str) {
        let name = std::mem::take(&mut self.name);
        self.body.push(&name, value);
        self.name = name;
    }
}

/// The protocol's spelling of the numbers that are none.
fn number(value: f64, shown: String) -> String {
    match value {
        _ if value.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        _ => shown,
    }
}

#[cfg(test)]
mod tests;
