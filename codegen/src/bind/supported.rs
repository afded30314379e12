//! What of a service model the generator or the runtime cannot honour is refused, not left out: a call
//! that travels otherwise than its model says would fail at run time, or do something else.

use std::collections::BTreeSet;

use super::rules;
use crate::diagnostic::Diagnostics;
use crate::page::names::is_identifier;
use crate::wire::{MemberRef, Operation, ServiceModel, ShapeKind};

/// The protocols that the runtime speaks.
pub(super) fn check_protocol(model: &ServiceModel, diagnostics: &mut Diagnostics) {
    let metadata = &model.metadata;
    if !metadata.protocols.iter().any(|protocol| protocol == "query") {
        diagnostics.push(rules::UNSUPPORTED_PROTOCOL.error(
            format!("the service speaks the protocol `{}`", metadata.protocol),
            model.span(&["metadata", "protocol"]),
        ));
    }
}

/// Reports what `operations` and the shapes that they lead to ask for beyond what can be honoured.
pub(super) fn check<'m>(
    operations: impl IntoIterator<Item = &'m Operation>,
    model: &'m ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    let mut checker = Checker { model, diagnostics, seen: BTreeSet::new(), waiting: Vec::new() };
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
    /// Shapes that are used.
    waiting: Vec<&'m str>,
}

impl<'m> Checker<'_, 'm> {
    fn operation(&mut self, operation: &'m Operation) {
        let place = ["operations", &operation.name];
        self.name(&operation.name, &place);
        for key in &operation.unmodelled {
            self.feature(key, &place);
        }
        if operation.unsigned {
            self.feature("authtype", &place);
        }
        if operation.host_prefix.is_some() {
            self.feature("endpoint", &place);
        }
        if operation.http_method != "POST" || operation.request_uri != "/" {
            self.feature("http", &place);
        }
        let messages = operation.input.iter().chain(&operation.output);
        self.waiting.extend(messages.map(String::as_str));
    }

    fn shape(&mut self, name: &'m str) {
        let Some(shape) = self.model.shape(name) else {
            return;
        };
        self.name(name, &["shapes", name]);
        for key in &shape.unmodelled {
            self.feature(key, &["shapes", name]);
        }
        match &shape.kind {
            ShapeKind::Structure(structure) => {
                for (member, used) in &structure.members {
                    let place = ["shapes", name, "members", member];
                    self.name(member, &place);
                    self.used(used, &place);
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
        for key in &used.unmodelled {
            self.feature(key, place);
        }
        if used.xml_attribute {
            self.feature("xmlAttribute", place);
        }
        self.waiting.push(&used.shape);
    }

    fn feature(&mut self, key: &str, place: &[&str]) {
        let last = place.last().copied().unwrap_or_default();
        // What an operation says of its input is `input.payload`.
        let path: Vec<&str> = place.iter().copied().chain(key.split('.')).collect();
        self.diagnostics.push(rules::UNSUPPORTED_TRAIT.error(
            format!("`{last}` asks for `{key}`, which is not supported"),
            self.model.span(&path),
        ));
    }

    /// Names become those of Rust items and of elements; an odd one is a mistake, or worse.
    fn name(&mut self, name: &str, place: &[&str]) {
        if !is_identifier(name) {
            self.diagnostics.push(rules::BAD_NAME.error(
                format!("{name:?} is no name that a service would use"),
                self.model.span(place),
            ));
        }
    }
}
