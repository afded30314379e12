//! A folder of seeds: pages, and beside those of a service its model.
//!
//! ```text
//! seeds/aws/iam_api/*.md               pages
//! seeds/aws/iam_api/*/index.md         pages too, as the site lays them out
//! seeds/aws/iam_api/service-2.json     the service model
//! seeds/aws/iam_api/paginators-1.json  how its listings continue, where any does
//! seeds/aws/iam_api/overrides.json     what the rules cannot find, where there is such
//! seeds/sdk.json                       what the SDK is to be beyond its pages, where that is said
//! ```

mod reader;

use std::path::{Path, PathBuf};

use self::reader::Reader;
use crate::SdkSettings;
use crate::bind::{self, Overrides, Service};
use crate::diagnostic::{Diagnostics, Outcome, Severity};
use crate::page::{Page, ResourceId};
use crate::settings::{self, Setting};
use crate::wire::ServiceModel;

/// What a folder of seeds gives.
#[derive(Debug, Default)]
pub struct Seeds {
    /// The bound services, in the order of their folders. Those of which the settings want no resource
    /// are not among them.
    pub services: Vec<Service>,
    /// All pages, wanted or not, with what stands beside them.
    pub folders: Vec<Folder>,
    /// What the SDK is to be.
    pub settings: SdkSettings,
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

/// Reads and binds every service below `folder`, which messages call `name`. Folders are read in the
/// order of their names, so that the same files give the same result anywhere.
///
/// # Errors
/// The outcome has no value where a file cannot be read, a page or a model is not as it should be, or a page's id
/// does not agree with its name or its folder and the settings do not allow that. All of it is reported.
pub fn read(folder: &Path, name: &str) -> Outcome<Seeds> {
    read_with(folder, name, &[])
}

/// As [`read`], for looking at pages rather than for generating code of them: a page's id need not agree with its name
/// or its folder.
///
/// # Errors
/// As for [`read`], but for such pages.
pub fn read_whatever_ids(folder: &Path, name: &str) -> Outcome<Seeds> {
    read_with(folder, name, &[Setting::AllowIdMismatch(true)])
}

/// As [`read`], with settings that come before those of `sdk.json`.
pub(crate) fn read_with(folder: &Path, name: &str, set: &[Setting]) -> Outcome<Seeds> {
    let mut outcome = Reader::read(folder, name, set, Severity::Error).finish();
    match outcome.value.map(Seeds::bind) {
        None => Outcome { value: None, diagnostics: outcome.diagnostics },
        Some(bound) => {
            outcome.diagnostics.append(bound.diagnostics);
            Outcome { value: bound.value, diagnostics: outcome.diagnostics }
        }
    }
}

/// As [`read`], without binding: the folders, and no services. What page and model disagree on is
/// not looked at, and a page whose id does not agree with its name or its folder is a warning.
///
/// # Errors
/// The outcome has no value where a file cannot be read, or is not as it should be by itself.
pub fn load(folder: &Path, name: &str) -> Outcome<Seeds> {
    Reader::read(folder, name, &[], Severity::Warning).finish()
}

/// The folder of the service whose page is at `page`: the page is in it, or in a folder of its own, `RESOURCE/index.md`.
/// `None` where the path has no such folder.
///
/// # Example
/// ```
/// use std::path::Path;
/// use pagesmith_codegen::seeds::service_folder;
///
/// let service = Some(Path::new("seeds/aws/iam_api"));
/// assert_eq!(service_folder(Path::new("seeds/aws/iam_api/users.md")), service);
/// assert_eq!(service_folder(Path::new("seeds/aws/iam_api/users/index.md")), service);
/// ```
#[must_use]
pub fn service_folder(page: &Path) -> Option<&Path> {
    let folder = page.parent()?;
    if page.file_name().is_some_and(|name| name == "index.md") {
        folder.parent()
    } else {
        Some(folder)
    }
}

impl Seeds {
    /// Binds every folder anew, of each the pages that the settings want.
    ///
    /// # Errors
    /// The outcome has no value where a page and the model beside it do not fit, or the settings want
    /// what no page describes.
    pub fn bind(mut self) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        settings::check_resources(&self.settings, &self.ids(), &mut diagnostics);
        self.services.clear();
        let wanted = self.settings.wanted();
        for Folder { pages, model, overrides } in &self.folders {
            let is_wanted = |id: &ResourceId| wanted.has(id);
            let bound = bind::bind_some(pages, is_wanted, model, overrides);
            diagnostics.append(bound.diagnostics);
            let settings = self.settings.clone();
            self.services.extend(bound.value.map(|service| Service { settings, ..service }));
        }
        let value = (!diagnostics.has_errors()).then_some(self);
        Outcome { value, diagnostics }
    }

    fn ids(&self) -> Vec<&ResourceId> {
        let pages = self.folders.iter().flat_map(|folder| &folder.pages);
        pages.map(|page| &*page.overview.id).collect()
    }
}
