//! The inputs, outputs, listings and errors of operations, as the service models of both sides describe them.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::breaking::{self, Class};
use super::change::{Change, Subject};
use super::members::{MemberKinds, Members, member_span};
use super::pair::PagePair;
use super::view::{MethodView, PageView};
use pagesmith_model::model::{AuthScheme, Message, Operation, ServiceModel};
use pagesmith_model::schema::{Method, OutputShape, Service};
use pagesmith_model::source::Span;

static INPUT_KINDS: MemberKinds = [
    &breaking::INPUT_REMOVED,
    &breaking::INPUT_RETYPED,
    &breaking::INPUT_RELAXED,
    &breaking::INPUT_NEWLY_REQUIRED,
    &breaking::INPUT_ADDED,
    &breaking::INPUT_NEWLY_REQUIRED,
];

static OUTPUT_KINDS: MemberKinds = [
    &breaking::OUTPUT_REMOVED,
    &breaking::OUTPUT_RETYPED,
    &breaking::OUTPUT_NOW_OPTIONAL,
    &breaking::OUTPUT_NOW_REQUIRED,
    &breaking::OUTPUT_ADDED,
    &breaking::OUTPUT_ADDED,
];

/// Compares the operations of the methods that both pages have. What `changes` already says about a param is not
/// reported again.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    let reported: HashSet<Subject> = changes.iter().map(|change| change.subject.clone()).collect();
    for (old, new) in pair.methods.pairs() {
        let sides = Side::new(pair.old, old).zip(Side::new(pair.new, new));
        let Some((from, to)) = sides else { continue };
        if from.method.operation != to.method.operation {
            continue;
        }
        let operations = OperationPair { subject: pair.method(old), old: from, new: to };
        changes.extend(operations.request());
        changes.extend(operations.inputs().filter(|change| !reported.contains(&change.subject)));
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

    fn input(&self) -> Members<'a> {
        let input = self.model.input_of(self.operation);
        let required = input.map_or(&[][..], |input| &input.required);
        Members::of_input(self.service, &self.method.input, required)
    }

    /// The place of a member of the input or the output.
    fn span(&self, structure: Option<&Message>, member: &str) -> Span {
        match structure {
            Some(structure) => member_span(self.model, &structure.shape, member),
            None => self.model.span(&["operations", &self.operation.name]),
        }
    }
}

/// A method whose operation is the same on both sides.
struct OperationPair<'a> {
    subject: Subject,
    old: Side<'a>,
    new: Side<'a>,
}

impl<'a> OperationPair<'a> {
    fn operation(&self) -> &str {
        &self.new.method.operation
    }

    /// Sets the places of a change of the member `name` of the output, or of the output as a whole.
    fn in_output(&self, change: Change, name: &str) -> Change {
        let place = |side: &Side<'_>| side.span(side.operation.output.as_ref(), name);
        change.at(&place(&self.old), &place(&self.new))
    }

    fn retyped(&self, pattern: &str, names: &[&str]) -> Change {
        self.in_output(self.subject.change_as(&breaking::OUTPUT_RETYPED, pattern, names), "")
    }

    /// The change of what a request has beside its params.
    fn request(&self) -> Option<Change> {
        let [from, to] = [&self.old, &self.new].map(|side| request_in_words(side.method));
        let change = || {
            let names = [self.operation(), &from, &to];
            self.in_output(self.subject.change(&breaking::REQUEST_CHANGED, &names), "")
        };
        (from != to).then(change)
    }

    fn inputs(&self) -> impl Iterator<Item = Change> {
        let subject = |name: &str| self.subject.param(name);
        let (old, new) = (self.old.input(), self.new.input());
        let found = old.compare(&new, self.operation(), &INPUT_KINDS, subject);
        found.into_iter().map(|(name, change)| {
            let place = |side: &Side<'_>| side.span(side.operation.input.as_ref(), name);
            change.at(&place(&self.old), &place(&self.new))
        })
    }

