//! A look at the process's surroundings, so that tests can give others.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;

/// Variables and files.
pub(crate) trait Surroundings {
    /// The variable `name`.
    fn variable(&self, name: &str) -> Option<OsString>;

    /// All variables whose names are Unicode.
    fn variables(&self) -> Vec<(String, OsString)>;

    /// The content of a file; `Ok(None)` where there is none.
    fn file(&self, path: &Path) -> std::io::Result<Option<Vec<u8>>>;
}

/// The process's own.
pub(crate) struct Process;

impl Surroundings for Process {
    fn variable(&self, name: &str) -> Option<OsString> {
        std::env::var_os(name)
    }

    fn variables(&self) -> Vec<(String, OsString)> {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .collect()
    }

    fn file(&self, path: &Path) -> std::io::Result<Option<Vec<u8>>> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            // Below what is not a directory there is no file either.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
