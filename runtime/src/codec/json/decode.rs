//! JSON to records.

use std::fmt;

use serde::de::{
    Deserialize as _, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::scalar::Scalar;
use super::state::State;
use crate::codec::document::{self, Place};
use crate::schema::{
    Binding, Budget, DecodeError, List, Map, Member, MemberSet, Record, Shape, Slot, Target,
};

/// Fills the members of `record` that belong to the body from the object `document`. Unknown members are skipped.
///
/// # Errors
/// If the document is not well-formed, lacks a required member, has a member twice, contains a value that does not have its member's
/// type, or takes more memory than `budget` allows. No error contains a value, which may be a secret.
pub(crate) fn decode(
    document: &[u8],
    shape: &Shape<'_>,
    record: &mut dyn Record,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let mut state = State::new(budget);
    let mut deserializer = serde_json::Deserializer::from_slice(document);
    let object = Object { shape, record, state: &mut state };
    let read = deserializer.deserialize_map(object).and_then(|()| deserializer.end());
    read.map_err(|error| state.into_error(&error))
}

/// An object that fills a record.
struct Object<'r, 's, 'b> {
    shape: &'r Shape<'r>,
    record: &'r mut dyn Record,
    state: &'s mut State<'b>,
}

impl<'de> Visitor<'de> for Object<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { shape, record, state } = self;
        let mut seen = MemberSet::default();
        let mut expected = 0;
        while let Some(found) = map.next_key_seed(Key { shape, expected })? {
            if state.budget.is_stopped() {
                return Err(state.fail("the caller no longer waits for the response"));
            }
            let Some((index, member)) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            expected = index + 1;
            let place = record.member_mut(index).map(Place::Member);
            let read = map.next_value_seed(Optional { target: &member.target, place, state });
            let is_present = read.inspect_err(|_| state.path.push(member.wire.to_owned()))?;
            if is_present && seen.contains(index) {
                return Err(state.fail(format!("the member {} occurs twice", member.wire)));
            }
            if is_present {
                seen.insert(index);
            }
        }
        match document::missing(shape, &seen, is_inside) {
            Some(member) => {
                Err(state.fail(format!("the required member {} is missing", member.wire)))
            }
            None => {
                let taken = state.budget.take(record.allocated());
                state.within_budget(taken)
            }
        }
    }
}

/// The key of a member, which is found without copying it.
struct Key<'r> {
    shape: &'r Shape<'r>,
    expected: usize,
}

impl<'de, 'r> DeserializeSeed<'de> for Key<'r> {
    type Value = Option<(usize, &'r Member<'r>)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'r> Visitor<'_> for Key<'r> {
    type Value = Option<(usize, &'r Member<'r>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(document::member(self.shape, self.expected, key, is_inside))
    }
}

/// Whether `member` belongs to the document.
fn is_inside(member: &Member<'_>) -> bool {
    member.binding == Binding::Body
}

/// A value that may be `null`. Decoding returns whether it is not. Without a place, the value is skipped.
struct Optional<'r, 's, 'b> {
    target: &'r Target<'r>,
    place: Option<Place<'r>>,
    state: &'s mut State<'b>,
}

impl<'de> DeserializeSeed<'de> for Optional<'_, '_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Optional<'_, '_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<bool, E> {
        let taken = self.place.map_or(Some(()), |place| place.absent(self.state.budget));
        self.state.within_budget(taken)?;
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        let Self { target, place, state } = self;
        let Some(place) = place else {
            IgnoredAny::deserialize(deserializer)?;
            return Ok(true);
        };
        let slot = place.slot(state.budget);
        match (state.within_budget(slot)?, target) {
            (Slot::Record(record), target) => match target.structure() {
                Some(shape) => deserializer.deserialize_map(Object { shape, record, state })?,
                // The schema does not match the value. The generator writes both from one source.
                None => drop(IgnoredAny::deserialize(deserializer)?),
            },
            (Slot::List(list), Target::List { element, .. }) => {
                deserializer.deserialize_seq(Elements { element, list, state })?;
            }
            (Slot::Map(map), Target::Map { element, .. }) => {
                deserializer.deserialize_map(Entries { element, map, state })?;
            }
            (Slot::Document(place), _) => *place = serde_json::Value::deserialize(deserializer)?,
            (slot, _) => deserializer.deserialize_any(Scalar { slot, state })?,
        }
        Ok(true)
    }
}

struct Elements<'r, 's, 'b> {
    element: &'r Target<'r>,
    list: &'r mut dyn List,
    state: &'s mut State<'b>,
}

impl<'de> Visitor<'de> for Elements<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let Self { element: target, list, state } = self;
        for index in 0_usize.. {
            let next = Optional { target, place: Some(Place::Element(&mut *list)), state };
            let read = elements.next_element_seed(next);
            if read.inspect_err(|_| state.path.push(index.to_string()))?.is_none() {
                break;
            }
        }
        Ok(())
    }
}

struct Entries<'r, 's, 'b> {
    element: &'r Target<'r>,
    map: &'r mut dyn Map,
    state: &'s mut State<'b>,
}

impl<'de> Visitor<'de> for Entries<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { element: target, map: entries, state } = self;
        while let Some(key) = map.next_key::<String>()? {
            let name = key.clone();
            let next = Optional { target, place: Some(Place::Entry(&mut *entries, key)), state };
            map.next_value_seed(next).inspect_err(|_| state.path.push(name))?;
        }
        Ok(())
    }
}
