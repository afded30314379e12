//! Refuses what the generator or the runtime does not support of a service model: a request that is encoded differently from
//! its model would fail, or do something else.

use std::collections::HashSet;

use super::rules;
use super::shapes::DEEPEST;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::invariant;
use crate::model::{ErrorRef, MemberRef, Operation, ServiceModel, ShapeKind};
use crate::page::names::is_identifier;

/// A protocol or signature version that is not supported. No operation of such a service can be called.
pub(super) fn check_service(model: &ServiceModel) -> Option<Diagnostic> {
    let metadata = &model.metadata;
    if !metadata.protocols.iter().any(|protocol| protocol == "query") {
        let message = format!(
            "the service uses the protocol `{}`, which is not supported",
            metadata.protocol
        );
        let place = model.span(&["metadata", "protocol"]);
        return Some(rules::UNSUPPORTED_PROTOCOL.error(message, place));
    }
    let version = metadata.signature_version.as_ref().filter(|version| *version != "v4")?;
    let message =
        format!("the service uses the signature version `{version}`, which is not supported");
    let place = model.span(&["metadata", "signatureVersion"]);
    Some(rules::UNSUPPORTED_SIGNATURE.error(message, place))
}

/// Reports everything in `operations`, in the shapes that they use, and in the structures `errors` of further errors that
/// is not supported.
pub(super) fn check<'m>(
    operations: impl IntoIterator<Item = &'m Operation>,
    errors: impl IntoIterator<Item = &'m str>,
    model: &'m ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    let (waiting, reported) = (errors.into_iter().collect(), HashSet::new());
    let mut checker = Checker { model, diagnostics, waiting, reported };
    let mut seen = HashSet::new();
    for operation in operations {
        if seen.insert(operation.name.as_str()) {
            checker.operation(operation);
        }
    }
    seen.clear();
    while let Some(name) = checker.waiting.pop() {
        if seen.insert(name) {
            checker.shape(name);
        }
    }
}

struct Checker<'a, 'm> {
    model: &'m ServiceModel,
    diagnostics: &'a mut Diagnostics,
    /// Shapes to check.
    waiting: Vec<&'m str>,
    /// Shapes with a reported error code or depth, with the rule.
    reported: HashSet<(&'static str, &'m str)>,
}

impl<'m> Checker<'_, 'm> {
    fn operation(&mut self, operation: &'m Operation) {
        let name = operation.name.as_str();
        let place = ["operations", name];
        self.name(name, &place);
        self.marked(&operation.unsupported, &place);
        self.host_prefix(operation, &place);
        let (method, uri) = (&operation.http.method, &operation.http.request_uri);
        if method != "POST" || uri != "/" {
            let message =
                format!("the operation `{name}` uses `{method} {uri}`; only `POST /` is supported");
            self.refuse(message, &place, "http");
        }
        if let Some(wrapper) = operation.output.as_ref().and_then(|it| it.result_wrapper.as_ref()) {
            self.name(wrapper, &["operations", name, "output", "resultWrapper"]);
        }
        let messages = operation.input.iter().chain(&operation.output);
        self.waiting.extend(messages.map(|message| message.shape.as_str()));
        for error in &operation.errors {
            self.error_code(error);
            self.waiting.push(&error.shape);
        }
    }

    /// Only strings of the input can be part of a host name.
    fn host_prefix(&mut self, operation: &Operation, place: &[&str]) {
        let Some(prefix) = operation.host_prefix() else {
            return;
        };
        let is_label = |name: &str| {
            let member = self.model.input_of(operation)?.members.get(name)?;
            let is_string = matches!(self.model.target(member).kind, ShapeKind::String { .. });
            Some(is_string && member.host_label)
        };
        let fits = rename_labels(prefix, |name| is_label(name)?.then_some("")).is_some();
        if !fits || prefix.contains(['/', '@', ':', '?', '#', ' ']) {
            let message = format!(
                "the host prefix {prefix:?} of `{}` is not valid: expected a part of a host name, with string members of the input that have `hostLabel` in braces",
                operation.name
            );
            self.refuse(message, place, "endpoint");
        }
    }

    fn shape(&mut self, name: &'m str) {
        let shape = invariant!(self.model.shape(name), "the shapes that a model refers to exist");
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
            self.name(name, &[place, &["locationName"]].concat());
        }
        self.marked(&used.unsupported, place);
        self.waiting.push(&used.shape);
    }

    /// Reports a member with more than [`DEEPEST`] nested lists and maps.
    fn depth(&mut self, used: &'m MemberRef, place: &[&str]) {
        let is_deep = self.model.nested(used).nth(DEEPEST + 1).is_some();
        if is_deep && self.reported.insert(("depth", &used.shape)) {
            let message = format!(
                "the shape `{}` nests lists or maps more than {DEEPEST} levels deep",
                used.shape
            );
            self.diagnostics.push(rules::NESTED_LIST.error(message, self.model.span(place)));
        }
    }

    /// Reports the unsupported keys of the object at `place`.
    fn marked(&mut self, keys: &[String], place: &[&str]) {
        let object = match place {
            ["operations", name] => format!("the operation `{name}`"),
            ["shapes", shape, "members", name] => format!("the member `{name}` of `{shape}`"),
            ["shapes", shape, part] => format!("the {part} of `{shape}`"),
            place => {
                let name = invariant!(place.last(), "a shape has a path");
                format!("the shape `{name}`")
            }
        };
        for key in keys {
            let message = format!(
                "{object} has `{key}`, which changes how it is encoded and is not supported"
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

    /// Reports an invalid code of an error: codes become a part of the documentation.
    fn error_code(&mut self, ErrorRef { shape, .. }: &'m ErrorRef) {
        let facts = self.model.structure(shape).and_then(|structure| structure.error.as_ref());
        let code = facts.map(|facts| &facts.code).filter(|code| !is_error_code(code));
        if let Some(code) = code.filter(|_| self.reported.insert(("code", shape))) {
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
            let message = format!("the name {name:?} in the service model is not valid");
            self.diagnostics.push(rules::BAD_NAME.error(message, self.model.span(place)));
        }
    }
}

/// `prefix` with the new names of what is in braces (`{AccountId}.`); `None` if a brace is not closed or `new_name` has
/// none.
pub(super) fn rename_labels<'a>(
    prefix: &str,
    new_name: impl Fn(&str) -> Option<&'a str>,
) -> Option<String> {
    let mut parts = prefix.split('{');
    let mut renamed = parts.next()?.to_owned();
    for part in parts {
        let (name, after) = part.split_once('}')?;
        renamed.extend(["{", new_name(name)?, "}", after]);
    }
    Some(renamed)
}

/// Whether `code` consists of letters, digits and `. - _ :`, as in `AWS.SimpleQueueService.NonExistentQueue`.
fn is_error_code(code: &str) -> bool {
    let is_known = |letter: char| letter.is_ascii_alphanumeric() || ".-_:".contains(letter);
    !code.is_empty() && code.chars().all(is_known)
}
