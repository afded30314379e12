//! Cuts a published service model down to what some operations need, and to what travels.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::read::parse;
use super::rules::UNKNOWN_OPERATION;
use super::vocabulary::{
    ERROR, ERROR_REF, HTTP, MEMBER, MESSAGE, OPERATION, PAGINATOR, SERVICE, SHAPE, Vocabulary,
};
use super::{MemberRef, ServiceModel, ShapeKind};
use crate::diagnostic::Diagnostics;
use crate::names::nearest;
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
    let published = parse(service, &mut diagnostics).unwrap_or_default();
    let pagination = paginators.and_then(|source| parse(source, &mut diagnostics));
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let shapes = reachable(&model, operations);
    Ok(Trimmed {
        service: print(&trim_service(&published, operations, &shapes)),
        paginators: print(&trim_paginators(pagination.as_ref(), operations)),
    })
}

fn unknown_operations(model: &ServiceModel, operations: &BTreeSet<String>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for name in operations
        .iter()
        .filter(|name| model.operation(name).is_none())
    {
        let message = format!("the service model has no operation `{name}`");
        let diagnostic = UNKNOWN_OPERATION.error(message, model.span(&["operations"]));
        diagnostics.push(
            match nearest(name, model.operations.keys().map(String::as_str)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic,
            },
        );
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

fn trim_service(
    published: &Value,
    operations: &BTreeSet<String>,
    shapes: &BTreeSet<&str>,
) -> Value {
    let mut service = strip(published, &SERVICE);
    each(&mut service, "operations", |all| {
        all.retain(|name, _| operations.contains(name));
        all.values_mut().for_each(trim_operation);
    });
    each(&mut service, "shapes", |all| {
        all.retain(|name, _| shapes.contains(name.as_str()));
        all.values_mut().for_each(trim_shape);
    });
    Value::Object(service)
}

fn trim_operation(operation: &mut Value) {
    let mut kept = strip(operation, &OPERATION);
    each_value(&mut kept, "http", |http| {
        *http = Value::Object(strip(http, &HTTP))
    });
    for side in ["input", "output"] {
        each_value(&mut kept, side, |message| {
            *message = Value::Object(strip(message, &MESSAGE))
        });
    }
    for error in kept
        .get_mut("errors")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let mut reference = strip(error, &ERROR_REF);
        each_value(&mut reference, "error", |facts| {
            *facts = Value::Object(strip(facts, &ERROR))
        });
        *error = Value::Object(reference);
    }
    *operation = Value::Object(kept);
}

fn trim_shape(shape: &mut Value) {
    let mut kept = strip(shape, &SHAPE);
    for role in ["member", "key", "value"] {
        each_value(&mut kept, role, |member| {
            *member = Value::Object(strip(member, &MEMBER))
        });
    }
    each(&mut kept, "members", |members| {
        members
            .values_mut()
            .for_each(|member| *member = Value::Object(strip(member, &MEMBER)));
    });
    each_value(&mut kept, "error", |facts| {
        *facts = Value::Object(strip(facts, &ERROR))
    });
    *shape = Value::Object(kept);
}

fn trim_paginators(published: Option<&Value>, operations: &BTreeSet<String>) -> Value {
    let published = published.and_then(|value| value.get("pagination")?.as_object());
    let kept: Map<String, Value> = published
        .into_iter()
        .flatten()
        .filter(|(name, _)| operations.contains(*name))
        .map(|(name, value)| (name.clone(), Value::Object(strip(value, &PAGINATOR))))
        .collect();
    json!({ "pagination": kept })
}

/// `value` without the keys that change nothing on the wire.
fn strip(value: &Value, vocabulary: &Vocabulary) -> Map<String, Value> {
    let all = value.as_object().into_iter().flatten();
    all.filter(|(key, _)| !vocabulary.idle.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

fn each(object: &mut Map<String, Value>, key: &str, change: impl FnOnce(&mut Map<String, Value>)) {
    if let Some(inner) = object.get_mut(key).and_then(Value::as_object_mut) {
        change(inner);
    }
}

fn each_value(object: &mut Map<String, Value>, key: &str, change: impl FnOnce(&mut Value)) {
    if let Some(inner) = object.get_mut(key) {
        change(inner);
    }
}

fn print(value: &Value) -> String {
    format!("{value:#}\n")
}
