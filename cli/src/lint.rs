//! `pagesmith lint`

use std::process::ExitCode;

use clap::ValueEnum;
use pagesmith_codegen::folder;
use pagesmith_model::diagnostic::{Diagnostics, Outcome, Severity};
use pagesmith_sync::lint;
use pagesmith_sync::report::Format;

use super::folders::SeedsFolder;
use super::output::{FAILED, Output};
use super::problem::Problem;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Rules:
  required-by-page-only    the page requires a param that the service does not require
  required-by-model-only   the service requires a param that the page does not require
  undocumented-operation   no page has a method for an operation of the service model
  undocumented-field       the service returns a field that the page does not list
  undocumented-param       the service takes a param that the page does not list (tabs-2026)
  datatype-disagrees       the datatype of a field or a param does not match the service model
  empty-link, bad-link     a link without a target, or not to an http or https address
  dead-anchor              a link to an anchor that is not on the page
  and every error that prevents generating: unknown-param, unknown-field, no-operation …

Examples:
  pagesmith lint
  pagesmith lint --format markdown --fail-on warning >> \"$GITHUB_STEP_SUMMARY\"
  pagesmith lint --format github

Exit codes:
  0  every finding is less severe than --fail-on
  1  a finding is at least as severe as --fail-on
  2  the pages or models could not be read")]
pub(super) struct Arguments {
    #[command(flatten)]
    seeds: SeedsFolder,
    /// The format of the findings: text, markdown, json or github.
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// The lowest severity that makes the command exit with 1.
    #[arg(long, default_value = "error", value_name = "SEVERITY")]
    fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Error,
    Warning,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<ExitCode, Problem> {
    let outcome = match arguments.seeds.check() {
        Ok(()) => folder::load(&arguments.seeds.path, &arguments.seeds.shown()),
        Err(problem) => Outcome { value: None, diagnostics: problem.into() },
    };
    let Some(seeds) = outcome.value else {
        if arguments.format == Format::Text {
            return Err(outcome.diagnostics.into());
        }
        write(&outcome.diagnostics, arguments.format, output);
        return Ok(ExitCode::from(FAILED));
    };
    output.ignored_lists(seeds.lists);
    let mut found: Diagnostics = outcome.diagnostics;
    for folder in &seeds.folders {
        found.append(lint::lint(folder));
    }
    write(&found, arguments.format, output);
    let from = match arguments.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    Ok(ExitCode::from(u8::from(lint::reaches(&found, from))))
}

fn write(found: &Diagnostics, format: Format, output: &mut Output) {
    let text = lint::render(found, format, output.result_style());
    output.result(text.strip_suffix('\n').unwrap_or(&text));
}
