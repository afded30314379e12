//! Binding: the methods of a page are matched to the operations of a service model, its fields to output members, its
//! params to input members. The result is a [`schema::Service`](crate::schema::Service).

mod cycles;
mod listing;
mod methods;
mod operations;
mod overrides;
mod params;
mod row;
pub mod rules;
mod shapes;
mod supported;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::operations::Operations;
pub use self::overrides::Overrides;
pub use self::params::member_of;
use self::shapes::Shapes;
use crate::diagnostic::{Diagnostics, Outcome};
use crate::model::{self, Operation, ServiceModel};
use crate::page::{self, Page};
use crate::schema::{Member, Method, OutputShape, Resource, Service};

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
    is_wanted: impl Fn(&page::ResourceId) -> bool,
    model: &ServiceModel,
    overrides: &Overrides,
) -> Outcome<Service> {
    let mut diagnostics = supported::check_service(model);
    if diagnostics.has_errors() {
        // A service that cannot be called needs no other diagnostics.
        return Outcome { value: None, diagnostics };
    }
    let all = Operations::of(model);
    overrides.check(pages, &all, model, &mut diagnostics);
    let mut shapes = Shapes::new(model, overrides);
    let mut pages: Vec<&Page> = pages.iter().collect();
    pages.sort_by(|left, right| left.overview.id.value.cmp(&right.overview.id.value));
    check_pages(&pages, &mut diagnostics);
    pages.retain(|page| is_wanted(&page.overview.id));
    let operations: Vec<_> = pages
        .iter()
        .map(|page| methods::find_operations(page, &all, overrides, &mut diagnostics))
        .collect();
    let used = operations.iter().flatten().map(|(_, operation)| *operation);
    supported::check(used, model, &mut diagnostics);
    let resources: Vec<Resource> = pages
        .iter()
        .zip(&operations)
        .map(|(page, operations)| bind_page(page, operations, model, &mut shapes, &mut diagnostics))
        .collect();
    let id =
        pages.first().filter(|_| !diagnostics.has_errors()).map(|page| &page.overview.id.value);
    let value = id.map(|id| {
        let declared: BTreeSet<String> = error_codes(&resources).cloned().collect();
        service(id, resources, &declared, model, shapes)
    });
    Outcome { value, diagnostics }
}

/// The operations of `model` without a page, as methods of the resource `model.service.operations`. A method has the name
/// of its operation, and requires what the model requires.
///
/// # Errors
/// The outcome has no value if the model needs something that is not supported.
pub fn bind_model(model: &ServiceModel) -> Outcome<Service> {
    let mut diagnostics = supported::check_service(model);
    if diagnostics.has_errors() {
        return Outcome { value: None, diagnostics };
    }
    let overrides = Overrides::default();
    supported::check(model.operations.values(), model, &mut diagnostics);
    let mut shapes = Shapes::new(model, &overrides);
    let methods: Vec<Method> = model
        .operations
        .values()
        .map(|operation| bind_operation(operation, model, &mut shapes))
        .collect();
    let id = page::ResourceId {
        provider: "model".to_owned(),
        service: "service".to_owned(),
        resource: "operations".to_owned(),
    };
    // An operation may return an error that it does not declare.
    let errors: BTreeSet<String> = model.errors().map(|(.., error)| error.code.clone()).collect();
    let value = (!diagnostics.has_errors()).then(|| {
        let resources = vec![Resource { id: id.clone(), row: None, methods }];
        service(&id, resources, &errors, model, shapes)
    });
    Outcome { value, diagnostics }
}

/// The service of `resources`, with the structures of the errors in `codes`. `id` is the id of any of the resources.
fn service(
    id: &page::ResourceId,
    resources: Vec<Resource>,
    codes: &BTreeSet<String>,
    model: &ServiceModel,
    mut shapes: Shapes<'_>,
) -> Service {
    let declared: BTreeSet<&String> = error_codes(&resources).collect();
    Service {
        provider: id.provider.clone(),
        name: id.service.clone(),
        metadata: model.metadata.clone(),
        error_codes: declared.into_iter().cloned().collect(),
        error_structures: error_structures(codes, model, &mut shapes),
        schemas: shapes.finish(),
        resources,
    }
}

/// The codes of the errors that methods of `resources` declare.
fn error_codes(resources: &[Resource]) -> impl Iterator<Item = &String> {
    let methods = resources.iter().flat_map(|resource| &resource.methods);
    methods.flat_map(|method| &method.error_codes)
}

/// The method for `operation`, without a page.
fn bind_operation(operation: &Operation, model: &ServiceModel, shapes: &mut Shapes<'_>) -> Method {
    let nothing = model::Structure::default();
    let input = shapes.members(model.input_of(operation).unwrap_or(&nothing));
    shapes.use_all(&input);
    let reads = ["List", "Get", "Describe"].iter().any(|verb| operation.name.starts_with(verb));
    let access = if reads { page::Access::Select } else { page::Access::Exec };
    let required = input.iter().filter(|member| member.required);
    let required_params = required.map(|member| member.name.clone()).collect();
    let method = method(operation, access, input, None, model, shapes);
    Method { required_params, ..method }
}

