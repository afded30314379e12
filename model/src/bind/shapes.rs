//! Schemas of the model's shapes, for those that are used.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use indexmap::IndexSet;

use super::cycles;
use super::overrides::Overrides;
use crate::invariant;
use crate::model::{self, Location, MemberRef, Protocol, ServiceModel, ShapeKind, TimestampFormat};
use crate::schema::{Binding, Known, Member, Schema, Target};

/// The most lists and maps within each other; more are refused.
pub(super) const DEEPEST: usize = 32;

/// Builds targets and members from the model's shapes, and collects the schemas that they refer to.
pub(super) struct Shapes<'m> {
    model: &'m ServiceModel,
    protocol: Protocol,
    overrides: &'m Overrides,
    used: BTreeSet<String>,
}

/// What a structure is: it decides in which parts of a message its members are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The input of an operation.
    Input,
    /// The output of an operation, or an error.
    Output,
    /// An event of an event stream.
    Event,
    /// A part of another structure.
    Nested,
}

/// Whether `name` is the message or the code, which every error has.
pub(super) fn is_of_every_error(name: &str) -> bool {
    name.eq_ignore_ascii_case("message") || name.eq_ignore_ascii_case("code")
}

impl<'m> Shapes<'m> {
    pub(super) fn new(
        model: &'m ServiceModel,
        protocol: Protocol,
        overrides: &'m Overrides,
    ) -> Self {
        Self { model, protocol, overrides, used: BTreeSet::new() }
    }

    /// The members of `structure`, in the model's order; required as the model says.
    pub(super) fn members(&self, structure: &model::Structure, role: Role) -> Vec<Member> {
        let required: HashSet<&String> = structure.required.iter().collect();
        let members = structure.members.iter().map(|(name, member)| {
            let is_payload = structure.payload.as_ref() == Some(name);
            let binding = self.binding(member, role, is_payload);
            self.member(name, member, binding, required.contains(name))
        });
        members.collect()
    }

    /// Only the messages of REST protocols, and events, have other parts than the body.
    fn binding(&self, member: &MemberRef, role: Role, is_payload: bool) -> Binding {
        let body = if member.xml_attribute { Binding::Attribute } else { Binding::Body };
        match (role, member.location) {
            (Role::Event, _) if member.event_header => Binding::EventHeader,
            (Role::Event, _) if member.event_payload => Binding::EventPayload,
            (Role::Event | Role::Nested, _) => body,
            _ if !self.protocol.is_rest() => body,
            _ if is_payload => Binding::Payload,
            (Role::Input, Some(Location::Uri)) => Binding::Label,
            (Role::Input, Some(Location::QueryString)) => Binding::Query,
            (Role::Output, Some(Location::StatusCode)) => Binding::StatusCode,
            (_, Some(Location::Header)) => Binding::Header,
            (_, Some(Location::Headers)) => Binding::PrefixHeaders,
            _ => body,
        }
    }

    fn member(&self, name: &str, member: &MemberRef, binding: Binding, required: bool) -> Member {
        let namespace = member.xml_namespace.as_ref();
        let is_stream = member.streaming || self.model.target(member).streaming;
        let target = match self.target(member, self.timestamp_format(binding), 0) {
            Target::Blob if is_stream && binding == Binding::Payload => Target::Stream,
            target => target,
        };
        Member {
            name: name.to_owned(),
            wire: self.wire_name(name, member),
            target,
            required,
            sensitive: self.is_sensitive(member),
            binding,
            query_name: member.query_name.clone(),
            namespace: namespace.or(self.model.target(member).xml_namespace.as_ref()).cloned(),
            context_param: member.context_param.as_ref().map(|param| param.name.clone()),
            idempotency_token: member.idempotency_token,
            recursive: false,
            documentation: self.documentation(member),
        }
    }

    /// The format of timestamps in a part of a message, if the model does not name one.
    fn timestamp_format(&self, binding: Binding) -> TimestampFormat {
        match (binding, self.protocol) {
            (Binding::Header | Binding::PrefixHeaders, _) => TimestampFormat::Rfc822,
            (Binding::Query | Binding::Label, _) => TimestampFormat::Iso8601,
            (_, Protocol::AwsJson | Protocol::RestJson) => TimestampFormat::UnixTimestamp,
            _ => TimestampFormat::Iso8601,
        }
    }

    /// The documentation of a member, or else of its shape.
    fn documentation(&self, member: &MemberRef) -> Option<String> {
        let own = member.documentation.as_ref();
        own.or(self.model.target(member).documentation.as_ref()).cloned()
    }

