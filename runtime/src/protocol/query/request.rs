//! Encoding of a record as a form.
//!
//! The rules are those of Smithy's `awsQuery`: the names of nested members are joined with dots, the elements of a list are numbered
//! from 1 under `member`, those of a map under `entry`, and an empty list is sent as `Name=` to distinguish it from an absent one.
//! In Smithy's `ec2Query`, members have names of their own, elements are directly below the name of their list, and an empty list is not
//! sent.

use std::borrow::Cow;
use std::fmt::Write as _;

use zeroize::Zeroizing;

use crate::codec::form::FormBody;
use crate::codec::text::{self, InvalidYear};
use crate::schema::{Data, List, Map, Member, Record, Shape, Target, Value};

/// Encodes a call of `action` in the API `version` with `input`, which has the schema `shape`. An absent idempotency token gets the
/// value that `token` returns. The body is overwritten when it is dropped.
///
/// # Errors
/// The dotted name of a timestamp whose year is not between 0 and 9999.
pub(crate) fn encode<const EC2: bool>(
    action: &str,
    version: &str,
    shape: &Shape<'_>,
    input: &dyn Record,
    token: &dyn Fn() -> String,
) -> Result<Zeroizing<Vec<u8>>, String> {
    let mut form = Form::<EC2> { body: FormBody::new(), name: String::new(), invalid: None, token };
    form.body.push("Action", action);
    form.body.push("Version", version);
    form.record(shape, input);
    match form.invalid {
        None => Ok(form.body.finish()),
        Some(name) => Err(name),
    }
}

/// A body under construction, and the dotted name of the current member.
struct Form<'t, const EC2: bool> {
    body: FormBody,
    name: String,
    /// The name of the first member whose value cannot be encoded.
    invalid: Option<String>,
    token: &'t dyn Fn() -> String,
}

impl<const EC2: bool> Form<'_, EC2> {
    fn record(&mut self, shape: &Shape<'_>, record: &dyn Record) {
        for (index, member) in shape.members.iter().enumerate() {
            let Some(value) = record.member(index) else { continue };
            self.within(&Self::name_of(member), |form| match value.data() {
                Data::Absent if member.idempotency_token => form.leaf(&(form.token)()),
                _ => form.value(&member.target, value),
            });
        }
    }

    /// The name of `member`: in EC2 Query its own, or that of the response with a capital first letter.
    fn name_of<'m>(member: &Member<'m>) -> Cow<'m, str> {
        if !EC2 {
            return Cow::Borrowed(member.wire);
        }
        let mut characters = member.wire.chars();
        match (member.query_name, characters.next()) {
            (Some(name), _) => Cow::Borrowed(name),
            (None, Some(first)) if first.is_lowercase() => {
                Cow::Owned(first.to_uppercase().chain(characters).collect())
            }
            _ => Cow::Borrowed(member.wire),
        }
    }

    fn value(&mut self, target: &Target<'_>, value: &dyn Value) {
        let data = value.data();
        let Self { body, name, .. } = self;
        match text::write(data, target, &mut |text| body.push(name, text)) {
            Ok(false) => {}
            Ok(true) => return,
            Err(InvalidYear) => {
                self.invalid.get_or_insert_with(|| self.name.clone());
                return;
            }
        }
        match (data, target) {
            (Data::List(list), Target::List { name, flattened, element }) => {
                let wrapper = if *flattened || EC2 { "" } else { name };
                self.list(list, wrapper, element);
            }
            (Data::Map(map), Target::Map { key, value, flattened, element }) => {
                let wrapper = if *flattened { "" } else { "entry" };
                self.map(map, wrapper, (key, value), element);
            }
            (Data::Record(record), target) => {
                // Without a schema, the table does not match the value. The generator writes both from one source.
                if let Some(shape) = target.structure() {
                    self.record(shape, record);
                }
            }
            // The value is absent, or the table does not match it.
            _ => {}
        }
    }

    fn list(&mut self, list: &dyn List, wrapper: &str, element: &Target<'_>) {
        if !EC2 && list.at(0).is_none() {
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

#[cfg(test)]
mod tests;
