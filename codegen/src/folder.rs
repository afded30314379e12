//! A folder of pages and models with its `sdk.json`: read, and bound.
//!
//! ```text
//! seeds/aws/iam_api/*.md               pages
//! seeds/aws/iam_api/*/index.md         pages too, as the site lays them out
//! seeds/aws/iam_api/service-2.json     the service model
//! seeds/aws/iam_api/paginators-1.json  how its listings continue, where any does
//! seeds/aws/iam_api/overrides.json     what the rules cannot find, where there is such
//! seeds/sdk.json                       what the SDK is to be beyond its pages, where that is said
//! ```

use std::path::{Path, PathBuf};

pub use pagesmith_model::layout::{Folder, service_folder};

use crate::SdkSettings;
use crate::settings::{self, Setting};
use pagesmith_model::diagnostic::{Diagnostics, Outcome};
use pagesmith_model::file;
use pagesmith_model::layout::{self, IdMismatch, Options, SETTINGS};
use pagesmith_model::page::ResourceId;
use pagesmith_model::schema::Service;

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
    let allow = Setting::new(&["allow_id_mismatch"], |settings| settings.allow_id_mismatch = true);
    read_with(folder, name, &[allow])
}

/// As [`read`], with settings that come before those of `sdk.json`.
pub(crate) fn read_with(folder: &Path, name: &str, set: &[Setting]) -> Outcome<Seeds> {
    let mut outcome = read_unbound(folder, name, set, IdMismatch::Refuse);
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
    read_unbound(folder, name, &[], IdMismatch::Warn)
}

fn read_unbound(
    folder: &Path,
    name: &str,
    set: &[Setting],
    id_mismatch: IdMismatch,
) -> Outcome<Seeds> {
    let mut diagnostics = Diagnostics::default();
    let (settings, mut inputs) = read_settings(folder, name, set, &mut diagnostics);
    let options = Options {
        models: settings.models.clone(),
        overrides: settings.overrides.clone(),
        id_mismatch: if settings.allow_id_mismatch { IdMismatch::Allow } else { id_mismatch },
    };
    let read = layout::read(folder, name, &options);
    diagnostics.append(read.diagnostics);
    let value = read.value.and_then(|layout| {
        settings::check_services(&settings, &layout.services, &mut diagnostics);
        inputs.extend(layout.inputs);
        let (services, folders, lists) = (Vec::new(), layout.folders, layout.lists);
        (!diagnostics.has_errors()).then_some(Seeds { services, folders, settings, inputs, lists })
    });
    Outcome { value, diagnostics }
}

/// The settings in `folder` with `set` in place of what they say of the same, and the file that they are in.
fn read_settings(
    folder: &Path,
    name: &str,
    set: &[Setting],
    diagnostics: &mut Diagnostics,
) -> (SdkSettings, Vec<PathBuf>) {
    let mut keep = |outcome: Outcome<SdkSettings>| {
        diagnostics.append(outcome.diagnostics);
        outcome.value.unwrap_or_default()
    };
    let path = folder.join(SETTINGS);
    let mut settings = SdkSettings::default();
    let mut inputs = Vec::new();
    if path.exists() {
        settings = keep(match file::read(&path, format!("{name}/{SETTINGS}")) {
            Ok(source) => SdkSettings::read(&source),
            Err(found) => Outcome { value: None, diagnostics: found.into() },
        });
        inputs.push(path);
    }
    for path in settings.models.values_mut().chain(settings.overrides.values_mut()) {
        *path = folder.join(&*path);
    }
    (keep(settings.with(set)), inputs)
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
        let wanted = self.settings.resource_filter();
        let bound = layout::bind(&self.folders, |id| wanted.has(id));
        diagnostics.append(bound.diagnostics);
        self.services = bound.value.unwrap_or_default();
        let value = (!diagnostics.has_errors()).then_some(self);
        Outcome { value, diagnostics }
    }

    fn ids(&self) -> Vec<&ResourceId> {
        let pages = self.folders.iter().flat_map(|folder| &folder.pages);
        pages.map(|page| &*page.overview.id).collect()
    }
}
