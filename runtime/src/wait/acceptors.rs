//! What the acceptors of a waiter say of the outcome of a call.

use crate::error::{Error, ErrorKind};
use crate::schema::{Acceptor, Found, Matcher, Record, Step, Waiter, evaluate};

/// The outcome of a call: the HTTP status and the output, or an error.
pub(super) type Outcome<'o> = Result<(u16, &'o dyn Record), &'o Error>;

/// The acceptor of `waiter` that decides after a call with this outcome.
pub(super) fn decide<'a>(waiter: &Waiter<'a>, outcome: Outcome<'_>) -> Option<&'a Acceptor<'a>> {
    waiter.acceptors.iter().find(|acceptor| matches(acceptor.matcher(), outcome))
}

fn matches(matcher: &Matcher<'_>, outcome: Outcome<'_>) -> bool {
    match (*matcher, outcome) {
        (Matcher::Status(expected), Ok((status, _))) => status == expected,
        (Matcher::AnyError(expected), Ok(_)) => !expected,
        (Matcher::Path(_, steps, expected), Ok((_, output))) => {
            evaluate(steps, output).equals(&evaluate(&[expected], output))
        }
        (Matcher::PathAll(_, steps, expected), Ok((_, output))) => {
            let all = elements(steps, expected, output);
            !all.is_empty() && all.into_iter().all(|is_expected| is_expected)
        }
        (Matcher::PathAny(_, steps, expected), Ok((_, output))) => {
            elements(steps, expected, output).into_iter().any(|is_expected| is_expected)
        }
        // Only an error that the service returned is the outcome of a call.
        (_, Err(error)) if error.kind() != ErrorKind::Service => false,
        (Matcher::Status(expected), Err(error)) => error.status() == Some(expected),
        (Matcher::Error(expected), Err(error)) => error.code() == Some(expected),
        (Matcher::AnyError(expected), Err(_)) => expected,
        (Matcher::Error(_), Ok(_))
        | (Matcher::Path(..) | Matcher::PathAll(..) | Matcher::PathAny(..), Err(_)) => false,
    }
}

/// Whether each element of the list that `steps` give is as expected; empty if it is not a list.
fn elements(steps: &[Step<'_>], expected: Step<'_>, output: &dyn Record) -> Vec<bool> {
    let expected = evaluate(&[expected], output);
    let elements: Vec<Found<'_>> = evaluate(steps, output).elements().unwrap_or_default();
    elements.iter().map(|element| element.equals(&expected)).collect()
}
