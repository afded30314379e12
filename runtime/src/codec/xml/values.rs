//! Decoding elements into values, by schema.

use quick_xml::XmlVersion;

use super::document::Decoder;
use super::scanner::Element;
use crate::codec::text::{self, Unreadable};
use crate::schema::{
    Binding, DecodeError, List, Map, Member, MemberSet, Record, Shape, Slot, Target, Value,
};

impl<'a> Decoder<'a, '_> {
    pub(crate) fn record(
        &mut self,
        element: &Element<'a>,
        shape: &Shape<'_>,
        record: &mut dyn Record,
    ) -> Result<(), DecodeError> {
        let mut seen = MemberSet::default();
        let mut expected = 0;
        if shape.members.iter().any(|member| member.binding == Binding::Attribute) {
            self.attributes(element, shape, record, &mut seen)?;
        }
        self.children(element, &mut |decoder, child| {
            let name = child.name;
            let Some((index, member)) = find(shape.members, name, expected) else {
                return decoder.skip();
            };
            // The next element is usually another element of the same flattened list.
            expected = if is_flattened(&member.target) { index } else { index + 1 };
            seen.insert(index);
            match record.member_mut(index) {
                Some(value) => decoder.member(child, &member.target, value.slot()),
                None => decoder.skip(),
            }
        })?;
        for (index, member) in shape.members.iter().enumerate() {
            if !member.required || seen.contains(index) || !member.binding.is_in_document() {
                continue;
            }
            if !is_flattened(&member.target) {
                let problem = format!("the required member {} is missing", member.wire);
                return Err(self.error_of(element, problem));
            }
            // A flattened list or map without entries has no element.
            record.member_mut(index).map(Value::slot);
        }
        Ok(())
    }

    /// Decodes the element of a member. For a flattened list or map, it is one entry; otherwise it is the whole value.
    fn member(
        &mut self,
        element: &Element<'a>,
        target: &Target<'_>,
        slot: Slot<'_>,
    ) -> Result<(), DecodeError> {
        match (slot, target) {
            (Slot::List(list), Target::List { flattened: true, element: of, .. }) => {
                let Some(place) = list.push(self.budget) else { return Err(self.too_large()) };
                self.value(element, of, place)
            }
            (Slot::Map(map), Target::Map { flattened: true, .. }) => {
                self.entry(element, target, map)
            }
            (slot, target) => self.value(element, target, slot),
        }
    }

    fn value(
        &mut self,
        element: &Element<'a>,
        target: &Target<'_>,
        slot: Slot<'_>,
    ) -> Result<(), DecodeError> {
        match (slot, target) {
            (Slot::Record(record), target) => match target.structure() {
                Some(shape) => {
                    self.record(element, shape, record)?;
                    let taken = self.budget.take(record.allocated());
                    taken.ok_or_else(|| self.too_large())
                }
                // The schema does not match the value. This cannot happen, because the generator writes both from one source.
                None => self.skip(),
            },
            (Slot::List(list), Target::List { element: of, .. }) => self.list(element, of, list),
            (Slot::Map(map), Target::Map { .. }) => {
                self.children(element, &mut |decoder, entry| decoder.entry(entry, target, map))
            }
            (Slot::List(_) | Slot::Map(_), _) => self.skip(),
            (slot, target) => {
                let text = self.text(element)?;
                self.put(element, target, slot, &text)
            }
        }
    }

    /// Decodes the members that are attributes of `element`.
    fn attributes(
        &mut self,
        element: &Element<'a>,
        shape: &Shape<'_>,
        record: &mut dyn Record,
        seen: &mut MemberSet,
    ) -> Result<(), DecodeError> {
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| self.ill_formed(&error))?;
            let (whole, local) = (attribute.key.into_inner(), attribute.key.local_name());
            let found = shape.members.iter().enumerate().find(|(_, member)| {
                member.binding == Binding::Attribute
                    && (member.wire == whole || member.wire == local.into_inner())
            });
            let Some((index, member)) = found else { continue };
            if seen.contains(index) {
                let problem = format!("the attribute {} occurs twice", member.wire);
                return Err(self.error_of(element, problem));
            }
            let text = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.ill_formed(&error))?;
            if let Some(value) = record.member_mut(index) {
                seen.insert(index);
                self.put(element, &member.target, value.slot(), &text)?;
            }
        }
        Ok(())
    }

    /// Parses `text`, the content of `element`, into `slot`, which is not a list, map or record.
    fn put(
        &mut self,
        element: &Element<'a>,
        target: &Target<'_>,
        slot: Slot<'_>,
        text: &str,
    ) -> Result<(), DecodeError> {
        match text::read(text, target, slot, self.budget) {
            Ok(()) => Ok(()),
            Err(Unreadable::OverBudget) => Err(self.too_large()),
            Err(Unreadable::IsNot(expected)) => {
                Err(self.error_of(element, format!("the value is not {expected}")))
            }
        }
    }

    fn list(
        &mut self,
        element: &Element<'a>,
        of: &Target<'_>,
        list: &mut dyn List,
    ) -> Result<(), DecodeError> {
        self.children(element, &mut |decoder, child| {
            let Some(place) = list.push(decoder.budget) else { return Err(decoder.too_large()) };
            decoder.value(child, of, place)
        })
    }

    fn entry(
        &mut self,
        element: &Element<'a>,
        target: &Target<'_>,
        map: &mut dyn Map,
    ) -> Result<(), DecodeError> {
        let Target::Map { key: key_name, value: value_name, element: of, .. } = target else {
            return self.skip();
        };
        let mut key: Option<String> = None;
        let mut valued = false;
        self.children(element, &mut |decoder, child| {
            let name = child.name;
            if name == *key_name {
                key = Some(decoder.text(child)?.into_owned());
                Ok(())
            } else if name == *value_name {
                let Some(key) = key.take() else {
                    return Err(decoder.error(format!("the value {name} is before its key")));
                };
                valued = true;
                let Some(place) = map.insert(key, decoder.budget) else {
                    return Err(decoder.too_large());
                };
                decoder.value(child, of, place)
            } else {
                decoder.skip()
            }
        })?;
        if valued { Ok(()) } else { Err(self.error("an entry of a map has no key or no value")) }
    }
}

/// The member with the name `wire`, and its index. The index `expected` is tried first, because services write members in
/// the model's order.
fn find<'s, 't>(
    members: &'s [Member<'t>],
    wire: &str,
    expected: usize,
) -> Option<(usize, &'s Member<'t>)> {
    match members.get(expected) {
        Some(member) if member.wire == wire && member.binding == Binding::Body => {
            Some((expected, member))
        }
        _ => members
            .iter()
            .enumerate()
            .find(|(_, member)| member.wire == wire && member.binding == Binding::Body),
    }
}

fn is_flattened(target: &Target<'_>) -> bool {
    matches!(target, Target::List { flattened: true, .. } | Target::Map { flattened: true, .. })
}
