//! For build scripts.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Style};
use crate::{emit, files, seeds};

/// Generates the SDK of a folder of pages from a build script.
///
/// ```no_run
/// // build.rs
/// fn main() -> std::process::ExitCode {
///     pagesmith_codegen::Build::new("seeds").emit()
/// }
/// ```
///
/// The code goes to `OUT_DIR`, in the folder `pages`, and is brought in by
/// `include!(concat!(env!("OUT_DIR"), "/pages/mod.rs"));`.
#[derive(Clone, Debug)]
pub struct Build {
    pages: PathBuf,
}

impl Build {
    /// The SDK of the pages below `pages`, a folder beside `Cargo.toml`.
    pub fn new(pages: impl Into<PathBuf>) -> Self {
        Self { pages: pages.into() }
    }

    /// Generates. Tells cargo which files matter, and every problem by file, line and column.
    ///
    /// # Errors
    /// The exit code is a failure where anything was an error; cargo then shows what.
    #[must_use = "the build script must exit with it"]
    pub fn emit(&self) -> std::process::ExitCode {
        match self.run() {
            Ok(warnings) => {
                tell_cargo(&warnings);
                std::process::ExitCode::SUCCESS
            }
            Err(problems) => {
                tell_cargo(&problems);
                std::process::ExitCode::FAILURE
            }
        }
    }

    fn run(&self) -> Result<Diagnostics, Diagnostics> {
        let name = self.pages.to_string_lossy().replace('\\', "/");
        let out_dir = std::env::var_os("OUT_DIR").ok_or_else(|| {
            Diagnostic::error("no-out-dir", "OUT_DIR is not set")
                .help("run this from a build script, where cargo sets it")
        })?;
        // Even a folder that is not there yet, so that its coming is seen.
        cargo("rerun-if-changed", &name);
        let outcome = seeds::read(&self.pages, &name);
        let Some(seeds) = outcome.value else {
            return Err(outcome.diagnostics);
        };
        for input in &seeds.inputs {
            cargo("rerun-if-changed", &input.to_string_lossy());
        }
        let folder = Path::new(&out_dir).join("pages");
        let emitted = emit::emit(&seeds.services)?;
        let emitted = files::by_path(emitted).map_err(|path| files::same_path(&path))?;
        files::compare_own(&emitted, &folder)
            .and_then(|changes| files::apply(&changes, &folder))
            .map_err(|error| {
            Diagnostic::error(
                "unwritable-out-dir",
                format!("{} cannot be written: {error}", folder.display()),
            )
        })?;
        Ok(outcome.diagnostics)
    }
}

fn tell_cargo(diagnostics: &Diagnostics) {
    for found in diagnostics {
        let key = match found.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        cargo(key, &found.one_line());
        if found.severity() == Severity::Error {
            // Cargo shows one line of each; the whole of an error goes where cargo shows all.
            explain(&found.render(Style::Plain));
        }
    }
}

/// A build script speaks to cargo by what it prints.
#[allow(clippy::print_stdout)]
fn cargo(key: &str, value: &str) {
    println!("cargo::{key}={}", value.replace('\n', " "));
}

#[allow(clippy::print_stderr)]
fn explain(text: &str) {
    eprintln!("{text}");
}