    fn outputs(&self, changes: &mut Vec<Change>) {
        let (old, new) = (self.old.method.output.as_ref(), self.new.method.output.as_ref());
        if let Some((old, new)) = old.zip(new)
            && std::mem::discriminant(&old.shape) == std::mem::discriminant(&new.shape)
            && old.wrapper != new.wrapper
        {
            let pattern =
                "the XML element around the output of the operation {} changed from {} to {}";
            let names = [self.operation(), &old.wrapper, &new.wrapper];
            changes.push(self.retyped(pattern, &names).rust(Class::Safe));
        }
        match (old.map(|output| &output.shape), new.map(|output| &output.shape)) {
            // The fields of a row are compared as fields.
            (None, None) | (Some(OutputShape::Row), Some(OutputShape::Row)) => {}
            (Some(OutputShape::Members(old)), Some(OutputShape::Members(new))) => {
                let old = Members::new(self.old.service, old);
                let new = Members::new(self.new.service, new);
                let subject = |name: &str| self.subject.member(name);
                let found = old.compare(&new, self.operation(), &OUTPUT_KINDS, subject);
                changes
                    .extend(found.into_iter().map(|(name, change)| self.in_output(change, name)));
            }
            (old, new) => {
                let describe = |shape: Option<&OutputShape>| match shape {
                    None => "nothing",
                    Some(OutputShape::Row) => "a row",
                    Some(OutputShape::Members(_)) => "a structure",
                };
                let (now, before) = (describe(new), describe(old));
                let pattern = format!("the operation {{}} now returns {now} instead of {before}");
                let wire = if new.is_none() { Class::Breaking } else { Class::Safe };
                changes.push(self.retyped(&pattern, &[self.operation()]).wire(wire));
            }
        }
    }

    fn listing(&self) -> Option<Change> {
        let parts = |side: &Side<'_>| {
            let listing = side.method.listing.as_ref();
            let has_rows = listing.is_some_and(|found| found.rows.is_some());
            [has_rows, listing.is_some_and(|found| found.continuation.is_some())]
        };
        let pairs: Vec<_> = parts(&self.old).into_iter().zip(parts(&self.new)).collect();
        let kind = if pairs.contains(&(true, false)) {
            &breaking::LISTING_REMOVED
        } else if pairs.contains(&(false, true)) {
            &breaking::LISTING_ADDED
        } else {
            return None;
        };
        Some(self.in_output(self.subject.change(kind, &[self.operation()]), ""))
    }

    fn errors(&self, changes: &mut Vec<Change>) {
        let report = |kind, code: &str| {
            let names = [self.operation(), code];
            self.in_output(self.subject.member(code).change(kind, &names), code)
        };
        let codes =
            |side: &Side<'a>| -> IndexSet<&'a String> { side.method.error_codes.iter().collect() };
        let (olds, news) = (codes(&self.old), codes(&self.new));
        changes.extend(olds.difference(&news).map(|code| {
            let change = report(&breaking::ERROR_REMOVED, code);
            // The enum of codes is shared by the service: a code is removed when no operation declares it.
            let is_gone = self.new.service.error_codes.binary_search(code).is_err();
            if is_gone { change.rust(Class::Breaking) } else { change }
        }));
        changes.extend(news.difference(&olds).map(|code| report(&breaking::ERROR_ADDED, code)));
    }
}

/// `GET /users/{UserName}, without a signature`
fn request_in_words(method: &Method) -> String {
    let http = &method.http;
    let mut words = vec![format!("{} {}", http.method, http.uri)];
    words.extend(http.root.as_ref().map(|root| format!("in the element {root}")));
    words.extend(http.namespace.as_ref().map(|it| format!("in the namespace {}", it.uri)));
    words.extend(method.host_prefix.as_ref().map(|prefix| format!("to the host {prefix}*")));
    words.extend(method.auth.map(|scheme| match scheme {
        AuthScheme::NoAuth => "without a signature".to_owned(),
        AuthScheme::Bearer => "with a bearer token".to_owned(),
        AuthScheme::SigV4 | AuthScheme::S3 => "with a signature".to_owned(),
    }));
    words.extend(method.unsigned_payload.then(|| "without a signature of the body".to_owned()));
    let has_checksum = method.checksum.as_ref().is_some_and(|it| it.request_checksum_required);
    words.extend(has_checksum.then(|| "with a checksum".to_owned()));
    words.join(", ")
}
