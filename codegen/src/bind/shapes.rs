//! The model's shapes as the types of members, and which of them are used.

use std::collections::{BTreeMap, BTreeSet};

use super::{Member, Overrides, Shape, Type};
use crate::wire::{self, MemberRef, ServiceModel, ShapeKind, TimestampFormat};

/// Turns the model's shapes into types, and collects the named ones that were asked for.
pub(super) struct Shapes<'m> {
    model: &'m ServiceModel,
    overrides: &'m Overrides,
    used: BTreeSet<String>,
}

impl<'m> Shapes<'m> {
    pub(super) fn new(model: &'m ServiceModel, overrides: &'m Overrides) -> Self {
        Self {
            model,
            overrides,
            used: BTreeSet::new(),
        }
    }

    /// The members of `structure`, in the model's order; required as the model says.
    pub(super) fn members(&self, structure: &wire::Structure) -> Vec<Member> {
        structure
            .members
            .iter()
            .map(|(name, member)| self.member(name, member, structure.required.contains(name)))
            .collect()
    }

    fn member(&self, name: &str, member: &MemberRef, required: bool) -> Member {
        let holds = self.holds(member);
        Member {
            name: name.to_owned(),
            wire: self.wire_name(name, member),
            holds,
            required,
            sensitive: self.is_sensitive(&member.shape),
            recursive: false,
            prose: None,
        }
    }

    /// Notes that the named shapes in `members` are used.
    pub(super) fn use_all(&mut self, members: &[Member]) {
        for member in members {
            self.use_type(&member.holds);
        }
    }

    fn use_type(&mut self, holds: &Type) {
        match holds {
            Type::Enum(name) | Type::Structure(name) => {
                self.used.insert(name.clone());
            }
            Type::List { element: inner, .. } | Type::Map { value: inner, .. } => {
                self.use_type(inner);
            }
            _ => {}
        }
    }

    /// The named shapes that were used, and those that they use.
    pub(super) fn finish(mut self) -> BTreeMap<String, Shape> {
        let mut found = BTreeMap::new();
        while let Some(name) = self.used.pop_first() {
            let Some(shape) = self.model.shape(&name) else {
                continue;
            };
            let shape = match &shape.kind {
                ShapeKind::Structure(structure) => {
                    let mut members = self.members(structure);
                    for member in &mut members {
                        member.recursive = matches!(&member.holds, Type::Structure(inner)
                            if self.holds_directly(inner, &name));
                    }
                    self.use_all(&members);
                    Shape::Structure(members)
                }
                ShapeKind::String { values } => Shape::Enum(values.clone()),
                _ => continue,
            };
            found.insert(name, shape);
            self.used.retain(|name| !found.contains_key(name));
        }
        found
    }

    /// Whether a value of the structure `outer` holds one of `wanted` without a list or map between.
    fn holds_directly(&self, outer: &str, wanted: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![outer.to_owned()];
        while let Some(name) = waiting.pop() {
            if name == wanted {
                return true;
            }
            if let Some(structure) = self.model.structure(&name)
                && seen.insert(name)
            {
                waiting.extend(
                    structure
                        .members
                        .values()
                        .map(|member| member.shape.clone()),
                );
            }
        }
        false
    }

    /// What a use of a shape holds.
    fn holds(&self, member: &MemberRef) -> Type {
        self.holds_within(member, 0)
    }

    /// `depth` counts lists and maps within each other: a list of itself would have no end.
    fn holds_within(&self, member: &MemberRef, depth: usize) -> Type {
        let Some(shape) = self.model.shape(&member.shape).filter(|_| depth < 32) else {
            // The model was read, so every shape is there.
            return Type::String;
        };
        match &shape.kind {
            ShapeKind::Structure(_) => Type::Structure(member.shape.clone()),
            ShapeKind::String { values } if values.is_empty() => Type::String,
            ShapeKind::String { .. } => Type::Enum(member.shape.clone()),
            ShapeKind::Boolean => Type::Boolean,
            ShapeKind::Integer => Type::Integer,
            ShapeKind::Long => Type::Long,
            ShapeKind::Float => Type::Float,
            ShapeKind::Double => Type::Double,
            ShapeKind::Blob => Type::Blob,
            ShapeKind::Timestamp { format } => {
                let format = member.timestamp_format.or(*format);
                Type::Timestamp(format.unwrap_or(TimestampFormat::Iso8601))
            }
            ShapeKind::List {
                member: element,
                flattened,
            } => Type::List {
                element: Box::new(self.holds_within(element, depth + 1)),
                name: element
                    .location_name
                    .clone()
                    .unwrap_or_else(|| "member".to_owned()),
                flattened: *flattened || member.flattened,
            },
            ShapeKind::Map {
                key,
                value,
                flattened,
            } => Type::Map {
                value: Box::new(self.holds_within(value, depth + 1)),
                names: (
                    key.location_name
                        .clone()
                        .unwrap_or_else(|| "key".to_owned()),
                    value
                        .location_name
                        .clone()
                        .unwrap_or_else(|| "value".to_owned()),
                ),
                flattened: *flattened || member.flattened,
            },
        }
    }

    /// A flattened list's elements go by their own name, where they have one.
    fn wire_name(&self, name: &str, member: &MemberRef) -> String {
        if let Some(shape) = self.model.shape(&member.shape)
            && let ShapeKind::List {
                member: element,
                flattened,
            } = &shape.kind
            && (*flattened || member.flattened)
            && let Some(own) = &element.location_name
        {
            return own.clone();
        }
        member
            .location_name
            .clone()
            .unwrap_or_else(|| name.to_owned())
    }

    /// Whether a shape's values are secrets, or those that a list or map of it holds.
    fn is_sensitive(&self, name: &str) -> bool {
        let mut name = name;
        for _ in 0..32 {
            let Some(shape) = self.model.shape(name) else {
                return false;
            };
            if shape.sensitive || self.overrides.is_sensitive(name) {
                return true;
            }
            name = match &shape.kind {
                ShapeKind::List { member, .. } => &member.shape,
                ShapeKind::Map { value, .. } => &value.shape,
                _ => return false,
            };
        }
        false
    }
}
