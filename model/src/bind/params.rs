//! A method's params, bound to the members of its operation's input.

use std::collections::HashSet;

use super::shapes::Role;
use super::{Binder, rules};
use crate::invariant;
use crate::model::Operation;
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

impl Binder<'_> {
    /// The members of the operation's input, required as the page says, and the names of those that it requires, each
    /// once, in the page's order. Reports params that are not members, and params on which page and model disagree.
    pub(super) fn params(
        &mut self,
        method: &Method,
        operation: &Operation,
    ) -> (Vec<Member>, Vec<String>) {
        let input = self.input_of(operation);
        let is_member = |name: &str| input.members.contains_key(name);
        let params = method.required_params.iter().filter(|param| param.value != REGION);
        let params: Vec<_> =
            params.map(|param| (member_of(param, is_member), &param.span)).collect();
        let required_by_model: HashSet<&str> = input.required.iter().map(String::as_str).collect();
        for (name, span) in &params {
            if !is_member(name) {
                self.report_unknown(name, span, method, operation);
            } else if !required_by_model.contains(name) {
                let message = format!(
                    "the page requires `{name}` for `{}`; in the service model it is optional",
                    method.full_name.value
                );
                let related = format!("`{name}` is not among the required members here");
                let found = rules::REQUIRED_BY_PAGE_ONLY.warning(message, (*span).clone());
                self.diagnostics.push(found.related(self.required_span(operation), related));
            }
        }
        let mut required = HashSet::new();
        let names = params.iter().filter(|(name, _)| required.insert(*name));
        let names = names.map(|(name, _)| (*name).to_owned()).collect();
        for name in input.required.iter().filter(|name| !required.contains(name.as_str())) {
            let message = format!(
                "the service model requires `{name}` for `{}`; the page does not",
                method.full_name.value
            );
            let related = format!("`{name}` is among the required members here");
            let span = method.full_name.span.clone();
            let found = rules::REQUIRED_BY_MODEL_ONLY.warning(message, span);
            self.diagnostics.push(found.related(self.required_span(operation), related));
        }
        let mut members = self.shapes.members(input, Role::Input);
        for member in &mut members {
            member.required = member.name != REGION && required.contains(member.name.as_str());
        }
        (members, names)
    }

    fn report_unknown(&mut self, name: &str, span: &Span, method: &Method, operation: &Operation) {
        let message = format!(
            "`{}` requires `{name}`, which the operation `{}` does not take",
            method.full_name.value, operation.name
        );
        let found = rules::UNKNOWN_PARAM.error(message, span.clone());
        let known = self.input_of(operation).members.keys();
        self.report_near(found, name.strip_prefix(IN_BODY).unwrap_or(name), known);
    }

    /// The place in the model of the list of required members.
    fn required_span(&self, operation: &Operation) -> Span {
        let input = invariant!(&operation.input, "an input has this member");
        self.model.span(&["shapes", &input.shape, "required"])
    }
}