/// A method with what its operation and its access decide. The rest is empty, and its name is the operation's.
fn method(
    operation: &Operation,
    access: page::Access,
    input: Vec<Member>,
    row: Option<&row::BoundRow>,
    model: &ServiceModel,
    shapes: &mut Shapes<'_>,
) -> Method {
    let output = row::output(operation, row, model, shapes);
    let listing = match output.as_ref().map(|output| &output.shape) {
        Some(OutputShape::Members(output)) => {
            listing::find(access, operation, &input, output, model)
        }
        Some(OutputShape::Row) | None => None,
    };
    Method {
        name: operation.name.clone(),
        full_name: operation.name.clone(),
        access,
        documentation: String::new(),
        operation: operation.name.clone(),
        host_prefix: host_prefix(operation, &input),
        unsigned: operation.unsigned,
        required_params: Vec::new(),
        rows: output.as_ref().and_then(|output| listing::rows(output, listing.as_ref())),
        listing,
        input,
        output,
        error_codes: model.error_codes(operation).map(|facts| facts.code.clone()).collect(),
    }
}

/// The prefix of the host, with wire names of input members instead of the model's names.
fn host_prefix(operation: &Operation, input: &[Member]) -> Option<String> {
    let prefix = operation.host_prefix.clone()?;
    let wire: HashMap<&str, &str> =
        input.iter().map(|member| (member.name.as_str(), member.wire.as_str())).collect();
    let mut named = String::with_capacity(prefix.len());
    for (at, part) in prefix.split('{').enumerate() {
        if at > 0 {
            named.push('{');
        }
        match part.split_once('}').filter(|_| at > 0) {
            Some((name, after)) => {
                named.push_str(wire.get(name).copied().unwrap_or(name));
                named.push('}');
                named.push_str(after);
            }
            None => named.push_str(part),
        }
    }
    Some(named)
}

/// The structures of errors that have members beside code and message, by code.
fn error_structures(
    codes: &BTreeSet<String>,
    model: &ServiceModel,
    shapes: &mut Shapes<'_>,
) -> BTreeMap<String, String> {
    let has_others = |structure: &model::Structure| {
        structure.members.keys().any(|name| !shapes::is_of_every_error(name))
    };
    let mut found = BTreeMap::new();
    for (name, structure, error) in model.errors() {
        if codes.contains(&error.code) && has_others(structure) {
            shapes.use_structure(name);
            found.insert(error.code.clone(), name.to_owned());
        }
    }
    found
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
    let mut diagnostics = Diagnostics::default();
    let all = Operations::of(model);
    overrides.check(pages, &all, model, &mut diagnostics);
    let mut names = BTreeSet::new();
    for page in pages {
        let found = methods::find_operations(page, &all, overrides, &mut diagnostics);
        names.extend(found.into_iter().map(|(_, operation)| operation.name.clone()));
    }
    let value = (!diagnostics.has_errors()).then_some(names);
    Outcome { value, diagnostics }
}

fn check_pages(pages: &[&Page], diagnostics: &mut Diagnostics) {
    for pair in pages.windows(2) {
        let [first, second] = pair else { continue };
        let (one, other) = (&first.overview.id, &second.overview.id);
        if one.value == other.value {
            let message = format!("two pages describe the resource `{}`", one.value);
            diagnostics.push(
                rules::DUPLICATE_PAGE
                    .error(message, other.span.clone())
                    .related(one.span.clone(), "the other page"),
            );
        }
    }
}

fn bind_page(
    page: &Page,
    operations: &[(&page::Method, &Operation)],
    model: &ServiceModel,
    shapes: &mut Shapes<'_>,
    diagnostics: &mut Diagnostics,
) -> Resource {
    let row = row::find(page, operations, model, shapes, diagnostics);
    // A method that several verbs reach has a row for each, and is one method.
    let mut seen = BTreeSet::new();
    let methods = operations
        .iter()
        .filter(|(method, _)| seen.insert(method.full_name.as_str()))
        .map(|(method, operation)| {
            let input = params::bind(method, operation, model, shapes, diagnostics);
            let access = method.access.value;
            Method {
                name: method.name.clone(),
                full_name: method.full_name.value.clone(),
                documentation: method.description.value.clone(),
                required_params: params::required(method, operation, model),
                ..self::method(operation, access, input, row.as_ref(), model, shapes)
            }
        })
        .collect();
    Resource { id: page.overview.id.value.clone(), row: row.map(row::BoundRow::into_row), methods }
}
