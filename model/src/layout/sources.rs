//! The files of a folder of pages and models as texts, from a disk or from elsewhere, such as a revision of git.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::files;
use super::names::{
    INDEX, OVERRIDES, PAGINATORS, SERVICE_MODEL, SETTINGS, WAITERS, belongs, join, service_folder,
    service_folder_of, split,
};
use crate::bind::Overrides;
use crate::diagnostic::{Diagnostics, Outcome};
use crate::model::ServiceModel;
use crate::page::{self, Page};
use crate::source::Source;
use crate::{file, threads};

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
    /// `waiters-2.json`
    pub waiters: Option<Source>,
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
            WAITERS => service.waiters = Some(source),
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
        let (files, mut diagnostics) = files(folder, name);
        let files = files.into_iter().filter(|file| belongs(file.name()));
        let sources = files.filter_map(|file| {
            diagnostics.keep(file::read(&file.path, join(name, &file.relative)))
        });
        let folder = Self::new(sources.collect());
        diagnostics.outcome(Some(folder))
    }

    /// Reads the page at `path`, which messages call `name`, and the model beside it.
    ///
    /// # Errors
    /// The outcome has no value if a file cannot be read.
    pub fn read_page(path: &Path, name: &str) -> Outcome<Self> {
        let (folder, service) = (service_folder(path).unwrap_or(path), service_folder_of(name));
        let beside = [SERVICE_MODEL, PAGINATORS, WAITERS, OVERRIDES]
            .map(|file| (folder.join(file), join(service, file)))
            .into_iter()
            .filter(|(path, _)| path.is_file());
        let mut diagnostics = Diagnostics::default();
        let sources = std::iter::once((path.to_owned(), name.to_owned()))
            .chain(beside)
            .filter_map(|(path, name)| diagnostics.keep(file::read(&path, name)));
        let folder = Self::of_page(sources.collect());
        diagnostics.outcome(Some(folder))
    }
}

impl ServiceSources {
    /// Parses every text, the pages sorted by name.
    ///
    /// # Errors
    /// The outcome has no value if a page, the model or the overrides are invalid. All problems are reported.
    pub fn parse(&self) -> Outcome<ServicePages> {
        let mut pages: Vec<&Source> = self.pages.iter().collect();
        pages.sort_by_key(|page| Path::new(page.name()));
        let (pages, (model, overrides)) = threads::both(
            || threads::map(&pages, |page| page::parse(page)),
            || {
                let (paginators, waiters) = (self.paginators.as_ref(), self.waiters.as_ref());
                let model = self.model.as_ref();
                let model =
                    model.map(|model| ServiceModel::read_with_waiters(model, paginators, waiters));
                (model, self.overrides.as_ref().map(Overrides::read))
            },
        );
        let mut diagnostics = Diagnostics::default();
        let value = ServicePages {
            pages: pages.into_iter().filter_map(|page| diagnostics.keep(page)).collect(),
            model: model.and_then(|model| diagnostics.keep(model)),
            overrides: overrides.and_then(|read| diagnostics.keep(read)).unwrap_or_default(),
        };
        diagnostics.outcome(Some(value))
    }
}
