//! Cuts a published service model down to what some operations need, and to what travels.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::read::parse;
use super::rules::UNKNOWN_OPERATION;
use super::vocabulary::{
    ERROR, ERROR_REF, HTTP, MEMBER, MESSAGE, OPERATION, PAGINATOR, PAGINATORS, SERVICE, SHAPE,
    Vocabulary,
};
use super::{MemberRef, ServiceModel, ShapeKind};
use crate::diagnostic::Diagnostics;
use crate::source::Source;

/// A service model and its paginators, cut down: the texts of the two files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trimmed {
    /// For `service-2.json`.
    pub service: String,
    /// For `paginators-1.json`.
    pub paginators: String,
}

/// Keeps the metadata, the operations named, and every shape that these reach, in the published order, and
/// of each only what has to do with how values travel. Trimming what was trimmed changes nothing.
///
/// # Errors
///
/// Whatever is wrong with the texts as a service model, and a name that is no operation of it.
pub fn trim(
    service: &Source,
    paginators: Option<&Source>,
    operations: &BTreeSet<String>,
) -> Result<Trimmed, Diagnostics> {
    let outcome = ServiceModel::read(service, paginators);
    let Some(model) = outcome.value else {
        return Err(outcome.diagnostics);
    };
    let mut diagnostics = unknown_operations(&model, operations);
    let full = parse(service, &mut diagnostics).map(|(value, _)| value);
    let full_paginators = match paginators {
        Some(source) => parse(source, &mut diagnostics).map(|(value, _)| value),
        None => Some(json!({ "pagination": {} })),
    };
    let (Some(mut service), Some(mut paginators), true) =
        (full, full_paginators, diagnostics.is_empty())
    else {
        return Err(diagnostics);
    };
    trim_service(&mut service, operations, &reachable(&model, operations));
    trim_paginators(&mut paginators, operations);
    Ok(Trimmed { service: print(&service), paginators: print(&paginators) })
}

fn unknown_operations(model: &ServiceModel, operations: &BTreeSet<String>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for name in operations.iter().filter(|name| model.operation(name).is_none()) {
        let message = format!("the service model has no operation `{name}`");
        let diagnostic = UNKNOWN_OPERATION.error(message, model.span(&["operations"]));
        let near = diagnostics.nearest(name, model.operations.keys().map(String::as_str));
        diagnostics.push(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        });
    }
    diagnostics
}

/// The shapes that the operations' messages and errors lead to.
fn reachable<'a>(model: &'a ServiceModel, operations: &BTreeSet<String>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut todo: Vec<&str> = Vec::new();
    for operation in operations.iter().filter_map(|name| model.operation(name)) {
        let messages = operation.input.iter().chain(&operation.output);
        todo.extend(messages.chain(&operation.errors).map(String::as_str));
    }
    while let Some(name) = todo.pop() {
        let Some(shape) = model.shape(name).filter(|_| reached.insert(name)) else {
            continue;
        };
        let target = |member: &'a MemberRef| member.shape.as_str();
        match &shape.kind {
            ShapeKind::Structure(structure) => todo.extend(structure.members.values().map(target)),
            ShapeKind::List { member, .. } => todo.push(target(member)),
            ShapeKind::Map { key, value, .. } => todo.extend([target(key), target(value)]),
            _ => {}
        }
    }
    reached
}

fn trim_service(service: &mut Value, operations: &BTreeSet<String>, shapes: &BTreeSet<&str>) {
    strip(service, &SERVICE);
    if let Some(all) = object_at(service, "operations") {
        all.retain(|name, _| operations.contains(name));
        all.values_mut().for_each(trim_operation);
    }
    if let Some(all) = object_at(service, "shapes") {
        all.retain(|name, _| shapes.contains(name.as_str()));
        all.values_mut().for_each(trim_shape);
    }
}

fn trim_operation(operation: &mut Value) {
    strip(operation, &OPERATION);
    strip_at(operation, "http", &HTTP);
    strip_at(operation, "input", &MESSAGE);
    strip_at(operation, "output", &MESSAGE);
    let errors = operation.get_mut("errors").and_then(Value::as_array_mut);
    for reference in errors.into_iter().flatten() {
        strip(reference, &ERROR_REF);
        strip_at(reference, "error", &ERROR);
    }
}

fn trim_shape(shape: &mut Value) {
    strip(shape, &SHAPE);
    strip_at(shape, "error", &ERROR);
    for role in ["member", "key", "value"] {
        strip_at(shape, role, &MEMBER);
    }
    if let Some(members) = object_at(shape, "members") {
        members.values_mut().for_each(|member| strip(member, &MEMBER));
    }
}

fn trim_paginators(paginators: &mut Value, operations: &BTreeSet<String>) {
    strip(paginators, &PAGINATORS);
    if let Some(all) = object_at(paginators, "pagination") {
        all.retain(|name, _| operations.contains(name));
        all.values_mut().for_each(|paginator| strip(paginator, &PAGINATOR));
    }
}

/// Takes from `value` the keys that change nothing on the wire.
fn strip(value: &mut Value, vocabulary: &Vocabulary) {
    if let Some(object) = value.as_object_mut() {
        object.retain(|key, _| !vocabulary.ignored.contains(&key.as_str()));
    }
}

fn strip_at(value: &mut Value, key: &str, vocabulary: &Vocabulary) {
    if let Some(inner) = value.get_mut(key) {
        strip(inner, vocabulary);
    }
}

fn object_at<'a>(value: &'a mut Value, key: &str) -> Option<&'a mut Map<String, Value>> {
    value.get_mut(key)?.as_object_mut()
}

fn print(value: &Value) -> String {
    format!("{value:#}\n")
}
