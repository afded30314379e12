//! The waiters of a method.

use super::expressions::MessageTypes;
use super::rules;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::invariant;
use crate::jmespath::{Problem, Step};
use crate::model::{self, MatcherKind, Operation};
use crate::schema::{Matcher, Member, PathMatcher, Waiter};

/// The waiters of `operation`, whose output has the members `output`, sorted by name. A waiter that reads what the output does
/// not have is left out, with a warning: a page may have fewer fields than the service returns.
pub(super) fn find(
    operation: &Operation,
    output: &[Member],
    types: &MessageTypes<'_, '_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Waiter> {
    let waiters = types.model.waiters.iter();
    let mut found: Vec<Waiter> = waiters
        .filter(|(_, waiter)| waiter.operation == operation.name)
        .filter_map(|(name, waiter)| match acceptors(waiter, output, types) {
            Ok(acceptors) => {
                let (delay, max_attempts) = (waiter.delay, waiter.max_attempts);
                Some(Waiter { name: name.clone(), delay, max_attempts, acceptors })
            }
            Err(problem) => {
                diagnostics.push(left_out(name, waiter, &problem));
                None
            }
        })
        .collect();
    found.sort_by(|left, right| left.name.cmp(&right.name));
    found
}

fn left_out(name: &str, waiter: &model::Waiter, problem: &Problem) -> Diagnostic {
    let message = format!(
        "the waiter `{name}` reads something of `{}` that the page does not have: {problem}",
        waiter.operation
    );
    let span = invariant!(&waiter.span, "a waiter that was read has a place");
    rules::WAITER_LEFT_OUT.warning(message, span.clone())
}

fn acceptors(
    waiter: &model::Waiter,
    output: &[Member],
    types: &MessageTypes<'_, '_>,
) -> Result<Vec<(model::WaiterState, Matcher)>, Problem> {
    let acceptors = waiter.acceptors.iter().map(|acceptor| {
        let expected = literal(&acceptor.expected);
        let matcher = match (acceptor.matcher, &acceptor.argument, expected) {
            (MatcherKind::Status, _, Step::Integer(status)) => {
                Matcher::Status(invariant!(status.try_into().ok(), "the status was checked"))
            }
            (MatcherKind::Error, _, Step::Boolean(expected)) => Matcher::AnyError(expected),
            (MatcherKind::Error, _, Step::Text(code)) => Matcher::Error(code),
            (kind, argument, expected) => {
                let expression = invariant!(argument, "the acceptor was checked").clone();
                let parsed = types.parse(&expression, output)?;
                let (steps, sensitive) = (parsed.steps, parsed.sensitive);
                Matcher::Path(PathMatcher { kind, expression, steps, sensitive, expected })
            }
        };
        Ok((acceptor.state, matcher))
    });
    acceptors.collect()
}

/// A string, an integer or a boolean, as a step.
fn literal(value: &serde_json::Value) -> Step {
    match value {
        serde_json::Value::Bool(value) => Step::Boolean(*value),
        serde_json::Value::Number(number) => {
            Step::Integer(invariant!(number.as_i64(), "the acceptor was checked"))
        }
        value => Step::Text(invariant!(value.as_str(), "the acceptor was checked").to_owned()),
    }
}
