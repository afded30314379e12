//! What a build script does, except for printing.

use std::path::{Path, PathBuf};

use super::Build;
use crate::{emit, files, folder, lower};
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics};

/// What a run of [`Build`] did.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// Every file and folder that was read. The code depends on nothing else.
    pub inputs: Vec<PathBuf>,
    /// The folder of the code.
    pub folder: PathBuf,
    /// The files of the code below that folder, sorted.
    pub files: Vec<String>,
    /// The files that were written or removed. The other files were up to date.
    pub changed: Vec<String>,
    /// The features of resources, sorted. See [`Build::feature_per_resource`].
    pub features: Vec<String>,
    /// The warnings.
    pub warnings: Diagnostics,
}

pub(super) fn run(build: &Build) -> Result<Report, Diagnostics> {
    let out_dir = out_dir(build)?.join("pages");
    let outcome = folder::read_with(&build.pages, &build.name(), &build.set);
    let Some(seeds) = outcome.value else {
        return Err(outcome.diagnostics);
    };
    let sdk = lower::lower(&seeds.services, &seeds.settings);
    let emitted = emit::emit(&sdk, &seeds.settings).map_err(|problems| {
        let mut all = outcome.diagnostics.clone();
        all.append(problems);
        all
    })?;
    let emitted = files::by_path(emitted)?;
    let changes = files::compare(&emitted, &out_dir, files::Others::None)
        .and_then(|changes| files::apply(&changes, &out_dir).map(|()| changes))
        .map_err(|error| unwritable(&out_dir, &error))?;
    Ok(Report {
        inputs: seeds.inputs,
        folder: out_dir,
        files: emitted.into_iter().map(|file| file.path).collect(),
        changed: changes.into_iter().map(|change| change.path).collect(),
        features: sdk.features(),
        warnings: outcome.diagnostics,
    })
}

fn out_dir(build: &Build) -> Result<PathBuf, Diagnostic> {
    let set = build.out_dir.clone();
    set.or_else(|| std::env::var_os("OUT_DIR").map(PathBuf::from)).ok_or_else(|| {
        Diagnostic::error("no-out-dir", "OUT_DIR is not set").help(
            "run this in a build script, for which Cargo sets it, or set a folder with `out_dir`",
        )
    })
}

fn unwritable(folder: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(
        "unwritable-out-dir",
        format!("{} cannot be written: {error}", folder.display()),
    )
    .help("check that the folder can be written to, and that the disk is not full")
}
