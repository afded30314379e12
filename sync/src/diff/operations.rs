//! The inputs, outputs, listings and errors of operations, as the service models of both sides describe them.

use std::collections::HashSet;

use super::breaking::{self, ChangeKind, Class};
use super::change::{Change, Part, Subject};
use super::members::{MemberKinds, member_changes, member_span};
use super::pair::PagePair;
use super::view::{MethodView, PageView};
use pagesmith_model::model::{Operation, ServiceModel};
use pagesmith_model::schema::{Listing, Member, Method, OutputShape, Service};
use pagesmith_model::source::Span;

static INPUT_KINDS: MemberKinds = MemberKinds {
    removed: &breaking::INPUT_REMOVED,
    retyped: &breaking::INPUT_RETYPED,
    now_optional: &breaking::INPUT_RELAXED,
    now_required: &breaking::INPUT_NEWLY_REQUIRED,
    added: &breaking::INPUT_ADDED,
    added_required: &breaking::INPUT_NEWLY_REQUIRED,
};

static OUTPUT_KINDS: MemberKinds = MemberKinds {
    removed: &breaking::OUTPUT_REMOVED,
    retyped: &breaking::OUTPUT_RETYPED,
    now_optional: &breaking::OUTPUT_NOW_OPTIONAL,
    now_required: &breaking::OUTPUT_NOW_REQUIRED,
    added: &breaking::OUTPUT_ADDED,
    added_required: &breaking::OUTPUT_ADDED,
};

/// Compares the operations of the methods that both pages have. What `changes` already says about a param is not
/// reported again.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    let reported: HashSet<String> =
        changes.iter().map(|change| change.subject.to_string()).collect();
    for (old, new) in pair.methods.pairs() {
        let sides = Side::new(pair.old, old).zip(Side::new(pair.new, new));
        let Some((from, to)) = sides else { continue };
        if from.method.operation != to.method.operation {
            continue;
        }
        let operations =
            OperationPair { subject: pair.method(old), old: from, new: to, reported: &reported };
        operations.inputs(changes);
        operations.outputs(changes);
        if *old.method.access == operations.new.method.access {
            changes.extend(operations.listing());
        }
        operations.errors(changes);
    }
}

/// A method of one side that is bound to an operation.
struct Side<'a> {
    method: &'a Method,
    service: &'a Service,
    model: &'a ServiceModel,
    operation: &'a Operation,
}

impl<'a> Side<'a> {
    fn new(page: &PageView<'a>, view: &MethodView<'a>) -> Option<Self> {
        let (method, operation) = view.bound.zip(view.operation)?;
        Some(Self { method, service: page.service?, model: page.model?, operation })
    }

    fn requires(&self, name: &str) -> bool {
        let input = self.model.input_of(self.operation);
        input.is_some_and(|input| input.required.iter().any(|required| required == name))
    }

    /// The place of a member of the input or the output.
    fn span(&self, is_input: bool, member: &str) -> Span {
        let Operation { input, output, .. } = self.operation;
        let structure = if is_input { input } else { output };
        match structure {
            Some(structure) => member_span(self.model, &structure.shape, member),
            None => self.model.span(&["operations", &self.operation.name]),
        }
    }
}

/// A method whose operation is the same on both sides.
struct OperationPair<'p, 'a> {
    subject: Subject,
    old: Side<'a>,
    new: Side<'a>,
    /// The subjects that the comparison of the pages reported.
    reported: &'p HashSet<String>,
}

impl OperationPair<'_, '_> {
    fn operation(&self) -> &str {
        &self.new.method.operation
    }

    /// Sets the places of a change of `member`, or of the input or output as a whole.
    fn place(&self, change: Change, member: &str) -> Change {
        let is_input = matches!(change.subject.part, Part::Param { .. });
        let (old, new) = (self.old.span(is_input, member), self.new.span(is_input, member));
        change.from(&old).to(&new)
    }

    /// A change of the method as a whole.
    fn change(&self, kind: &'static ChangeKind) -> Change {
        self.place(Change::new(kind, self.subject.clone(), &[self.operation()]), "")
    }

