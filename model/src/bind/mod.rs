//! Binding: the methods of a page are matched to the operations of a service model, its fields to output members, its
//! params to input members. The result is a [`schema::Service`](crate::schema::Service).

mod cycles;
mod expressions;
mod listing;
mod operations;
mod overrides;
mod params;
mod row;
pub mod rules;
mod shapes;
mod supported;
#[cfg(test)]
mod tests;
mod waiters;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use self::expressions::MessageTypes;
use self::operations::Operations;
pub use self::overrides::Overrides;
pub use self::params::member_of;
use self::shapes::{Role, Shapes};
use crate::diagnostic::{Diagnostic, Diagnostics, Outcome};
use crate::model::{Operation, Protocol, ServiceModel, Structure};
use crate::page::{Access, Method as PageMethod, Page, ResourceId};
use crate::schema::{Http, Member, Method, OutputShape, Resource, Service};

/// Binds `pages`, all of one service, to the operations of `model`.
///
/// # Errors
/// The outcome has no value if a method has no operation, a param or a field is not in the model, two pages describe one
/// resource, or an override no longer applies. All problems are reported. If page and model disagree on what is
/// required, the page decides, with a warning.
pub fn bind(pages: &[Page], model: &ServiceModel, overrides: &Overrides) -> Outcome<Service> {
    bind_some(pages, |_| true, model, overrides)
}

/// As [`bind`], for those `pages` only whose resource `is_wanted`. The outcome has no value if none is. An override for
/// another page is not reported as stale.
///
/// # Errors
/// Those of [`bind`].
pub fn bind_some(
    pages: &[Page],
    is_wanted: impl Fn(&ResourceId) -> bool,
    model: &ServiceModel,
    overrides: &Overrides,
) -> Outcome<Service> {
    let protocol = match supported::protocol(model) {
        Ok(protocol) => protocol,
        // A service that cannot be called needs no other diagnostics.
        Err(problem) => return Outcome { value: None, diagnostics: problem.into() },
    };
    let mut binder = Binder::new(model, protocol, overrides);
    binder.check_overrides(pages);
    let mut pages: Vec<&Page> = pages.iter().collect();
    pages.sort_by(|left, right| left.overview.id.value.cmp(&right.overview.id.value));
    binder.check_pages(&pages);
    pages.retain(|page| is_wanted(&page.overview.id));
    let operations: Vec<_> = pages.iter().map(|page| binder.operations_of(page)).collect();
    let used = operations.iter().flatten().map(|(_, operation)| *operation);
    supported::check(used, [], model, protocol, &mut binder.diagnostics);
    let resources: Vec<Resource> = pages
        .iter()
        .zip(&operations)
        .map(|(page, operations)| binder.bind_page(page, operations))
        .collect();
    let errors = error_codes(&resources);
    binder.finish(resources, &errors)
}

/// The operations of `model` without a page, as methods of the resource `model.service.operations`. A method has the name
/// of its operation, and requires what the model requires. Operations whose requests are event streams are left out, and named
/// in [`Service::unsupported_operations`].
///
/// # Errors
/// The outcome has no value if the model needs something that is not supported.
pub fn bind_model(model: &ServiceModel) -> Outcome<Service> {
    let protocol = match supported::protocol(model) {
        Ok(protocol) => protocol,
        Err(problem) => return Outcome { value: None, diagnostics: problem.into() },
    };
    let overrides = Overrides::default();
    let mut binder = Binder::new(model, protocol, &overrides);
    // An operation may return an error that it does not declare.
    let errors = model.errors().map(|(name, ..)| name);
    let (unsupported, operations): (Vec<&Operation>, Vec<_>) = model
        .operations
        .values()
        .partition(|operation| supported::sends_event_stream(operation, model).is_some());
    supported::check(operations.iter().copied(), errors, model, protocol, &mut binder.diagnostics);
    let methods = operations.into_iter().map(|operation| binder.bind_operation(operation));
    let methods = methods.collect();
    let id = ResourceId {
        provider: "model".to_owned(),
        service: "service".to_owned(),
        resource: "operations".to_owned(),
    };
    let errors = model.errors().map(|(.., error)| error.code.clone()).collect();
    let mut bound = binder.finish(vec![Resource { id, row: None, methods }], &errors);
    if let Some(service) = &mut bound.value {
        let names = unsupported.into_iter().map(|operation| operation.name.clone());
        service.unsupported_operations = names.collect();
    }
    bound
}

