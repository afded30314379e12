//! Variables and files, behind a trait so that tests can replace them.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;

/// Environment variables and files.
pub(crate) trait Environment {
    /// The variable `name`.
    fn variable(&self, name: &str) -> Option<OsString>;

    /// All variables whose names are Unicode.
    fn variables(&self) -> Vec<(String, OsString)>;

    /// The content of a file; `Ok(None)` if it does not exist.
    fn file(&self, path: &Path) -> std::io::Result<Option<Vec<u8>>>;
}

/// The variables and files of this process.
pub(crate) struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
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
            // A path below something that is not a directory does not exist either.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
