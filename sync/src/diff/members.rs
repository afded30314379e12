//! The members of inputs, outputs and structures, compared by name.

use std::collections::{HashMap, HashSet};

use super::breaking::ChangeKind;
use super::change::{Change, Subject};
use super::wire_compat::difference;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::schema::{Member, Service};
use pagesmith_model::source::Span;

/// The kinds of change of the members of an input, an output or a structure: removed, retyped, now optional, now
/// required, added as optional, added as required.
pub(super) type MemberKinds = [&'static ChangeKind; 6];

/// The members of a structure on one side, each with whether it is required.
pub(super) struct Members<'a> {
    service: &'a Service,
    members: Vec<(&'a Member, bool)>,
}

impl<'a> Members<'a> {
    pub(super) fn new(service: &'a Service, members: &'a [Member]) -> Self {
        Self { service, members: members.iter().map(|member| (member, member.required)).collect() }
    }

    /// An input, of which the model requires the members `required`.
    pub(super) fn of_input(
        service: &'a Service,
        members: &'a [Member],
        required: &[String],
    ) -> Self {
        let required: HashSet<&String> = required.iter().collect();
        let members = members.iter().map(|member| (member, required.contains(&member.name)));
        Self { service, members: members.collect() }
    }

    fn by_name(&self) -> HashMap<&'a str, (&'a Member, bool)> {
        self.members.iter().map(|found| (found.0.name.as_str(), *found)).collect()
    }

    /// The changes of the members of `container`, an operation or a structure, each with the member's name. `of` is the
    /// member as a subject.
    pub(super) fn compare(
        &self,
        new: &Members<'a>,
        container: &str,
        kinds: &MemberKinds,
        of: impl Fn(&str) -> Subject,
    ) -> Vec<(&'a str, Change)> {
        let [removed, retyped, now_optional, now_required, added, added_required] = *kinds;
        let change = |kind, member: &'a Member| {
            let name = member.name.as_str();
            (name, of(name).change(kind, &[container, name]))
        };
        let (olds, news) = (self.by_name(), new.by_name());
        let mut changes = Vec::new();
        for (old, was_required) in &self.members {
            let Some((member, is_required)) = news.get(old.name.as_str()) else {
                changes.push(change(removed, old));
                continue;
            };
            if let Some(found) = difference((old, self.service), (member, new.service)) {
                let names = [container, &old.name, &found.from, &found.to];
                let change = of(&old.name).change(retyped, &names);
                changes.push((&old.name, change.rust(found.rust).wire(found.wire)));
            }
            match (was_required, is_required) {
                (true, false) => changes.push(change(now_optional, old)),
                (false, true) => changes.push(change(now_required, old)),
                _ => {}
            }
        }
        let only_new =
            new.members.iter().filter(|(member, _)| !olds.contains_key(member.name.as_str()));
        changes.extend(only_new.map(|(member, is_required)| {
            change(if *is_required { added_required } else { added }, member)
        }));
        changes
    }
}

/// The place of a member of a structure in its model.
pub(super) fn member_span(model: &ServiceModel, structure: &str, member: &str) -> Span {
    model.span(&["shapes", structure, "members", member])
}
