//! Reduces a published service model to the operations that a folder of pages needs.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use pagesmith_model::diagnostic::Diagnostics;
use pagesmith_model::json::{Places, Reader};
use pagesmith_model::model::rules::{self, UNKNOWN_OPERATION};
use pagesmith_model::model::vocabulary::{
    ERROR, ERROR_REF, HTTP, MEMBER, MESSAGE, OPERATION, PAGINATOR, PAGINATORS, SERVICE, SHAPE,
    Vocabulary,
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
    let (Some(service), Some(paginators)) = (service, paginators) else {
        return Err(diagnostics);
    };
    let trimmer = Trimmer { operations, shapes: reachable(&model, operations), documentation };
    let (service, paginators) = (trimmer.service(service), trimmer.paginators(paginators));
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

struct Trimmer<'a> {
    operations: &'a BTreeSet<String>,
    shapes: BTreeSet<&'a str>,
    documentation: Documentation,
}

impl Trimmer<'_> {
    fn service(&self, mut service: Value) -> Value {
        self.strip(&mut service, &SERVICE);
        if let Some(all) = object_at(&mut service, "operations") {
            all.retain(|name, _| self.operations.contains(name));
            all.values_mut().for_each(|operation| self.operation(operation));
        }
        if let Some(all) = object_at(&mut service, "shapes") {
            all.retain(|name, _| self.shapes.contains(name.as_str()));
            all.values_mut().for_each(|shape| self.shape(shape));
        }
        service
    }

    fn operation(&self, operation: &mut Value) {
        self.strip(operation, &OPERATION);
        self.strip_at(operation, "http", &HTTP);
        self.strip_at(operation, "input", &MESSAGE);
        self.strip_at(operation, "output", &MESSAGE);
        let errors = operation.get_mut("errors").and_then(Value::as_array_mut);
        for reference in errors.into_iter().flatten() {
            self.strip(reference, &ERROR_REF);
            self.strip_at(reference, "error", &ERROR);
        }
    }

    fn shape(&self, shape: &mut Value) {
        self.strip(shape, &SHAPE);
        self.strip_at(shape, "error", &ERROR);
        for part in ["member", "key", "value"] {
            self.strip_at(shape, part, &MEMBER);
        }
        if let Some(members) = object_at(shape, "members") {
            members.values_mut().for_each(|member| self.strip(member, &MEMBER));
        }
    }

    fn paginators(&self, mut paginators: Value) -> Value {
        self.strip(&mut paginators, &PAGINATORS);
        if let Some(all) = object_at(&mut paginators, "pagination") {
            all.retain(|name, _| self.operations.contains(name));
            all.values_mut().for_each(|paginator| self.strip(paginator, &PAGINATOR));
        }
        paginators
    }

    /// Removes the keys of `value` that no request or response depends on.
    fn strip(&self, value: &mut Value, vocabulary: &Vocabulary) {
        let is_omitted =
            |key: &str| key == "documentation" && self.documentation == Documentation::Omit;
        if let Some(object) = value.as_object_mut() {
            object.retain(|key, _| !vocabulary.is_ignored(key) && !is_omitted(key));
        }
    }

    fn strip_at(&self, value: &mut Value, key: &str, vocabulary: &Vocabulary) {
        if let Some(inner) = value.get_mut(key) {
            self.strip(inner, vocabulary);
        }
    }
}

fn object_at<'a>(value: &'a mut Value, key: &str) -> Option<&'a mut Map<String, Value>> {
    value.get_mut(key)?.as_object_mut()
}
