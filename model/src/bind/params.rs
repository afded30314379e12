//! A method's params, bound to the members of its operation's input.

use std::collections::HashSet;

use super::rules;
use super::shapes::Shapes;
use crate::diagnostic::Diagnostics;
use crate::invariant;
use crate::model::{Operation, ServiceModel, Structure};
use crate::page::Method;
use crate::schema::Member;
use crate::source::Span;

/// Every page requires it, and no operation takes it: it selects the endpoint.
const REGION: &str = "region";

/// The prefix that pages give to params in the body of a request. It is not on the wire.
const IN_BODY: &str = "data__";

/// The name of the input member for the param `name`: without the prefix `data__` if only that name `is_member`.
pub fn member_of(name: &str, is_member: impl Fn(&str) -> bool) -> &str {
    let in_body = name.strip_prefix(IN_BODY).filter(|rest| !is_member(name) && is_member(rest));
    in_body.unwrap_or(name)
}

/// The members of the input that the page requires, each once, in the page's order.
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

/// The members of the operation's input, required as the page says. Reports params that are not members, and params on
/// which page and model disagree.
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
    check_members(method, operation, input, &required, model, diagnostics);
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
    input: &Structure,
    required: &HashSet<String>,
    model: &ServiceModel,
    diagnostics: &mut Diagnostics,
) {
    for name in input.required.iter().filter(|name| !required.contains(*name)) {
        let method = &method.full_name;
        let message = format!(
            "the service model requires `{name}` for `{}`; the page does not",
            method.value
        );
        let related = format!("`{name}` is among the required members here");
        diagnostics.push(
            rules::REQUIRED_BY_MODEL_ONLY
                .warning(message, method.span.clone())
                .related(required_span(operation, model), related),
        );
    }
}

/// The place in the model of the list of required members.
fn required_span(operation: &Operation, model: &ServiceModel) -> Span {
    let input = invariant!(operation.input.as_deref(), "an input has this member");
    model.span(&["shapes", input, "required"])
}
