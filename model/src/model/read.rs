//! Reads `service-2.json`.

use indexmap::IndexMap;

use super::format::{API_VERSION, ENDPOINT_PREFIX, HOST, SERVICE_ID, SIGNING_NAME, WORD};
use super::rules::{BAD_VALUE, ERROR_DISAGREES, rule_of};
use super::shapes::{error_facts, read_all, report_dangling};
use super::vocabulary::{ENDPOINT, ERROR_REF, HTTP, MESSAGE, METADATA, OPERATION, SERVICE};
use super::{
    ErrorFacts, Metadata, Operation, ServiceModel, Shape, ShapeKind, paginators, published,
};
use crate::diagnostic::Outcome;
use crate::json::{Places, Reader, Unread};
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
        Outcome { value: model.filter(|_| !diagnostics.has_errors()), diagnostics }
    }
}

fn read_service<'a>(reader: &mut Reader<'a>, places: &'a Places) -> Option<ServiceModel> {
    let file: published::Service<'_> = reader.file()?;
    SERVICE.check(&file.other, &[], reader);
    let metadata = reader.value(file.metadata, &["metadata"]);
    let metadata = metadata.map(|metadata| read_metadata(metadata, reader));
    let operations: IndexMap<String, published::Operation> =
        reader.entries(&file.operations, &["operations"]);
    let operations: Vec<_> =
        operations.into_iter().map(|(key, read)| read_operation(key, read, reader)).collect();
    let mut model = ServiceModel {
        source: places.source().clone(),
        shapes: read_all(&file.shapes, reader),
        metadata: metadata?,
        operations: IndexMap::new(),
        pagination: IndexMap::new(),
        places: places.clone(),
    };
    for (key, operation, facts) in operations {
        for (index, (name, facts)) in operation.errors.iter().zip(facts).enumerate() {
            let Some(facts) = facts else { continue };
            if !merge_error(&mut model.shapes, name, facts) {
                let message = format!(
                    "the operation `{key}` and the error `{name}` disagree on the error's code, status or fault"
                );
                let path = ["operations", &key, "errors", &index.to_string(), "error"];
                reader.error(&ERROR_DISAGREES, &path, message);
            }
        }
        check_references(&key, &operation, &model, &file.shapes, reader);
        model.operations.insert(key, operation);
    }
    Some(model)
}

fn read_metadata(read: published::Metadata, reader: &mut Reader<'_>) -> Metadata {
    for (key, value, format) in [
        ("apiVersion", Some(&read.api_version), &API_VERSION),
        ("endpointPrefix", Some(&read.endpoint_prefix), &ENDPOINT_PREFIX),
        ("protocol", Some(&read.protocol), &WORD),
        ("serviceId", Some(&read.service_id), &SERVICE_ID),
        ("globalEndpoint", read.global_endpoint.as_ref(), &HOST),
        ("signingName", read.signing_name.as_ref(), &SIGNING_NAME),
        ("signatureVersion", read.signature_version.as_ref(), &WORD),
    ] {
        if let Some(value) = value.filter(|value| !(format.accepts)(value)) {
            let message =
                format!("`metadata.{key}` is {value:?}, which is not {}", format.expected);
            reader.error(&BAD_VALUE, &["metadata", key], message);
        }
    }
    METADATA.unsupported(&read.other, &["metadata"], reader);
    let protocols =
        if read.protocols.is_empty() { vec![read.protocol.clone()] } else { read.protocols };
    Metadata {
        api_version: read.api_version,
        global_endpoint: read.global_endpoint,
        protocols,
        protocol: read.protocol,
        signature_version: read.signature_version,
        service_id: read.service_id,
        full_name: read.service_full_name,
        signing_name: read.signing_name.unwrap_or_else(|| read.endpoint_prefix.clone()),
        endpoint_prefix: read.endpoint_prefix,
        xml_namespace: read.xml_namespace,
    }
}

/// The key of an operation, the operation, and for each of its errors the facts that it states itself.
type ReadOperation = (String, Operation, Vec<Option<ErrorFacts>>);

fn read_operation(
    key: String,
    read: published::Operation,
    reader: &mut Reader<'_>,
) -> ReadOperation {
    let path = ["operations", &key];
    let at = |part| ["operations", &key, part];
    let mut unsupported = OPERATION.unsupported(&read.other, &path, reader);
    let auth_type = read.authtype.as_deref();
    if auth_type.is_some_and(|kind| kind != "none") {
        unsupported.push("authtype".to_owned());
    }
    for (part, message) in [("input", &read.input), ("output", &read.output)] {
        let Some(message) = message else { continue };
        let keys = MESSAGE.unsupported(&message.other, &at(part), reader);
        unsupported.extend(keys.iter().map(|key| format!("{part}.{key}")));
    }
    HTTP.check(&read.http.other, &at("http"), reader);
    if let Some(endpoint) = &read.endpoint {
        ENDPOINT.check(&endpoint.other, &at("endpoint"), reader);
    }
    let mut facts = Vec::new();
    for (index, reference) in read.errors.iter().enumerate() {
        let path = ["operations", &key, "errors", &index.to_string()];
        ERROR_REF.check(&reference.other, &path, reader);
        let path = [&path[..], &["error"]].concat();
        let error = reference.error.as_ref();
        facts.push(error.map(|error| error_facts(error, &reference.shape, &path, reader)));
    }
    let operation = Operation {
        unsigned: auth_type == Some("none") || read.auth == ["smithy.api#noAuth"],
        name: read.name,
        http_method: read.http.method,
        request_uri: read.http.request_uri,
        input: read.input.map(|input| input.shape),
        result_wrapper: read.output.as_ref().and_then(|output| output.result_wrapper.clone()),
        output: read.output.map(|output| output.shape),
        errors: read.errors.into_iter().map(|error| error.shape).collect(),
        host_prefix: read.endpoint.and_then(|endpoint| endpoint.host_prefix),
        unsupported,
        documentation: read.documentation,
    };
    (key, operation, facts)
}

/// Adds the facts that an operation states to the error structure `name`. Returns false if it has others.
fn merge_error(shapes: &mut IndexMap<String, Shape>, name: &str, facts: ErrorFacts) -> bool {
    let Some(Shape { kind: ShapeKind::Structure(structure), .. }) = shapes.get_mut(name) else {
        return true;
    };
    match &structure.error {
        Some(known) if known.status.is_some() => *known == facts,
        _ => {
            structure.error = Some(facts);
            true
        }
    }
}

/// Reports the names in the operation that are not those of structures.
fn check_references(
    key: &str,
    operation: &Operation,
    model: &ServiceModel,
    shapes: &Unread<'_>,
    reader: &mut Reader<'_>,
) {
    let errors = operation.errors.iter().enumerate();
    let errors = errors.map(|(index, name)| (vec!["errors".to_owned(), index.to_string()], name));
    let messages = [("input", &operation.input), ("output", &operation.output)];
    let messages = messages
        .into_iter()
        .filter_map(|(part, name)| Some((vec![part.to_owned()], name.as_ref()?)));
    for (path, name) in messages.chain(errors) {
        // A shape that could not be read has a diagnostic already.
        let is_unread = || model.shape(name).is_none() && shapes.keys().any(|key| key == name);
        if model.structure(name).is_none() && !is_unread() {
            let steps = path.iter().map(String::as_str);
            let path: Vec<&str> =
                ["operations", key].into_iter().chain(steps).chain(["shape"]).collect();
            report_dangling(name, &path, reader);
        }
    }
}
