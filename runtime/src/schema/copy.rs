//! Values that are copied from one record to another.

use std::hash::{Hash as _, Hasher};

use super::{Budget, Data, Slot, Target, Value};

/// Copies `from`, a value of the type `target`, into the slot `to` of the same type. `None` if the types differ.
pub(crate) fn copy(from: Data<'_>, to: Slot<'_>, target: &Target<'_>) -> Option<()> {
    // The program already has the value in memory.
    let budget = &mut Budget::unlimited();
    match (from, to) {
        (Data::Text(from), Slot::Text(to)) => to.set(from),
        (Data::Boolean(from), Slot::Boolean(to)) => *to = from,
        (Data::Integer(from), Slot::Integer(to)) => *to = i32::try_from(from).ok()?,
        (Data::Integer(from), Slot::Long(to)) => *to = from,
        (Data::Float(from), Slot::Float(to)) => *to = from,
        (Data::Double(from), Slot::Double(to)) => *to = from,
        (Data::Timestamp(from), Slot::Timestamp(to)) => *to = from,
        (Data::Blob(from), Slot::Blob(to)) => *to = from.to_vec(),
        #[cfg(feature = "json")]
        (Data::Document(from), Slot::Document(to)) => *to = from.clone(),
        (Data::List(from), Slot::List(to)) => {
            let element = target.element()?;
            for value in (0..).map_while(|at| from.at(at)) {
                match value.data() {
                    Data::Absent => {
                        to.push_absent(budget)?;
                    }
                    data => copy(data, to.push(budget)?, element)?,
                }
            }
        }
        (Data::Map(from), Slot::Map(to)) => {
            let element = target.element()?;
            let mut copied = Some(());
            from.each(&mut |key, value| {
                let key = key.to_owned();
                copied = match value.data() {
                    Data::Absent => to.insert_absent(key, budget).map(|_| ()),
                    data => to.insert(key, budget).and_then(|slot| copy(data, slot, element)),
                };
                copied.is_some()
            });
            copied?;
        }
        (Data::Record(from), Slot::Record(to)) => {
            for (index, member) in target.structure()?.members.iter().enumerate() {
                match from.member(index).map_or(Data::Absent, Value::data) {
                    Data::Absent => {}
                    data => copy(data, to.member_mut(index)?.slot(), &member.target)?,
                }
            }
        }
        _ => return None,
    }
    Some(())
}

/// Feeds `hasher` with a value of the type `target`. An absent value and an empty string are the same.
pub(crate) fn hash(data: Data<'_>, target: &Target<'_>, hasher: &mut dyn Hasher) {
    let mut hasher = hasher;
    match data {
        // A marker is not a stream.
        Data::Absent | Data::Stream(_) => "".hash(&mut hasher),
        Data::Text(text) => text.hash(&mut hasher),
        Data::Boolean(value) => value.hash(&mut hasher),
        Data::Integer(value) => value.hash(&mut hasher),
        Data::Float(value) => value.to_bits().hash(&mut hasher),
        Data::Double(value) => value.to_bits().hash(&mut hasher),
        Data::Timestamp(time) => time.hash(&mut hasher),
        Data::Blob(bytes) => bytes.hash(&mut hasher),
        #[cfg(feature = "json")]
        Data::Document(value) => value.hash(&mut hasher),
        Data::List(list) => {
            for value in (0..).map_while(|at| list.at(at)) {
                hash(value.data(), target.element().unwrap_or(target), hasher);
            }
        }
        Data::Map(map) => map.each(&mut |key, value| {
            key.hash(&mut hasher);
            hash(value.data(), target.element().unwrap_or(target), hasher);
            true
        }),
        Data::Record(record) => {
            let members = target.structure().map_or(&[][..], |shape| shape.members);
            for (index, member) in members.iter().enumerate() {
                let data = record.member(index).map_or(Data::Absent, Value::data);
                index.hash(&mut hasher);
                hash(data, &member.target, hasher);
            }
        }
    }
}