/// The names of the operations of all methods of `pages`, for an import to keep.
///
/// # Errors
/// The outcome has no value if a method has no operation, or an override no longer applies.
pub fn operations_of(
    pages: &[Page],
    model: &ServiceModel,
    overrides: &Overrides,
) -> Outcome<BTreeSet<String>> {
    // Names do not depend on the protocol.
    let mut binder = Binder::new(model, Protocol::AwsQuery, overrides);
    binder.check_overrides(pages);
    let found = pages.iter().flat_map(|page| binder.operations_of(page));
    let names = found.map(|(_, operation)| operation.name.clone()).collect();
    let diagnostics = binder.diagnostics;
    Outcome { value: (!diagnostics.has_errors()).then_some(names), diagnostics }
}

/// What binding needs to know, and what it has found.
struct Binder<'m> {
    model: &'m ServiceModel,
    protocol: Protocol,
    overrides: &'m Overrides,
    operations: Operations<'m>,
    shapes: Shapes<'m>,
    diagnostics: Diagnostics,
}

impl<'m> Binder<'m> {
    fn new(model: &'m ServiceModel, protocol: Protocol, overrides: &'m Overrides) -> Self {
        Self {
            model,
            protocol,
            overrides,
            operations: Operations::of(model),
            shapes: Shapes::new(model, protocol, overrides),
            diagnostics: Diagnostics::default(),
        }
    }

    /// Reports pages of one resource, which follow each other in `pages`.
    fn check_pages(&mut self, pages: &[&Page]) {
        let ids = pages.iter().map(|page| &page.overview.id);
        for (one, other) in ids.clone().zip(ids.skip(1)).filter(|(one, other)| one == other) {
            let message = format!("two pages describe the resource `{}`", one.value);
            let found = rules::DUPLICATE_PAGE.error(message, other.span.clone());
            self.diagnostics.push(found.related(one.span.clone(), "the other page"));
        }
    }

    fn bind_page(&mut self, page: &Page, operations: &[(&PageMethod, &'m Operation)]) -> Resource {
        let row = self.row(page, operations);
        // A method that several verbs reach has a row for each, and is one method.
        let mut seen = BTreeSet::new();
        let methods = operations
            .iter()
            .filter(|(method, _)| seen.insert(method.full_name.as_str()))
            .map(|(method, operation)| {
                let (input, required_params) = self.params(method, operation);
                Method {
                    name: method.name.clone(),
                    full_name: method.full_name.value.clone(),
                    documentation: method.description.value.clone(),
                    required_params,
                    ..self.method(operation, method.access.value, input, row.as_ref())
                }
            })
            .collect();
        let row = row.map(row::BoundRow::into_row);
        Resource { id: page.overview.id.value.clone(), row, methods }
    }

    /// The method for `operation`, without a page.
    fn bind_operation(&mut self, operation: &Operation) -> Method {
        let input = self.shapes.members(self.input_of(operation), Role::Input);
        let reads = ["List", "Get", "Describe"].iter().any(|verb| operation.name.starts_with(verb));
        let access = if reads { Access::Select } else { Access::Exec };
        let required = input.iter().filter(|member| member.required);
        let required_params = required.map(|member| member.name.clone()).collect();
        Method { required_params, ..self.method(operation, access, input, None) }
    }

    /// A method with what its operation and its access decide. The rest is empty, and its name is the operation's.
    fn method(
        &mut self,
        operation: &Operation,
        access: Access,
        input: Vec<Member>,
        row: Option<&row::BoundRow>,
    ) -> Method {
        self.shapes.use_all(&input);
        let output = self.output(operation, row);
        let row = row.map_or(&[][..], row::BoundRow::members);
        let types = MessageTypes { model: self.model, shapes: &self.shapes, row };
        let (members, listing) = match output.as_ref().map(|output| &output.shape) {
            Some(OutputShape::Members(output)) => {
                (&output[..], listing::find(access, operation, &input, output, &types))
            }
            Some(OutputShape::Row) => (row, None),
            None => (&[][..], None),
        };
        let waiters = waiters::find(operation, members, &types, &mut self.diagnostics);
        let errors = || self.model.error_codes(operation);
        let retryable = errors().filter_map(|facts| Some((facts.code.clone(), facts.retryable?)));
        Method {
            name: operation.name.clone(),
            full_name: operation.name.clone(),
            access,
            documentation: String::new(),
            operation: operation.name.clone(),
            http: http(operation, self.model),
            has_input: operation.input.is_some(),
            host_prefix: host_prefix(operation, &input),
            auth: operation.auth_scheme(),
            unsigned_payload: operation.has_unsigned_payload(),
            checksum: operation.checksum(),
            allows_gzip: operation.allows_gzip(),
            static_context_params: self.in_rules(&operation.static_context_params),
            operation_context_params: self.in_rules(&operation.operation_context_params),
            retryable: retryable.collect(),
            required_params: Vec::new(),
            rows: output.as_ref().and_then(|output| listing::rows(output, listing.as_ref())),
            listing,
            waiters,
            input,
            output,
            error_codes: errors().map(|facts| facts.code.clone()).collect(),
        }
    }

    /// Those of `params`, by name, that the service's endpoint rule set refers to.
    fn in_rules<T: Clone>(&self, params: &BTreeMap<String, T>) -> BTreeMap<String, T> {
        let mut params = params.clone();
        if let Some(rules) = &self.model.endpoints {
            params.retain(|name, _| rules.parameter(name).is_some());
        }
        params
    }

    /// The input of `operation`; without members if it has none.
    fn input_of(&self, operation: &Operation) -> &'m Structure {
        static NOTHING: LazyLock<Structure> = LazyLock::new(Structure::default);
        self.model.input_of(operation).unwrap_or(&NOTHING)
    }

    /// Adds `found`, an error about `name`, with the one of `known` that may be meant.
    fn report_near<'a>(
        &mut self,
        found: Diagnostic,
        name: &str,
        known: impl Iterator<Item = &'a String>,
    ) {
        let near = self.diagnostics.nearest(name, known.map(String::as_str));
        self.diagnostics.push(match near {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found,
        });
    }

