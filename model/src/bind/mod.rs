//! Binding: a page's methods are tied to the model's operations, its fields to output members, its
//! params to input members. What comes out knows wire names and types, and nothing of Rust.

mod cycles;
#[cfg(test)]
mod growth;
mod listing;
mod operation;
mod overrides;
mod params;
mod row;
pub mod rules;
mod shapes;
mod supported;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::operation::Operations;
pub use self::overrides::Overrides;
pub use self::params::member_of;
use self::shapes::Shapes;
use crate::diagnostic::{Diagnostics, Outcome};
use crate::model::{self, Operation, ServiceModel};
use crate::page::{self, Page};
pub use crate::schema::*;

/// Ties `pages`, all of one service, to the operations of `model`.
///
/// # Errors
/// The outcome has no value where a method has no operation, a param or a field is nowhere in the
/// model, two pages are of one resource, or an override no longer applies. All of them are reported.
/// Where page and model disagree and the page can decide, it does, and there is a warning.
pub fn bind(pages: &[Page], model: &ServiceModel, overrides: &Overrides) -> Outcome<Service> {
    bind_some(pages, |_| true, model, overrides)
}

/// As [`bind`], of those `pages` only whose resource `is_wanted`; the outcome has no value where none
/// is. An override for a page that is not wanted is not said to be stale.
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
        // Whatever else is wrong has no effect on a service that cannot be called.
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
        .map(|page| operation::find_all(page, &all, overrides, &mut diagnostics))
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

/// The operations of `model` without a page, as the methods of one resource, `model.service.operations`,
/// each under the operation's own name. Required is what the model requires.
///
/// # Errors
/// The outcome has no value where the model asks for what the runtime cannot honour.
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
    // An operation may answer an error that it does not announce.
    let errors: BTreeSet<String> = model.errors().map(|(.., error)| error.code.clone()).collect();
    let value = (!diagnostics.has_errors()).then(|| {
        let resources = vec![Resource { id: id.clone(), row: None, methods }];
        service(&id, resources, &errors, model, shapes)
    });
    Outcome { value, diagnostics }
}

/// The service of the resource `id` and its like. Of the errors of the codes `told`, it has what they say.
fn service(
    id: &page::ResourceId,
    resources: Vec<Resource>,
    told: &BTreeSet<String>,
    model: &ServiceModel,
    mut shapes: Shapes<'_>,
) -> Service {
    let declared: BTreeSet<&String> = error_codes(&resources).collect();
    Service {
        provider: id.provider.clone(),
        name: id.service.clone(),
        metadata: model.metadata.clone(),
        error_codes: declared.into_iter().cloned().collect(),
        error_structures: error_structures(told, model, &mut shapes),
        schemas: shapes.finish(),
        resources,
    }
}

/// The codes of the errors that the methods of `resources` declare.
fn error_codes(resources: &[Resource]) -> impl Iterator<Item = &String> {
    let methods = resources.iter().flat_map(|resource| &resource.methods);
    methods.flat_map(|method| &method.error_codes)
}

/// The method that `operation` is without a page.
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

/// What a method is by its operation and its access alone, under the operation's name. A page says more of it.
fn method(
    operation: &Operation,
    access: page::Access,
    input: Vec<Member>,
    row: Option<&row::Found>,
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

/// What goes in front of the host, with the names that `input` has on the wire in the place of the model's.
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

/// The structures of the errors that say more than code and message, by code.
fn error_structures(
    codes: &BTreeSet<String>,
    model: &ServiceModel,
    shapes: &mut Shapes<'_>,
) -> BTreeMap<String, String> {
    let says_more = |structure: &model::Structure| {
        structure.members.keys().any(|name| !shapes::is_of_every_error(name))
    };
    let mut found = BTreeMap::new();
    for (name, structure, error) in model.errors() {
        if codes.contains(&error.code) && says_more(structure) {
            shapes.use_structure(name);
            found.insert(error.code.clone(), name.to_owned());
        }
    }
    found
}

/// The names of the operations that the methods of `pages` are, for an import to keep.
///
/// # Errors
/// The outcome has no value where a method has no operation, or an override no longer applies.
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
        let found = operation::find_all(page, &all, overrides, &mut diagnostics);
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
    Resource { id: page.overview.id.value.clone(), row: row.map(row::Found::into_row), methods }
}
