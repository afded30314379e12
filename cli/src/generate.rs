//! `pagesmith generate`

use std::process::ExitCode;

use pagesmith_codegen::files::{self, Change};
use pagesmith_model::words::counted;

use super::folders::{Folders, out_problem, refuse_foreign};
use super::output::{FAILED, Output};
use super::paths::shown;

pub(super) const HELP: &str = "\
Examples:
  pagesmith generate
  pagesmith generate --seeds pages --out src/sdk

Exit codes:
  0  the generated files are up to date
  2  the files could not be generated or written";

pub(super) fn run(folders: &Folders, output: &mut Output) -> ExitCode {
    let Some(wanted) = folders.generate(output) else {
        return ExitCode::from(FAILED);
    };
    let changes = files::compare(&wanted, &folders.out);
    if let Ok(Err(problems)) = changes.as_ref().map(|changes| refuse_foreign(changes, &folders.out))
    {
        output.diagnostics(&problems);
        return ExitCode::from(FAILED);
    }
    let written =
        changes.and_then(|changes| files::apply(&changes, &folders.out).map(|()| changes));
    match written {
        Ok(changes) => {
            let folder = shown(&folders.out);
            for change in &changes {
                let verb = match change {
                    Change::Missing { .. } => "created",
                    Change::Different { .. } => "changed",
                    Change::Left { .. } => "removed",
                    // `refuse_foreign` returned an error.
                    Change::Foreign { .. } => continue,
                };
                output.result(&format!("{verb} {folder}/{}", change.path()));
            }
            output.result(&format!(
                "{} in {folder}, {} changed",
                counted(wanted.len(), "file"),
                changes.len()
            ));
            ExitCode::SUCCESS
        }
        Err(error) => {
            output.diagnostics(&out_problem(&folders.out, "written", &error).into());
            ExitCode::from(FAILED)
        }
    }
}