    /// The service of `resources`, with the structures of the errors in `codes`, unless an error was reported.
    fn finish(mut self, resources: Vec<Resource>, codes: &BTreeSet<String>) -> Outcome<Service> {
        let Some(first) = resources.first().filter(|_| !self.diagnostics.has_errors()) else {
            return Outcome { value: None, diagnostics: self.diagnostics };
        };
        let value = Service {
            provider: first.id.provider.clone(),
            name: first.id.service.clone(),
            metadata: self.model.metadata.clone(),
            protocol: self.protocol,
            endpoints: self.model.endpoints.clone(),
            unsupported_operations: Vec::new(),
            error_codes: error_codes(&resources).into_iter().collect(),
            error_structures: self.error_structures(codes),
            schemas: self.shapes.finish(),
            resources,
        };
        Outcome { value: Some(value), diagnostics: self.diagnostics }
    }

    /// The structures of errors that have members beside code and message, by code.
    fn error_structures(&mut self, codes: &BTreeSet<String>) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (name, structure, error) in self.model.errors() {
            let mut members = structure.members.keys();
            if codes.contains(&error.code) && !members.all(|name| shapes::is_of_every_error(name)) {
                self.shapes.use_structure(name);
                found.insert(error.code.clone(), name.to_owned());
            }
        }
        found
    }
}

/// The codes of the errors that methods of `resources` declare.
fn error_codes(resources: &[Resource]) -> BTreeSet<String> {
    let methods = resources.iter().flat_map(|resource| &resource.methods);
    methods.flat_map(|method| &method.error_codes).cloned().collect()
}

/// The HTTP request of `operation`. A rule set with the parameter `Bucket` puts the bucket into the URL of the endpoint, so it is
/// no part of the path.
fn http(operation: &Operation, model: &ServiceModel) -> Http {
    let input = operation.input.as_ref();
    let uri = operation.http.request_uri.as_str();
    let has_bucket =
        model.endpoints.as_ref().is_some_and(|rules| rules.parameter("Bucket").is_some());
    let uri = match uri.strip_prefix("/{Bucket}").filter(|_| has_bucket) {
        Some(rest) if rest.starts_with('/') => rest.to_owned(),
        Some(rest) => format!("/{rest}"),
        None => uri.to_owned(),
    };
    Http {
        method: operation.http.method.clone(),
        uri,
        root: input.and_then(|input| input.location_name.clone()),
        namespace: input.and_then(|input| input.xml_namespace.clone()),
    }
}

/// The prefix of the host, with wire names of input members instead of the model's names.
fn host_prefix(operation: &Operation, input: &[Member]) -> Option<String> {
    let wire: HashMap<&str, &str> =
        input.iter().map(|member| (member.name.as_str(), member.wire.as_str())).collect();
    supported::rename_labels(operation.host_prefix()?, |name| wire.get(name).copied())
}
