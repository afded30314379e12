//! `pagesmith lint`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use pagesmith_codegen::folder;
use pagesmith_model::diagnostic::{Diagnostics, Outcome, Severity};
use pagesmith_sync::lint;
use pagesmith_sync::report::Format;

use super::{FAILED, Output, lookup, shown};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Rules:
  required-by-page-only    the page requires a param that the service does not
  required-by-model-only   the service requires a param that the page does not
  undocumented-operation   no page has a method for an operation of the service model
  undocumented-field       the service gives a field that the page lacks
  undocumented-param       the service takes a param that the page does not name (tabs-2026)
  datatype-disagrees       a field's or a param's datatype is not the service model's
  empty-link, bad-link     a link without a target, or to what is no http or https address
  dead-anchor              a link to a place that is not on the page
  and whatever keeps a page from being generated: unknown-param, unknown-field, no-operation …

Examples:
  pagesmith lint
  pagesmith lint --format markdown --fail-on warning >> \"$GITHUB_STEP_SUMMARY\"
  pagesmith lint --format github

Exit codes:
  0  nothing is as bad as --fail-on
  1  something is
  2  the seeds could not be read")]
pub(super) struct Arguments {
    /// The folder of pages and service models.
    #[arg(long, default_value = "seeds", value_name = "DIR")]
    seeds: PathBuf,
    /// How findings are written: text, markdown, json or github.
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// From what on a finding makes the command fail.
    #[arg(long, default_value = "error", value_name = "SEVERITY")]
    fail_on: FailOn,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Error,
    Warning,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> ExitCode {
    let outcome = match lookup::check_seeds(&arguments.seeds) {
        Ok(()) => folder::load(&arguments.seeds, &shown(&arguments.seeds)),
        Err(problem) => Outcome { value: None, diagnostics: problem.into() },
    };
    let Some(seeds) = outcome.value else {
        match arguments.format {
            Format::Text => output.diagnostics(&outcome.diagnostics),
            format => write(&outcome.diagnostics, format, output),
        }
        return ExitCode::from(FAILED);
    };
    output.passed_over(seeds.lists);
    let mut found: Diagnostics = outcome.diagnostics;
    for folder in &seeds.folders {
        found.append(lint::lint(folder));
    }
    write(&found, arguments.format, output);
    let from = match arguments.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    ExitCode::from(u8::from(lint::reaches(&found, from)))
}

fn write(found: &Diagnostics, format: Format, output: &mut Output) {
    let text = lint::render(found, format, output.result_style());
    output.result(text.strip_suffix('\n').unwrap_or(&text));
}
