//! Reading a folder of seeds.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Folder, Seeds};
use crate::SdkSettings;
use crate::bind::Overrides;
use crate::diagnostic::{Diagnostic, Diagnostics, Outcome};
use crate::page::{self, Page};
use crate::settings::{self, Setting};
use crate::source::Source;
use crate::threads;
use crate::wire::ServiceModel;

#[derive(Default)]
pub(super) struct Reader {
    seeds: Seeds,
    files: Files,
    /// The folders that have pages, below the folder of seeds: `aws/iam_api`.
    services: BTreeSet<String>,
}

/// What was read, and what was wrong with it.
#[derive(Default)]
struct Files {
    inputs: Vec<PathBuf>,
    diagnostics: Diagnostics,
}

impl Reader {
    pub(super) fn read(folder: &Path, name: &str, set: &[Setting]) -> Self {
        let mut reader = Self::default();
        reader.settings(folder, name, set);
        reader.folder(folder, name, "");
        let diagnostics = &mut reader.files.diagnostics;
        settings::check_services(&reader.seeds.settings, &reader.services, diagnostics);
        if reader.seeds.folders.is_empty() && diagnostics.is_empty() {
            diagnostics.push(
                Diagnostic::error("no-pages", format!("there are no pages in {name}"))
                    .help(format!("put one at {name}/PROVIDER/SERVICE/RESOURCE.md")),
            );
        }
        reader
    }

    pub(super) fn finish(self) -> Outcome<Seeds> {
        let Files { inputs, diagnostics } = self.files;
        let value = (!diagnostics.has_errors()).then_some(Seeds { inputs, ..self.seeds });
        Outcome { value, diagnostics }
    }

    fn settings(&mut self, folder: &Path, name: &str, set: &[Setting]) {
        let mut settings = SdkSettings::default();
        if let Some(source) = self.files.source(folder, name, "sdk.json", Need::May) {
            settings = self.files.keep(SdkSettings::read(&source)).unwrap_or_default();
        }
        for path in settings.models.values_mut().chain(settings.overrides.values_mut()) {
            *path = folder.join(&*path);
        }
        self.seeds.settings = self.files.keep(settings.with(set)).unwrap_or_default();
    }

    /// Reads the folder that messages call `name`, and that is `below` the folder of seeds.
    fn folder(&mut self, folder: &Path, name: &str, below: &str) {
        let mut entries = match entries(folder) {
            Ok(entries) => {
                self.files.inputs.push(folder.to_owned());
                entries
            }
            Err(error) => {
                let problem = format!("the folder {name} cannot be read: {error}");
                self.files.diagnostics.push(Diagnostic::error("unreadable-folder", problem));
                return;
            }
        };
        entries.sort();
        let pages: Vec<_> = entries
            .iter()
            // The page of the service as a whole is not one of a resource.
            .filter(|entry| entry.path.extension().is_some_and(|extension| extension == "md"))
            .filter(|entry| entry.name != "index.md")
            .collect();
        if !pages.is_empty() {
            let pages =
                pages.iter().map(|page| (page.path.clone(), format!("{name}/{}", page.name)));
            self.services.insert(below.to_owned());
            self.service(folder, name, below, pages.collect());
        }
        for entry in entries.iter().filter(|entry| entry.is_folder) {
            let below = if below.is_empty() {
                entry.name.clone()
            } else {
                format!("{below}/{}", entry.name)
            };
            self.folder(&entry.path, &format!("{name}/{}", entry.name), &below);
        }
    }

    fn service(&mut self, folder: &Path, name: &str, below: &str, pages: Vec<(PathBuf, String)>) {
        let settings = &self.seeds.settings;
        let (read, (model, overrides, beside)) = threads::both(
            || threads::map(&pages, |(path, name)| page::read(path, name)),
            || Files::beside_pages(folder, name, settings, below),
        );
        self.files.inputs.extend(pages.into_iter().map(|(path, _)| path));
        let pages: Vec<Option<Page>> = read.into_iter().map(|page| self.files.keep(page)).collect();
        self.files.append(beside);
        // What is missing has been reported.
        let pages: Option<Vec<Page>> = pages.into_iter().collect();
        if let (Some(pages), Some(model), Some(overrides)) = (pages, model, overrides) {
            self.seeds.folders.push(Folder { pages, model, overrides });
        }
    }
}

impl Files {
    /// What stands beside the pages in `folder`, or where the settings have it instead, and what reading
    /// that gave.
    fn beside_pages(
        folder: &Path,
        name: &str,
        settings: &SdkSettings,
        below: &str,
    ) -> (Option<ServiceModel>, Option<Overrides>, Self) {
        let mut files = Self::default();
        let (service, paginators) = match settings.models.get(below) {
            Some(path) => (files.elsewhere(path, Need::Must), {
                files.elsewhere(&path.with_file_name("paginators-1.json"), Need::May)
            }),
            None => (
                files.source(folder, name, "service-2.json", Need::Must),
                files.source(folder, name, "paginators-1.json", Need::May),
            ),
        };
        let overrides = match settings.overrides.get(below) {
            Some(path) => files.elsewhere(path, Need::Must),
            None => files.source(folder, name, "overrides.json", Need::May),
        };
        let overrides = match overrides {
            Some(source) => files.keep(Overrides::read(&source)),
            None => Some(Overrides::default()),
        };
        let model = service
            .and_then(|service| files.keep(ServiceModel::read(&service, paginators.as_ref())));
        (model, overrides, files)
    }

    /// A file that a setting names.
    fn elsewhere(&mut self, path: &Path, need: Need) -> Option<Source> {
        if need == Need::May && !path.exists() {
            return None;
        }
        // Also one that is not there yet, so that its coming is seen.
        self.inputs.push(path.to_owned());
        let read = Source::read(path, path.to_string_lossy().replace('\\', "/"));
        read.map_err(|found| self.diagnostics.push(found)).ok()
    }

    fn source(&mut self, folder: &Path, name: &str, file: &str, need: Need) -> Option<Source> {
        let path = folder.join(file);
        if !path.exists() {
            if need == Need::Must {
                self.diagnostics.push(
                    Diagnostic::error(
                        "no-service-model",
                        format!("{name} has pages and no {file}"),
                    )
                    .help("import it from the published models: pagesmith import --help"),
                );
            }
            return None;
        }
        self.inputs.push(path.clone());
        match Source::read(&path, format!("{name}/{file}")) {
            Ok(source) => Some(source),
            Err(found) => {
                self.diagnostics.push(found);
                None
            }
        }
    }

    fn keep<T>(&mut self, outcome: Outcome<T>) -> Option<T> {
        self.diagnostics.append(outcome.diagnostics);
        outcome.value
    }

    fn append(&mut self, other: Self) {
        self.inputs.extend(other.inputs);
        self.diagnostics.append(other.diagnostics);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Must,
    May,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    name: String,
    path: PathBuf,
    is_folder: bool,
}

fn entries(folder: &Path) -> std::io::Result<Vec<Entry>> {
    std::fs::read_dir(folder)?
        .map(|entry| {
            let entry = entry?;
            Ok(Entry {
                name: entry.file_name().to_string_lossy().into_owned(),
                // A link to a folder is none: it may lead back.
                is_folder: entry.file_type()?.is_dir(),
                path: entry.path(),
            })
        })
        .collect()
}
