//! The files of a folder of pages and models as texts, from a disk or from elsewhere, such as a revision of git.

use std::collections::BTreeMap;
use std::path::Path;

use super::names::{belongs, service_folder_of, split};
use super::{INDEX, OVERRIDES, PAGINATORS, SERVICE_MODEL, SETTINGS, files, service_folder};
use crate::bind::Overrides;
use crate::diagnostic::{Diagnostic, Diagnostics, Outcome};
use crate::file;
use crate::model::ServiceModel;
use crate::page::{self, Page};
use crate::source::Source;

/// The texts of a folder of pages and models.
#[derive(Debug, Default)]
pub struct FolderSources {
    /// By the name of the service's folder.
    pub services: BTreeMap<String, ServiceSources>,
    /// `sdk.json` of the outermost folder that has one.
    pub settings: Option<Source>,
    /// How many files `index.md` were ignored: lists of a service's resources, which have no Id.
    pub lists: usize,
}

/// The texts of the folder of one service.
#[derive(Debug, Default)]
pub struct ServiceSources {
    /// In the order given.
    pub pages: Vec<Source>,
    /// `service-2.json`
    pub model: Option<Source>,
    /// `paginators-1.json`
    pub paginators: Option<Source>,
    /// `overrides.json`
    pub overrides: Option<Source>,
}

/// The parsed folder of one service, which may have no model.
#[derive(Debug)]
pub struct ServicePages {
    /// Sorted by name.
    pub pages: Vec<Page>,
    /// The service model, if there is one.
    pub model: Option<ServiceModel>,
    /// Empty if there is no `overrides.json`.
    pub overrides: Overrides,
}

impl FolderSources {
    /// Sorts `sources` by the folders in their names. Files that [`belongs`] does not accept are left out.
    #[must_use]
    pub fn new(sources: Vec<Source>) -> Self {
        let mut folder = Self::default();
        for source in sources {
            let file = split(source.name()).1;
            if file == INDEX && page::is_list_text(source.text()) {
                folder.lists += 1;
            } else if file == SETTINGS {
                let is_outer = |other: &Source| source.name().len() < other.name().len();
                if folder.settings.as_ref().is_none_or(is_outer) {
                    folder.settings = Some(source);
                }
            } else if belongs(file) {
                folder.add(source);
            }
        }
        folder
    }

    /// The sources of one page: the page, which may have any name, and the files of its service beside it.
    #[must_use]
    pub fn of_page(sources: Vec<Source>) -> Self {
        let mut folder = Self::default();
        for source in sources {
            folder.add(source);
        }
        folder
    }

    fn add(&mut self, source: Source) {
        let service = self.services.entry(service_folder_of(source.name()).to_owned()).or_default();
        match split(source.name()).1 {
            SERVICE_MODEL => service.model = Some(source),
            PAGINATORS => service.paginators = Some(source),
            OVERRIDES => service.overrides = Some(source),
            SETTINGS => {}
            _ => service.pages.push(source),
        }
    }

    /// Reads every file below `folder`, which messages call `name`, that [`belongs`] accepts. Links to folders and
    /// hidden folders are not followed.
    ///
    /// # Errors
    /// The outcome has no value if a folder or a file cannot be read.
    pub fn read(folder: &Path, name: &str) -> Outcome<Self> {
        let (mut sources, mut diagnostics) = (Vec::new(), Diagnostics::default());
        let (files, problems) = files(folder, name);
        diagnostics.append(problems);
        for file in files.into_iter().filter(|file| belongs(file.name())) {
            keep(
                file::read(&file.path, join(name, &file.relative)),
                &mut sources,
                &mut diagnostics,
            );
        }
        let value = (!diagnostics.has_errors()).then(|| Self::new(sources));
        Outcome { value, diagnostics }
    }

    /// Reads the page at `path`, which messages call `name`, and the model beside it.
    ///
    /// # Errors
    /// The outcome has no value if a file cannot be read.
    pub fn read_page(path: &Path, name: &str) -> Outcome<Self> {
        let (mut sources, mut diagnostics) = (Vec::new(), Diagnostics::default());
        keep(file::read(path, name), &mut sources, &mut diagnostics);
        let (folder, service) = (service_folder(path).unwrap_or(path), service_folder_of(name));
        for file in [SERVICE_MODEL, PAGINATORS, OVERRIDES] {
            let beside = folder.join(file);
            if beside.is_file() {
                keep(file::read(&beside, join(service, file)), &mut sources, &mut diagnostics);
            }
        }
        let value = (!diagnostics.has_errors()).then(|| Self::of_page(sources));
        Outcome { value, diagnostics }
    }
}

impl ServiceSources {
    /// Parses every text, the pages sorted by name.
    ///
    /// # Errors
    /// The outcome has no value if a page, the model or the overrides are invalid. All problems are reported.
    pub fn parse(&self) -> Outcome<ServicePages> {
        let mut diagnostics = Diagnostics::default();
        let mut pages: Vec<&Source> = self.pages.iter().collect();
        pages.sort_by(|left, right| left.name().cmp(right.name()));
        let pages = pages.into_iter().map(|text| value(page::parse(text), &mut diagnostics));
        let pages: Vec<Option<Page>> = pages.collect();
        let paginators = self.paginators.as_ref();
        let model = self.model.as_ref();
        let model = model.map(|text| value(ServiceModel::read(text, paginators), &mut diagnostics));
        let overrides = self.overrides.as_ref();
        let overrides = overrides.map(|text| value(Overrides::read(text), &mut diagnostics));
        let overrides = overrides.unwrap_or_else(|| Some(Overrides::default()));
        let parsed = pages.into_iter().collect::<Option<Vec<Page>>>().zip(overrides);
        let value = match (parsed, model) {
            (None, _) | (_, Some(None)) => None,
            (Some((pages, overrides)), model) => {
                Some(ServicePages { pages, model: model.flatten(), overrides })
            }
        };
        Outcome { value, diagnostics }
    }
}

fn keep(
    read: Result<Source, Diagnostic>,
    sources: &mut Vec<Source>,
    diagnostics: &mut Diagnostics,
) {
    match read {
        Ok(source) => sources.push(source),
        Err(found) => diagnostics.push(found),
    }
}

fn value<T>(outcome: Outcome<T>, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.append(outcome.diagnostics);
    outcome.value
}

fn join(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}
