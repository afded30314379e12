//! What the operations behind methods take and give, where the models of both sides tell.

use std::collections::{HashMap, HashSet};

use super::change::{Change, Class, Sentence, Subject};
use super::kinds::{self, Kind};
use super::view::{Pair, View};
use super::wire_compat::{Difference, difference};
use pagesmith_model::model::{Operation, ServiceModel};
use pagesmith_model::schema::{Listing, Member, Method, OutputShape, Service};
use pagesmith_model::source::Span;

/// What became of what the operations take and give. What the pages told already is not told again.
pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let (Some((old, new)), Some(services)) = (pair.bound(), pair.old.service.zip(pair.new.service))
    else {
        return;
    };
    let told: HashSet<String> = changes.iter().map(|change| change.subject.to_string()).collect();
    for (index, other, method, renamed) in pair.shared_methods() {
        let bound = old.method(&method.full_name).zip(new.method(&renamed.full_name));
        let Some((from, to)) = bound else { continue };
        if from.operation != to.operation {
            continue;
        }
        let Some(sides) = Sides::of((pair.old, index), (pair.new, other)) else { continue };
        let compared =
            Compared { subject: pair.method(method), from, to, services, sides, told: &told };
        compared.inputs(changes);
        compared.outputs(changes);
        if *method.access == to.access {
            changes.extend(compared.listing());
        }
        compared.errors(changes);
    }
}

/// The models, and the operation in each.
#[derive(Clone, Copy)]
struct Sides<'a> {
    old: (&'a ServiceModel, &'a Operation),
    new: (&'a ServiceModel, &'a Operation),
}

impl<'a> Sides<'a> {
    fn of(old: (&View<'a>, usize), new: (&View<'a>, usize)) -> Option<Self> {
        let snapshot =
            |(view, index): (&View<'a>, usize)| Some((view.model?, view.operation(index)?));
        Some(Self { old: snapshot(old)?, new: snapshot(new)? })
    }
}

/// A method whose operation is the same on both sides.
struct Compared<'p, 'a> {
    subject: Subject,
    from: &'a Method,
    to: &'a Method,
    services: (&'a Service, &'a Service),
    sides: Sides<'a>,
    /// The subjects that the pages told of.
    told: &'p HashSet<String>,
}

fn by_name(members: &[Member]) -> HashMap<&str, &Member> {
    members.iter().map(|member| (member.name.as_str(), member)).collect()
}

/// Where a model has a member of a structure.
pub(super) fn place(model: &ServiceModel, structure: Option<&str>, member: &str) -> Span {
    model.span(&["shapes", structure.unwrap_or_default(), "members", member])
}

impl Compared<'_, '_> {
    fn change(&self, kind: &'static Kind, pattern: &str, subject: Subject, name: &str) -> Change {
        let sentence = Sentence::new(pattern, &[&self.to.operation, name]);
        let at = |(model, operation): (&ServiceModel, &Operation)| {
            let structure = match subject.part {
                super::Part::Param { .. } => &operation.input,
                _ => &operation.output,
            };
            place(model, structure.as_deref(), name)
        };
        let (from, to) = (at(self.sides.old), at(self.sides.new));
        kind.change(subject, sentence).from(&from).to(&to)
    }

    fn inputs(&self, changes: &mut Vec<Change>) {
        let (olds, news) = (by_name(&self.from.input), by_name(&self.to.input));
        let required = |(model, operation): (&ServiceModel, &Operation), name: &str| {
            model
                .input_of(operation)
                .is_some_and(|input| input.required.iter().any(|one| one == name))
        };
        for old in &self.from.input {
            let subject = self.subject.param(&old.name);
            if self.told.contains(&subject.to_string()) {
                continue;
            }
            let Some(new) = news.get(old.name.as_str()) else {
                let pattern = "the operation {} does not take {} any more";
                changes.push(self.change(&kinds::INPUT_REMOVED, pattern, subject, &old.name));
                continue;
            };
            if let Some(found) = difference((old, self.services.0), (new, self.services.1)) {
                changes.push(self.retyped(
                    &kinds::INPUT_RETYPED,
                    subject.clone(),
                    &old.name,
                    &found,
                ));
            }
            let (kind, pattern) =
                match (required(self.sides.old, &old.name), required(self.sides.new, &old.name)) {
                    (true, false) => {
                        (&kinds::INPUT_RELAXED, "the operation {} does not require {} any more")
                    }
                    (false, true) => {
                        (&kinds::INPUT_NEWLY_REQUIRED, "the operation {} requires {} now")
                    }
                    _ => continue,
                };
            changes.push(self.change(kind, pattern, subject, &old.name));
        }
        for new in self.to.input.iter().filter(|member| !olds.contains_key(member.name.as_str())) {
            let subject = self.subject.param(&new.name);
            if self.told.contains(&subject.to_string()) {
                continue;
            }
            changes.push(if required(self.sides.new, &new.name) {
                let pattern = "the operation {} takes and requires {}, which is new";
                self.change(&kinds::INPUT_NEWLY_REQUIRED, pattern, subject, &new.name)
            } else {
                let pattern = "the operation {} takes the optional {}, which is new";
                self.change(&kinds::INPUT_ADDED, pattern, subject, &new.name)
            });
        }
    }

