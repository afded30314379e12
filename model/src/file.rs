//! Texts that come from files: reading them, and what is refused before anything is made of them.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::diagnostic::{Diagnostic, rules};
use crate::source::Source;

/// The most bytes that a text may have: 10 MiB, a thousand times the longest page of the corpus.
/// Everything up to it is read in time linear in its length; anything above is refused unread.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

rules! {
    UNREADABLE_FILE = "unreadable-file", "this file could not be read",
        "check the path and the permissions of the file";
    FILE_TOO_LARGE = "file-too-large", "the limit is 10 MiB",
        "check that this is the right file; if it is, split it";
    INVALID_UTF8 = "invalid-utf8", "this is not UTF-8",
        "save the file as UTF-8";
}

/// A source named `name` that holds `bytes`, which must be UTF-8.
///
/// # Errors
/// `invalid-utf8`, with the place of the first bad byte; `file-too-large` above [`MAX_BYTES`].
pub fn decode(name: impl Into<String>, bytes: Vec<u8>) -> Result<Source, Diagnostic> {
    let name = name.into();
    if bytes.len() > MAX_BYTES {
        return Err(too_large(name));
    }
    String::from_utf8(bytes).map(|text| Source::new(name.as_str(), text)).map_err(|error| {
        // What stands before the bad byte is valid, so its place is the same in the text that
        // has a replacement character instead of it.
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let source = Source::new(name.as_str(), String::from_utf8_lossy(error.as_bytes()));
        let message = format!("the byte 0x{byte:02X} is not part of any UTF-8 character");
        INVALID_UTF8.error(message, source.span(at..at + 1))
    })
}

/// Reads the file at `path`; messages call it `name`.
///
/// # Errors
/// `unreadable-file` if it cannot be read, and all that [`decode`] refuses.
pub fn read(path: &Path, name: impl Into<String>) -> Result<Source, Diagnostic> {
    let name = name.into();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    // One byte above the limit tells that there is more.
    let read = open_regular(path)
        .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes));
    match read {
        Ok(_) => decode(name, bytes),
        Err(error) => {
            let start = Source::new(name, "").span(0..0);
            Err(UNREADABLE_FILE.error(format!("cannot read {}: {error}", path.display()), start))
        }
    }
}

/// Opens the regular file at `path`, or the one that a link there leads to. Anything else is refused before it is
/// opened: opening a named pipe waits until something writes to it.
///
/// # Errors
/// Those of opening a file, and one where the path leads to what is not a regular file.
///
/// # Example
/// ```
/// let error = pagesmith_model::file::open_regular(std::path::Path::new(".")).unwrap_err();
/// assert_eq!(error.to_string(), "it is not a regular file");
/// ```
pub fn open_regular(path: &Path) -> io::Result<File> {
    if std::fs::metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
    }
}

/// The bytes of the regular file at `path`; see [`open_regular`].
///
/// # Errors
/// Those of [`open_regular`], and of reading.
pub fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_large(name: String) -> Diagnostic {
    let message = format!("the text is longer than {MAX_BYTES} bytes");
    FILE_TOO_LARGE.error(message, Source::new(name, "").span(0..0))
}

/// Refuses a text that is longer than [`MAX_BYTES`], however it came to be.
pub(crate) fn check_length(source: &Source) -> Result<(), Diagnostic> {
    if source.text().len() > MAX_BYTES { Err(too_large(source.name().to_owned())) } else { Ok(()) }
}
