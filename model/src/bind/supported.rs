//! Refuses what the generator or the runtime does not support of a service model: a request that is encoded differently from
//! its model would fail, or do something else.

use std::collections::BTreeSet;

use super::rules;
use super::shapes::DEEPEST;
use crate::diagnostic::Diagnostics;
use crate::model::{MemberRef, Operation, ServiceModel, ShapeKind};
use crate::page::names::is_identifier;

/// Reports a protocol or signature version that is not supported. No operation of such a service can be called.
pub(super) fn check_service(model: &ServiceModel) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let metadata = &model.metadata;
    if !metadata.protocols.iter().any(|protocol| protocol == "query") {
        diagnostics.push(rules::UNSUPPORTED_PROTOCOL.error(
            format!(
                "the service uses the protocol `{}`, which is not supported",
                metadata.protocol
            ),
            model.span(&["metadata", "protocol"]),
        ));
    } else if let Some(version) = metadata.signature_version.as_ref().filter(|it| *it != "v4") {
        diagnostics.push(rules::UNSUPPORTED_SIGNATURE.error(
            format!("the service uses the signature version `{version}`, which is not supported"),
            model.span(&["metadata", "signatureVersion"]),
        ));
    }
    diagnostics
}

/// Reports everything in `operations`, and in the shapes that they use, that is not supported.
pub(super) fn check<'m>(
    operations: impl IntoIterator<Item = &'m Operation>,
    model: &'m ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    let mut checker = Checker {
        model,
        diagnostics,
        seen: BTreeSet::new(),
        errors: BTreeSet::new(),
        nested: BTreeSet::new(),
        waiting: Vec::new(),
    };
    let mut seen = BTreeSet::new();
    for operation in operations {
        if seen.insert(&operation.name) {
            checker.operation(operation);
        }
    }
    while let Some(name) = checker.waiting.pop() {
        if checker.seen.insert(name) {
            checker.shape(name);
        }
    }
}

struct Checker<'a, 'm> {
    model: &'m ServiceModel,
    diagnostics: &'a mut Diagnostics,
    seen: BTreeSet<&'m str>,
    /// Shapes of errors with a reported code.
    errors: BTreeSet<&'m str>,
    /// Lists and maps that are reported as nested too deeply.
    nested: BTreeSet<&'m str>,
    /// Shapes to check.
    waiting: Vec<&'m str>,
}

