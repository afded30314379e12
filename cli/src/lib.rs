//! The command `pagesmith`: reads arguments, runs the stages of `pagesmith-codegen` and `pagesmith-sync`, and prints.
//!
//! Each subcommand is a module. It must not parse pages or models itself, nor decide what is generated.

mod add;
#[cfg(feature = "call")]
mod call;
mod check;
mod columns;
mod completions;
mod describe;
mod diff;
mod docs;
mod folders;
mod generate;
mod import;
mod lint;
mod lookup;
mod methods;
mod output;
mod paths;
mod problem;
mod progress;
pub mod published;
pub mod revisions;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use self::folders::Folders;
use self::output::{FAILED, Output};
use self::problem::Problem;

/// Runs the command with the arguments of this process.
///
/// # Example
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     pagesmith_cli::main()
/// }
/// ```
#[must_use = "the process must exit with it"]
pub fn main() -> ExitCode {
    let mut output = Output::of_process();
    let code = match Command::try_parse() {
        Ok(command) => command.run(&mut output).unwrap_or_else(|problem| problem.show(&mut output)),
        Err(error) if error.use_stderr() => {
            output.note(error.to_string().trim_end());
            ExitCode::from(FAILED)
        }
        // Help or the version, as requested.
        Err(error) => {
            output.raw_result(&error.to_string());
            ExitCode::SUCCESS
        }
    };
    match output.finish() {
        Ok(()) => code,
        Err(error) => {
            output.note(&format!("error: cannot write to standard output: {error}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Generates Rust SDKs from documentation pages of cloud resources, and keeps pages and SDKs in sync.
#[derive(Debug, Parser)]
#[command(name = "pagesmith", version, arg_required_else_help = true, after_help = HELP)]
struct Command {
    #[command(subcommand)]
    verb: Verb,
}

// Clap shows these comments as help, with their backquotes.
#[allow(clippy::doc_markdown)]
#[derive(Debug, Subcommand)]
enum Verb {
    /// Generate the SDK of the pages: write files that changed, and remove files that are no longer generated.
    #[command(after_help = generate::HELP)]
    Generate(Folders),
    /// Check that the generated files are up to date, without changing them.
    #[command(after_help = check::HELP)]
    Check(Folders),
    /// Write pages in their own dialect or in another one.
    Docs(docs::Arguments),
    /// Compare pages with their service models, and check their links.
    Lint(lint::Arguments),
    /// Show the methods of a page, in StackQL and in Rust.
    Methods(methods::Arguments),
    /// Show the fields of a page, or the params of one of its methods.
    Describe(describe::Arguments),
    /// Call a method of a resource.
    #[cfg(feature = "call")]
    Call(call::Arguments),
    /// Add a page to the folder of pages, import the operations that it needs, and generate.
    Add(add::Arguments),
    /// Import the operations that pages need from a published service model.
    ///
    /// Reads service-2.json and paginators-1.json, gzipped or not, from the folder MODEL (in the PyPI
    /// package botocore: botocore/data/SERVICE/VERSION). Keeps the operations that are named or that the
    /// pages in the folder need, with their documentation, and leaves out validation and hints.
    Import(import::Arguments),
    /// Report what changed between two states of pages, and what that breaks.
    ///
    /// Compares two pages, two folders of pages, or two revisions (--rev), with the service models beside
    /// them.
    Diff(diff::Arguments),
    /// Write a completion script for a shell.
    Completions(completions::Arguments),
}

const HELP: &str = "\
A page, seeds/PROVIDER/SERVICE/RESOURCE.md, documents a resource. The service model beside it,
service-2.json, describes the requests and responses of its methods. The SDK in generated/ is
generated from both.

  pagesmith add users.md --model botocore/data/iam/2010-05-08    add a resource
  pagesmith generate                                             generate, after a page changed
  pagesmith check                                                check in CI that generated/ is up to date
  pagesmith lint                                                 compare pages with their service models
  pagesmith docs --check seeds                                   check the layout of pages
  pagesmith diff --rev main..HEAD                                see what a change of pages breaks
  pagesmith methods aws.iam_api.mfa_devices                      list the methods of a resource
  pagesmith call aws.iam_api.mfa_devices.List                    call a method

Results go to standard output, everything else to standard error. NO_COLOR is respected.
For more about a command: pagesmith COMMAND --help

Exit codes:
  0  success
  1  the command found differences or problems, or a call failed
  2  the command failed, or its results could not be written";

impl Command {
    fn run(self, output: &mut Output) -> Result<ExitCode, Problem> {
        match self.verb {
            Verb::Generate(folders) => generate::run(&folders, output),
            Verb::Check(folders) => check::run(&folders, output),
            Verb::Docs(arguments) => docs::run(&arguments, output),
            Verb::Lint(arguments) => lint::run(&arguments, output),
            Verb::Methods(arguments) => methods::run(&arguments, output),
            Verb::Describe(arguments) => describe::run(&arguments, output),
            #[cfg(feature = "call")]
            Verb::Call(arguments) => call::run(&arguments, output),
            Verb::Add(arguments) => add::run(&arguments, output),
            Verb::Completions(arguments) => {
                completions::run(&arguments, &mut Self::command(), output);
                Ok(ExitCode::SUCCESS)
            }
            Verb::Import(arguments) => import::run(&arguments, output),
            Verb::Diff(arguments) => diff::run(&arguments, output),
        }
    }
}
