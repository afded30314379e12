//! Reading a folder of pages and models.

use std::path::{Path, PathBuf};

use super::{
    Folder, INDEX, IdMismatch, Layout, OVERRIDES, Options, PAGINATORS, SERVICE_MODEL, unreadable,
};
use crate::bind::Overrides;
use crate::diagnostic::{Diagnostic, Diagnostics, Outcome};
use crate::model::ServiceModel;
use crate::page::{self, Page};
use crate::source::Source;
use crate::{file, threads};

pub(super) struct Reader<'a> {
    options: &'a Options,
    layout: Layout,
    files: Files,
}

/// What was read, and what was wrong with it.
#[derive(Default)]
struct Files {
    inputs: Vec<PathBuf>,
    diagnostics: Diagnostics,
}

impl<'a> Reader<'a> {
    pub(super) fn read(folder: &Path, name: &str, options: &'a Options) -> Self {
        let mut reader = Self { options, layout: Layout::default(), files: Files::default() };
        reader.folder(folder, name, "", false);
        if reader.layout.folders.is_empty() && reader.files.diagnostics.is_empty() {
            reader.files.diagnostics.push(
                Diagnostic::error("no-pages", format!("there are no pages in {name}"))
                    .help(format!("put one at {name}/PROVIDER/SERVICE/RESOURCE.md")),
            );
        }
        reader
    }

    pub(super) fn finish(self) -> Outcome<Layout> {
        let Files { inputs, diagnostics } = self.files;
        let value = (!diagnostics.has_errors()).then_some(Layout { inputs, ..self.layout });
        Outcome { value, diagnostics }
    }

    /// Reads the folder that messages call `name`, and that is `below` the folder of seeds. Its `index.md` is left
    /// out where the folder above has it for a page.
    fn folder(&mut self, folder: &Path, name: &str, below: &str, without_index: bool) {
        let mut entries = match entries(folder) {
            Ok(entries) => {
                self.files.inputs.push(folder.to_owned());
                entries
            }
            Err(error) => {
                self.files.diagnostics.push(unreadable(name, &error));
                return;
            }
        };
        entries.sort();
        let mut pages = Vec::new();
        let mut folders = Vec::new();
        for Entry { name: file, path, is_folder } in entries {
            let shown = format!("{name}/{file}");
            let is_markdown = super::is_markdown(&path);
            if is_folder {
                // Called as a page is, so that it is reported where the page would be read.
                if is_markdown {
                    pages.push((path.clone(), shown.clone()));
                }
                let index = path.join(INDEX);
                let is_page = index.is_file() && !page::is_list(&index);
                if is_page {
                    pages.push((index, format!("{shown}/{INDEX}")));
                }
                let below = if below.is_empty() { file } else { format!("{below}/{file}") };
                folders.push((path, shown, below, is_page));
            } else if file == INDEX && (without_index || page::is_list(&path)) {
                self.layout.lists += usize::from(!without_index);
                self.files.inputs.push(path);
            } else if is_markdown {
                pages.push((path, shown));
            }
        }
        if !pages.is_empty() {
            self.layout.services.insert(below.to_owned());
            self.service(folder, name, below, pages);
        }
        for (path, shown, below, is_page) in folders {
            self.folder(&path, &shown, &below, is_page);
        }
    }

    fn service(&mut self, folder: &Path, name: &str, below: &str, pages: Vec<(PathBuf, String)>) {
        let options = self.options;
        let (read, (model, overrides, beside)) = threads::both(
            || threads::map(&pages, |(path, name)| page::read(path, name)),
            || Files::beside_pages(folder, name, options, below),
        );
        self.files.inputs.extend(pages.into_iter().map(|(path, _)| path));
        let pages: Vec<Option<Page>> = read.into_iter().map(|page| self.page(page)).collect();
        self.files.append(beside);
        // What is missing has been reported.
        let pages: Option<Vec<Page>> = pages.into_iter().collect();
        if let (Some(pages), Some(model), Some(overrides)) = (pages, model, overrides) {
            self.layout.folders.push(Folder { pages, model, overrides });
        }
    }
}

impl Reader<'_> {
    /// The page, if it is as it should be. One whose id does not agree with its name or its folder is, where the
    /// settings say so.
    fn page(&mut self, read: Outcome<Page>) -> Option<Page> {
        let mut diagnostics = Diagnostics::default();
        for found in &read.diagnostics {
            let is_mismatch = page::rules::is_id_mismatch(found.rule());
            match self.options.id_mismatch {
                _ if !is_mismatch => diagnostics.push(found.clone()),
                IdMismatch::Allow => {}
                IdMismatch::Warn => diagnostics.push(found.clone()),
                IdMismatch::Refuse => {
                    let help = found.help_text().unwrap_or_default();
                    let help = format!(
                        "{help}; or take the page as it is: `allow_id_mismatch` in sdk.json"
                    );
                    diagnostics.push(found.clone().into_error().help(help));
                }
            }
        }
        let value = read.value.filter(|_| !diagnostics.has_errors());
        self.files.diagnostics.append(diagnostics);
        value
    }
}

impl Files {
    /// What stands beside the pages in `folder`, or where the settings have it instead, and what reading
    /// that gave.
    fn beside_pages(
        folder: &Path,
        name: &str,
        options: &Options,
        below: &str,
    ) -> (Option<ServiceModel>, Option<Overrides>, Self) {
        let mut files = Self::default();
        let (service, paginators) = match options.models.get(below) {
            Some(path) => (files.elsewhere(path, Need::Must), {
                files.elsewhere(&path.with_file_name(PAGINATORS), Need::May)
            }),
            None => (
                files.source(folder, name, SERVICE_MODEL, Need::Must),
                files.source(folder, name, PAGINATORS, Need::May),
            ),
        };
        let overrides = match options.overrides.get(below) {
            Some(path) => files.elsewhere(path, Need::Must),
            None => files.source(folder, name, OVERRIDES, Need::May),
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
        let read = file::read(path, path.to_string_lossy().replace('\\', "/"));
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
        match file::read(&path, format!("{name}/{file}")) {
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