    fn retyped(
        &self,
        kind: &'static Kind,
        subject: Subject,
        name: &str,
        found: &Difference,
    ) -> Change {
        let (was, is) = &found.words;
        let mut change = self.change(kind, "", subject, name);
        change.sentence = Sentence::new(
            "{} of the operation {} is now {}, no longer {}",
            &[name, &self.to.operation, is, was],
        );
        change.rust(found.rust).wire(found.wire)
    }

    fn outputs(&self, changes: &mut Vec<Change>) {
        let content =
            |method: &'_ Method| method.output.as_ref().map(|output| output.shape.clone());
        let (old, new) = match (content(self.from), content(self.to)) {
            // The fields of a row are told of as such.
            (Some(OutputShape::Row), Some(OutputShape::Row)) => {
                return changes.extend(self.wrapper());
            }
            (None, None) => return,
            (Some(OutputShape::Members(old)), Some(OutputShape::Members(new))) => (old, new),
            (old, new) => {
                let words = |content: &Option<OutputShape>| match content {
                    None => "nothing",
                    Some(OutputShape::Row) => "a row",
                    Some(OutputShape::Members(_)) => "members",
                };
                let wire = if new.is_none() { Class::Breaking } else { Class::Safe };
                let sentence = Sentence::new(
                    &format!("the operation {{}} gives {}, no longer {}", words(&new), words(&old)),
                    &[&self.to.operation],
                );
                let mut change = self.change(&kinds::OUTPUT_RETYPED, "", self.subject.clone(), "");
                change.sentence = sentence;
                changes.push(change.wire(wire));
                return;
            }
        };
        changes.extend(self.wrapper());
        let (olds, news) = (by_name(&old), by_name(&new));
        for old in &old {
            let subject = self.subject.output(&old.name);
            let Some(new) = news.get(old.name.as_str()) else {
                let pattern = "the operation {} does not give {} any more";
                changes.push(self.change(&kinds::OUTPUT_REMOVED, pattern, subject, &old.name));
                continue;
            };
            if let Some(found) = difference((old, self.services.0), (new, self.services.1)) {
                changes.push(self.retyped(
                    &kinds::OUTPUT_RETYPED,
                    subject.clone(),
                    &old.name,
                    &found,
                ));
            }
            let (kind, pattern) = match (old.required, new.required) {
                (true, false) => {
                    (&kinds::OUTPUT_NOW_OPTIONAL, "the operation {} does not promise {} any more")
                }
                (false, true) => (&kinds::OUTPUT_NOW_REQUIRED, "the operation {} promises {} now"),
                _ => continue,
            };
            changes.push(self.change(kind, pattern, subject, &old.name));
        }
        for new in new.iter().filter(|member| !olds.contains_key(member.name.as_str())) {
            let subject = self.subject.output(&new.name);
            let pattern = "the operation {} gives {}, which is new";
            changes.push(self.change(&kinds::OUTPUT_ADDED, pattern, subject, &new.name));
        }
    }

    /// Whether the element around the output is called otherwise.
    fn wrapper(&self) -> Option<Change> {
        let (old, new) = self.from.output.as_ref().zip(self.to.output.as_ref())?;
        if old.wrapper == new.wrapper {
            return None;
        }
        let mut change = self.change(&kinds::OUTPUT_RETYPED, "", self.subject.clone(), "");
        change.sentence = Sentence::new(
            "what the operation {} gives stands in the element {}, no longer in {}",
            &[&self.to.operation, &new.wrapper, &old.wrapper],
        );
        Some(change.rust(Class::Safe))
    }

    fn listing(&self) -> Option<Change> {
        let (old, new) = (&self.from.listing, &self.to.listing);
        let rows =
            |listing: &Option<Listing>| listing.as_ref().is_some_and(|found| found.rows.is_some());
        let pages = |listing: &Option<Listing>| {
            listing.as_ref().is_some_and(|found| found.continuation.is_some())
        };
        let lost = rows(old) && !rows(new) || pages(old) && !pages(new);
        let (kind, pattern) = if lost {
            (
                &kinds::LISTING_REMOVED,
                "what the operation {} gives is not the listing any more that it was",
            )
        } else if !rows(old) && rows(new) || !pages(old) && pages(new) {
            (&kinds::LISTING_ADDED, "what the operation {} gives is a listing now")
        } else {
            return None;
        };
        Some(self.change(kind, pattern, self.subject.clone(), ""))
    }

    fn errors(&self, changes: &mut Vec<Change>) {
        let set = |codes: &'_ [String]| -> HashSet<String> { codes.iter().cloned().collect() };
        let (olds, news) = (set(&self.from.error_codes), set(&self.to.error_codes));
        for code in self.from.error_codes.iter().filter(|code| !news.contains(*code)) {
            let pattern = "the operation {} does not declare the error {} any more";
            let mut change =
                self.change(&kinds::ERROR_REMOVED, pattern, self.subject.output(code), code);
            // The enum of codes is the service's: a code goes when nothing declares it any more.
            if self.services.1.error_codes.binary_search(code).is_err() {
                change = change.rust(Class::Breaking);
            }
            changes.push(change);
        }
        for code in self.to.error_codes.iter().filter(|code| !olds.contains(*code)) {
            let pattern = "the operation {} declares the error {}, which is new";
            changes.push(self.change(
                &kinds::ERROR_ADDED,
                pattern,
                self.subject.output(code),
                code,
            ));
        }
    }
}
