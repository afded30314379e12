//! The check of the folder of pages that all subcommands share.

use std::fs;
use std::path::Path;

use pagesmith_model::diagnostic::Diagnostic;

use super::paths::shown;

/// Checks that the folder of pages exists and can be read.
pub(crate) fn check_seeds(seeds: &Path) -> Result<(), Diagnostic> {
    let problem = match fs::metadata(seeds) {
        Ok(found) if found.is_dir() => return Ok(()),
        Ok(_) => format!("{} is not a folder", shown(seeds)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            format!("the folder {} does not exist", shown(seeds))
        }
        Err(error) => format!("the folder {} cannot be read: {error}", shown(seeds)),
    };
    Err(Diagnostic::error("unreadable-folder", problem)
        .help("pass the folder of pages and service models: --seeds DIR"))
}
