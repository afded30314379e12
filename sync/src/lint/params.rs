//! Checks of params and operations.

use std::collections::{BTreeSet, HashMap};

use super::{datatypes, rules};
use pagesmith_model::bind::member_of;
use pagesmith_model::diagnostic::Diagnostics;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{Dialect, Method, Page};
use pagesmith_model::schema::{Member, Resource, Service};

/// Reports operations that no page documents.
pub(super) fn check_operations(
    service: &Service,
    model: &ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    let methods = service.resources.iter().flat_map(|resource| &resource.methods);
    let documented: BTreeSet<&str> = methods.map(|method| method.operation.as_str()).collect();
    for operation in model.operations.keys().filter(|name| !documented.contains(name.as_str())) {
        let message = format!("no page documents the operation `{operation}`");
        let span = model.span(&["operations", operation]);
        diagnostics.push(rules::UNDOCUMENTED_OPERATION.warning(message, span));
    }
}

/// Checks the params of a page.
pub(super) fn check(page: &Page, resource: &Resource, diagnostics: &mut Diagnostics) {
    for method in &page.methods {
        // A method that the page lists twice is bound once.
        if let Some(bound) = resource.method(&method.full_name) {
            optional(page, method, &bound.input, diagnostics);
        }
    }
    let mut inputs: HashMap<&str, Vec<&Member>> = HashMap::new();
    for member in resource.methods.iter().flat_map(|method| &method.input) {
        inputs.entry(&member.name).or_default().push(member);
    }
    for param in &page.params {
        let name = member_of(&param.name, |name| inputs.contains_key(name));
        let members = inputs.get(name);
        let found = members.and_then(|members| datatypes::disagrees("param", param, members));
        if let Some(found) = found {
            diagnostics.push(found);
        }
    }
}

/// Checks that all optional params are listed. Only `tabs-2026` lists optional params.
fn optional(page: &Page, method: &Method, input: &[Member], diagnostics: &mut Diagnostics) {
    if page.dialect != Dialect::Tabs2026 {
        return;
    }
    let named: BTreeSet<&str> = method
        .required_params
        .iter()
        .chain(&method.optional_params)
        .map(|param| member_of(param, |name| input.iter().any(|member| member.name == name)))
        .collect();
    for member in input.iter().filter(|member| !named.contains(member.name.as_str())) {
        let message = format!(
            "the page does not list the optional param `{}` of `{}`",
            member.name, *method.full_name
        );
        diagnostics.push(rules::UNDOCUMENTED_PARAM.warning(message, method.full_name.span.clone()));
    }
}
