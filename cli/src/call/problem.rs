//! What keeps a call from being made, or from being done, and what to do about it.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use pagesmith_model::diagnostic::{Diagnostic, Diagnostics};
use pagesmith_model::words::list_of;
use pagesmith_runtime::credential_types::provider::error::CredentialsError;
use pagesmith_runtime::dynamic::Method;
use pagesmith_runtime::{Error, ErrorKind};

use super::Arguments;
use crate::output::Output;
use crate::{FAILED, shown};

/// Why there is no result.
pub(super) enum Problem {
    /// Found by the command itself.
    Told { message: String, causes: Vec<String>, help: Option<String>, code: u8 },
    /// Found in pages, models or arguments.
    Found(Diagnostics),
}

impl Problem {
    /// Of which `message` is the first line.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self::Told { message: message.into(), causes: Vec::new(), help: None, code: FAILED }
    }

    /// What to do next.
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        if let Self::Told { help, .. } = &mut self {
            *help = Some(text.into());
        }
        self
    }

    /// One more line on how it came about.
    pub(super) fn because(mut self, cause: impl Into<String>) -> Self {
        if let Self::Told { causes, .. } = &mut self {
            causes.push(cause.into());
        }
        self
    }

    /// Says so where a secret may have been made that nobody has.
    pub(super) fn with_lost(self, lost: bool) -> Self {
        if lost {
            self.help("the service may have done it, and its response cannot be had again: look for what it made, and delete it")
        } else {
            self
        }
    }

    /// Shows it, and gives the exit code.
    pub(super) fn show(&self, output: &mut Output) -> ExitCode {
        match self {
            Self::Found(found) => {
                output.diagnostics(found);
                ExitCode::from(FAILED)
            }
            Self::Told { message, causes, help, code } => {
                output.note(&format!("error: {message}"));
                for cause in causes {
                    output.note(&format!("  because: {cause}"));
                }
                if let Some(help) = help {
                    output.note(&format!("  help: {help}"));
                }
                ExitCode::from(*code)
            }
        }
    }
}

impl From<Diagnostics> for Problem {
    fn from(found: Diagnostics) -> Self {
        Self::Found(found)
    }
}

impl From<Diagnostic> for Problem {
    fn from(found: Diagnostic) -> Self {
        Self::Found(found.into())
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
        let mut problem = Self::Told {
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

/// `message` without a last clause on what to do in Rust.
fn of_command(message: &str) -> &str {
    let rust = ["::", "(…)", "crate "].iter().filter_map(|sign| message.find(sign)).min();
    let Some(before) = rust.and_then(|at| message.get(..at)) else { return message };
    let ends = ["; ", ", or ", ": "].iter().filter_map(|end| before.rfind(end)).max();
    ends.and_then(|at| message.get(..at)).unwrap_or(message)
}

/// Of what an argument says, under the name of its option.
pub(super) fn of_option(error: Error, arguments: &Arguments) -> Problem {
    let mut problem = Problem::from(error);
    if let (Problem::Told { message, .. }, Some(_)) = (&mut problem, &arguments.endpoint_url) {
        // The builder's name of it.
        *message = message.replace("endpoint_url", "--endpoint-url");
    }
    problem
}

/// Of params that do not fit `method`.
pub(super) fn of_params(error: Error, method: &Method) -> Problem {
    let is_input = error.kind() == ErrorKind::Input;
    let problem = Problem::from(error);
    if !is_input {
        return problem;
    }
    problem.help(format!(
        "give params as --param NAME=VALUE; to see them, run: pagesmith describe {}",
        method.name()
    ))
}

/// What the error comes from, one after the other.
pub(super) fn causes(error: &dyn std::error::Error) -> Vec<String> {
    let mut causes = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        // Of credentials, only what it comes from says anything.
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
            "check the network, and the endpoint if you name one (--endpoint-url, AWS_ENDPOINT_URL)",
        ),
        ErrorKind::ResponseTooLarge => {
            Some("ask for less at once, with a param that limits the response, such as MaxItems")
        }
        _ => None,
    }
}

/// Of a method whose response would be shown without the secrets that only it has.
pub(super) fn would_be_lost(method: &Method, secrets: &[String]) -> Problem {
    let names = list_of(secrets.iter().map(String::as_str));
    let message = format!(
        "nothing was sent: the response of {} has sensitive values that cannot be had again: {names}",
        method.name()
    );
    Problem::new(message).help(
        "add --output FILE for a new file that only you can read, or --show-secrets to show it here",
    )
}

/// Of a response that standard output did not take.
pub(super) fn rescued(saved: io::Result<PathBuf>) -> Problem {
    rescued_from("the response could not be written to standard output".to_owned(), saved)
}

/// Of a response that did not go where it should, as `problem` says.
pub(super) fn rescued_from(problem: String, saved: io::Result<PathBuf>) -> Problem {
    match saved {
        Ok(path) => Problem::new(problem).help(format!(
            "it is in {}, which only you can read; move it to where it is safe",
            shown(&path)
        )),
        Err(error) => Problem::new(problem)
            .because(format!("it could not be saved among temporary files either: {error}"))
            .with_lost(true),
    }
}
