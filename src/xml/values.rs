//! Values from elements, by the tables of shapes.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use quick_xml::events::BytesStart;

use super::document::{DecodeError, Decoder, local_name};
use crate::shape::{List, Map, Member, Record, Seen, Shape, Slot, Target};
use crate::timestamp;

impl<'a> Decoder<'a> {
    pub(super) fn record(
        &mut self,
        element: &BytesStart<'a>,
        shape: &Shape<'_>,
        record: &mut dyn Record,
    ) -> Result<(), DecodeError> {
        let mut seen = Seen::default();
        let mut expected = 0;
        self.children(element, &mut |decoder, child| {
            let name = local_name(child);
            let Some((index, member)) = find(shape.members, name, expected) else {
                return decoder.skip(child);
            };
            // A flattened list comes as one element after the other.
            expected = if is_flattened(&member.target) { index } else { index + 1 };
            seen.insert(index);
            match record.member_mut(index) {
                Some(value) => decoder.member(child, &member.target, value.slot()),
                None => decoder.skip(child),
            }
        })?;
        let missing = |(index, member): (usize, &Member<'_>)| {
            (member.required && !seen.contains(index)).then(|| member.wire.to_owned())
        };
        match shape.members.iter().enumerate().find_map(missing) {
            Some(wire) => {
                self.path.push(element.clone());
                Err(self.error(format!("the member {wire} is missing, which the service promises")))
            }
            None => Ok(()),
        }
    }

    /// A member's element: a flattened list's or map's is an entry of it, any other the whole value.
    fn member(
        &mut self,
        element: &BytesStart<'a>,
        target: &Target<'_>,
        slot: Slot<'_>,
    ) -> Result<(), DecodeError> {
        match (slot, target) {
            (Slot::List(list), Target::List { flattened: true, element: of, .. }) => {
                self.value(element, of, list.push())
            }
            (Slot::Map(map), Target::Map { flattened: true, .. }) => {
                self.entry(element, target, map)
            }
            (slot, target) => self.value(element, target, slot),
        }
    }

    fn value(
        &mut self,
        element: &BytesStart<'a>,
        target: &Target<'_>,
        slot: Slot<'_>,
    ) -> Result<(), DecodeError> {
        match (slot, target) {
            (Slot::Record(record), Target::Structure(shape)) => self.record(element, shape, record),
            (Slot::List(list), Target::List { element: of, .. }) => self.list(element, of, list),
            (Slot::Map(map), Target::Map { .. }) => {
                self.children(element, &mut |decoder, entry| decoder.entry(entry, target, map))
            }
            (Slot::Text(text), _) => self.scalar(element, "text", |read| {
                text.set(read);
                Some(())
            }),
            (Slot::Boolean(place), _) => {
                self.scalar(element, "a boolean", |read| put(place, boolean(read)))
            }
            (Slot::Integer(place), _) => self
                .scalar(element, "a 32-bit integer", |read| put(place, read.trim().parse().ok())),
            (Slot::Long(place), _) => self
                .scalar(element, "a 64-bit integer", |read| put(place, read.trim().parse().ok())),
            (Slot::Float(place), _) => {
                self.scalar(element, "a number", |read| put(place, read.trim().parse().ok()))
            }
            (Slot::Double(place), _) => {
                self.scalar(element, "a number", |read| put(place, read.trim().parse().ok()))
            }
            (Slot::Timestamp(place), _) => {
                self.scalar(element, "a timestamp", |read| put(place, timestamp::parse(read)))
            }
            (Slot::Blob(place), _) => self.scalar(element, "base64", |read| {
                put(place, BASE64_STANDARD.decode(read.trim()).ok())
            }),
            // A table that is not this value's: the generator writes both from one source.
            _ => self.skip(element),
        }
    }

    fn list(
        &mut self,
        element: &BytesStart<'a>,
        of: &Target<'_>,
        list: &mut dyn List,
    ) -> Result<(), DecodeError> {
        self.children(element, &mut |decoder, child| decoder.value(child, of, list.push()))
    }

    fn entry(
        &mut self,
        element: &BytesStart<'a>,
        target: &Target<'_>,
        map: &mut dyn Map,
    ) -> Result<(), DecodeError> {
        let Target::Map { key: key_name, value: value_name, element: of, .. } = target else {
            return self.skip(element);
        };
        let mut key: Option<String> = None;
        let mut valued = false;
        self.children(element, &mut |decoder, child| {
            let name = local_name(child);
            if name == *key_name {
                decoder.scalar(child, "text", |read| put(&mut key, Some(Some(read.to_owned()))))
            } else if name == *value_name {
                let Some(key) = key.take() else {
                    return Err(decoder.error(format!("the value {name} comes before its key")));
                };
                valued = true;
                decoder.value(child, of, map.insert(key))
            } else {
                decoder.skip(child)
            }
        })?;
        if valued { Ok(()) } else { Err(self.error("an entry of a map has no key and value")) }
    }

    /// Hands the text of `element` to `take`, which says `None` where it is not `expected`.
    fn scalar(
        &mut self,
        element: &BytesStart<'a>,
        expected: &str,
        take: impl FnOnce(&str) -> Option<()>,
    ) -> Result<(), DecodeError> {
        let text = self.text(element)?;
        take(&text).ok_or_else(|| {
            self.path.push(element.clone());
            // The value itself may be a secret, so it is not shown.
            self.error(format!("the value is not {expected}"))
        })
    }
}

/// The member with the name `wire`, and its index. `expected` is looked at first, since services
/// answer in the model's order.
fn find<'s>(
    members: &'s [Member<'s>],
    wire: &str,
    expected: usize,
) -> Option<(usize, &'s Member<'s>)> {
    match members.get(expected) {
        Some(member) if member.wire == wire => Some((expected, member)),
        _ => members.iter().enumerate().find(|(_, member)| member.wire == wire),
    }
}

fn is_flattened(target: &Target<'_>) -> bool {
    matches!(target, Target::List { flattened: true, .. } | Target::Map { flattened: true, .. })
}

fn put<T>(place: &mut T, value: Option<T>) -> Option<()> {
    *place = value?;
    Some(())
}

fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
