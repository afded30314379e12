//! A folder of seeds: pages, and beside those of a service its model.
//!
//! ```text
//! seeds/aws/iam_api/*.md               pages
//! seeds/aws/iam_api/service-2.json     the service model
//! seeds/aws/iam_api/paginators-1.json  how its listings continue, where any does
//! seeds/aws/iam_api/overrides.json     what the rules cannot find, where there is such
//! seeds/sdk.json                       which parts go behind a feature, where any does
//! ```

use std::path::{Path, PathBuf};

use crate::Gates;
use crate::bind::{self, Overrides, Service};
use crate::diagnostic::{Diagnostic, Diagnostics, Outcome};
use crate::page::{self, Page};
use crate::source::Source;
use crate::wire::ServiceModel;

/// What a folder of seeds gives.
#[derive(Debug, Default)]
pub struct Seeds {
    /// The bound services, in the order of their folders.
    pub services: Vec<Service>,
    /// What each of them was bound from, in the same order.
    pub folders: Vec<Folder>,
    /// Which parts of the SDK go behind a feature.
    pub gates: Gates,
    /// Every file and folder that was read, in the order read. A file that may come is not among
    /// them, but the folder is that it would come to.
    pub inputs: Vec<PathBuf>,
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
/// The outcome has no value where a file cannot be read, or a page or a model is not as it should
/// be. All of that is reported.
pub fn read(folder: &Path, name: &str) -> Outcome<Seeds> {
    let mut outcome = load(folder, name);
    match outcome.value.map(Seeds::bind) {
        None => Outcome { value: None, diagnostics: outcome.diagnostics },
        Some(bound) => {
            outcome.diagnostics.append(bound.diagnostics);
            Outcome { value: bound.value, diagnostics: outcome.diagnostics }
        }
    }
}

/// As [`read`], without binding: the folders, and no services. What page and model disagree on is
/// not looked at.
///
/// # Errors
/// The outcome has no value where a file cannot be read, or is not as it should be by itself.
pub fn load(folder: &Path, name: &str) -> Outcome<Seeds> {
    Reader::read(folder, name).finish()
}

impl Seeds {
    /// Binds every folder anew.
    ///
    /// # Errors
    /// The outcome has no value where a page and the model beside it do not fit.
    pub fn bind(mut self) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        self.services.clear();
        for Folder { pages, model, overrides } in &self.folders {
            let bound = bind::bind(pages, model, overrides);
            diagnostics.append(bound.diagnostics);
            let gates = self.gates.clone();
            self.services.extend(bound.value.map(|service| Service { gates, ..service }));
        }
        let value = (!diagnostics.has_errors()).then_some(self);
        Outcome { value, diagnostics }
    }
}

#[derive(Default)]
struct Reader {
    seeds: Seeds,
    diagnostics: Diagnostics,
}

impl Reader {
    fn read(folder: &Path, name: &str) -> Self {
        let mut reader = Self::default();
        reader.gates(folder, name);
        reader.folder(folder, name);
        if reader.seeds.folders.is_empty() && reader.diagnostics.is_empty() {
            reader.diagnostics.push(
                Diagnostic::error("no-pages", format!("there is no page below {name}"))
                    .help(format!("put one at {name}/PROVIDER/SERVICE/RESOURCE.md")),
            );
        }
        reader
    }

    fn finish(self) -> Outcome<Seeds> {
        let value = (!self.diagnostics.has_errors()).then_some(self.seeds);
        Outcome { value, diagnostics: self.diagnostics }
    }

    fn gates(&mut self, folder: &Path, name: &str) {
        if let Some(source) = self.source(folder, name, "sdk.json", Need::May) {
            self.seeds.gates = self.keep(Gates::read(&source)).unwrap_or_default();
        }
    }

    fn folder(&mut self, folder: &Path, name: &str) {
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
            self.service(folder, name, pages.collect());
        }
        for entry in entries.iter().filter(|entry| entry.is_folder) {
            self.folder(&entry.path, &format!("{name}/{}", entry.name));
        }
    }

    fn service(&mut self, folder: &Path, name: &str, pages: Vec<(PathBuf, String)>) {
        let pages: Vec<Option<Page>> = pages
            .into_iter()
            .map(|(path, name)| {
                self.seeds.inputs.push(path.clone());
                self.keep(page::read(&path, &name))
            })
            .collect();
        let service = self.source(folder, name, "service-2.json", Need::Must);
        let paginators = self.source(folder, name, "paginators-1.json", Need::May);
        let overrides = self.source(folder, name, "overrides.json", Need::May);
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
