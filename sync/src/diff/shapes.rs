//! Structures, enums and metadata that the operations of a service share, as the models of both sides describe them.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;

use super::breaking::{self, ChangeKind, Class};
use super::change::{Change, Subject};
use super::matching::Matches;
use super::members::{MemberKinds, Members, member_span};
use super::view::PageView;
use pagesmith_model::model::{Metadata, ServiceModel};
use pagesmith_model::schema::{Member, Resource, Schema, Service};

static MEMBER_KINDS: MemberKinds = [
    &breaking::MEMBER_REMOVED,
    &breaking::MEMBER_RETYPED,
    &breaking::MEMBER_NOW_OPTIONAL,
    &breaking::MEMBER_NOW_REQUIRED,
    &breaking::MEMBER_ADDED,
    &breaking::MEMBER_NOW_REQUIRED,
];

/// A fact of the metadata.
type Fact = fn(&Metadata) -> Option<&str>;

/// The facts that requests depend on, by their keys in the model.
static FACTS: [(&str, Fact); 9] = [
    ("apiVersion", |metadata| Some(&metadata.api_version)),
    ("endpointPrefix", |metadata| Some(&metadata.endpoint_prefix)),
    ("globalEndpoint", |metadata| metadata.global_endpoint.as_deref()),
    ("jsonVersion", |metadata| metadata.json_version.as_deref()),
    ("protocol", |metadata| Some(&metadata.protocol)),
    ("signatureVersion", |metadata| metadata.signature_version.as_deref()),
    ("signingName", |metadata| Some(metadata.signing_name())),
    ("targetPrefix", |metadata| metadata.target_prefix.as_deref()),
    ("xmlNamespace", |metadata| metadata.xml_namespace.as_deref()),
];

/// The services whose pages were compared, each once.
#[derive(Default)]
pub(super) struct Services<'a>(BTreeMap<String, [BoundService<'a>; 2]>);

/// A service of one side, with the model that it is bound to.
type BoundService<'a> = (&'a Service, &'a ServiceModel);

impl<'a> Services<'a> {
    /// Adds the services of two pages.
    pub(super) fn add(&mut self, old: &PageView<'a>, new: &PageView<'a>) {
        let bound = |view: &PageView<'a>| view.service.zip(view.model);
        if let Some((from, to)) = bound(old).zip(bound(new)) {
            self.0.entry(old.service_name()).or_insert([from, to]);
        }
    }

    /// The changes of all services.
    pub(super) fn compare(self) -> impl Iterator<Item = Change> {
        self.0.into_iter().flat_map(|(name, [old, new])| {
            let (subject, usage) = (Subject::whole(&name), Usage::new([old.0, new.0]));
            ServicePair { subject, old, new, usage }.changes()
        })
    }
}

/// A service on both sides.
struct ServicePair<'a> {
    subject: Subject,
    old: BoundService<'a>,
    new: BoundService<'a>,
    usage: Usage<'a>,
}

impl<'a> ServicePair<'a> {
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
                    let (olds, news): (IndexSet<_>, IndexSet<_>) =
                        (old.iter().collect(), new.iter().collect());
                    let change =
                        |kind, value: &str| self.change(kind, shape, value, &[shape, value]);
                    let removed = olds.difference(&news);
                    changes
                        .extend(removed.map(|value| change(&breaking::ENUM_VALUE_REMOVED, value)));
                    let added = news.difference(&olds);
                    changes.extend(added.map(|value| change(&breaking::ENUM_VALUE_ADDED, value)));
                }
                // A removed or replaced shape is reported as a change of every member of that type.
                _ => {}
            }
        }
        changes
    }

    /// A change of a member of `shape`, or of the shape as a whole.
    fn change(
        &self,
        kind: &'static ChangeKind,
        shape: &str,
        member: &str,
        names: &[&str],
    ) -> Change {
        let subject = self.subject.shape(shape).member(member);
        self.place(subject.change(kind, names), shape, member)
    }

    fn place(&self, change: Change, shape: &str, name: &str) -> Change {
        let place = |(_, model): BoundService<'_>| member_span(model, shape, name);
        change.at(&place(self.old), &place(self.new))
    }

    /// A structure has the same encoding as a union with the same members, and another Rust type.
    fn replaced(&self, shape: &str, pattern: &str) -> Change {
        let subject = self.subject.shape(shape).member("");
        let change = subject.change_as(&breaking::MEMBER_RETYPED, pattern, &[shape]);
        self.place(change.wire(Class::Safe), shape, "")
    }

    fn structure(
        &self,
        shape: &str,
        old: &'a [Member],
        new: &'a [Member],
        changes: &mut Vec<Change>,
    ) {
        let subject = self.subject.shape(shape);
        let (olds, news) = (Members::new(self.old.0, old), Members::new(self.new.0, new));
        let found = olds.compare(&news, shape, &MEMBER_KINDS, |name| subject.member(name));
        changes.extend(found.into_iter().map(|(name, change)| {
            let change = self.place(change, shape, name);
            // A member that can now be missing breaks only receivers, a required one only senders.
            let broken = match change.kind {
                kind if *kind == breaking::MEMBER_NOW_OPTIONAL => &self.usage.outputs,
                kind if *kind == breaking::MEMBER_NOW_REQUIRED => &self.usage.inputs,
                _ => return change,
            };
            change.wire(if broken.contains(shape) { Class::Breaking } else { Class::Safe })
        }));
        let [olds, news] = [old, new].map(|members| members.iter().filter(|one| one.required));
        if Matches::keyed(olds, news, |member| member.name.as_str()).is_reordered() {
            changes.push(self.change(&breaking::CONSTRUCTOR_CHANGED, shape, "", &[shape]));
        }
    }

    fn metadata(&self, changes: &mut Vec<Change>) {
        for (fact, of) in FACTS {
            let [old, new] =
                [self.old, self.new].map(|(_, model)| of(&model.metadata).unwrap_or_default());
            if old != new {
                let names = [fact, old, new];
                let change = self.subject.change(&breaking::SERVICE_CHANGED, &names);
                let place = |(_, model): BoundService<'_>| model.span(&["metadata", fact]);
                changes.push(change.at(&place(self.old), &place(self.new)));
            }
        }
    }
}

/// The named shapes that inputs and outputs lead to, on either side.
#[derive(Default)]
struct Usage<'a> {
    inputs: BTreeSet<&'a str>,
    outputs: BTreeSet<&'a str>,
}

impl<'a> Usage<'a> {
    fn new(services: [&'a Service; 2]) -> Self {
        let mut usage = Self::default();
        for service in services {
            let methods = || service.resources.iter().flat_map(|resource| &resource.methods);
            let rows = service.resources.iter().flat_map(Resource::row_members);
            let outputs = methods().flat_map(|method| method.own_output().unwrap_or_default());
            usage.inputs.extend(reached(service, methods().flat_map(|method| &method.input)));
            usage.outputs.extend(reached(service, rows.chain(outputs)));
        }
        usage
    }
}

/// The named shapes that the types of `members` lead to.
fn reached<'a>(
    service: &'a Service,
    members: impl Iterator<Item = &'a Member>,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&Member> = members.collect();
    while let Some(member) = waiting.pop() {
        if let Some(name) = member.target.schema()
            && found.insert(name)
        {
            waiting.extend(service.structure(name).unwrap_or_default());
        }
    }
    found
}
