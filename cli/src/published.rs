//! Reads the service models that AWS publishes.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use pagesmith_model::diagnostic::{Diagnostic, Diagnostics};
use pagesmith_model::layout::{ENDPOINTS, PAGINATORS, SERVICE_MODEL, WAITERS};
use pagesmith_model::model::ModelFiles;
use pagesmith_model::{
    file::{self, UNREADABLE_FILE, open_regular},
    source::Source,
};

/// Limits the size of unpacked files. [`Source`] has a lower limit.
const MAX_BYTES: u64 = 64 << 20;

/// The files of a published service model.
#[derive(Clone, Debug)]
pub struct Published {
    /// `service-2.json`
    pub service: Source,
    /// `paginators-1.json`, if there is one.
    pub paginators: Option<Source>,
    /// `waiters-2.json`, if there is one.
    pub waiters: Option<Source>,
    /// `endpoint-rule-set-1.json`, if there is one.
    pub endpoints: Option<Source>,
}

impl Published {
    /// The files beside `service-2.json`.
    #[must_use]
    pub fn files(&self) -> ModelFiles<'_> {
        ModelFiles {
            paginators: self.paginators.as_ref(),
            waiters: self.waiters.as_ref(),
            endpoints: self.endpoints.as_ref(),
        }
    }
}

/// Reads the files of a service model from `directory`, plain or with the suffix `.gz`.
///
/// # Errors
/// There is no `service-2.json`, or a file cannot be read, is not UTF-8, or is too large.
pub fn read_published(directory: &Path) -> Result<Published, Diagnostics> {
    let service = read(directory, SERVICE_MODEL)?.ok_or_else(|| {
        let problem = "neither service-2.json nor service-2.json.gz";
        let problem = format!("the folder {} has {problem}", show(directory));
        Diagnostic::error("model-not-found", problem)
            .help("pass a folder with a service model, such as botocore/data/iam/2010-05-08")
    })?;
    Ok(Published {
        service,
        paginators: read(directory, PAGINATORS)?,
        waiters: read(directory, WAITERS)?,
        endpoints: read(directory, ENDPOINTS)?,
    })
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

/// The path with `/` between its parts.
fn show(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}