impl<'m> Checker<'_, 'm> {
    fn operation(&mut self, operation: &'m Operation) {
        let place = ["operations", &operation.name];
        self.name(&operation.name, &place);
        self.marked(&operation.unsupported, &place);
        let name = &operation.name;
        self.host_prefix(operation, &place);
        let (method, uri) = (&operation.http_method, &operation.request_uri);
        if method != "POST" || uri != "/" {
            let message =
                format!("the operation `{name}` uses `{method} {uri}`; only `POST /` is supported");
            self.refuse(message, &place, "http");
        }
        if let Some(wrapper) = &operation.result_wrapper {
            self.name(wrapper, &["operations", name, "output", "resultWrapper"]);
        }
        let messages = operation.input.iter().chain(&operation.output);
        self.waiting.extend(messages.map(String::as_str));
        for error in &operation.errors {
            self.error_code(error);
        }
    }

    /// Only strings of the input can be part of a host name.
    fn host_prefix(&mut self, operation: &Operation, place: &[&str]) {
        let Some(prefix) = &operation.host_prefix else {
            return;
        };
        let label = |name: &str| {
            let member = self.model.input_of(operation)?.members.get(name)?;
            let shape = self.model.shape(&member.shape)?;
            matches!(shape.kind, ShapeKind::String { .. }).then_some(member.host_label)
        };
        let mut labels = prefix.split('{').skip(1).map(|after| after.split_once('}'));
        let fits = labels.all(|part| part.is_some_and(|(name, _)| label(name) == Some(true)));
        if !fits || prefix.contains(['/', '@', ':', '?', '#', ' ']) {
            let message = format!(
                "the host prefix {prefix:?} is not valid: expected host labels and names of input members in braces"
            );
            self.refuse(message, place, "endpoint");
        }
    }

    fn shape(&mut self, name: &'m str) {
        let Some(shape) = self.model.shape(name) else {
            return;
        };
        self.name(name, &["shapes", name]);
        self.marked(&shape.unsupported, &["shapes", name]);
        match &shape.kind {
            ShapeKind::Structure(structure) => {
                for (member, used) in &structure.members {
                    let place = ["shapes", name, "members", member];
                    self.name(member, &place);
                    self.used(used, &place);
                    self.depth(used, &place);
                }
            }
            ShapeKind::List { member, .. } => self.used(member, &["shapes", name, "member"]),
            ShapeKind::Map { key, value, .. } => {
                self.used(key, &["shapes", name, "key"]);
                self.used(value, &["shapes", name, "value"]);
            }
            _ => {}
        }
    }

    fn used(&mut self, used: &'m MemberRef, place: &[&str]) {
        if let Some(name) = &used.location_name {
            let place: Vec<&str> = place.iter().copied().chain(["locationName"]).collect();
            self.name(name, &place);
        }
        self.marked(&used.unsupported, place);
        self.waiting.push(&used.shape);
    }

    /// Reports a member with more than [`DEEPEST`] nested lists and maps.
    fn depth(&mut self, used: &'m MemberRef, place: &[&str]) {
        let mut at = used;
        for _ in 0..=DEEPEST {
            at = match self.model.shape(&at.shape).map(|shape| &shape.kind) {
                Some(ShapeKind::List { member, .. }) => member,
                Some(ShapeKind::Map { value, .. }) => value,
                _ => return,
            };
        }
        if self.nested.insert(&used.shape) {
            let message = format!(
                "the shape `{}` nests lists or maps more than {DEEPEST} levels deep",
                used.shape
            );
            self.diagnostics.push(rules::NESTED_LIST.error(message, self.model.span(place)));
        }
    }

    /// Reports the unsupported keys of the object at `place`.
    fn marked(&mut self, keys: &[String], place: &[&str]) {
        let object =
            crate::invariant!(place.last(), "an operation, a shape or a use of one has a path");
        for key in keys {
            let message = format!(
                "`{object}` uses `{key}`, which changes how it is encoded and is not supported"
            );
            self.refuse(message, place, key);
        }
    }

    fn refuse(&mut self, message: String, place: &[&str], key: &str) {
        // A key of an operation's input is `input.payload`.
        let path: Vec<&str> = place.iter().copied().chain(key.split('.')).collect();
        let found = rules::UNSUPPORTED_TRAIT.error(message, self.model.span(&path));
        self.diagnostics.push(found);
    }

    /// Reports an invalid code of the error `shape`: codes become a part of the documentation.
    fn error_code(&mut self, shape: &'m str) {
        let facts = self.model.structure(shape).and_then(|structure| structure.error.as_ref());
        let Some(code) = facts.map(|facts| &facts.code).filter(|code| !is_error_code(code)) else {
            return;
        };
        if self.errors.insert(shape) {
            let message = format!(
                "the error code {code:?} is not valid: expected letters, digits and `. - _ :`"
            );
            let place = self.model.span(&["shapes", shape, "error", "code"]);
            self.diagnostics.push(rules::BAD_NAME.error(message, place));
        }
    }

    /// Reports an invalid name: names become those of Rust items and of XML elements.
    fn name(&mut self, name: &str, place: &[&str]) {
        if !is_identifier(name) {
            self.diagnostics.push(rules::BAD_NAME.error(
                format!("the name {name:?} in the service model is not valid"),
                self.model.span(place),
            ));
        }
    }
}

/// Whether `code` consists of letters, digits and `. - _ :`, as in `AWS.SimpleQueueService.NonExistentQueue`.
fn is_error_code(code: &str) -> bool {
    let is_known = |letter: char| letter.is_ascii_alphanumeric() || ".-_:".contains(letter);
    !code.is_empty() && code.chars().all(is_known)
}
