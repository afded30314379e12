//! Reduces a published service model to the operations that a folder of pages needs.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use pagesmith_model::diagnostic::Diagnostics;
use pagesmith_model::json::{Places, Reader};
use pagesmith_model::model::rules::{self, UNKNOWN_OPERATION};
use pagesmith_model::model::vocabulary::{
    ACCEPTOR, ERROR, ERROR_REF, HTTP, MEMBER, MESSAGE, OPERATION, PAGINATOR, PAGINATORS, SERVICE,
    SHAPE, Vocabulary, WAITER, WAITERS,
};
use pagesmith_model::model::{MemberRef, ServiceModel, ShapeKind};
use pagesmith_model::source::Source;

/// A reduced service model and its paginators, as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trimmed {
    /// For `service-2.json`.
    pub service: String,
    /// For `paginators-1.json`.
    pub paginators: String,
}

/// Whether a reduced model has the documentation of operations, shapes and members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Documentation {
    /// It is copied, and becomes the documentation of the generated code.
    Keep,
    /// It is left out.
    Omit,
}

/// Objects in a file, by their paths, with the keys that they can have.
type Objects = &'static [(&'static [&'static str], &'static Vocabulary)];

static SERVICE_OBJECTS: Objects = &[
    (&[], &SERVICE),
    (&["operations", "*"], &OPERATION),
    (&["operations", "*", "http"], &HTTP),
    (&["operations", "*", "input"], &MESSAGE),
    (&["operations", "*", "output"], &MESSAGE),
    (&["operations", "*", "errors", "*"], &ERROR_REF),
    (&["operations", "*", "errors", "*", "error"], &ERROR),
    (&["shapes", "*"], &SHAPE),
    (&["shapes", "*", "error"], &ERROR),
    (&["shapes", "*", "member"], &MEMBER),
    (&["shapes", "*", "key"], &MEMBER),
    (&["shapes", "*", "value"], &MEMBER),
    (&["shapes", "*", "members", "*"], &MEMBER),
];

static PAGINATORS_OBJECTS: Objects = &[(&[], &PAGINATORS), (&["pagination", "*"], &PAGINATOR)];

static WAITERS_OBJECTS: Objects = &[
    (&[], &WAITERS),
    (&["waiters", "*"], &WAITER),
    (&["waiters", "*", "acceptors", "*"], &ACCEPTOR),
];

/// Keeps the waiters of the named operations, in the published order, without the keys that nothing depends on: the text for
/// `waiters-2.json`. `None` if there are none.
///
/// # Errors
/// The text is not JSON.
pub fn trim_waiters(
    waiters: &Source,
    operations: &BTreeSet<String>,
) -> Result<Option<String>, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let Some(mut file) = json_of(waiters, &mut diagnostics) else { return Err(diagnostics) };
    let all = file.get_mut("waiters").and_then(Value::as_object_mut);
    let Some(all) = all else { return Ok(None) };
    all.retain(|_, waiter| {
        let operation = waiter.get("operation").and_then(Value::as_str);
        operation.is_some_and(|operation| operations.contains(operation))
    });
    if all.is_empty() {
        return Ok(None);
    }
    for (path, vocabulary) in WAITERS_OBJECTS {
        strip(&mut file, path, &|key| !vocabulary.is_ignored(key));
    }
    Ok(Some(format!("{file:#}\n")))
}

/// Keeps the metadata, the named operations, and every shape that these use, in the published order, without the keys that
/// no request or response depends on. Trimming a trimmed model again changes nothing.
///
/// # Errors
/// Every problem of the service model, and every name that is not one of its operations.
pub fn trim(
    service: &Source,
    paginators: Option<&Source>,
    operations: &BTreeSet<String>,
    documentation: Documentation,
) -> Result<Trimmed, Diagnostics> {
    let outcome = ServiceModel::read(service, paginators);
    let Some(model) = outcome.value else {
        return Err(outcome.diagnostics);
    };
    let unknown = unknown_operations(&model, operations);
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let mut diagnostics = Diagnostics::default();
    let service = json_of(service, &mut diagnostics);
    let paginators = match paginators {
        Some(paginators) => json_of(paginators, &mut diagnostics),
        None => Some(json!({ "pagination": {} })),
    };
    let (Some(mut service), Some(mut paginators)) = (service, paginators) else {
        return Err(diagnostics);
    };
    let shapes = reachable(&model, operations);
    keep(&mut service, "operations", |name| operations.contains(name));
    keep(&mut service, "shapes", |name| shapes.contains(name));
    keep(&mut paginators, "pagination", |name| operations.contains(name));
    for (file, objects) in [(&mut service, SERVICE_OBJECTS), (&mut paginators, PAGINATORS_OBJECTS)]
    {
        for (path, vocabulary) in objects {
            strip(file, path, &|key| {
                let is_omitted = key == "documentation" && documentation == Documentation::Omit;
                !vocabulary.is_ignored(key) && !is_omitted
            });
        }
    }
    Ok(Trimmed { service: format!("{service:#}\n"), paginators: format!("{paginators:#}\n") })
}

fn json_of(source: &Source, diagnostics: &mut Diagnostics) -> Option<Value> {
    let places = Places::new(source);
    let mut reader = Reader::new(&places, rules::rule_of);
    let value = reader.file();
    diagnostics.append(reader.diagnostics);
    value
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

/// The shapes that the inputs, outputs and errors of the operations use.
fn reachable<'a>(model: &'a ServiceModel, operations: &BTreeSet<String>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&str> = Vec::new();
    for operation in operations.iter().filter_map(|name| model.operation(name)) {
        let messages = operation.input.iter().chain(&operation.output);
        waiting.extend(messages.map(|message| message.shape.as_str()));
        waiting.extend(operation.errors.iter().map(|error| error.shape.as_str()));
    }
    while let Some(name) = waiting.pop() {
        let Some(shape) = model.shape(name).filter(|_| reached.insert(name)) else {
            continue;
        };
        let target = |member: &'a MemberRef| member.shape.as_str();
        match &shape.kind {
            ShapeKind::Structure(structure) => {
                waiting.extend(structure.members.values().map(target));
            }
            ShapeKind::List { member, .. } => waiting.push(target(member)),
            ShapeKind::Map { key, value, .. } => waiting.extend([target(key), target(value)]),
            _ => {}
        }
    }
    reached
}

/// Keeps the entries of the object at `key` whose names are `kept`.
fn keep(value: &mut Value, key: &str, kept: impl Fn(&str) -> bool) {
    if let Some(Value::Object(object)) = value.get_mut(key) {
        object.retain(|name, _| kept(name));
    }
}

/// Keeps the keys of the objects at `path` that are `kept`; `*` in a path stands for every entry.
fn strip(value: &mut Value, path: &[&str], kept: &dyn Fn(&str) -> bool) {
    let Some((key, rest)) = path.split_first() else {
        if let Value::Object(object) = value {
            object.retain(|key, _| kept(key));
        }
        return;
    };
    let entries: Vec<&mut Value> = match value {
        Value::Object(object) if *key == "*" => object.values_mut().collect(),
        Value::Array(items) if *key == "*" => items.iter_mut().collect(),
        other => other.get_mut(key).into_iter().collect(),
    };
    for entry in entries {
        strip(entry, rest, kept);
    }
}
