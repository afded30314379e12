//! Files for responses that cannot be had again. Only their owner can read them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::problem::Problem;
use crate::shown;

/// As much as a response with a secret in it may take: keys, certificates, a picture of a code.
const ROOM: usize = 64 * 1024;

/// A new file, with room for a response.
pub(super) struct PrivateFile {
    file: File,
    path: PathBuf,
}

impl PrivateFile {
    /// Makes the file at `path` and sets the room aside, before anything is sent.
    ///
    /// # Errors
    /// Where there is a file already, or it cannot be made or be given the room.
    pub(super) fn reserve(path: &Path) -> Result<Self, Problem> {
        let mut file = open_new(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Problem::new(format!("{} is there already", shown(path)))
                    .help("nothing was sent; name a file that does not exist yet: --output FILE")
            }
            _ => unwritable(path, &error),
        })?;
        let reserved = file.write_all(&vec![b' '; ROOM]).and_then(|()| file.sync_all());
        let private = Self { file, path: path.to_owned() };
        match reserved {
            Ok(()) => Ok(private),
            Err(error) => {
                private.remove();
                Err(unwritable(path, &error))
            }
        }
    }

    /// Writes `text` as the whole of it. Where it cannot be written it goes elsewhere.
    ///
    /// # Errors
    /// Where it went elsewhere, or is lost.
    pub(super) fn fill(mut self, text: &str) -> Result<(), Problem> {
        let written = self.file.rewind().and_then(|()| {
            self.file.write_all(text.as_bytes())?;
            self.file.set_len(u64::try_from(text.len()).unwrap_or(u64::MAX))?;
            self.file.sync_all()
        });
        written.map_err(|error| {
            let problem = format!("{} cannot be written: {error}", shown(&self.path));
            super::problem::rescued_from(problem, Self::rescue(text))
        })
    }

    /// Writes `text` to a file among the temporary ones, and gives its path.
    ///
    /// # Errors
    /// Where that cannot be done either.
    pub(super) fn rescue(text: &str) -> io::Result<PathBuf> {
        let name = format!("pagesmith-response-{}.json", std::process::id());
        let path = std::env::temp_dir().join(name);
        let mut file = open_new(&path)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all())?;
        Ok(path)
    }

    /// Takes it away again.
    pub(super) fn remove(self) {
        // It has nothing in it that is missed.
        let _ = fs::remove_file(&self.path);
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(format!("{} cannot be written: {error}", shown(path)))
        .help("nothing was sent; name a file in a folder with room for it: --output FILE")
}

fn open_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
