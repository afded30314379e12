//! The members of inputs, outputs and structures, compared by name.

use std::collections::HashMap;

use super::breaking::ChangeKind;
use super::change::{Change, Subject};
use super::wire_compat::{Difference, difference};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::schema::{Member, Service};
use pagesmith_model::source::Span;

/// What happened to a member.
pub(super) enum MemberChange {
    Removed,
    Retyped(Difference),
    NowOptional,
    NowRequired,
    Added,
    /// It is new and required.
    AddedRequired,
}

/// The kinds of change of the members of an input, an output or a structure.
pub(super) struct MemberKinds {
    pub(super) removed: &'static ChangeKind,
    pub(super) retyped: &'static ChangeKind,
    pub(super) now_optional: &'static ChangeKind,
    pub(super) now_required: &'static ChangeKind,
    pub(super) added: &'static ChangeKind,
    pub(super) added_required: &'static ChangeKind,
}

impl MemberChange {
    /// The change of the member `name` of `container`, an operation or a structure.
    pub(super) fn report(
        &self,
        kinds: &MemberKinds,
        subject: Subject,
        container: &str,
        name: &str,
    ) -> Change {
        let kind = match self {
            Self::Retyped(Difference { rust, wire, from, to }) => {
                let names = [container, name, from, to];
                return Change::new(kinds.retyped, subject, &names).rust(*rust).wire(*wire);
            }
            Self::Removed => kinds.removed,
            Self::NowOptional => kinds.now_optional,
            Self::NowRequired => kinds.now_required,
            Self::Added => kinds.added,
            Self::AddedRequired => kinds.added_required,
        };
        Change::new(kind, subject, &[container, name])
    }
}

/// What happened to the members of `old` and `new`, by name. `is_required` tells whether a member is required on the
/// old or the new side.
pub(super) fn member_changes<'a>(
    (old, old_service): (&'a [Member], &Service),
    (new, new_service): (&'a [Member], &Service),
    (was_required, is_required): (impl Fn(&Member) -> bool, impl Fn(&Member) -> bool),
) -> Vec<(&'a str, MemberChange)> {
    let (olds, news) = (by_name(old), by_name(new));
    let mut changes: Vec<(&str, MemberChange)> = Vec::new();
    for old in old {
        let mut add = |change| changes.push((&old.name, change));
        let Some(new) = news.get(old.name.as_str()) else {
            add(MemberChange::Removed);
            continue;
        };
        if let Some(found) = difference((old, old_service), (new, new_service)) {
            add(MemberChange::Retyped(found));
        }
        match (was_required(old), is_required(new)) {
            (true, false) => add(MemberChange::NowOptional),
            (false, true) => add(MemberChange::NowRequired),
            _ => {}
        }
    }
    let added = new.iter().filter(|member| !olds.contains_key(member.name.as_str()));
    changes.extend(added.map(|new| {
        let is_required = is_required(new);
        let change = if is_required { MemberChange::AddedRequired } else { MemberChange::Added };
        (new.name.as_str(), change)
    }));
    changes
}

pub(super) fn by_name(members: &[Member]) -> HashMap<&str, &Member> {
    members.iter().map(|member| (member.name.as_str(), member)).collect()
}

/// The place of a member of a structure in its model.
pub(super) fn member_span(model: &ServiceModel, structure: &str, member: &str) -> Span {
    model.span(&["shapes", structure, "members", member])
}
