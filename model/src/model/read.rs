//! Reads `service-2.json`.

use indexmap::IndexMap;
use serde_json::Value;

use super::forms::{API_VERSION, ENDPOINT_PREFIX, HOST, SERVICE_ID, SIGNING_NAME, WORD};
use super::json::{Object, Problems, Report, Step, wrong_type};
use super::locate::Places;
use super::rules::{BAD_JSON, ERROR_DISAGREES, REPEATED_KEY};
use super::vocabulary::{ENDPOINT, ERROR, ERROR_REF, HTTP, MESSAGE, METADATA, OPERATION, SERVICE};
use super::{ErrorFacts, Metadata, Operation, ServiceModel, Shape, ShapeKind, paginators, shapes};
use crate::diagnostic::{Diagnostics, Outcome, Severity};
use crate::source::Source;

impl ServiceModel {
    /// Reads a service model, as published or trimmed, and its paginators.
    ///
    /// Everything that is wrong is reported: bad JSON, a missing key, a value of the wrong type, a key that
    /// this reader does not know, a shape or a member that is referred to and not there. The protocol may be
    /// any; whoever binds the model decides which it can serve.
    pub fn read(service: &Source, paginators: Option<&Source>) -> Outcome<ServiceModel> {
        let mut diagnostics = Diagnostics::default();
        let mut model = parse(service, &mut diagnostics).and_then(|(value, places)| {
            let problems = Problems::new(&places);
            let model = read_service(&value, &places, &problems);
            diagnostics.append(problems.into_diagnostics());
            model
        });
        if let (Some(model), Some(source)) = (&mut model, paginators) {
            model.pagination = paginators::read(source, model, &mut diagnostics);
        }
        Outcome { value: model.filter(|_| !diagnostics.has_errors()), diagnostics }
    }
}

/// The text as JSON, with the places in it, or a diagnostic where it is not JSON.
pub(super) fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Option<(Value, Places)> {
    let error = match serde_json::from_str(source.text()) {
        Ok(value) => {
            let (places, repeated_keys) = Places::survey(source);
            for span in repeated_keys {
                let message = format!("the key {} appears twice in one object", span.text());
                diagnostics.push(REPEATED_KEY.error(message, span));
            }
            return Some((value, places));
        }
        Err(error) => error,
    };
    // Lines and columns count from 1, columns in bytes; the column of the last byte read.
    let line_start: usize = source
        .text()
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let at = line_start + error.column().saturating_sub(1);
    let message = error.to_string();
    let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
    let span = source.span(at..at + 1);
    diagnostics
        .push(BAD_JSON.error("the service model is not valid JSON", span.clone()).at(span, reason));
    None
}

fn read_service(value: &Value, places: &Places, problems: &Problems<'_>) -> Option<ServiceModel> {
    let root = Object::known(value, &Step::ROOT, problems, &SERVICE)?;
    let metadata = root.require("metadata").and_then(|value| read_metadata(value, problems));
    let operations = read_operations(&root);
    let shapes = shapes::read_all(&root);
    let mut model = ServiceModel {
        source: places.source().clone(),
        metadata: metadata?,
        operations: IndexMap::new(),
        shapes: shapes?,
        pagination: IndexMap::new(),
        places: places.clone(),
    };
    for (key, operation, facts) in operations? {
        for (index, (name, facts)) in operation.errors.iter().zip(facts).enumerate() {
            let Some(facts) = facts else { continue };
            if !merge_error(&mut model.shapes, name, facts) {
                report_disagreement(&key, index, name, problems);
            }
        }
        check_references(&key, &operation, &model, problems);
        model.operations.insert(key, operation);
    }
    Some(model)
}

fn read_metadata(value: &Value, problems: &Problems<'_>) -> Option<Metadata> {
    let step = Step::ROOT.to("metadata");
    let object = Object::known(value, &step, problems, &METADATA)?;
    let api_version = object.required_formed("apiVersion", &API_VERSION);
    let endpoint_prefix = object.required_formed("endpointPrefix", &ENDPOINT_PREFIX);
    let protocol = object.required_formed("protocol", &WORD);
    let service_id = object.required_formed("serviceId", &SERVICE_ID);
    let full_name = object.required_text("serviceFullName");
    let (endpoint_prefix, protocol) = (endpoint_prefix?, protocol?);
    let mut protocols = object.texts("protocols");
    if protocols.is_empty() {
        protocols.push(protocol.clone());
    }
    Some(Metadata {
        api_version: api_version?,
        global_endpoint: object.formed("globalEndpoint", &HOST),
        service_id: service_id?,
        full_name: full_name?,
        signing_name: object
            .formed("signingName", &SIGNING_NAME)
            .unwrap_or_else(|| endpoint_prefix.clone()),
        xml_namespace: object.text("xmlNamespace"),
        signature_version: object.formed("signatureVersion", &WORD),
        endpoint_prefix,
        protocol,
        protocols,
    })
}

/// The key of an operation, it, and what it says itself of each of its errors.
type ReadOperation = (String, Operation, Vec<Option<ErrorFacts>>);

