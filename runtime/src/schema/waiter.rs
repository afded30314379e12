//! Waiters: how to wait until a resource is in some state.

use super::Step;

/// How to wait until a resource is in some state: an operation is called until its response says so.
#[derive(Clone, Copy, Debug)]
pub struct Waiter<'a> {
    /// `UserExists`
    pub name: &'a str,
    /// The seconds between two calls.
    pub delay: u32,
    /// The number of calls after which it gives up.
    pub max_attempts: u32,
    /// What decides after a call; the first that matches.
    pub acceptors: &'a [Acceptor<'a>],
}

/// What a waiter does after a call of a certain outcome.
#[derive(Clone, Copy, Debug)]
pub enum Acceptor<'a> {
    /// It ends: the resource is in the state that was waited for.
    Success(Matcher<'a>),
    /// It goes on.
    Retry(Matcher<'a>),
    /// It ends with an error: the resource cannot reach that state.
    Failure(Matcher<'a>),
}

/// A condition for the outcome of a call.
///
/// `Path`, `PathAll` and `PathAny` have an expression as the model has it, which is empty if the value is a secret, its steps, and the
/// expected value as a step.
#[derive(Clone, Copy, Debug)]
pub enum Matcher<'a> {
    /// The HTTP status is this.
    Status(u16),
    /// There is an error with this code.
    Error(&'a str),
    /// There is an error, or there is none.
    AnyError(bool),
    /// The value is as expected.
    Path(&'a str, &'a [Step<'a>], Step<'a>),
    /// The value is a list of at least one element, and each element is as expected.
    PathAll(&'a str, &'a [Step<'a>], Step<'a>),
    /// The value is a list, and any element is as expected.
    PathAny(&'a str, &'a [Step<'a>], Step<'a>),
}

impl<'a> Waiter<'a> {
    /// Creates the waiter `name`.
    #[must_use]
    pub const fn new(
        name: &'a str,
        delay: u32,
        max_attempts: u32,
        acceptors: &'a [Acceptor<'a>],
    ) -> Self {
        Self { name, delay, max_attempts, acceptors }
    }
}

impl<'a> Acceptor<'a> {
    pub(crate) fn matcher(&self) -> &Matcher<'a> {
        let (Self::Success(matcher) | Self::Retry(matcher) | Self::Failure(matcher)) = self;
        matcher
    }
}

impl<'a> Matcher<'a> {
    /// The expression and its steps, if the condition is for a value of the output.
    pub(crate) fn path(&self) -> Option<(&'a str, &'a [Step<'a>])> {
        match *self {
            Self::Path(path, steps, _)
            | Self::PathAll(path, steps, _)
            | Self::PathAny(path, steps, _) => Some((path, steps)),
            Self::Status(_) | Self::Error(_) | Self::AnyError(_) => None,
        }
    }
}
