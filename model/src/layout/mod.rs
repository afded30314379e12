//! The layout of a folder of pages and service models: what each file in it is, read and parsed.
//!
//! ```text
//! seeds/aws/iam_api/*.md               pages
//! seeds/aws/iam_api/*/index.md         pages too, as the site lays them out
//! seeds/aws/iam_api/service-2.json     the service model
//! seeds/aws/iam_api/paginators-1.json  how its listings continue, where any does
//! seeds/aws/iam_api/waiters-2.json     how to wait for states of its resources, where there is such
//! seeds/aws/iam_api/overrides.json     what the rules cannot find, where there is such
//! ```

mod files;
mod names;
mod reader;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use self::files::{FolderFile, files};
pub use self::names::{
    INDEX, OVERRIDES, PAGINATORS, SERVICE_MODEL, SETTINGS, WAITERS, belongs, is_markdown,
    service_folder,
};
use self::reader::Reader;
pub use self::sources::{FolderSources, ServicePages, ServiceSources};
use crate::bind::{self, Overrides};
use crate::diagnostic::{Diagnostics, Outcome};
use crate::model::ServiceModel;
use crate::page::{Page, ResourceId};
use crate::schema::Service;

/// What a folder of pages and models contains.
#[derive(Debug, Default)]
pub struct Layout {
    /// The folder of each service, in the order of their names.
    pub folders: Vec<Folder>,
    /// The folders that have pages, below the folder that was read: `aws/iam_api`.
    pub services: BTreeSet<String>,
    /// Every file and folder that was read, in the order read. A file that may come is not among
    /// them, but the folder is that it would come to.
    pub inputs: Vec<PathBuf>,
    /// How many files `index.md` were passed over: lists of a service's resources, which have no Id.
    pub lists: usize,
}

/// The folder of a service: its pages, and its model beside them, not bound to one another.
#[derive(Debug)]
pub struct Folder {
    /// In the order of their names.
    pub pages: Vec<Page>,
    /// How the service's operations travel.
    pub model: ServiceModel,
    /// What the rules cannot find.
    pub overrides: Overrides,
}

/// How a folder is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Service models that are elsewhere than beside the pages, by the pages' folder: `aws/iam_api`.
    pub models: BTreeMap<String, PathBuf>,
    /// Overrides that are elsewhere than beside the pages, by the pages' folder.
    pub overrides: BTreeMap<String, PathBuf>,
    /// What is done with a page whose id does not agree with its name or its folder.
    pub id_mismatch: IdMismatch,
}

/// What is done with a page whose id does not agree with its name or its folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IdMismatch {
    /// It is an error.
    #[default]
    Refuse,
    /// It is read, with a warning.
    Warn,
    /// It is read.
    Allow,
}

/// Reads every service below `folder`, which messages call `name`. Folders are read in the
/// order of their names, so that the same files give the same result anywhere.
///
/// # Errors
/// The outcome has no value where a file cannot be read, a page or a model is not as it should be by itself, or a
/// page's id does not agree with its name or its folder and `options` do not allow that. All of it is reported.
pub fn read(folder: &Path, name: &str, options: &Options) -> Outcome<Layout> {
    Reader::read(folder, name, options)
}

/// Binds the pages in `folders` to the models beside them, of each folder those that `is_wanted` accepts.
///
/// # Errors
/// The outcome has no value where a page and the model beside it do not fit.
pub fn bind(folders: &[Folder], is_wanted: impl Fn(&ResourceId) -> bool) -> Outcome<Vec<Service>> {
    let mut diagnostics = Diagnostics::default();
    let bound = folders.iter().filter_map(|Folder { pages, model, overrides }| {
        diagnostics.keep(bind::bind_some(pages, &is_wanted, model, overrides))
    });
    let services = bound.collect();
    diagnostics.outcome(Some(services))
}
