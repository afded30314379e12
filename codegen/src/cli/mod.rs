//! The command's arguments, and what all of its subcommands share.

mod check;
mod generate;
mod import;
mod output;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pagesmith_codegen::emit::{self, File};
use pagesmith_codegen::seeds;

pub(crate) use self::output::Output;

/// Turns documentation pages of cloud resources into Rust SDKs, and keeps the two in step.
#[derive(Debug, Parser)]
#[command(name = "pagesmith", version, arg_required_else_help = true)]
pub(crate) struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Generate the SDK of the pages: write the files that differ, remove those that no page gives.
    Generate(Folders),
    /// Tell whether the generated files are what pages and generator give, and change nothing.
    ///
    /// Exits with 0 if they are, 1 if they are not (the differences are shown), 2 on an error.
    Check(Folders),
    /// Import the wire facts of a service from its published model.
    ///
    /// Reads service-2.json and paginators-1.json, gzipped or not, from DIR (in the PyPI package
    /// botocore: botocore/data/SERVICE/VERSION), keeps the operations that are named or that
    /// the pages in the folder need, and strips all prose.
    Import(import::Arguments),
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

/// A command that could not do its work exits with this.
const FAILED: u8 = 2;

impl Command {
    pub(crate) fn run(self, output: &mut Output) -> ExitCode {
        match self.verb {
            Verb::Generate(folders) => generate::run(&folders, output),
            Verb::Check(folders) => check::run(&folders, output),
            Verb::Import(arguments) => import::run(&arguments, output),
        }
    }
}

impl Folders {
    /// The files that the pages give; `None` where they could not be generated, and why was shown.
    fn generate(&self, output: &mut Output) -> Option<Vec<File>> {
        let outcome = seeds::read(&self.seeds, &shown(&self.seeds));
        output.diagnostics(&outcome.diagnostics);
        match emit::emit(&outcome.value?.services) {
            Ok(files) => Some(files),
            Err(problem) => {
                output.diagnostics(&problem.into());
                None
            }
        }
    }

    /// How to run a subcommand on the same folders.
    fn command(&self, verb: &str) -> String {
        let mut command = format!("cargo pagesmith {verb}");
        for (option, folder, default) in
            [("seeds", &self.seeds, "seeds"), ("out", &self.out, "generated")]
        {
            if folder != Path::new(default) {
                command.push_str(&format!(" --{option} {}", shown(folder)));
            }
        }
        command
    }
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