    fn inputs(&self, changes: &mut Vec<Change>) {
        let (old, new) = (&self.old, &self.new);
        let members = member_changes(
            (&old.method.input, old.service),
            (&new.method.input, new.service),
            (
                |member: &Member| old.requires(&member.name),
                |member: &Member| new.requires(&member.name),
            ),
        );
        for (name, found) in members {
            let subject = self.subject.param(name);
            if !self.reported.contains(&subject.to_string()) {
                let change = found.report(&INPUT_KINDS, subject, self.operation(), name);
                changes.push(self.place(change, name));
            }
        }
    }

    fn outputs(&self, changes: &mut Vec<Change>) {
        let content =
            |side: &Side<'_>| side.method.output.as_ref().map(|output| output.shape.clone());
        match (content(&self.old), content(&self.new)) {
            (None, None) => {}
            // The fields of a row are compared as fields.
            (Some(OutputShape::Row), Some(OutputShape::Row)) => changes.extend(self.wrapper()),
            (Some(OutputShape::Members(old)), Some(OutputShape::Members(new))) => {
                changes.extend(self.wrapper());
                let required = |member: &Member| member.required;
                let (old, new) = ((&*old, self.old.service), (&*new, self.new.service));
                changes.extend(member_changes(old, new, (required, required)).into_iter().map(
                    |(name, found)| {
                        let subject = self.subject.output(name);
                        self.place(
                            found.report(&OUTPUT_KINDS, subject, self.operation(), name),
                            name,
                        )
                    },
                ));
            }
            (old, new) => {
                let describe = |content: &Option<OutputShape>| match content {
                    None => "nothing",
                    Some(OutputShape::Row) => "a row",
                    Some(OutputShape::Members(_)) => "members",
                };
                let pattern = format!(
                    "the operation {{}} now returns {} instead of {}",
                    describe(&new),
                    describe(&old)
                );
                let wire = if new.is_none() { Class::Breaking } else { Class::Safe };
                let change = self.change(&breaking::OUTPUT_RETYPED);
                changes.push(change.say(&pattern, &[self.operation()]).wire(wire));
            }
        }
    }

    /// Compares the XML elements around the outputs.
    fn wrapper(&self) -> Option<Change> {
        let (old, new) = (self.old.method.output.as_ref()?, self.new.method.output.as_ref()?);
        let pattern = "the XML element around the output of the operation {} changed from {} to {}";
        (old.wrapper != new.wrapper).then(|| {
            self.change(&breaking::OUTPUT_RETYPED)
                .say(pattern, &[self.operation(), &old.wrapper, &new.wrapper])
                .rust(Class::Safe)
        })
    }

    fn listing(&self) -> Option<Change> {
        let has = |side: &Side<'_>, part: fn(&Listing) -> bool| {
            side.method.listing.as_ref().is_some_and(part)
        };
        let parts = [
            |found: &Listing| found.rows.is_some(),
            |found: &Listing| found.continuation.is_some(),
        ];
        let pairs = parts.map(|part| (has(&self.old, part), has(&self.new, part)));
        if pairs.contains(&(true, false)) {
            Some(self.change(&breaking::LISTING_REMOVED))
        } else if pairs.contains(&(false, true)) {
            Some(self.change(&breaking::LISTING_ADDED))
        } else {
            None
        }
    }

    fn errors(&self, changes: &mut Vec<Change>) {
        let report = |kind, code: &str| {
            let change = Change::new(kind, self.subject.output(code), &[self.operation(), code]);
            self.place(change, code)
        };
        let (olds, news) = (&self.old.method.error_codes, &self.new.method.error_codes);
        for code in only_in(olds, news) {
            let change = report(&breaking::ERROR_REMOVED, code);
            // The enum of codes is shared by the service: a code is removed when no operation declares it.
            let is_gone = self.new.service.error_codes.binary_search(code).is_err();
            changes.push(if is_gone { change.rust(Class::Breaking) } else { change });
        }
        changes.extend(only_in(news, olds).map(|code| report(&breaking::ERROR_ADDED, code)));
    }
}

/// The names of `names` that `others` do not have.
pub(super) fn only_in<'a>(
    names: &'a [String],
    others: &[String],
) -> impl Iterator<Item = &'a String> {
    let others: HashSet<String> = others.iter().cloned().collect();
    names.iter().filter(move |name| !others.contains(*name))
}
