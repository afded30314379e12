//! A folder of pages and service models with its `sdk.json`: read, and bound.
//!
//! ```text
//! seeds/sdk.json                       the settings of the SDK, if there are any
//! seeds/aws/iam_api/*.md               pages
//! seeds/aws/iam_api/*/index.md         pages too, in the layout of the documentation site
//! seeds/aws/iam_api/service-2.json     the service model
//! seeds/aws/iam_api/paginators-1.json  its paginators, if it has any
//! seeds/aws/iam_api/overrides.json     what the rules cannot find, if there is anything
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

/// The contents of a folder of pages and service models.
#[derive(Debug, Default)]
pub struct Seeds {
    /// The bound services, in the order of their folders, without those that have no resource in the settings.
    pub services: Vec<Service>,
    /// All pages, and the files beside them.
    pub folders: Vec<Folder>,
    /// The settings of the SDK.
    pub settings: SdkSettings,
    /// Every file and folder that was read, in the order of reading. A file that does not exist is not in it, but its
    /// folder is.
    pub inputs: Vec<PathBuf>,
    /// The number of ignored files `index.md`, which list the resources of a service.
    pub lists: usize,
}

/// Reads and binds every service in `folder`, in the order of the names of folders. Diagnostics show the folder as `name`.
///
/// # Errors
/// The outcome has no value if a file cannot be read, a page or a model has an error, or a page's id does not match its
/// path and the settings do not allow that. All errors are reported.
pub fn read(folder: &Path, name: &str) -> Outcome<Seeds> {
    read_with(folder, name, &[])
}

/// As [`read`], but the id of a page need not match its path.
///
/// # Errors
/// As for [`read`], except for such pages.
pub fn read_whatever_ids(folder: &Path, name: &str) -> Outcome<Seeds> {
    let allow = Setting::new(&["allow_id_mismatch"], |settings| settings.allow_id_mismatch = true);
    read_with(folder, name, &[allow])
}

/// As [`read`], with settings that take precedence over those of `sdk.json`.
pub(crate) fn read_with(folder: &Path, name: &str, set: &[Setting]) -> Outcome<Seeds> {
    let Outcome { value, mut diagnostics } = load_with(folder, name, set, IdMismatch::Refuse);
    let value = value.and_then(|seeds| keep(seeds.bind(), &mut diagnostics));
    Outcome { value, diagnostics }
}

/// As [`read`], without binding: the result has no services. A page whose id does not match its path is a warning.
///
/// # Errors
/// The outcome has no value if a file cannot be read, or has an error by itself.
pub fn load(folder: &Path, name: &str) -> Outcome<Seeds> {
    load_with(folder, name, &[], IdMismatch::Warn)
}

fn load_with(
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
    let layout = keep(layout::read(folder, name, &options), &mut diagnostics);
    let value = layout.and_then(|layout| {
        settings::check_services(&settings, &layout.services, &mut diagnostics);
        inputs.extend(layout.inputs);
        let (services, folders, lists) = (Vec::new(), layout.folders, layout.lists);
        (!diagnostics.has_errors()).then_some(Seeds { services, folders, settings, inputs, lists })
    });
    Outcome { value, diagnostics }
}

/// The settings in the `sdk.json` of `folder`, changed by `set`; and that file, if it exists. The default settings if
/// there is an error, which is reported.
fn read_settings(
    folder: &Path,
    name: &str,
    set: &[Setting],
    diagnostics: &mut Diagnostics,
) -> (SdkSettings, Vec<PathBuf>) {
    let path = folder.join(SETTINGS);
    let mut settings = SdkSettings::default();
    let mut inputs = Vec::new();
    if path.exists() {
        let read = match file::read(&path, format!("{name}/{SETTINGS}")) {
            Ok(source) => SdkSettings::read(&source),
            Err(found) => Outcome { value: None, diagnostics: found.into() },
        };
        settings = keep(read, diagnostics).unwrap_or(settings);
        inputs.push(path);
    }
    for path in settings.models.values_mut().chain(settings.overrides.values_mut()) {
        *path = folder.join(&*path);
    }
    (keep(settings.with(set), diagnostics).unwrap_or_default(), inputs)
}

/// The value of `outcome`. Its diagnostics are added to `diagnostics`.
fn keep<T>(outcome: Outcome<T>, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.append(outcome.diagnostics);
    outcome.value
}

impl Seeds {
    /// Binds the pages of each folder that the settings include to the model beside them.
    ///
    /// # Errors
    /// The outcome has no value if a page does not fit its model, or the settings name a resource that no page has.
    pub fn bind(self) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        let pages = self.folders.iter().flat_map(|folder| &folder.pages);
        let ids: Vec<&ResourceId> = pages.map(|page| &*page.overview.id).collect();
        settings::check_resources(&self.settings, &ids, &mut diagnostics);
        let wanted = self.settings.resource_filter();
        let bound = keep(layout::bind(&self.folders, |id| wanted.has(id)), &mut diagnostics);
        let bound = bound.filter(|_| !diagnostics.has_errors());
        Outcome { value: bound.map(|services| Self { services, ..self }), diagnostics }
    }
}
