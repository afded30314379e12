//! Structures, enums and metadata that the operations of a service share, as the models of both sides describe them.

use std::collections::{BTreeMap, BTreeSet};

use super::breaking::{self, ChangeKind, Class};
use super::change::{Change, Subject};
use super::members::{MemberChange, MemberKinds, by_name, member_changes, member_span};
use super::operations::only_in;
use super::view::PageView;
use pagesmith_model::model::{Metadata, ServiceModel};
use pagesmith_model::schema::{Member, Schema, Service, Target};

static MEMBER_KINDS: MemberKinds = MemberKinds {
    removed: &breaking::MEMBER_REMOVED,
    retyped: &breaking::MEMBER_RETYPED,
    now_optional: &breaking::MEMBER_NOW_OPTIONAL,
    now_required: &breaking::MEMBER_NOW_REQUIRED,
    added: &breaking::MEMBER_ADDED,
    added_required: &breaking::MEMBER_NOW_REQUIRED,
};

/// The services whose pages were compared, each once.
#[derive(Default)]
pub(super) struct Services<'a> {
    by_name: BTreeMap<String, (BoundService<'a>, BoundService<'a>)>,
}

/// A service of one side, with the model that it is bound to.
type BoundService<'a> = (&'a Service, &'a ServiceModel);

impl<'a> Services<'a> {
    /// Adds the services of two pages.
    pub(super) fn add(&mut self, old: &PageView<'a>, new: &PageView<'a>) {
        let bound = |view: &PageView<'a>| view.service.zip(view.model);
        if let Some(pair) = bound(old).zip(bound(new)) {
            self.by_name.entry(old.service_name()).or_insert(pair);
        }
    }

    /// The changes of each service, with its name.
    pub(super) fn compare(self) -> impl Iterator<Item = (String, Vec<Change>)> {
        self.by_name.into_iter().map(|(name, (old, new))| {
            let changes =
                ServicePair { name: &name, old, new, usage: Usage::new(old.0, new.0) }.changes();
            (name, changes)
        })
    }
}

/// The named shapes that inputs and outputs lead to, on either side.
#[derive(Default)]
struct Usage {
    inputs: BTreeSet<String>,
    outputs: BTreeSet<String>,
}

impl Usage {
    fn new(old: &Service, new: &Service) -> Self {
        let mut usage = Self::default();
        for service in [old, new] {
            for resource in &service.resources {
                let rows = resource.row.iter().flat_map(|row| &row.members);
                collect(service, rows, &mut usage.outputs);
                for method in &resource.methods {
                    collect(service, &method.input, &mut usage.inputs);
                    collect(service, method.own_output().unwrap_or_default(), &mut usage.outputs);
                }
            }
        }
        usage
    }
}

/// Adds the named shapes that the types of `members` lead to.
fn collect<'a>(
    service: &'a Service,
    members: impl IntoIterator<Item = &'a Member>,
    found: &mut BTreeSet<String>,
) {
    let mut waiting: Vec<&Target> = members.into_iter().map(|member| &member.target).collect();
    while let Some(ty) = waiting.pop() {
        match ty {
            Target::List { element: inner, .. } | Target::Map { value: inner, .. } => {
                waiting.push(inner);
            }
            Target::Enum(name) | Target::Structure(name) if found.insert(name.clone()) => {
                if let Some(members) = service.structure(name) {
                    waiting.extend(members.iter().map(|member| &member.target));
                }
            }
            _ => {}
        }
    }
}

/// A service on both sides.
struct ServicePair<'p, 'a> {
    name: &'p str,
    old: BoundService<'a>,
    new: BoundService<'a>,
    usage: Usage,
}

