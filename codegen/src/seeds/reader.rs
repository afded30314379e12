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
use crate::wire::ServiceModel;

#[derive(Default)]
pub(super) struct Reader {
    seeds: Seeds,
    diagnostics: Diagnostics,
    /// The folders that have pages, below the folder of seeds: `aws/iam_api`.
    services: BTreeSet<String>,
}

impl Reader {
    pub(super) fn read(folder: &Path, name: &str, set: &[Setting]) -> Self {
        let mut reader = Self::default();
        reader.settings(folder, name, set);
        reader.folder(folder, name, "");
        settings::check_services(&reader.seeds.settings, &reader.services, &mut reader.diagnostics);
        if reader.seeds.folders.is_empty() && reader.diagnostics.is_empty() {
            reader.diagnostics.push(
                Diagnostic::error("no-pages", format!("there is no page below {name}"))
                    .help(format!("put one at {name}/PROVIDER/SERVICE/RESOURCE.md")),
            );
        }
        reader
    }

    pub(super) fn finish(self) -> Outcome<Seeds> {
        let value = (!self.diagnostics.has_errors()).then_some(self.seeds);
        Outcome { value, diagnostics: self.diagnostics }
    }

    fn settings(&mut self, folder: &Path, name: &str, set: &[Setting]) {
        let mut settings = SdkSettings::default();
        if let Some(source) = self.source(folder, name, "sdk.json", Need::May) {
            settings = self.keep(SdkSettings::read(&source)).unwrap_or_default();
        }
        for path in settings.models.values_mut().chain(settings.overrides.values_mut()) {
            *path = folder.join(&*path);
        }
        self.seeds.settings = self.keep(settings.with(set)).unwrap_or_default();
    }

    /// Reads the folder that messages call `name`, and that is `below` the folder of seeds.
    fn folder(&mut self, folder: &Path, name: &str, below: &str) {
        let mut entries = match entries(folder) {
            Ok(entries) => {
                self.seeds.inputs.push(folder.to_owned());
                entries
            }
            Err(error) => {
                let problem = format!("the folder {name} cannot be read: {error}");
                self.diagnostics.push(Diagnostic::error("unreadable-folder", problem));
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
        let pages: Vec<Option<Page>> = pages
            .into_iter()
            .map(|(path, name)| {
                self.seeds.inputs.push(path.clone());
                self.keep(page::read(&path, &name))
            })
            .collect();
        let (service, paginators) = match self.seeds.settings.models.get(below).cloned() {
            Some(path) => (self.elsewhere(&path, Need::Must), {
                self.elsewhere(&path.with_file_name("paginators-1.json"), Need::May)
            }),
            None => (
                self.source(folder, name, "service-2.json", Need::Must),
                self.source(folder, name, "paginators-1.json", Need::May),
            ),
        };
        let overrides = match self.seeds.settings.overrides.get(below).cloned() {
            Some(path) => self.elsewhere(&path, Need::Must),
            None => self.source(folder, name, "overrides.json", Need::May),
        };
        let overrides = match overrides {
            Some(source) => self.keep(Overrides::read(&source)),
            None => Some(Overrides::default()),
        };
        let model = service
            .and_then(|service| self.keep(ServiceModel::read(&service, paginators.as_ref())));
        // What is missing has been reported.
        let pages: Option<Vec<Page>> = pages.into_iter().collect();
        if let (Some(pages), Some(model), Some(overrides)) = (pages, model, overrides) {
            self.seeds.folders.push(Folder { pages, model, overrides });
        }
    }

    /// A file that a setting names.
    fn elsewhere(&mut self, path: &Path, need: Need) -> Option<Source> {
        if need == Need::May && !path.exists() {
            return None;
        }
        // Also one that is not there yet, so that its coming is seen.
        self.seeds.inputs.push(path.to_owned());
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
        self.seeds.inputs.push(path.clone());
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