    /// Adds the schemas that `members` refer to.
    pub(super) fn use_all(&mut self, members: &[Member]) {
        self.used
            .extend(members.iter().filter_map(|member| member.target.schema()).map(str::to_owned));
    }

    /// The schemas that were added, and all that they refer to.
    pub(super) fn finish(mut self) -> BTreeMap<String, Schema> {
        let mut schemas = BTreeMap::new();
        while let Some(name) = self.used.pop_first() {
            // A schema may refer to one that was built before.
            if schemas.contains_key(&name) {
                continue;
            }
            let schema = match self.model.shape(&name).map(|shape| &shape.kind) {
                Some(ShapeKind::Structure(structure)) => Some(self.structure(structure)),
                Some(ShapeKind::String { values }) => {
                    let values: IndexSet<&String> = values.iter().collect();
                    Some(Schema::Enum(values.into_iter().cloned().collect()))
                }
                _ => None,
            };
            schemas.insert(name, invariant!(schema, "targets name structures and enums"));
        }
        cycles::mark(&mut schemas);
        schemas
    }

    fn structure(&mut self, structure: &model::Structure) -> Schema {
        let role = match structure {
            model::Structure { error: Some(_), .. } => Role::Output,
            model::Structure { event: true, .. } => Role::Event,
            _ => Role::Nested,
        };
        let mut members = self.members(structure, role);
        self.use_all(&members);
        if structure.error.is_some() {
            // The runtime reads code and message of an error itself, whatever their case.
            for member in members.iter_mut().filter(|member| is_of_every_error(&member.name)) {
                member.required = false;
            }
        }
        if structure.union { Schema::Union(members) } else { Schema::Structure(members) }
    }

    /// The target of a use of a shape. Timestamps have the `format` if the model does not name one. `depth` counts lists and maps
    /// within each other.
    fn target(&self, member: &MemberRef, format: TimestampFormat, depth: usize) -> Target {
        if depth > DEEPEST {
            // Deeper nesting has been refused: there is no service.
            return Target::String;
        }
        let shape = self.model.target(member);
        match &shape.kind {
            ShapeKind::Structure(structure) if structure.event_stream => {
                Target::EventStream(member.shape.clone())
            }
            ShapeKind::Document => Target::Document,
            ShapeKind::String { .. } if member.json_value || shape.json_value => Target::JsonValue,
            ShapeKind::Structure(_) => Target::Structure(member.shape.clone()),
            ShapeKind::String { values } if values.is_empty() => {
                let by_hand = self.overrides.types.get(&member.shape).copied();
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
            ShapeKind::Timestamp { format: named } => {
                Target::Timestamp(member.timestamp_format.or(*named).unwrap_or(format))
            }
            ShapeKind::List { member: element, flattened, sparse } => Target::List {
                element: Box::new(self.target(element, format, depth + 1)),
                sparse: *sparse,
                name: element.location_name.clone().unwrap_or_else(|| "member".to_owned()),
                flattened: *flattened || member.flattened,
            },
            ShapeKind::Map { key, value, flattened, sparse } => Target::Map {
                value: Box::new(self.target(value, format, depth + 1)),
                sparse: *sparse,
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

    /// The target of a member of a structure that is not a message, and whether its value is a secret.
    pub(super) fn nested(&self, member: &MemberRef) -> (Target, bool) {
        let format = self.timestamp_format(Binding::Body);
        (self.target(member, format, 0), self.is_sensitive(member))
    }

    /// Adds the schema of the structure `name`.
    pub(super) fn use_structure(&mut self, name: &str) {
        self.used.insert(name.to_owned());
    }

    /// The elements of a list that its shape flattens have their own name on the wire, if the model gives one; the
    /// elements of a list that its use flattens have the name of the member.
    fn wire_name(&self, name: &str, member: &MemberRef) -> String {
        if let ShapeKind::List { member: element, flattened: true, .. } =
            &self.model.target(member).kind
            && !member.flattened
            && let Some(own) = &element.location_name
        {
            return own.clone();
        }
        member.location_name.clone().unwrap_or_else(|| name.to_owned())
    }

    /// Whether values of a use of a shape are secrets, or values in its list or map.
    fn is_sensitive(&self, member: &MemberRef) -> bool {
        self.model.nested(member).take(DEEPEST + 1).any(|(member, shape)| {
            member.sensitive || shape.sensitive || self.overrides.sensitive.contains(&member.shape)
        })
    }
}
