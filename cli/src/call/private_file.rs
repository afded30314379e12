//! Files for responses that the service returns only once. Only their owner can read them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use crate::paths::shown;
use crate::problem::Problem;

/// The reserved size in bytes: enough for keys, certificates or the image of a QR code.
const RESERVED: usize = 64 * 1024;

/// A new file with reserved space.
pub(super) struct PrivateFile {
    file: File,
    path: PathBuf,
}

impl PrivateFile {
    /// Creates the file and reserves the space, before the request is sent.
    ///
    /// # Errors
    /// The file exists already, or cannot be created, or there is not enough space.
    pub(super) fn reserve(path: &Path) -> Result<Self, Problem> {
        let mut file = open_new(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Problem::new(format!("{} already exists", shown(path)))
                .help("no request was sent; pass the path of a new file: --output FILE"),
            _ => unwritable(path, &error),
        })?;
        let reserved = file.write_all(&vec![b' '; RESERVED]).and_then(|()| file.sync_all());
        let private = Self { file, path: path.to_owned() };
        match reserved {
            Ok(()) => Ok(private),
            Err(error) => {
                private.remove();
                Err(unwritable(path, &error))
            }
        }
    }

    /// Writes `text` as the whole file, or to a temporary file if that fails.
    ///
    /// # Errors
    /// The file could not be written.
    pub(super) fn fill(mut self, text: &str) -> Result<(), Problem> {
        let written = self.file.rewind().and_then(|()| {
            self.file.write_all(text.as_bytes())?;
            self.file.set_len(u64::try_from(text.len()).unwrap_or(u64::MAX))?;
            self.file.sync_all()
        });
        written.map_err(|error| {
            let problem = format!("cannot write {}: {error}", shown(&self.path));
            super::problem::rescued_from(problem, Self::rescue(text))
        })
    }

    /// Writes `text` to a temporary file and returns its path.
    ///
    /// # Errors
    /// The temporary file cannot be written.
    pub(super) fn rescue(text: &str) -> io::Result<PathBuf> {
        let name = format!("pagesmith-response-{}.json", std::process::id());
        let path = std::env::temp_dir().join(name);
        let mut file = open_new(&path)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all())?;
        Ok(path)
    }

    /// Removes the file.
    pub(super) fn remove(self) {
        // It has only reserved space.
        let _ = fs::remove_file(&self.path);
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(format!("cannot write {}: {error}", shown(path)))
        .help("no request was sent; pass a file in a folder with enough space: --output FILE")
}

fn open_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
