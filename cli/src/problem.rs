//! The errors of the command.

use std::process::ExitCode;

use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome};

use super::output::{FAILED, Output};

/// Why a subcommand failed.
pub(crate) enum Problem {
    /// An error that has no position in a file.
    Message { message: String, causes: Vec<String>, help: Option<String>, code: u8 },
    /// Errors in pages, models or arguments.
    Diagnostics(Diagnostics),
}

impl Problem {
    /// A problem with this message.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Message { message: message.into(), causes: Vec::new(), help: None, code: FAILED }
    }

    /// Writes the problem and returns the exit code.
    pub(crate) fn show(&self, output: &mut Output) -> ExitCode {
        match self {
            Self::Diagnostics(found) => {
                output.diagnostics(found);
                ExitCode::from(FAILED)
            }
            Self::Message { message, causes, help, code } => {
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
        Self::Diagnostics(found)
    }
}

impl From<Diagnostic> for Problem {
    fn from(found: Diagnostic) -> Self {
        Self::Diagnostics(found.into())
    }
}

/// The value of `outcome`, or why it has none. Its warnings are lost if it has a value.
pub(crate) fn value<T>(outcome: Outcome<T>) -> Result<T, Diagnostics> {
    outcome.value.ok_or(outcome.diagnostics)
}
