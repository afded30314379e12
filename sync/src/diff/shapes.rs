//! Structures, enums and facts that a whole service shares, where the models of both sides tell.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::change::{Change, Class, Part, Sentence, Subject};
use super::kinds::{self, Kind};
use super::members::place;
use super::service_of;
use super::view::View;
use super::wire_compat::difference;
use pagesmith_model::model::{Metadata, ServiceModel};
use pagesmith_model::schema::{Member, Schema, Service, Target};

/// The services of which pages were compared, each once.
#[derive(Default)]
pub(super) struct Services<'a> {
    by_name: BTreeMap<String, Side2<'a>>,
}

/// A service on both sides, with its models.
type Side2<'a> = ((&'a Service, &'a ServiceModel), (&'a Service, &'a ServiceModel));

impl<'a> Services<'a> {
    /// Notes the services of two pages that were compared.
    pub(super) fn note(&mut self, old: &View<'a>, new: &View<'a>) {
        let snapshot = |view: &View<'a>| view.service.zip(view.model);
        if let Some(sides) = snapshot(old).zip(snapshot(new)) {
            self.by_name.entry(service_of(&old.page.overview.id)).or_insert(sides);
        }
    }

    /// What became of what each service shares.
    pub(super) fn compare(self) -> impl Iterator<Item = (String, Vec<Change>)> {
        self.by_name.into_iter().map(|(name, (old, new))| {
            let changes = Compared { name: &name, old, new, sent: sent(old.0, new.0) }.changes();
            (name, changes)
        })
    }
}

struct Compared<'p, 'a> {
    name: &'p str,
    old: (&'a Service, &'a ServiceModel),
    new: (&'a Service, &'a ServiceModel),
    /// The shapes that are sent, and those that are received.
    sent: (BTreeSet<String>, BTreeSet<String>),
}

/// The named shapes, on either side, that inputs lead to and that outputs and rows lead to.
fn sent(old: &Service, new: &Service) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut inputs, mut outputs) = (BTreeSet::new(), BTreeSet::new());
    for service in [old, new] {
        for resource in &service.resources {
            let rows = resource.row.iter().flat_map(|row| &row.members);
            for member in rows {
                reach(service, &member.target, &mut outputs);
            }
            for method in &resource.methods {
                for member in &method.input {
                    reach(service, &member.target, &mut inputs);
                }
                for member in method.own_output().unwrap_or_default() {
                    reach(service, &member.target, &mut outputs);
                }
            }
        }
    }
    (inputs, outputs)
}

