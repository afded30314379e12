//! Reads `waiters-2.json`.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::expressions::ModelTypes;
use super::rules::{
    UNSUPPORTED_EXPRESSION, WAITER_BAD_ACCEPTOR, WAITER_UNKNOWN_MEMBER, WAITER_UNUSED,
};
use super::vocabulary::{ACCEPTOR, WAITER, WAITERS};
use super::{ServiceModel, published};
use crate::jmespath::{self, Problem};
use crate::json::Reader;
use crate::json::other_keys;
use crate::source::Span;

/// How to wait until a resource is in some state: an operation that is called until its response says so.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub struct Waiter {
    /// `GetUser`
    pub operation: String,
    /// The seconds between two calls.
    pub delay: u32,
    /// The number of calls after which it gives up.
    pub max_attempts: u32,
    /// What decides after a call; the first that matches.
    pub acceptors: Vec<Acceptor>,
    /// Its place in the file.
    #[serde(skip)]
    pub span: Option<Span>,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
}

/// What a waiter does after a call of a certain outcome.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(expecting = "an object")]
pub struct Acceptor {
    /// What it does.
    pub state: WaiterState,
    /// What it compares.
    pub matcher: MatcherKind,
    /// The `JMESPath` expression whose value is compared, if it is one.
    pub argument: Option<String>,
    /// What the value must be: an integer for a status, a code or a boolean for an error, and otherwise a string, a boolean
    /// or an integer.
    pub expected: Value,
    #[serde(flatten, deserialize_with = "other_keys")]
    other: Vec<String>,
}

/// What a waiter does after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WaiterState {
    /// It ends: the resource is in the state that was waited for.
    Success,
    /// It goes on.
    Retry,
    /// It ends with an error: the resource cannot reach that state.
    Failure,
}

/// What an acceptor compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MatcherKind {
    /// The HTTP status.
    Status,
    /// The code of an error; or whether there is an error.
    Error,
    /// A value of the output.
    Path,
    /// Each element of a list in the output, which has at least one.
    PathAll,
    /// Any element of a list in the output.
    PathAny,
}

/// The waiters for `model`'s operations. A waiter for another operation is a warning.
pub(super) fn read(reader: &mut Reader<'_>, model: &ServiceModel) -> IndexMap<String, Waiter> {
    let Some(mut file) = reader.file::<published::Waiters<'_>>() else {
        return IndexMap::new();
    };
    WAITERS.check(&mut file.other, &[], reader);
    let mut waiters: IndexMap<String, Waiter> = reader.entries(&file.waiters, &["waiters"]);
    waiters.retain(|name, waiter| {
        let path = ["waiters", name];
        WAITER.check(&mut waiter.other, &path, reader);
        waiter.span = Some(reader.span(&path));
        if model.operation(&waiter.operation).is_none() {
            let message = format!(
                "the waiter `{name}` is for the operation `{}`, which the service model does not have",
                waiter.operation
            );
            reader.warning(&WAITER_UNUSED, &path, message);
            return false;
        }
        for (index, acceptor) in waiter.acceptors.iter_mut().enumerate() {
            let index = index.to_string();
            let path = ["waiters", name, "acceptors", &index];
            ACCEPTOR.check(&mut acceptor.other, &path, reader);
            check(name, &waiter.operation, acceptor, model, (reader, &path));
        }
        true
    });
    waiters
}

/// Reports an acceptor at `path` whose values do not fit each other, or whose expression cannot be used.
fn check(
    name: &str,
    operation: &str,
    acceptor: &Acceptor,
    model: &ServiceModel,
    (reader, path): (&mut Reader<'_>, &[&str]),
) {
    let Acceptor { matcher, argument, expected, .. } = acceptor;
    let fits = match matcher {
        MatcherKind::Status => expected.as_u64().is_some_and(|it| (100..600).contains(&it)),
        MatcherKind::Error => expected.is_string() || expected.is_boolean(),
        _ => expected.is_string() || expected.is_boolean() || expected.is_i64(),
    };
    let has_path = !matches!(matcher, MatcherKind::Status | MatcherKind::Error);
    if !fits || has_path != argument.is_some() {
        let message =
            format!("an acceptor of the waiter `{name}` has a value that does not fit its matcher");
        return reader.error(&WAITER_BAD_ACCEPTOR, path, message);
    }
    let Some(expression) = argument else { return };
    let path = [path, &["argument"]].concat();
    let output = model.operation(operation).and_then(|operation| operation.output.as_ref());
    let parsed =
        output.map(|output| jmespath::parse(expression, &*output.shape, &ModelTypes(model)));
    match parsed {
        Some(Ok(_)) => {}
        Some(Err(Problem::Form(problem))) => {
            let message =
                format!("the waiter `{name}` has the expression `{expression}`: {problem}");
            reader.error(&UNSUPPORTED_EXPRESSION, &path, message);
        }
        None | Some(Err(Problem::Type(_))) => {
            let message = format!(
                "the waiter `{name}` reads `{expression}`, which is not in the output of `{operation}`"
            );
            reader.error(&WAITER_UNKNOWN_MEMBER, &path, message);
        }
    }
}
