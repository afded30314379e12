//! Params and operations.

use std::collections::BTreeSet;

use super::{datatypes, rules};
use crate::bind::{Member, Service, member_of};
use crate::diagnostic::Diagnostics;
use crate::page::{Dialect, Method, Page};
use crate::wire::ServiceModel;

pub(super) fn check(
    pages: &[Page],
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
    for page in pages {
        let resource = service.resources.iter().find(|one| one.id == *page.overview.id);
        let Some(resource) = resource else { continue };
        for method in &page.methods {
            let bound = resource.method(&method.full_name);
            let input = bound.map(|bound| bound.input.as_slice()).unwrap_or_default();
            optional(page, method, input, diagnostics);
        }
        let inputs: Vec<&Member> =
            resource.methods.iter().flat_map(|method| &method.input).collect();
        types(page, &inputs, diagnostics);
    }
}

/// Only some dialects name optional params; the others leave none out.
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
            "the page does not name the param `{}` of `{}`",
            member.name, *method.full_name
        );
        diagnostics.push(rules::UNDOCUMENTED_PARAM.warning(message, method.full_name.span.clone()));
    }
}

fn types(page: &Page, inputs: &[&Member], diagnostics: &mut Diagnostics) {
    for param in &page.params {
        let name = member_of(&param.name, |name| inputs.iter().any(|member| member.name == name));
        let mut members = inputs.iter().filter(|member| member.name == name).peekable();
        let is_input = members.peek().is_some();
        if is_input && !members.any(|member| datatypes::agree(param.datatype.kind, &member.holds)) {
            let message = format!("the param `{}` is no `{}`", *param.name, *param.datatype);
            diagnostics
                .push(rules::DATATYPE_DISAGREES.warning(message, param.datatype.span.clone()));
        }
    }
}