/// Adds the named shapes that `ty` leads to.
fn reach(service: &Service, ty: &Target, found: &mut BTreeSet<String>) {
    let mut waiting = vec![ty];
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

impl Compared<'_, '_> {
    fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        self.metadata(&mut changes);
        for (shape, old) in &self.old.0.schemas {
            match (old, self.new.0.schemas.get(shape)) {
                (Schema::Structure(old), Some(Schema::Structure(new)))
                | (Schema::Union(old), Some(Schema::Union(new))) => {
                    self.structure(shape, old, new, &mut changes);
                }
                (Schema::Enum(old), Some(Schema::Enum(new))) => {
                    self.values(shape, old, new, &mut changes);
                }
                // One that is gone, or is something else, is a change of each member that holds it.
                _ => {}
            }
        }
        changes
    }

    fn change(&self, kind: &'static Kind, pattern: &str, shape: &str, name: &str) -> Change {
        let part = Part::Member { shape: shape.to_owned(), name: name.to_owned() };
        let subject = Subject { of: self.name.to_owned(), part };
        let change = kind.change(subject, Sentence::new(pattern, &[shape, name]));
        let at = |(_, model): (&Service, &ServiceModel)| place(model, Some(shape), name);
        change.from(&at(self.old)).to(&at(self.new))
    }

    /// The class of what hurts only where the shape is sent, or only where it is received.
    fn where_it_goes(&self, shape: &str, hurts_senders: bool) -> Class {
        let (sent, received) = &self.sent;
        let hurts = if hurts_senders { sent } else { received };
        if hurts.contains(shape) { Class::Breaking } else { Class::Safe }
    }

    fn structure(&self, shape: &str, old: &[Member], new: &[Member], changes: &mut Vec<Change>) {
        let by_name = |members: &'_ [Member]| -> HashMap<String, Member> {
            members.iter().map(|member| (member.name.clone(), member.clone())).collect()
        };
        let (olds, news) = (by_name(old), by_name(new));
        for old in old {
            let Some(new) = news.get(&old.name) else {
                changes.push(self.change(
                    &kinds::MEMBER_REMOVED,
                    "{} has no {} any more",
                    shape,
                    &old.name,
                ));
                continue;
            };
            if let Some(found) = difference((old, self.old.0), (new, self.new.0)) {
                let (was, is) = &found.words;
                let mut change = self.change(&kinds::MEMBER_RETYPED, "", shape, &old.name);
                change.sentence =
                    Sentence::new("{} of {} is now {}, no longer {}", &[&old.name, shape, is, was]);
                changes.push(change.rust(found.rust).wire(found.wire));
            }
            if old.required && !new.required {
                let pattern = "{} need not have {} any more";
                let change = self.change(&kinds::MEMBER_NOW_OPTIONAL, pattern, shape, &old.name);
                changes.push(change.wire(self.where_it_goes(shape, false)));
            } else if !old.required && new.required {
                let pattern = "{} must have {} now";
                let change = self.change(&kinds::MEMBER_NOW_REQUIRED, pattern, shape, &old.name);
                changes.push(change.wire(self.where_it_goes(shape, true)));
            }
        }
        for new in new.iter().filter(|member| !olds.contains_key(&member.name)) {
            changes.push(if new.required {
                let pattern = "{} must have {}, which is new";
                let change = self.change(&kinds::MEMBER_NOW_REQUIRED, pattern, shape, &new.name);
                change.wire(self.where_it_goes(shape, true))
            } else {
                self.change(&kinds::MEMBER_ADDED, "{} can have {}, which is new", shape, &new.name)
            });
        }
        let required = |members: &[Member], others: &HashMap<String, Member>| -> Vec<String> {
            let both = |member: &&Member| {
                member.required && others.get(&member.name).is_some_and(|other| other.required)
            };
            members.iter().filter(both).map(|member| member.name.clone()).collect()
        };
        if required(old, &news) != required(new, &olds) {
            let pattern = "the required members of {} stand in another order";
            changes.push(self.change(&kinds::CONSTRUCTOR_CHANGED, pattern, shape, ""));
        }
    }

    fn values(&self, shape: &str, old: &[String], new: &[String], changes: &mut Vec<Change>) {
        let set = |values: &'_ [String]| -> BTreeSet<String> { values.iter().cloned().collect() };
        let (olds, news) = (set(old), set(new));
        for value in old.iter().filter(|value| !news.contains(*value)) {
            let pattern = "{} does not name {} any more";
            changes.push(self.change(&kinds::ENUM_VALUE_REMOVED, pattern, shape, value));
        }
        for value in new.iter().filter(|value| !olds.contains(*value)) {
            let pattern = "{} names {}, which is new";
            changes.push(self.change(&kinds::ENUM_VALUE_ADDED, pattern, shape, value));
        }
    }

    fn metadata(&self, changes: &mut Vec<Change>) {
        let facts = |metadata: &Metadata| {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            [
                ("apiVersion", metadata.api_version.clone()),
                ("endpointPrefix", metadata.endpoint_prefix.clone()),
                ("globalEndpoint", text(&metadata.global_endpoint)),
                ("protocol", metadata.protocol.clone()),
                ("signatureVersion", text(&metadata.signature_version)),
                ("signingName", metadata.signing_name.clone()),
                ("xmlNamespace", text(&metadata.xml_namespace)),
            ]
        };
        let (olds, news) = (facts(&self.old.1.metadata), facts(&self.new.1.metadata));
        for ((fact, old), (_, new)) in
            olds.into_iter().zip(news).filter(|((_, old), (_, new))| old != new)
        {
            let sentence =
                Sentence::new("the service's {} is now {}, no longer {}", &[fact, &new, &old]);
            let subject = Subject { of: self.name.to_owned(), part: Part::Service };
            let change = kinds::SERVICE_CHANGED.change(subject, sentence);
            let at = |(_, model): (&Service, &ServiceModel)| model.span(&["metadata", fact]);
            changes.push(change.from(&at(self.old)).to(&at(self.new)));
        }
    }
}
