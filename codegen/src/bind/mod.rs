//! Binding: a page's methods are tied to the model's operations, its fields to output members, its
//! params to input members. What comes out knows wire names and types, and nothing of Rust.

mod listing;
mod operation;
mod overrides;
mod params;
mod resource;
mod row;
pub mod rules;
mod shapes;
mod supported;

use std::collections::{BTreeMap, BTreeSet};

pub use self::overrides::Overrides;
pub use self::resource::*;
use self::shapes::Shapes;
use crate::diagnostic::{Diagnostics, Outcome};
use crate::page::{self, Page};
use crate::wire::{self, Operation, ServiceModel};

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
    let mut diagnostics = Diagnostics::default();
    supported::check_protocol(model, &mut diagnostics);
    overrides.check(pages, model, &mut diagnostics);
    let mut shapes = Shapes::new(model, overrides);
    let mut pages: Vec<&Page> = pages.iter().collect();
    pages.sort_by(|left, right| left.overview.id.value.cmp(&right.overview.id.value));
    check_pages(&pages, &mut diagnostics);
    pages.retain(|page| is_wanted(&page.overview.id));
    let operations: Vec<_> = pages
        .iter()
        .map(|page| operation::find_all(page, model, overrides, &mut diagnostics))
        .collect();
    let used = operations.iter().flatten().map(|(_, operation)| *operation);
    supported::check(used, model, &mut diagnostics);
    let resources: Vec<Resource> = pages
        .iter()
        .zip(&operations)
        .map(|(page, operations)| bind_page(page, operations, model, &mut shapes, &mut diagnostics))
        .collect();
    let error_codes: BTreeSet<String> = resources
        .iter()
        .flat_map(|resource| &resource.methods)
        .flat_map(|method| method.error_codes.iter().cloned())
        .collect();
    let value = pages.first().filter(|_| !diagnostics.has_errors()).map(|page| Service {
        provider: page.overview.id.provider.clone(),
        name: page.overview.id.service.clone(),
        metadata: model.metadata.clone(),
        resources,
        error_shapes: error_shapes(&error_codes, model, &mut shapes),
        shapes: shapes.finish(),
        error_codes: error_codes.into_iter().collect(),
        settings: crate::SdkSettings::default(),
    });
    Outcome { value, diagnostics }
}

/// The operations of `model` without a page, as the methods of one resource, `model.service.operations`,
/// each under the operation's own name. Required is what the model requires.
///
/// # Errors
/// The outcome has no value where the model asks for what the runtime cannot honour.
pub fn bind_model(model: &ServiceModel) -> Outcome<Service> {
    let mut diagnostics = Diagnostics::default();
    let overrides = Overrides::default();
    supported::check_protocol(model, &mut diagnostics);
    supported::check(model.operations.values(), model, &mut diagnostics);
    let mut shapes = Shapes::new(model, &overrides);
    let methods: Vec<Method> = model
        .operations
        .values()
        .map(|operation| bind_operation(operation, model, &mut shapes))
        .collect();
    let error_codes: BTreeSet<String> =
        methods.iter().flat_map(|method| method.error_codes.iter().cloned()).collect();
    let id = page::ResourceId {
        provider: "model".to_owned(),
        service: "service".to_owned(),
        resource: "operations".to_owned(),
    };
    let value = (!diagnostics.has_errors()).then(|| Service {
        provider: id.provider.clone(),
        name: id.service.clone(),
        metadata: model.metadata.clone(),
        resources: vec![Resource { id, row: None, methods }],
        error_shapes: error_shapes(&every_error_code(model), model, &mut shapes),
        shapes: shapes.finish(),
        error_codes: error_codes.into_iter().collect(),
        settings: crate::SdkSettings::default(),
    });
    Outcome { value, diagnostics }
}

fn bind_operation(operation: &Operation, model: &ServiceModel, shapes: &mut Shapes<'_>) -> Method {
    let nothing = wire::Structure::default();
    let input = shapes.members(model.input_of(operation).unwrap_or(&nothing));
    shapes.use_all(&input);
    let output = row::output(operation, None, model, shapes);
    let reads = ["List", "Get", "Describe"].iter().any(|verb| operation.name.starts_with(verb));
    let access = if reads { page::Access::Select } else { page::Access::Exec };
    let listing = listing::find(access, operation, &input, output.as_ref(), model);
    let required = input.iter().filter(|member| member.required);
    Method {
        name: operation.name.clone(),
        full_name: operation.name.clone(),
        access,
        prose: String::new(),
        operation: operation.name.clone(),
        host_prefix: host_prefix(operation, &input),
        unsigned: operation.unsigned,
        required_params: required.map(|member| member.name.clone()).collect(),
        input,
        output,
        listing,
        error_codes: model.error_codes(operation).map(|facts| facts.code.clone()).collect(),
    }
}

/// What goes in front of the host, with the names that `input` has on the wire in the place of the model's.
fn host_prefix(operation: &Operation, input: &[Member]) -> Option<String> {
    let prefix = operation.host_prefix.clone()?;
    let named = |prefix: String, member: &Member| {
        prefix.replace(&format!("{{{}}}", member.name), &format!("{{{}}}", member.wire))
    };
    Some(input.iter().fold(prefix, named))
}

/// The codes of all the errors of `model`: an operation may answer one that it does not announce.
fn every_error_code(model: &ServiceModel) -> BTreeSet<String> {
    let structures = model.shapes.values().filter_map(|shape| match &shape.kind {
        wire::ShapeKind::Structure(structure) => structure.error.as_ref(),
        _ => None,
    });
    structures.map(|error| error.code.clone()).collect()
}

/// The structures of the errors that say more than code and message, by code.
fn error_shapes(
    codes: &BTreeSet<String>,
    model: &ServiceModel,
    shapes: &mut Shapes<'_>,
) -> BTreeMap<String, String> {
    let says_more = |structure: &wire::Structure| {
        structure.members.keys().any(|name| !shapes::is_of_every_error(name))
    };
    let mut found = BTreeMap::new();
    for (name, shape) in &model.shapes {
        if let wire::ShapeKind::Structure(structure) = &shape.kind
            && let Some(error) = &structure.error
            && codes.contains(&error.code)
            && says_more(structure)
        {
            shapes.use_structure(name);
            found.insert(error.code.clone(), name.clone());
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
    overrides.check(pages, model, &mut diagnostics);
    let mut names = BTreeSet::new();
    for page in pages {
        let found = operation::find_all(page, model, overrides, &mut diagnostics);
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
    let methods = operations
        .iter()
        .map(|(method, operation)| {
            let input = params::bind(method, operation, model, shapes, diagnostics);
            let output = row::output(operation, row.as_ref(), model, shapes);
            let listing =
                listing::find(method.access.value, operation, &input, output.as_ref(), model);
            Method {
                name: method.name.clone(),
                full_name: method.full_name.value.clone(),
                access: method.access.value,
                prose: method.description.value.clone(),
                operation: operation.name.clone(),
                host_prefix: host_prefix(operation, &input),
                unsigned: operation.unsigned,
                required_params: params::required(method),
                input,
                output,
                listing,
                error_codes: model.error_codes(operation).map(|facts| facts.code.clone()).collect(),
            }
        })
        .collect();
    Resource { id: page.overview.id.value.clone(), row: row.map(row::Found::into_row), methods }
}
