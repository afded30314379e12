//! A method's params, tied to the members of its operation's input.

use std::collections::HashSet;

use super::shapes::Shapes;
use super::{Member, rules};
use crate::diagnostic::Diagnostics;
use crate::model::{Operation, ServiceModel, Structure};
use crate::page::Method;

/// Every page requires it and no operation takes it: the client supplies it.
const REGION: &str = "region";

/// What pages write in front of the params that the body of a request carries, and what is not on the wire.
const IN_BODY: &str = "data__";

/// The member of an input that the param `name` is, where `is_member` says which there are; else `name` itself.
pub fn member_of(name: &str, is_member: impl Fn(&str) -> bool) -> &str {
    let in_body = name.strip_prefix(IN_BODY).filter(|rest| !is_member(name) && is_member(rest));
    in_body.unwrap_or(name)
}

/// The members of `operation`'s input that the page requires of a caller, each once, in the page's order.
pub(super) fn required(
    method: &Method,
    operation: &Operation,
    model: &ServiceModel,
) -> Vec<String> {
    let nothing = Structure::default();
    let input = model.input_of(operation).unwrap_or(&nothing);
    let mut seen = HashSet::new();
    let params = method.required_params.iter().map(|param| param.value.as_str());
    params
        .filter(|param| *param != REGION)
        .map(|param| member_of(param, |name| input.members.contains_key(name)))
        .filter(|param| seen.insert(*param))
        .map(str::to_owned)
        .collect()
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
    let required: HashSet<String> = required(method, operation, model).into_iter().collect();
    check_members(method, operation, &required, model, diagnostics);
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
    let required_by_model: HashSet<&str> = input.required.iter().map(String::as_str).collect();
    for param in method.required_params.iter().filter(|param| param.value != REGION) {
        let is_member = |name: &str| input.members.contains_key(name);
        let (method, name) = (&method.full_name.value, member_of(param, is_member));
        if !is_member(name) {
            let found = rules::UNKNOWN_PARAM.error(
                format!(
                    "`{method}` requires `{name}`, which the operation `{}` does not take",
                    operation.name
                ),
                param.span.clone(),
            );
            let name = name.strip_prefix(IN_BODY).unwrap_or(name);
            let near = diagnostics.nearest(name, input.members.keys().map(String::as_str));
            diagnostics.push(match near {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found,
            });
        } else if !required_by_model.contains(name) {
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
    required: &HashSet<String>,
    model: &ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    let input = model.input_of(operation);
    for name in input.iter().flat_map(|input| &input.required) {
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
