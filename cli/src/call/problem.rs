//! The problems of `pagesmith call`, with their causes and what to do about them.

use std::io;
use std::path::PathBuf;

use pagesmith_model::words::list_of;
use pagesmith_runtime::credential_types::provider::error::CredentialsError;
use pagesmith_runtime::dynamic::Method;
use pagesmith_runtime::{Error, ErrorKind};

use super::Arguments;
use crate::output::FAILED;
use crate::paths::shown;
use crate::problem::Problem;

impl Problem {
    /// Sets what to do next.
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        if let Self::Message { help, .. } = &mut self {
            *help = Some(text.into());
        }
        self
    }

    /// Adds a cause.
    pub(super) fn because(mut self, cause: impl Into<String>) -> Self {
        if let Self::Message { causes, .. } = &mut self {
            causes.push(cause.into());
        }
        self
    }

    /// Adds help if a created secret may be lost.
    pub(super) fn with_lost(self, lost: bool) -> Self {
        if lost {
            self.help("the service may have carried out the request, and returns the response only once: find what it created, and delete it")
        } else {
            self
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let nothing_was_sent = matches!(
            error.kind(),
            ErrorKind::Configuration | ErrorKind::Input | ErrorKind::Credentials
        );
        let own = of_command(error.message());
        let message = error.to_string().replacen(error.message(), own, 1);
        let mut problem = Self::Message {
            message,
            causes: causes(&error),
            help: None,
            code: if nothing_was_sent { FAILED } else { 1 },
        };
        if let Some(help) = help(error.kind()) {
            problem = problem.help(help);
        }
        problem
    }
}

/// The message without advice about Rust code at its end.
fn of_command(message: &str) -> &str {
    let rust = ["::", "(…)", "crate "].iter().filter_map(|sign| message.find(sign)).min();
    let Some(before) = rust.and_then(|at| message.get(..at)) else { return message };
    let ends = ["; ", ", or ", ": "].iter().filter_map(|end| before.rfind(end)).max();
    ends.and_then(|at| message.get(..at)).unwrap_or(message)
}

/// The problem of an argument, with the name of its option.
pub(super) fn of_option(error: Error, arguments: &Arguments) -> Problem {
    let mut problem = Problem::from(error);
    if let (Problem::Message { message, .. }, Some(_)) = (&mut problem, &arguments.endpoint_url) {
        // The name of the setter of the builder.
        *message = message.replace("endpoint_url", "--endpoint-url");
    }
    problem
}

/// The problem of invalid params of `method`.
pub(super) fn of_params(error: Error, method: &Method) -> Problem {
    let is_input = error.kind() == ErrorKind::Input;
    let problem = Problem::from(error);
    if !is_input {
        return problem;
    }
    problem.help(format!(
        "pass params as --param NAME=VALUE; to list them, run: pagesmith describe {}",
        method.name()
    ))
}

/// The causes of the error, in order.
pub(super) fn causes(error: &dyn std::error::Error) -> Vec<String> {
    let mut causes = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        // An error of credentials has its message in its cause.
        if !cause.is::<CredentialsError>() {
            causes.push(cause.to_string().replace('\n', "\n  "));
        }
        source = cause.source();
    }
    causes
}

fn help(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::Connection => Some(
            "check the network, and the endpoint if you set one (--endpoint-url, AWS_ENDPOINT_URL)",
        ),
        ErrorKind::ResponseTooLarge => Some("limit the response with a param such as MaxItems"),
        _ => None,
    }
}

/// The problem that the response would be shown without secrets that the service returns only once.
pub(super) fn would_be_lost(method: &Method, secrets: &[String]) -> Problem {
    let names = list_of(secrets.iter().map(String::as_str));
    let message = format!(
        "no request was sent: the response of {} has sensitive values that the service returns only once: {names}",
        method.name()
    );
    Problem::new(message).help(
        "pass --output FILE to write the response to a new file that only you can read, or --show-secrets to show it",
    )
}

/// The problem that cannot write the response to standard output.
pub(super) fn rescued(saved: io::Result<PathBuf>) -> Problem {
    rescued_from("cannot write the response to standard output".to_owned(), saved)
}

/// The problem that the response was saved to a temporary file, or lost.
pub(super) fn rescued_from(problem: String, saved: io::Result<PathBuf>) -> Problem {
    match saved {
        Ok(path) => Problem::new(problem).help(format!(
            "the response is in {}, which only you can read; move it to a safe place",
            shown(&path)
        )),
        Err(error) => Problem::new(problem)
            .because(format!("cannot write it to a temporary file either: {error}"))
            .with_lost(true),
    }
}
