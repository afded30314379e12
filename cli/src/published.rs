//! Finds and unpacks the files that AWS publishes.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use pagesmith_model::diagnostic::{Diagnostics, Rule};
use pagesmith_model::{
    file::{self, UNREADABLE_FILE, open_regular},
    source::Source,
};

static NOT_FOUND: Rule = Rule {
    id: "model-not-found",
    label: "no service model here",
    help: "name a directory that holds one, such as botocore's data/iam/2010-05-08",
};

/// Ends the unpacking of what is no service model; [`Source`] has a lower bound of its own.
const MAX_BYTES: u64 = 64 << 20;

/// What a directory of a published model holds.
#[derive(Clone, Debug)]
pub struct Published {
    /// `service-2.json`
    pub service: Source,
    /// `paginators-1.json`, where there is one.
    pub paginators: Option<Source>,
}

/// Reads `service-2.json` and `paginators-1.json` from `directory`, each plain or as `.gz`.
///
/// # Errors
///
/// A file that cannot be read, is no UTF-8, or is larger than any service model; no `service-2.json`.
pub fn read_published(directory: &Path) -> Result<Published, Diagnostics> {
    let service = read(directory, "service-2.json")?.ok_or_else(|| {
        let name = show(directory);
        let message = format!("{name} has no service-2.json and no service-2.json.gz");
        NOT_FOUND.error(message, Source::new(name, "").span(0..0))
    })?;
    Ok(Published { service, paginators: read(directory, "paginators-1.json")? })
}

fn read(directory: &Path, name: &str) -> Result<Option<Source>, Diagnostics> {
    let plain = directory.join(name);
    if let Some(file) = open(&plain)? {
        return text(file, &plain).map(Some);
    }
    let packed = directory.join(format!("{name}.gz"));
    let Some(file) = open(&packed)? else {
        return Ok(None);
    };
    text(MultiGzDecoder::new(BufReader::new(file)), &packed).map(Some)
}

fn open(path: &Path) -> Result<Option<File>, Diagnostics> {
    match open_regular(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn text(reader: impl Read, path: &Path) -> Result<Source, Diagnostics> {
    let mut bytes = Vec::new();
    let read = reader.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, &error))?;
    Ok(file::decode(show(path), bytes)?)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostics {
    let name = show(path);
    let message = format!("cannot read {name}: {error}");
    UNREADABLE_FILE.error(message, Source::new(name, "").span(0..0)).into()
}

/// The path as the user wrote it, with `/` between its parts.
fn show(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}
