//! A method's params, tied to the members of its operation's input.

use std::collections::HashSet;

use super::shapes::Shapes;
use super::{Member, rules};
use crate::diagnostic::Diagnostics;
use crate::page::Method;
use crate::wire::{Operation, ServiceModel, Structure};

/// Every page requires it and no operation takes it: the client supplies it.
const REGION: &str = "region";

/// The params that the page requires of a caller, in the page's order.
pub(super) fn required(method: &Method) -> Vec<String> {
    let params = method.required_params.iter().map(|param| param.value.clone());
    params.filter(|param| param != REGION).collect()
}

/// The members of the operation's input, required as the page says. Reports the params that are no
/// member, and those on which page and model disagree.
pub(super) fn bind(
    method: &Method,
    operation: &Operation,
    model: &ServiceModel,
    shapes: &mut Shapes<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Member> {
    let nothing = Structure::default();
    let input = model.input_of(operation).unwrap_or(&nothing);
    check_params(method, operation, input, model, diagnostics);
    check_members(method, operation, input, model, diagnostics);
    let required: HashSet<&str> =
        method.required_params.iter().map(|param| param.value.as_str()).collect();
    let mut members = shapes.members(input);
    for member in &mut members {
        member.required = member.name != REGION && required.contains(member.name.as_str());
    }
    shapes.use_all(&members);
    members
}

fn check_params(
    method: &Method,
    operation: &Operation,
    input: &Structure,
    model: &ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    let required: HashSet<&String> = input.required.iter().collect();
    for param in method.required_params.iter().filter(|param| param.value != REGION) {
        let (method, name) = (&method.full_name.value, &param.value);
        if !input.members.contains_key(name) {
            let found = rules::UNKNOWN_PARAM.error(
                format!(
                    "`{method}` requires `{name}`, which the operation `{}` does not take",
                    operation.name
                ),
                param.span.clone(),
            );
            let near = diagnostics.nearest(name, input.members.keys().map(String::as_str));
            diagnostics.push(match near {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found,
            });
        } else if !required.contains(name) {
            diagnostics.push(
                rules::REQUIRED_BY_PAGE_ONLY
                    .warning(
                        format!(
                            "the page requires `{name}` for `{method}`; in the service model it \
                             is optional"
                        ),
                        param.span.clone(),
                    )
                    .related(
                        required_span(operation, model),
                        format!("`{name}` is not among the required members here"),
                    ),
            );
        }
    }
}

fn check_members(
    method: &Method,
    operation: &Operation,
    input: &Structure,
    model: &ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    let required: HashSet<&String> =
        method.required_params.iter().map(|param| &param.value).collect();
    for name in &input.required {
        if !required.contains(name) {
            diagnostics.push(
                rules::REQUIRED_BY_MODEL_ONLY
                    .warning(
                        format!(
                            "the service model requires `{name}` for `{}`; the page does not",
                            method.full_name.value
                        ),
                        method.full_name.span.clone(),
                    )
                    .related(
                        required_span(operation, model),
                        format!("`{name}` is among the required members here"),
                    ),
            );
        }
    }
}

/// Where the model says which members of the input are required.
fn required_span(operation: &Operation, model: &ServiceModel) -> crate::source::Span {
    model.span(&["shapes", operation.input.as_deref().unwrap_or_default(), "required"])
}
