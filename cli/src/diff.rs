//! `pagesmith diff`

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use pagesmith_model::diagnostic::{Diagnostics, Outcome, Style};
use pagesmith_model::{file, invariant};
use pagesmith_sync::diff::{Accepted, Changes, Class, Report, Snapshot, compare};
use pagesmith_sync::report::Format;

use super::lookup;
use super::output::{FAILED, Output};
use super::paths::shown;
use super::problem::Problem;
use super::revisions::Revisions;

/// The usual folder of pages.
const SEEDS: &str = "seeds";

/// The variable with the path of GitHub's file for the summary of a job.
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith diff seeds.old seeds
  pagesmith diff --rev main..HEAD
  pagesmith diff --rev main..HEAD seeds/aws/iam_api --format markdown --fail-on warning

Exit codes:
  0  every change is of a lower class than --fail-on
  1  a change is of the class --fail-on or a higher one
  2  a page or a model could not be read, or the report could not be written")]
pub(super) struct Arguments {
    /// The old page or folder of pages, or the id of a page in seeds. With --rev, the page or folder in both revisions [default: seeds].
    #[arg(value_name = "OLD", required_unless_present = "rev")]
    old: Option<PathBuf>,
    /// The new page or folder of pages, or the id of a page in seeds.
    #[arg(value_name = "NEW", required_unless_present = "rev", conflicts_with = "rev")]
    new: Option<PathBuf>,
    /// Compare two revisions of this git repository, for example --rev v1.2.0..HEAD.
    #[arg(long, value_name = "A..B")]
    rev: Option<String>,
    /// The format of the report: text, markdown, json or github.
    ///
    /// `github` writes annotations, and adds the Markdown to the summary of the job. The JSON is described in
    /// docs/diff.schema.json.
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// The lowest class of change that makes the command exit with 1.
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,
    /// A JSON file of accepted changes, each with a reason. An accepted change that no longer exists is an
    /// error.
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FailOn {
    #[default]
    Breaking,
    Warning,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<ExitCode, Problem> {
    let report = arguments.report(output);
    output.diagnostics(&report.outcome.diagnostics);
    if arguments.format == Format::Github {
        add_to_summary(&report).map_err(|error| {
            Problem::new(format!("cannot write the file in {SUMMARY}: {error}"))
        })?;
    }
    let text = report.render(arguments.format, output.result_style());
    output.result(text.trim_end_matches('\n'));
    let from = match arguments.fail_on {
        FailOn::Breaking => Class::Breaking,
        FailOn::Warning => Class::Warning,
    };
    Ok(match &report.outcome.value {
        None => ExitCode::from(FAILED),
        Some(changes) if changes.class() >= from => ExitCode::FAILURE,
        Some(_) => ExitCode::SUCCESS,
    })
}

/// Adds the report to the summary of the GitHub job, if the command runs in one.
fn add_to_summary(report: &Report) -> std::io::Result<()> {
    match std::env::var_os(SUMMARY).filter(|path| !path.is_empty()) {
        None => Ok(()),
        Some(path) => {
            OpenOptions::new().create(true).append(true).open(path)?.write_all(
                format!("{}\n", report.render(Format::Markdown, Style::Plain)).as_bytes(),
            )
        }
    }
}

impl Arguments {
    fn report(&self, output: &mut Output) -> Report {
        let (old, new) = self.names();
        let mut diagnostics = Diagnostics::default();
        let sides = keep(self.sides(), &mut diagnostics);
        let accepted = self.accept.as_ref().map(|path| keep(read_accepted(path), &mut diagnostics));
        let changes = sides
            .map(|(old, new)| {
                output.ignored_lists(old.lists + new.lists);
                compare(&old, &new)
            })
            .map(|mut changes: Changes| {
                if let Some(Some(accepted)) = &accepted {
                    diagnostics.append(accepted.apply(&mut changes));
                }
                changes
            });
        let value = changes.filter(|_| !diagnostics.has_errors());
        Report { old, new, outcome: Outcome { value, diagnostics } }
    }

    /// The names of the two sides.
    fn names(&self) -> (String, String) {
        let Some(text) = &self.rev else {
            let (old, new) = self.paths();
            return (shown(old), shown(new));
        };
        match Revisions::parse(text) {
            Ok(found) => {
                let path = self.path();
                (format!("{}:{path}", found.old), format!("{}:{path}", found.new))
            }
            Err(_) => (text.clone(), String::new()),
        }
    }

    /// The paths of both sides if there is no `--rev`.
    fn paths(&self) -> (&Path, &Path) {
        let paths = self.old.as_deref().zip(self.new.as_deref());
        invariant!(paths, "clap requires OLD and NEW if there is no --rev")
    }

    /// The page or folder in both revisions.
    fn path(&self) -> String {
        self.old.as_deref().map_or_else(|| SEEDS.to_owned(), shown)
    }

    fn sides(&self) -> Outcome<(Snapshot, Snapshot)> {
        if let Some(text) = &self.rev {
            return match Revisions::parse(text) {
                Ok(revisions) => revisions.read(Path::new("."), &self.path()),
                Err(problem) => Outcome { value: None, diagnostics: problem.into() },
            };
        }
        let (old, new) = self.paths();
        let read = |path: &Path| {
            let path = by_id(path).unwrap_or_else(|| path.to_owned());
            Snapshot::read(&path, &shown(&path))
        };
        let (first, second) = (read(old), read(new));
        let mut diagnostics = first.diagnostics;
        diagnostics.append(second.diagnostics);
        Outcome { value: first.value.zip(second.value), diagnostics }
    }
}

/// The page with the id `path` in the folder of pages, if there is no such path.
fn by_id(path: &Path) -> Option<PathBuf> {
    lookup::page_path(path.to_str().filter(|_| !path.exists())?, Path::new(SEEDS))
}

fn read_accepted(path: &Path) -> Outcome<Accepted> {
    match file::read(path, shown(path)) {
        Ok(source) => Accepted::read(&source),
        Err(problem) => Outcome { value: None, diagnostics: problem.into() },
    }
}

fn keep<T>(outcome: Outcome<T>, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.append(outcome.diagnostics);
    outcome.value
}
