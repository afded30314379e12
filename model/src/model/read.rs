//! Reads `service-2.json`.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::published::ErrorTrait;
use super::rules::{DANGLING_SHAPE, ERROR_DISAGREES, rule_of, waiter_rule_of};
use super::shapes::{check_error, read_all};
use super::vocabulary::{ENDPOINT, ERROR_REF, HTTP, MESSAGE, METADATA, OPERATION, SERVICE};
use super::{
    Metadata, Operation, Protocol, ServiceModel, Shape, ShapeKind, format, paginators, published,
    waiters,
};
use crate::diagnostic::Outcome;
use crate::json::{Places, Reader};
use crate::source::Source;

impl ServiceModel {
    /// Reads a service model, as published or trimmed, and its paginators.
    ///
    /// Any protocol is accepted; [`bind`](crate::bind) refuses those that are not supported.
    ///
    /// # Errors
    /// The outcome has no value if a text is not valid JSON, a key is missing or unknown, a value has the wrong type, or
    /// the name of a shape or member leads to nothing.
    pub fn read(service: &Source, paginators: Option<&Source>) -> Outcome<ServiceModel> {
        Self::read_with_waiters(service, paginators, None)
    }

    /// As [`read`](Self::read), with `waiters`, the text of `waiters-2.json`.
    ///
    /// # Errors
    /// Those of [`read`](Self::read), and the same problems of the waiters.
    pub fn read_with_waiters(
        service: &Source,
        paginators: Option<&Source>,
        waiters: Option<&Source>,
    ) -> Outcome<ServiceModel> {
        let places = Places::new(service);
        let mut reader = Reader::new(&places, rule_of);
        let mut model = read_service(&mut reader, &places);
        let mut diagnostics = reader.diagnostics;
        if let (Some(model), Some(paginators)) = (&mut model, paginators) {
            let places = Places::new(paginators);
            let mut reader = Reader::new(&places, rule_of);
            model.pagination = paginators::read(&mut reader, model);
            diagnostics.append(reader.diagnostics);
        }
        if let (Some(model), Some(waiters)) = (&mut model, waiters) {
            let places = Places::new(waiters);
            let mut reader = Reader::new(&places, waiter_rule_of);
            model.waiters = waiters::read(&mut reader, model);
            diagnostics.append(reader.diagnostics);
        }
        Outcome { value: model.filter(|_| !diagnostics.has_errors()), diagnostics }
    }
}

fn read_service<'a>(reader: &mut Reader<'a>, places: &'a Places) -> Option<ServiceModel> {
    let mut file: published::Service<'_> = reader.file()?;
    SERVICE.check(&mut file.other, &[], reader);
    let mut metadata: Option<Metadata> = reader.value(file.metadata, &["metadata"]);
    if let Some(metadata) = &mut metadata {
        format::check(metadata, reader);
        METADATA.check(&mut metadata.other, &["metadata"], reader);
        if metadata.protocols.is_empty() {
            metadata.protocols.push(metadata.protocol.clone());
        }
    }
    let mut operations: IndexMap<String, Operation> =
        reader.entries(&file.operations, &["operations"]);
    let is_rest =
        metadata.as_ref().and_then(Metadata::supported_protocol).is_some_and(Protocol::is_rest);
    for (key, operation) in &mut operations {
        check_keys(key, operation, reader);
        if is_rest {
            // A name with a date, as CloudFront's, would be of use only in requests that have it.
            operation.name.clone_from(key);
        }
    }
    let mut shapes = read_all(&file.shapes, reader);
    let metadata = metadata?;
    // A shape that could not be read has a diagnostic already.
    let is_unread: HashSet<&str> =
        file.shapes.keys().filter(|name| !shapes.contains_key(*name)).collect();
    for (key, operation) in &operations {
        for (index, error) in operation.errors.iter().enumerate() {
            if !merge_error(&mut shapes, &error.shape, error.error.as_ref()) {
                let message = format!(
                    "the operation `{key}` and the error `{}` disagree on the error's code, status or fault",
                    error.shape
                );
                let path = ["operations", key, "errors", &index.to_string(), "error"];
                reader.error(&ERROR_DISAGREES, &path, message);
            }
        }
        check_references(key, operation, &shapes, &is_unread, reader);
    }
    Some(ServiceModel {
        source: places.source().clone(),
        shapes,
        metadata,
        operations,
        pagination: IndexMap::new(),
        waiters: IndexMap::new(),
        places: places.clone(),
    })
}

/// Reports the unknown keys of the operation.
fn check_keys(key: &str, operation: &mut Operation, reader: &mut Reader<'_>) {
    let at = |part| ["operations", key, part];
    OPERATION.check(&mut operation.other, &["operations", key], reader);
    for (part, message) in [("input", &mut operation.input), ("output", &mut operation.output)] {
        if let Some(message) = message {
            MESSAGE.check(&mut message.other, &at(part), reader);
        }
    }
    HTTP.check(&mut operation.http.other, &at("http"), reader);
    if let Some(endpoint) = &mut operation.endpoint {
        ENDPOINT.check(&mut endpoint.other, &at("endpoint"), reader);
    }
    for (index, reference) in operation.errors.iter_mut().enumerate() {
        let index = index.to_string();
        let path = ["operations", key, "errors", &index, "error"];
        ERROR_REF.check(&mut reference.other, &path[..4], reader);
        if let Some(error) = &mut reference.error {
            check_error(error, &path, reader);
        }
    }
}

/// Adds the facts that an operation states to the error structure `name`. Returns false if it has others.
fn merge_error(
    shapes: &mut IndexMap<String, Shape>,
    name: &str,
    stated: Option<&ErrorTrait>,
) -> bool {
    let Some(Shape { kind: ShapeKind::Structure(structure), .. }) = shapes.get_mut(name) else {
        return true;
    };
    // Only the structure says whether a call may be repeated.
    let retryable = structure.error.as_ref().and_then(|error| error.retryable);
    match (&structure.error, stated) {
        (Some(_), None) => true,
        (Some(known), Some(stated)) if known.status.is_some() => {
            *known == stated.facts(name, retryable)
        }
        (_, Some(stated)) => {
            structure.error = Some(stated.facts(name, retryable));
            true
        }
        // A structure is an error because an operation says so.
        (None, None) => {
            structure.error = Some(ErrorTrait::default().facts(name, None));
            true
        }
    }
}

/// Reports the names in the operation that are not those of structures.
fn check_references(
    key: &str,
    operation: &Operation,
    shapes: &IndexMap<String, Shape>,
    is_unread: &HashSet<&str>,
    reader: &mut Reader<'_>,
) {
    let mut check = |name: &str, path: &[&str]| {
        let problem = match shapes.get(name) {
            Some(Shape { kind: ShapeKind::Structure(_), .. }) => return,
            Some(_) => "is not a structure",
            None if is_unread.contains(name) => return,
            None => "does not exist",
        };
        let path = [&["operations", key], path, &["shape"]].concat();
        reader.error(&DANGLING_SHAPE, &path, format!("the shape `{name}` {problem}"));
    };
    for (part, message) in [("input", &operation.input), ("output", &operation.output)] {
        if let Some(message) = message {
            check(&message.shape, &[part]);
        }
    }
    for (index, error) in operation.errors.iter().enumerate() {
        check(&error.shape, &["errors", &index.to_string()]);
    }
}