impl ServicePair<'_, '_> {
    fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        self.metadata(&mut changes);
        for (shape, old) in &self.old.0.schemas {
            match (old, self.new.0.schemas.get(shape)) {
                (Schema::Structure(old), Some(Schema::Structure(new)))
                | (Schema::Union(old), Some(Schema::Union(new))) => {
                    self.structure(shape, old, new, &mut changes);
                }
                (Schema::Structure(_), Some(Schema::Union(_))) => {
                    changes.push(self.replaced(shape, "the structure {} is now a union"));
                }
                (Schema::Union(_), Some(Schema::Structure(_))) => {
                    changes.push(self.replaced(shape, "the union {} is now a structure"));
                }
                (Schema::Enum(old), Some(Schema::Enum(new))) => {
                    let report = |kind: &'static ChangeKind, value: &str| {
                        let change = Change::new(kind, self.subject(shape, value), &[shape, value]);
                        self.place(change, shape, value)
                    };
                    let removed = only_in(old, new);
                    changes
                        .extend(removed.map(|value| report(&breaking::ENUM_VALUE_REMOVED, value)));
                    let added = only_in(new, old);
                    changes.extend(added.map(|value| report(&breaking::ENUM_VALUE_ADDED, value)));
                }
                // A removed or replaced shape is reported as a change of every member of that type.
                _ => {}
            }
        }
        changes
    }

    fn subject(&self, shape: &str, name: &str) -> Subject {
        Subject::whole(self.name).member(shape, name)
    }

    fn place(&self, change: Change, shape: &str, name: &str) -> Change {
        let (old, new) =
            (member_span(self.old.1, shape, name), member_span(self.new.1, shape, name));
        change.from(&old).to(&new)
    }

    /// A structure has the same encoding as a union with the same members, and another Rust type.
    fn replaced(&self, shape: &str, pattern: &str) -> Change {
        let change = Change::new(&breaking::MEMBER_RETYPED, self.subject(shape, ""), &[]);
        self.place(change.say(pattern, &[shape]).wire(Class::Safe), shape, "")
    }

    fn structure(&self, shape: &str, old: &[Member], new: &[Member], changes: &mut Vec<Change>) {
        let required = |member: &Member| member.required;
        let found = member_changes((old, self.old.0), (new, self.new.0), (required, required));
        changes.extend(found.into_iter().map(|(name, found)| {
            let change = found.report(&MEMBER_KINDS, self.subject(shape, name), shape, name);
            let change = self.place(change, shape, name);
            // A member that can now be missing breaks only receivers, a required one only senders.
            let broken = match found {
                MemberChange::NowOptional => &self.usage.outputs,
                MemberChange::NowRequired | MemberChange::AddedRequired => &self.usage.inputs,
                _ => return change,
            };
            change.wire(if broken.contains(shape) { Class::Breaking } else { Class::Safe })
        }));
        let required = |members: &[Member], others: &[Member]| -> Vec<String> {
            let others = by_name(others);
            let both = |member: &&Member| {
                let other = others.get(member.name.as_str());
                member.required && other.is_some_and(|other| other.required)
            };
            members.iter().filter(both).map(|member| member.name.clone()).collect()
        };
        if required(old, new) != required(new, old) {
            let kind = &breaking::CONSTRUCTOR_CHANGED;
            let change = Change::new(kind, self.subject(shape, ""), &[shape]);
            changes.push(self.place(change, shape, ""));
        }
    }

    fn metadata(&self, changes: &mut Vec<Change>) {
        let facts = |(_, model): BoundService<'_>| {
            let Metadata {
                api_version,
                endpoint_prefix,
                global_endpoint,
                protocol,
                signature_version,
                xml_namespace,
                ..
            } = &model.metadata;
            let optional = |value: &Option<String>| value.clone().unwrap_or_default();
            [
                ("apiVersion", api_version.clone()),
                ("endpointPrefix", endpoint_prefix.clone()),
                ("globalEndpoint", optional(global_endpoint)),
                ("protocol", protocol.clone()),
                ("signatureVersion", optional(signature_version)),
                ("signingName", model.metadata.signing_name().to_owned()),
                ("xmlNamespace", optional(xml_namespace)),
            ]
        };
        for ((fact, old), (_, new)) in facts(self.old).into_iter().zip(facts(self.new)) {
            if old != new {
                let subject = Subject::whole(self.name);
                let change = Change::new(&breaking::SERVICE_CHANGED, subject, &[fact, &old, &new]);
                let span = |model: &ServiceModel| model.span(&["metadata", fact]);
                changes.push(change.from(&span(self.old.1)).to(&span(self.new.1)));
            }
        }
    }
}