fn read_operations(root: &Object<'_>) -> Option<Vec<ReadOperation>> {
    let step = Step::ROOT.to("operations");
    let all = Object::open(root.require("operations")?, &step, root.problems)?;
    let read = all.map.iter().filter_map(|(key, value)| {
        let step = step.to(key);
        read_operation(key, &Object::known(value, &step, root.problems, &OPERATION)?)
    });
    Some(read.collect())
}

fn read_operation(key: &str, object: &Object<'_>) -> Option<ReadOperation> {
    let name = object.required_text("name");
    let step = object.step.to("http");
    let http = object
        .require("http")
        .and_then(|value| Object::known(value, &step, object.problems, &HTTP))
        .map(|http| (http.required_text("method"), http.required_text("requestUri")));
    let (input, _, input_unmodelled) = read_message(object, "input");
    let (output, result_wrapper, output_unmodelled) = read_message(object, "output");
    let (errors, facts) = read_errors(object).into_iter().unzip();
    let step = object.step.to("endpoint");
    let endpoint = object
        .map
        .get("endpoint")
        .and_then(|value| Object::known(value, &step, object.problems, &ENDPOINT));
    let auth = object.texts("auth");
    let auth_type = object.text("authtype");
    let mut unsupported = object.unsupported(&OPERATION);
    if auth_type.as_ref().is_some_and(|kind| kind != "none") {
        unsupported.push("authtype".to_owned());
    }
    unsupported.extend(input_unmodelled);
    unsupported.extend(output_unmodelled);
    let (method, request_uri) = http?;
    let operation = Operation {
        name: name?,
        http_method: method?,
        request_uri: request_uri?,
        input,
        output,
        result_wrapper,
        errors,
        unsigned: auth_type.as_deref() == Some("none") || auth == ["smithy.api#noAuth"],
        host_prefix: endpoint.and_then(|endpoint| endpoint.text("hostPrefix")),
        unsupported,
        documentation: object.text("documentation"),
    };
    Some((key.to_owned(), operation, facts))
}

/// The shape, the wrapper and the unmodelled keys of `input` or `output`.
fn read_message(
    operation: &Object<'_>,
    key: &str,
) -> (Option<String>, Option<String>, Vec<String>) {
    let step = operation.step.to(key);
    let object = operation
        .map
        .get(key)
        .and_then(|value| Object::known(value, &step, operation.problems, &MESSAGE));
    object.map_or_else(Default::default, |object| {
        let unsupported = object.unsupported(&MESSAGE);
        let unsupported = unsupported.iter().map(|name| format!("{key}.{name}")).collect();
        (object.required_text("shape"), object.text("resultWrapper"), unsupported)
    })
}

fn read_errors(operation: &Object<'_>) -> Vec<(String, Option<ErrorFacts>)> {
    let Some(value) = operation.map.get("errors") else {
        return Vec::new();
    };
    let step = operation.step.to("errors");
    let Some(list) = value.as_array() else {
        operation.problems.error(&step, wrong_type(&step, "a list of errors", value));
        return Vec::new();
    };
    let mut errors = Vec::new();
    for (index, value) in list.iter().enumerate() {
        let index = index.to_string();
        let step = step.to(&index);
        let Some(object) = Object::known(value, &step, operation.problems, &ERROR_REF) else {
            continue;
        };
        let Some(name) = object.required_text("shape") else {
            continue;
        };
        let facts = error_facts(&object, &name);
        errors.push((name, facts));
    }
    errors
}

/// What `error` of a shape, or of an operation's reference to it, says.
pub(super) fn error_facts(object: &Object<'_>, name: &str) -> Option<ErrorFacts> {
    let step = object.step.to("error");
    let error = Object::known(object.map.get("error")?, &step, object.problems, &ERROR)?;
    Some(ErrorFacts {
        code: error.text("code").unwrap_or_else(|| name.to_owned()),
        status: error.status("httpStatusCode"),
        sender_fault: error.flag("senderFault"),
    })
}

/// Gives the error structure `name` the facts that an operation states. False where it has others.
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

fn report_disagreement(operation: &str, index: usize, shape: &str, problems: &Problems<'_>) {
    let index = index.to_string();
    let steps = ["operations", operation, "errors", &index, "error"];
    let message = format!(
        "the operation `{operation}` and the error `{shape}` disagree on the error's code, status or fault"
    );
    let path = steps.iter().map(|step| (*step).to_owned()).collect();
    problems.push(Severity::Error, path, Report::new(&ERROR_DISAGREES, message));
}

/// Reports the shapes that the operation names and the model does not have as structures.
fn check_references(
    key: &str,
    operation: &Operation,
    model: &ServiceModel,
    problems: &Problems<'_>,
) {
    let operations = Step::ROOT.to("operations");
    let step = operations.to(key);
    let named = [("input", &operation.input), ("output", &operation.output)];
    for (side, name) in named.into_iter().filter_map(|(side, name)| Some((side, name.as_ref()?))) {
        if model.structure(name).is_none() {
            problems.error(&step.to(side).to("shape"), shapes::dangling(name));
        }
    }
    let step = step.to("errors");
    for (index, name) in operation.errors.iter().enumerate() {
        if model.structure(name).is_none() {
            let index = index.to_string();
            problems.error(&step.to(&index).to("shape"), shapes::dangling(name));
        }
    }
}
