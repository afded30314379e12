//! CBOR to records.

use std::borrow::Cow;

use minicbor::data::{Tag, Type};

use super::reader::{Problem, Reader};
use crate::codec::document::{self, Place};
use crate::schema::{
    Budget, DecodeError, List, Map, Member, MemberSet, Record, Shape, Slot, Target,
};

/// Fills the members of `record` from the map `document`. Unknown members are skipped.
///
/// # Errors
/// If the document is not well-formed, lacks a required member, has a member twice, contains a value that does not have its member's
/// type, nests too deeply, or takes more memory than `budget` allows. No error contains a value, which may be a secret.
pub(crate) fn decode(
    document: &[u8],
    shape: &Shape<'_>,
    record: &mut dyn Record,
    budget: &mut Budget,
) -> Result<(), DecodeError> {
    let mut reader = Reader::new(document, budget);
    let read = reader.item().and_then(|(kind, _)| reader.record(kind, shape, record));
    let read = read.and_then(|()| reader.end());
    read.map_err(|problem| reader.into_error(problem))
}

/// All members are in the document: the protocol has no HTTP bindings.
fn is_inside(_: &Member<'_>) -> bool {
    true
}

impl Reader<'_, '_> {
    fn record(
        &mut self,
        kind: Type,
        shape: &Shape<'_>,
        record: &mut dyn Record,
    ) -> Result<(), Problem> {
        let mut seen = MemberSet::default();
        let mut expected = 0;
        self.entries(kind, &mut |reader| {
            if reader.budget.is_stopped() {
                return Err("the caller no longer waits for the response".into());
            }
            let key = reader.key()?;
            let Some((index, member)) = document::member(shape, expected, &key, is_inside) else {
                return reader.skip();
            };
            expected = index + 1;
            let place = record.member_mut(index).map(Place::Member);
            let read = reader.value(&member.target, place);
            let is_present = read.inspect_err(|_| reader.path.push(member.wire.to_owned()))?;
            if is_present && seen.contains(index) {
                let problem = format!("the member {} occurs twice", member.wire);
                return Err(Problem::Other(problem.into()));
            }
            if is_present {
                seen.insert(index);
            }
            Ok(())
        })?;
        if let Some(member) = document::missing(shape, &seen, is_inside) {
            let problem = format!("the required member {} is missing", member.wire);
            return Err(Problem::Other(problem.into()));
        }
        self.budget.take(record.allocated()).ok_or(Problem::OverBudget)
    }

    /// Calls `entry` for each entry of a map, to read its key and its value.
    fn entries(
        &mut self,
        kind: Type,
        entry: &mut dyn FnMut(&mut Self) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        if !matches!(kind, Type::Map | Type::MapIndef) {
            return Err("the value is not a map".into());
        }
        self.nested(|reader| {
            let mut left = reader.decoder.map()?;
            while reader.another(&mut left)? {
                entry(reader)?;
            }
            Ok(())
        })
    }

    fn key(&mut self) -> Result<Cow<'_, str>, Problem> {
        match self.item()?.0 {
            Type::String | Type::StringIndef => self.text(),
            _ => Err("a key is not text".into()),
        }
    }

    /// Reads a value that may be null, and returns whether it is not. Without a place, the value is skipped.
    fn value(&mut self, target: &Target<'_>, place: Option<Place<'_>>) -> Result<bool, Problem> {
        let Some(place) = place else {
            self.skip()?;
            return Ok(true);
        };
        let (kind, bignum) = self.item()?;
        if matches!(kind, Type::Null | Type::Undefined) {
            self.skip()?;
            place.absent(self.budget).ok_or(Problem::OverBudget)?;
            return Ok(false);
        }
        let slot = place.slot(self.budget).ok_or(Problem::OverBudget)?;
        self.present(kind, bignum, target, slot)?;
        Ok(true)
    }

    fn present(
        &mut self,
        kind: Type,
        bignum: Option<Tag>,
        target: &Target<'_>,
        slot: Slot<'_>,
    ) -> Result<(), Problem> {
        match (slot, target) {
            (Slot::Record(record), target) => match target.structure() {
                Some(shape) => self.record(kind, shape, record),
                // The schema does not match the value. The generator writes both from one source.
                None => self.skip(),
            },
            (Slot::List(list), Target::List { element, .. }) => self.list(kind, element, list),
            (Slot::Map(map), Target::Map { element, .. }) => self.map(kind, element, map),
            (slot, _) => self.scalar(kind, bignum, slot),
        }
    }

    fn list(
        &mut self,
        kind: Type,
        element: &Target<'_>,
        list: &mut dyn List,
    ) -> Result<(), Problem> {
        if !matches!(kind, Type::Array | Type::ArrayIndef) {
            return Err("the value is not an array".into());
        }
        self.nested(|reader| {
            let mut left = reader.decoder.array()?;
            let mut index = 0_usize;
            // The declared length is not trusted: the list grows with the elements that are there.
            while reader.another(&mut left)? {
                let read = reader.value(element, Some(Place::Element(&mut *list)));
                read.inspect_err(|_| reader.path.push(index.to_string()))?;
                index += 1;
            }
            Ok(())
        })
    }

    fn map(&mut self, kind: Type, element: &Target<'_>, map: &mut dyn Map) -> Result<(), Problem> {
        self.entries(kind, &mut |reader| {
            let key = reader.key()?.into_owned();
            let name = key.clone();
            let read = reader.value(element, Some(Place::Entry(&mut *map, key)));
            read.inspect_err(|_| reader.path.push(name)).map(drop)
        })
    }
}
