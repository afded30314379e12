//! The command `pagesmith`.
//!
//! Each subcommand has a module. It reads its arguments, calls `pagesmith-codegen`, `pagesmith-sync` or `pagesmith-runtime`, and prints the
//! result. The crate also contains what only the command reads: [published models](published) and [revisions of a git repository](revisions).
//!
//! This crate must not contain logic that another program could use; that belongs in the crates it calls.

mod add;
#[cfg(feature = "call")]
mod call;
mod check;
mod columns;
mod completions;
mod describe;
mod diff;
mod docs;
mod generate;
mod import;
mod lint;
mod lookup;
mod methods;
mod output;
mod progress;
pub mod published;
pub mod revisions;

use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pagesmith_codegen::emit::{self, File};
use pagesmith_codegen::files::{self, Change};
use pagesmith_codegen::folder::{self, Seeds};
use pagesmith_codegen::lower;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics};
use pagesmith_sync::documents;

use self::output::Output;

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
        Ok(command) => command.run(&mut output),
        Err(error) if error.use_stderr() => {
            output.note(error.to_string().trim_end());
            ExitCode::from(FAILED)
        }
        // Help that was asked for.
        Err(error) => {
            output.raw_result(&error.to_string());
            ExitCode::SUCCESS
        }
    };
    match output.finish() {
        Ok(()) => code,
        Err(error) => {
            output.note(&format!("error: standard output cannot be written: {error}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Turns documentation pages of cloud resources into Rust SDKs, and keeps the two in step.
#[derive(Debug, Parser)]
#[command(name = "pagesmith", version, arg_required_else_help = true, after_help = HELP)]
struct Command {
    #[command(subcommand)]
    verb: Verb,
}

// What stands in comments is shown as help, backquotes too.
#[allow(clippy::doc_markdown)]
#[derive(Debug, Subcommand)]
enum Verb {
    /// Generate the SDK of the pages: write the files that differ, remove those that no page gives.
    #[command(after_help = generate::HELP)]
    Generate(Folders),
    /// Tell whether the generated files are what pages and generator give, and change nothing.
    #[command(after_help = check::HELP)]
    Check(Folders),
    /// Write pages back from what was read of them, in their own dialect or in another.
    Docs(docs::Arguments),
    /// Compare pages with the service models beside them, and look at their links.
    Lint(lint::Arguments),
    /// Show the methods of a page, as StackQL shows them and as Rust calls them.
    Methods(methods::Arguments),
    /// Show the fields of a page's rows, or the params of one of its methods.
    Describe(describe::Arguments),
    /// Call a method of a page's resource, with the params that are named.
    #[cfg(feature = "call")]
    Call(call::Arguments),
    /// Put a new page in its place, import what it needs of the service model, and generate.
    Add(add::Arguments),
    /// Import what a service's pages need of its published model.
    ///
    /// Reads service-2.json and paginators-1.json, gzipped or not, from the folder MODEL (in the PyPI
    /// package botocore: botocore/data/SERVICE/VERSION), and keeps the operations that are named or that
    /// the pages in the folder need, with their documentation. Validation and hints are left out.
    Import(import::Arguments),
    /// Say what changed between two editions of pages, and what that breaks.
    ///
    /// Compares two pages, two folders of pages, or two revisions (--rev), with the service models beside
    /// them.
    Diff(diff::Arguments),
    /// Write a script that completes this command in a shell.
    Completions(completions::Arguments),
}

/// Where pages are and where their SDK is.
#[derive(Debug, clap::Args)]
struct Folders {
    /// The folder of pages and service models.
    #[arg(long, default_value = "seeds", value_name = "DIR")]
    seeds: PathBuf,
    /// The folder of generated files.
    #[arg(long, default_value = "generated", value_name = "DIR")]
    out: PathBuf,
}

const HELP: &str = "\
A page, seeds/PROVIDER/SERVICE/RESOURCE.md, is the contract of a resource; service-2.json beside it
says how its methods travel. What both give is in generated/, and is changed only through them.

  pagesmith add users.md --model botocore/data/iam/2010-05-08    a new resource
  pagesmith generate                                             after a page was changed
  pagesmith check                                                in CI: is generated/ up to date?
  pagesmith lint                                                 do page and service model agree?
  pagesmith docs --check seeds                                   are pages as their generator writes them?
  pagesmith diff --rev main..HEAD                                what does a change of pages break?
  pagesmith methods aws.iam_api.mfa_devices                      what can be called?
  pagesmith call aws.iam_api.mfa_devices.List                    and called, by its name

Findings go to standard error and results to standard output. NO_COLOR is respected.
Each command explains itself: pagesmith COMMAND --help

Exit codes:
  0  done
  1  something was found that the command looks for, or a call failed
  2  the command could not do its work, or its results could not be written";

/// So many pages take a while, which is then said.
const MANY: usize = 200;

/// A command that could not do its work exits with this.
const FAILED: u8 = 2;

impl Command {
    fn run(self, output: &mut Output) -> ExitCode {
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
            Verb::Completions(arguments) => completions::run(&arguments, output),
            Verb::Import(arguments) => import::run(&arguments, output),
            Verb::Diff(arguments) => diff::run(&arguments, output),
        }
    }
}

impl Folders {
    /// The files that the pages give; `None` where they could not be generated, and why was shown.
    fn generate(&self, output: &mut Output) -> Option<Vec<File>> {
        let checked =
            lookup::check_seeds(&self.seeds).and_then(|()| refuse_inside(&self.out, &self.seeds));
        if let Err(problem) = checked {
            output.diagnostics(&problem.into());
            return None;
        }
        let outcome = folder::read(&self.seeds, &shown(&self.seeds));
        output.diagnostics(&outcome.diagnostics);
        let seeds = outcome.value?;
        output.passed_over(seeds.lists);
        let pages: usize = seeds.folders.iter().map(|folder| folder.pages.len()).sum();
        let is_long = pages >= MANY && output.notes_are_seen();
        if is_long {
            output.status(&format!("generating the code and the documents of {pages} pages"));
        }
        let made = all_files(&seeds);
        if is_long {
            output.status("");
        }
        match made {
            Ok((files, found)) => {
                output.diagnostics(&found);
                Some(files)
            }
            Err(problems) => {
                output.diagnostics(&problems);
                None
            }
        }
    }

    /// How to run a subcommand on the same folders.
    fn command(&self, verb: &str) -> String {
        let folders = [("seeds", &self.seeds, "seeds"), ("out", &self.out, "generated")];
        let others = folders.into_iter().filter(|(_, folder, usual)| *folder != Path::new(usual));
        let options =
            others.map(|(option, folder, _)| format!(" --{option} {}", quoted(&shown(folder))));
        // Set where cargo runs the command, as the alias `cargo pagesmith` does.
        let cargo = if std::env::var_os("CARGO").is_some() { "cargo " } else { "" };
        format!("{cargo}pagesmith {verb}{}", options.collect::<String>())
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:+@%,=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The code of `seeds`, the documents beside it, and the list of all of them.
fn all_files(seeds: &Seeds) -> Result<(Vec<File>, Diagnostics), Diagnostics> {
    let documents = documents::files(seeds);
    let Some(mut files) = documents.value else {
        return Err(documents.diagnostics);
    };
    let sdk = lower::lower(&seeds.services, &seeds.settings);
    files.extend(emit::emit(&sdk, &seeds.settings)?);
    let files = files::with_manifest(files).map_err(|path| files::same_path(&path))?;
    Ok((files, documents.diagnostics))
}

/// What is in the way of generated files, which nothing is written over.
fn refuse_foreign(changes: &[Change], folder: &Path) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::default();
    for change in changes {
        if let Change::Foreign { path } = change {
            let problem = format!("{}/{path} was not generated by pagesmith", shown(folder));
            problems.push(
                Diagnostic::error("not-generated", problem)
                    .help("move it, or choose another folder for what is generated: --out DIR"),
            );
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// What to do where the folder for what is written cannot be `done` to.
fn out_problem(out: &Path, done: &str, error: &std::io::Error) -> Diagnostic {
    let problem = if out.exists() && !out.is_dir() {
        format!("{} is not a folder", shown(out))
    } else {
        format!("{} cannot be {done}: {error}", shown(out))
    };
    Diagnostic::error("unwritable-folder", problem)
        .help("choose a folder that you may write to: --out DIR")
}

/// Refuses to write to `out` where pages are read from: they would be pages too.
fn refuse_inside(out: &Path, pages: &Path) -> Result<(), Diagnostic> {
    let (place, root) = (resolved(out), resolved(pages));
    let problem = if place == root {
        format!("{} is the folder that the pages are read from", shown(out))
    } else if place.starts_with(&root) {
        format!("{} is inside {}, which the pages are read from", shown(out), shown(pages))
    } else {
        return Ok(());
    };
    Err(Diagnostic::error("output-in-seeds", problem).help("choose a folder outside it: --out DIR"))
}

/// `path` without links and steps back, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let found = path.ancestors().find_map(|existing| {
        let rest = path.strip_prefix(existing).ok()?;
        Some((existing.canonicalize().ok()?, rest))
    });
    let Some((mut place, rest)) = found else { return path };
    for step in rest.components() {
        match step {
            Component::ParentDir => {
                place.pop();
            }
            step => place.push(step),
        }
    }
    place
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    match path.trim_end_matches('/') {
        "" => path,
        trimmed => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, shown};
    use std::path::Path;

    #[test]
    fn words_are_quoted_as_a_shell_needs() {
        assert_eq!(quoted("../my-sdk/v1.0"), "../my-sdk/v1.0");
        assert_eq!(quoted("my sdk"), "'my sdk'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("$HOME"), "'$HOME'");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn paths_end_without_a_slash() {
        assert_eq!(shown(Path::new("pages//")), "pages");
        assert_eq!(shown(Path::new("/")), "/");
    }
}
