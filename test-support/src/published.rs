//! Published service models, compressed with gzip or not. The command has its own reader, which is stricter.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use pagesmith_model::source::Source;

/// The files of a published model.
#[derive(Debug)]
pub struct Published {
    pub service: Source,
    pub paginators: Option<Source>,
}

impl Published {
    /// The text of the paginators, if there are any.
    #[must_use]
    pub fn paginators_text(&self) -> Option<&str> {
        self.paginators.as_ref().map(Source::text)
    }
}

/// Reads the model in `directory`. Panics if there is none.
pub fn read_published(directory: &Path) -> Published {
    Published {
        service: file(directory, "service-2.json").expect("a service model"),
        paginators: file(directory, "paginators-1.json"),
    }
}

fn file(directory: &Path, name: &str) -> Option<Source> {
    if let Ok(text) = fs::read_to_string(directory.join(name)) {
        return Some(Source::new(name, text));
    }
    let packed = fs::File::open(directory.join(format!("{name}.gz"))).ok()?;
    let mut text = String::new();
    MultiGzDecoder::new(packed).read_to_string(&mut text).unwrap();
    Some(Source::new(name, text))
}
