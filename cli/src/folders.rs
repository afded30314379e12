//! The folders of pages and of generated files, and what the subcommands that generate do with them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pagesmith_codegen::emit::{self, File};
use pagesmith_codegen::files::{self, Change, Difference, Others};
use pagesmith_codegen::folder::{self, Seeds};
use pagesmith_codegen::lower;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome};
use pagesmith_sync::documents;

use super::output::Output;
use super::paths::{quoted, resolved, shown};

/// The number of pages from which on the terminal shows that generating takes a while.
const MANY_PAGES: usize = 200;

/// The folder of pages.
#[derive(Debug, clap::Args)]
pub(crate) struct SeedsFolder {
    /// The folder of pages and service models.
    #[arg(long = "seeds", default_value = "seeds", value_name = "DIR")]
    pub(crate) path: PathBuf,
}

/// The folder of pages and the folder of generated files.
#[derive(Debug, clap::Args)]
pub(crate) struct Folders {
    #[command(flatten)]
    pub(crate) seeds: SeedsFolder,
    /// The folder of generated files.
    #[arg(long, default_value = "generated", value_name = "DIR")]
    pub(crate) out: PathBuf,
}

impl SeedsFolder {
    /// The path as messages show it.
    pub(crate) fn shown(&self) -> String {
        shown(&self.path)
    }

    /// Checks that the folder exists and can be read.
    pub(crate) fn check(&self) -> Result<(), Diagnostic> {
        check_seeds(&self.path)
    }
}

/// Checks that the folder of pages exists and can be read.
pub(crate) fn check_seeds(seeds: &Path) -> Result<(), Diagnostic> {
    let problem = match fs::metadata(seeds) {
        Ok(found) if found.is_dir() => return Ok(()),
        Ok(_) => format!("{} is not a folder", shown(seeds)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            format!("the folder {} does not exist", shown(seeds))
        }
        Err(error) => format!("the folder {} cannot be read: {error}", shown(seeds)),
    };
    Err(Diagnostic::error("unreadable-folder", problem)
        .help("pass the folder of pages and service models: --seeds DIR"))
}

impl Folders {
    /// The files to generate. Writes warnings.
    pub(crate) fn generate(&self, output: &mut Output) -> Result<Vec<File>, Diagnostics> {
        self.seeds.check()?;
        refuse_inside(&self.out, &self.seeds.path)?;
        let outcome = folder::read(&self.seeds.path, &self.seeds.shown());
        let Some(seeds) = outcome.value else { return Err(outcome.diagnostics) };
        output.diagnostics(&outcome.diagnostics);
        output.ignored_lists(seeds.lists);
        let pages: usize = seeds.folders.iter().map(|folder| folder.pages.len()).sum();
        let is_long = pages >= MANY_PAGES && output.notes_are_seen();
        if is_long {
            output.status(&format!("generating code and documents for {pages} pages"));
        }
        let generated = all_files(&seeds);
        if is_long {
            output.status("");
        }
        let (files, found) = generated?;
        output.diagnostics(&found);
        Ok(files)
    }

    /// The command line of another subcommand with the same folders.
    pub(crate) fn command(&self, verb: &str) -> String {
        let folders = [("seeds", &self.seeds.path, "seeds"), ("out", &self.out, "generated")];
        let others = folders.into_iter().filter(|(_, folder, usual)| *folder != Path::new(usual));
        let options =
            others.map(|(option, folder, _)| format!(" --{option} {}", quoted(&shown(folder))));
        // Cargo sets the variable if the command runs by the alias `cargo pagesmith`.
        let cargo = if std::env::var_os("CARGO").is_some() { "cargo " } else { "" };
        format!("{cargo}pagesmith {verb}{}", options.collect::<String>())
    }
}

/// The code and the documents of `seeds`, and the list of these files.
pub(crate) fn all_files(seeds: &Seeds) -> Result<(Vec<File>, Diagnostics), Diagnostics> {
    let Outcome { value, diagnostics } = documents::files(seeds);
    let Some(mut files) = value else { return Err(diagnostics) };
    let sdk = lower::lower(&seeds.services, &seeds.settings);
    files.extend(emit::emit(&sdk, &seeds.settings)?);
    Ok((files::with_manifest(files)?, diagnostics))
}

/// The changes that make `out` contain `files`. Refuses to overwrite files that pagesmith did not generate.
pub(crate) fn changes(
    files: &[File],
    out: &Path,
    others: Others,
) -> Result<Vec<Change>, Diagnostics> {
    let changes = files::compare(files, out, others);
    let changes = changes.map_err(|error| out_problem(out, "read", &error))?;
    let foreign = foreign(&changes, out);
    if foreign.is_empty() { Ok(changes) } else { Err(foreign) }
}

/// Makes the changes in the folder of generated files.
pub(crate) fn apply(changes: &[Change], out: &Path) -> Result<(), Diagnostic> {
    files::apply(changes, out).map_err(|error| out_problem(out, "written", &error))
}

/// An error for each file that pagesmith did not generate and that would be overwritten.
pub(crate) fn foreign(changes: &[Change], folder: &Path) -> Diagnostics {
    let mut problems = Diagnostics::default();
    for change in changes.iter().filter(|change| change.difference == Difference::Foreign) {
        let problem = format!("{}/{} was not generated by pagesmith", shown(folder), change.path);
        problems
            .push(Diagnostic::error("not-generated", problem).help(
                "move the file, or choose another folder for the generated files: --out DIR",
            ));
    }
    problems
}

/// The error that the folder of generated files cannot be `done`, which is "read" or "written".
pub(crate) fn out_problem(out: &Path, done: &str, error: &io::Error) -> Diagnostic {
    let problem = if out.exists() && !out.is_dir() {
        format!("{} is not a folder", shown(out))
    } else {
        format!("the folder {} cannot be {done}: {error}", shown(out))
    };
    Diagnostic::error("unwritable-folder", problem).help("choose another folder: --out DIR")
}

/// Refuses to write into the folder of pages, because the written files would be read as pages.
pub(crate) fn refuse_inside(out: &Path, pages: &Path) -> Result<(), Diagnostic> {
    let (target, root) = (resolved(out), resolved(pages));
    let problem = if target == root {
        format!("{} is the folder of the pages", shown(out))
    } else if target.starts_with(&root) {
        format!("{} is inside {}, the folder of the pages", shown(out), shown(pages))
    } else {
        return Ok(());
    };
    Err(Diagnostic::error("output-in-seeds", problem)
        .help("choose a folder outside of the pages: --out DIR"))
}
