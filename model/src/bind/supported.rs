//! Refuses what the generator or the runtime does not support of a service model: a request that is encoded differently from
//! its model would fail, or do something else.

use std::collections::HashSet;

use super::rules;
use super::shapes::DEEPEST;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::invariant;
use crate::model::{ErrorRef, Location, MemberRef, Operation, Protocol, ServiceModel, ShapeKind};
use crate::page::names::is_identifier;
use crate::words::list_of;

/// The protocol of the service, or a diagnostic if its protocols or its signature version are not supported: no operation of
/// such a service can be called.
pub(super) fn protocol(model: &ServiceModel) -> Result<Protocol, Diagnostic> {
    let metadata = &model.metadata;
    let Some(protocol) = metadata.supported_protocol() else {
        let message = format!(
            "the service uses the protocol `{}`, which is not supported",
            metadata.protocol
        );
        let place = model.span(&["metadata", "protocol"]);
        return Err(rules::UNSUPPORTED_PROTOCOL.error(message, place));
    };
    let version = metadata.signature_version.as_deref().unwrap_or("v4");
    if !matches!(version, "v4" | "s3" | "s3v4" | "bearer") {
        let message =
            format!("the service uses the signature version `{version}`, which is not supported");
        let place = model.span(&["metadata", "signatureVersion"]);
        return Err(rules::UNSUPPORTED_SIGNATURE.error(message, place));
    }
    if metadata.auth_schemes().is_empty() {
        let names = list_of(metadata.auth.iter().map(String::as_str));
        let message = format!("the service takes only {names}, which is not supported");
        let place = model.span(&["metadata", "auth"]);
        return Err(rules::UNSUPPORTED_SIGNATURE.error(message, place));
    }
    Ok(protocol)
}

/// The input member of `operation` that is an event stream.
pub(super) fn sends_event_stream<'m>(
    operation: &'m Operation,
    model: &'m ServiceModel,
) -> Option<&'m str> {
    let is_stream = |member| match &model.target(member).kind {
        ShapeKind::Structure(structure) => structure.event_stream,
        _ => false,
    };
    let mut members = model.input_of(operation)?.members.iter();
    members.find(|(_, member)| is_stream(member)).map(|(name, _)| name.as_str())
}

/// Reports everything in `operations`, in the shapes that they use, and in the structures `errors` of further errors that
/// is not supported.
pub(super) fn check<'m>(
    operations: impl IntoIterator<Item = &'m Operation>,
    errors: impl IntoIterator<Item = &'m str>,
    model: &'m ServiceModel,
    protocol: Protocol,
    diagnostics: &mut Diagnostics,
) {
    let (waiting, reported) = (errors.into_iter().collect(), HashSet::new());
    let mut checker = Checker { model, protocol, diagnostics, waiting, reported };
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
    protocol: Protocol,
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
        self.host_prefix(operation, &place);
        self.http(operation, &place);
        if let Some(member) = sends_event_stream(operation, self.model) {
            let message = format!(
                "the member `{member}` of the input of `{name}` is an event stream, which is not supported in requests"
            );
            self.refuse(message, &place, "input");
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

    /// Only REST protocols have a method and a path for each operation.
    fn http(&mut self, operation: &Operation, place: &[&str]) {
        const METHODS: [&str; 6] = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];
        let name = &operation.name;
        let (method, uri) = (&operation.http.method, &operation.http.request_uri);
        if !self.protocol.is_rest() {
            if method != "POST" || uri != "/" {
                let message = format!(
                    "the operation `{name}` uses `{method} {uri}`; only `POST /` is supported"
                );
                self.refuse(message, place, "http");
            }
            return;
        }
        let input = self.model.input_of(operation);
        let is_label = |label: &str| {
            let label = label.strip_suffix('+').unwrap_or(label);
            let mut members = input.into_iter().flat_map(|input| &input.members);
            let is_named = |(name, member): (&String, &MemberRef)| {
                member.location == Some(Location::Uri)
                    && member.location_name.as_ref().unwrap_or(name) == label
            };
            members.any(is_named).then_some("")
        };
        let fits = METHODS.contains(&method.as_str())
            && uri.starts_with('/')
            && uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#')
            && rename_labels(uri, is_label).is_some();
        if !fits {
            let message = format!(
                "`{method} {uri}` of `{name}` is not valid: expected an HTTP method and a path, with labels of the input in braces"
            );
            self.refuse(message, place, "http");
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
        // All headers have no prefix in common.
        let is_any_header =
            |name: &str| name.is_empty() && used.location == Some(Location::Headers);
        if let Some(name) = used.location_name.as_ref().filter(|name| !is_any_header(name)) {
            self.name(name, &[place, &["locationName"]].concat());
        }
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

    fn refuse(&mut self, message: String, place: &[&str], key: &str) {
        let place = self.model.span(&[place, &[key]].concat());
        let found = rules::UNSUPPORTED_TRAIT.error(message, place);
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
