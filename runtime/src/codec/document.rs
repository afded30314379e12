//! What the decoders of JSON and CBOR documents share: which member a key names, and where its value goes.

use crate::schema::{Budget, List, Map, Member, MemberSet, Shape, Slot, Value};

/// The member of `shape` that the document has under `key`, and its index. `is_inside` says which members belong to the document. The index `expected` is tried first, since services write members
/// in the model's order.
pub(super) fn member<'r>(
    shape: &Shape<'r>,
    expected: usize,
    key: &str,
    is_inside: fn(&Member<'_>) -> bool,
) -> Option<(usize, &'r Member<'r>)> {
    let is_it = |member: &Member<'_>| member.wire == key && is_inside(member);
    let members = shape.members;
    let next = members.get(expected).filter(|member| is_it(member));
    let next = next.map(|member| (expected, member));
    next.or_else(|| members.iter().enumerate().find(|(_, member)| is_it(member)))
}

/// The first required member of the document that is not in `seen`.
pub(super) fn missing<'r>(
    shape: &Shape<'r>,
    seen: &MemberSet,
    is_inside: fn(&Member<'_>) -> bool,
) -> Option<&'r Member<'r>> {
    let mut members = shape.members.iter().enumerate();
    let missing = members
        .find(|(index, member)| member.required && is_inside(member) && !seen.contains(*index));
    missing.map(|(_, member)| member)
}

/// Where a value goes.
pub(super) enum Place<'r> {
    Member(&'r mut dyn Value),
    /// A new element at the end of a list.
    Element(&'r mut dyn List),
    /// A new entry of a map.
    Entry(&'r mut dyn Map, String),
}

impl<'r> Place<'r> {
    pub(super) fn slot(self, budget: &mut Budget) -> Option<Slot<'r>> {
        match self {
            Self::Member(value) => Some(value.slot()),
            Self::Element(list) => list.push(budget),
            Self::Entry(map, key) => map.insert(key, budget),
        }
    }

    pub(super) fn absent(self, budget: &mut Budget) -> Option<()> {
        match self {
            Self::Member(_) => Some(()),
            Self::Element(list) => list.push_absent(budget).map(|_| ()),
            Self::Entry(map, key) => map.insert_absent(key, budget).map(|_| ()),
        }
    }
}
