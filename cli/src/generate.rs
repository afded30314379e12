//! `pagesmith generate`

use std::process::ExitCode;

use pagesmith_codegen::files::{Difference, Others};
use pagesmith_model::words::counted;

use super::folders::{Folders, apply, changes};
use super::output::Output;
use super::paths::shown;
use super::problem::Problem;

pub(super) const HELP: &str = "\
Examples:
  pagesmith generate
  pagesmith generate --seeds pages --out src/sdk

Exit codes:
  0  the generated files are up to date
  2  the files could not be generated or written";

pub(super) fn run(folders: &Folders, output: &mut Output) -> Result<ExitCode, Problem> {
    let wanted = folders.generate(output)?;
    let changes = changes(&wanted, &folders.out, Others::Foreign)?;
    apply(&changes, &folders.out)?;
    let folder = shown(&folders.out);
    for change in &changes {
        let verb = match change.difference {
            Difference::Missing { .. } => "created",
            Difference::Different { .. } => "changed",
            Difference::Left => "removed",
            // `changes` returned an error.
            Difference::Foreign => continue,
        };
        output.result(&format!("{verb} {folder}/{}", change.path));
    }
    let files = counted(wanted.len(), "file");
    output.result(&format!("{files} in {folder}, {} changed", changes.len()));
    Ok(ExitCode::SUCCESS)
}
