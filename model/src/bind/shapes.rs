//! Schemas of the model's shapes, for those that are used.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use indexmap::IndexSet;

use super::cycles::Cycles;
use super::overrides::Overrides;
use crate::invariant;
use crate::model::{self, MemberRef, ServiceModel, ShapeKind, TimestampFormat};
use crate::schema::{Known, Member, Schema, Target};

/// The most lists and maps within each other; more are refused.
pub(super) const DEEPEST: usize = 32;

/// Builds targets and members from the model's shapes, and collects the schemas that they refer to.
pub(super) struct Shapes<'m> {
    model: &'m ServiceModel,
    overrides: &'m Overrides,
    used: BTreeSet<String>,
}

/// Whether `name` is the message or the code, which every error has.
pub(super) fn is_of_every_error(name: &str) -> bool {
    name.eq_ignore_ascii_case("message") || name.eq_ignore_ascii_case("code")
}

impl<'m> Shapes<'m> {
    pub(super) fn new(model: &'m ServiceModel, overrides: &'m Overrides) -> Self {
        Self { model, overrides, used: BTreeSet::new() }
    }

    /// The members of `structure`, in the model's order; required as the model says.
    pub(super) fn members(&self, structure: &model::Structure) -> Vec<Member> {
        let required: HashSet<&String> = structure.required.iter().collect();
        structure
            .members
            .iter()
            .map(|(name, member)| self.member(name, member, required.contains(name)))
            .collect()
    }

    fn member(&self, name: &str, member: &MemberRef, required: bool) -> Member {
        Member {
            name: name.to_owned(),
            wire: self.wire_name(name, member),
            target: self.target(member),
            required,
            sensitive: self.is_sensitive(member),
            attribute: member.xml_attribute,
            idempotency_token: member.idempotency_token,
            recursive: false,
            documentation: self.documentation(member),
        }
    }

    /// The documentation of a member, or else of its shape.
    fn documentation(&self, member: &MemberRef) -> Option<String> {
        let own = member.documentation.as_ref();
        own.or_else(|| self.model.shape(&member.shape)?.documentation.as_ref()).cloned()
    }

    /// Adds the schemas that `members` refer to.
    pub(super) fn use_all(&mut self, members: &[Member]) {
        self.used
            .extend(members.iter().filter_map(|member| member.target.schema()).map(str::to_owned));
    }

    /// The schemas that were added, and all that they refer to.
    pub(super) fn finish(mut self) -> BTreeMap<String, Schema> {
        let cycles = Cycles::of(self.model, |structure| {
            structure.members.values().map(|member| member.shape.as_str()).collect()
        });
        let required_cycles = Cycles::of(self.model, |structure| {
            let members = structure.required.iter().filter_map(|name| structure.members.get(name));
            members.map(|member| member.shape.as_str()).collect()
        });
        let mut found = BTreeMap::new();
        while let Some(name) = self.used.pop_first() {
            // A schema may refer to one that was built before.
            let Some(shape) = self.model.shape(&name).filter(|_| !found.contains_key(&name)) else {
                continue;
            };
            let shape = match &shape.kind {
                ShapeKind::Structure(structure) => {
                    let mut members = self.members(structure);
                    for member in &mut members {
                        if let Target::Structure(target) = &member.target {
                            member.recursive = cycles.join(&name, target);
                            // A value that must contain another of its type would have no end.
                            member.required &= !required_cycles.join(&name, target);
                        }
                        // The runtime reads code and message of an error itself, whatever their case.
                        member.required &=
                            structure.error.is_none() || !is_of_every_error(&member.name);
                    }
                    self.use_all(&members);
                    if structure.union {
                        Schema::Union(members)
                    } else {
                        Schema::Structure(members)
                    }
                }
                ShapeKind::String { values } => {
                    let values: IndexSet<&String> = values.iter().collect();
                    Schema::Enum(values.into_iter().cloned().collect())
                }
                _ => continue,
            };
            found.insert(name, shape);
        }
        found
    }

    /// The target of a use of a shape.
    fn target(&self, member: &MemberRef) -> Target {
        self.target_within(member, 0)
    }

    /// `depth` counts lists and maps within each other.
    fn target_within(&self, member: &MemberRef, depth: usize) -> Target {
        if depth > DEEPEST {
            // Deeper nesting has been refused: there is no service.
            return Target::String;
        }
        let shape = invariant!(self.model.shape(&member.shape), "a model's references exist");
        match &shape.kind {
            ShapeKind::Structure(_) => Target::Structure(member.shape.clone()),
            ShapeKind::String { values } if values.is_empty() => {
                let by_hand = self.overrides.known_type(&member.shape);
                let known = by_hand.or_else(|| self.published(&member.shape));
                known.map_or(Target::String, Target::Known)
            }
            ShapeKind::String { .. } => Target::Enum(member.shape.clone()),
            ShapeKind::Boolean => Target::Boolean,
            ShapeKind::Integer => Target::Integer,
            ShapeKind::Long => Target::Long,
            ShapeKind::Float => Target::Float,
            ShapeKind::Double => Target::Double,
            ShapeKind::Blob => Target::Blob,
            ShapeKind::Timestamp { format } => {
                let format = member.timestamp_format.or(*format);
                Target::Timestamp(format.unwrap_or(TimestampFormat::Iso8601))
            }
            ShapeKind::List { member: element, flattened } => Target::List {
                element: Box::new(self.target_within(element, depth + 1)),
                name: element.location_name.clone().unwrap_or_else(|| "member".to_owned()),
                flattened: *flattened || member.flattened,
            },
            ShapeKind::Map { key, value, flattened } => Target::Map {
                value: Box::new(self.target_within(value, depth + 1)),
                names: (
                    key.location_name.clone().unwrap_or_else(|| "key".to_owned()),
                    value.location_name.clone().unwrap_or_else(|| "value".to_owned()),
                ),
                flattened: *flattened || member.flattened,
            },
        }
    }

    /// What a service's documentation says of the strings of `shape`, and its model does not: IAM returns policies
    /// "URL-encoded compliant with RFC 3986".
    fn published(&self, shape: &str) -> Option<Known> {
        let service = self.model.metadata.service_id.as_str();
        matches!((service, shape), ("IAM", "policyDocumentType")).then_some(Known::PolicyDocument)
    }

    /// Adds the schema of the structure `name`.
    pub(super) fn use_structure(&mut self, name: &str) {
        self.used.insert(name.to_owned());
    }

    /// The elements of a list that its shape flattens have their own name on the wire, if the model gives one; the
    /// elements of a list that its use flattens have the name of the member.
    fn wire_name(&self, name: &str, member: &MemberRef) -> String {
        if let Some(shape) = self.model.shape(&member.shape)
            && let ShapeKind::List { member: element, flattened: true } = &shape.kind
            && !member.flattened
            && let Some(own) = &element.location_name
        {
            return own.clone();
        }
        member.location_name.clone().unwrap_or_else(|| name.to_owned())
    }

    /// Whether values of a use of a shape are secrets, or values in its list or map.
    fn is_sensitive(&self, member: &MemberRef) -> bool {
        let mut member = member;
        for _ in 0..=DEEPEST {
            let Some(shape) = self.model.shape(&member.shape) else {
                return false;
            };
            let by_hand = self.overrides.is_sensitive(&member.shape);
            if member.sensitive || shape.sensitive || by_hand {
                return true;
            }
            member = match &shape.kind {
                ShapeKind::List { member, .. } => member,
                ShapeKind::Map { value, .. } => value,
                _ => return false,
            };
        }
        false
    }
}
