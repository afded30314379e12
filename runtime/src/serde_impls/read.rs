use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as DeError, IgnoredAny,
    IntoDeserializer as _, MapAccess, SeqAccess, Unexpected, Visitor,
};

use crate::schema::{Budget, MemberSet, Record, Shape, Slot, Target};
use crate::timestamp;

/// Deserializes a record with the schema `shape` from a map of wire names to values. Unknown names are skipped, as in a service's
/// response.
///
/// # Errors
/// The errors of the deserializer, and an error if a required member is missing or a value has another type.
pub fn deserialize<'de, T: Record, D: Deserializer<'de>>(
    shape: &Shape<'_>,
    deserializer: D,
) -> Result<T, D::Error> {
    let mut record = T::empty();
    deserializer.deserialize_map(Members(shape, &mut record))?;
    Ok(record)
}

/// A string, borrowed if the format allows it.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }
        }
        deserializer.deserialize_str(Names)
    }
}

struct Members<'s, 'r>(&'s Shape<'s>, &'r mut dyn Record);

impl<'de> Visitor<'de> for Members<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {}", self.0.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(shape, record) = self;
        let mut read_members = MemberSet::default();
        while let Some(Name(name)) = map.next_key()? {
            let found = shape.members.iter().position(|member| member.wire == name);
            let slot = found.and_then(|index| Some((index, shape.members.get(index)?)));
            match slot {
                Some((index, member)) => {
                    let value = OptionalValue(&member.target, record.member_mut(index));
                    if map.next_value_seed(value)? {
                        read_members.insert(index);
                    }
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let missing = shape
            .members
            .iter()
            .enumerate()
            .find(|(index, member)| member.required && !read_members.contains(*index));
        match missing {
            Some((_, member)) => {
                Err(A::Error::custom(format_args!("the member {} is missing", member.wire)))
            }
            None => Ok(()),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Members<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

/// The value of a member. Deserializing returns whether there was a value; `null` is not a value.
struct OptionalValue<'t, 'v>(&'t Target<'t>, Option<&'v mut dyn crate::schema::Value>);

impl<'de> DeserializeSeed<'de> for OptionalValue<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for OptionalValue<'_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        match self.1 {
            Some(value) => SlotSeed(self.0, value.slot()).deserialize(deserializer)?,
            None => {
                IgnoredAny::deserialize(deserializer)?;
            }
        }
        Ok(true)
    }
}

/// A value that is not `null`.
struct SlotSeed<'t, 'v>(&'t Target<'t>, Slot<'v>);

impl<'de> DeserializeSeed<'de> for SlotSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match (self.1, self.0) {
            (Slot::Text(place), _) => {
                place.set(&Name::deserialize(deserializer)?.0);
            }
            (Slot::Boolean(place), _) => *place = bool::deserialize(deserializer)?,
            (Slot::Integer(place), _) => *place = i32::deserialize(deserializer)?,
            (Slot::Long(place), _) => *place = i64::deserialize(deserializer)?,
            (Slot::Float(place), _) => {
                *place = deserializer.deserialize_any(Number(PhantomData))?;
            }
            (Slot::Double(place), _) => {
                *place = deserializer.deserialize_any(Number(PhantomData))?;
            }
            #[cfg(feature = "json")]
            (Slot::Document(place), _) => *place = Deserialize::deserialize(deserializer)?,
            (Slot::Timestamp(place), _) => {
                let text = Name::deserialize(deserializer)?.0;
                *place = timestamp::parse(&text)
                    .ok_or_else(|| D::Error::custom("expected a timestamp as RFC 3339"))?;
            }
            (Slot::Blob(place), _) => {
                let text = Name::deserialize(deserializer)?.0;
                *place = BASE64_STANDARD
                    .decode(text.as_bytes())
                    .map_err(|_| D::Error::custom("expected base64"))?;
            }
            (Slot::Record(record), target) => match target.structure() {
                Some(shape) => Members(shape, record).deserialize(deserializer)?,
                None => {
                    IgnoredAny::deserialize(deserializer)?;
                }
            },
            (Slot::List(list), Target::List { element, .. }) => {
                deserializer.deserialize_seq(Elements(element, list))?;
            }
            (Slot::Map(map), Target::Map { element, .. }) => {
                deserializer.deserialize_map(Entries(element, map))?;
            }
            // The schema does not match the value.
            _ => {
                IgnoredAny::deserialize(deserializer)?;
            }
        }
        Ok(())
    }
}

/// A number, or the name of one that is not finite.
struct Number<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + FromStr> Visitor<'de> for Number<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_str<E: DeError>(self, text: &str) -> Result<T, E> {
        let is_name = matches!(text, "NaN" | "Infinity" | "-Infinity");
        let value = is_name.then(|| text.parse().ok()).flatten();
        value.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_f32<E: DeError>(self, value: f32) -> Result<T, E> {
        T::deserialize(value.into_deserializer())
    }

    fn visit_f64<E: DeError>(self, value: f64) -> Result<T, E> {
        T::deserialize(value.into_deserializer())
    }

    fn visit_i64<E: DeError>(self, value: i64) -> Result<T, E> {
        T::deserialize(value.into_deserializer())
    }

    fn visit_u64<E: DeError>(self, value: u64) -> Result<T, E> {
        T::deserialize(value.into_deserializer())
    }
}

struct Elements<'t, 'v>(&'t Target<'t>, &'v mut dyn crate::schema::List);

impl<'de> Visitor<'de> for Elements<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        while sequence.next_element_seed(NextElement(self.0, &mut *self.1))?.is_some() {}
        Ok(())
    }
}

/// The next element of a list. Its slot is added once it is known to exist. `null` is an absent element.
struct NextElement<'t, 'v>(&'t Target<'t>, &'v mut dyn crate::schema::List);

impl<'de> DeserializeSeed<'de> for NextElement<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for NextElement<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an element")
    }

    fn visit_unit<E: DeError>(self) -> Result<(), E> {
        let can_be_absent = self.1.push_absent(&mut Budget::unlimited()).ok_or_else(too_large)?;
        if can_be_absent { Ok(()) } else { Err(E::invalid_type(Unexpected::Unit, &self)) }
    }

    fn visit_none<E: DeError>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let slot = self.1.push(&mut Budget::unlimited()).ok_or_else(too_large)?;
        SlotSeed(self.0, slot).deserialize(deserializer)
    }
}

/// The error of a value that exceeds the budget, which cannot happen without a limit.
fn too_large<E: serde::de::Error>() -> E {
    E::custom("the value is too large")
}

struct Entries<'t, 'v>(&'t Target<'t>, &'v mut dyn crate::schema::Map);

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Name(key)) = map.next_key()? {
            map.next_value_seed(NextValue(self.0, &mut *self.1, key.into_owned()))?;
        }
        Ok(())
    }
}

/// The value of a key of a map. `null` is an absent value.
struct NextValue<'t, 'v>(&'t Target<'t>, &'v mut dyn crate::schema::Map, String);

impl<'de> DeserializeSeed<'de> for NextValue<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for NextValue<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: DeError>(self) -> Result<(), E> {
        let Self(_, map, key) = self;
        let can_be_absent = map.insert_absent(key, &mut Budget::unlimited());
        if can_be_absent.ok_or_else(too_large)? {
            return Ok(());
        }
        Err(E::invalid_type(Unexpected::Unit, &"a value"))
    }

    fn visit_none<E: DeError>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let slot = self.1.insert(self.2, &mut Budget::unlimited()).ok_or_else(too_large)?;
        SlotSeed(self.0, slot).deserialize(deserializer)
    }
}
