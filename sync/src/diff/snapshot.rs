//! One side of a comparison: pages, and the service models beside them.

use std::collections::BTreeMap;
use std::path::Path;

use super::verb::verb;
use pagesmith_codegen::SdkSettings;
use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome, Severity};
use pagesmith_model::layout::{
    self, INDEX, OVERRIDES, PAGINATORS, SERVICE_MODEL, SETTINGS, belongs, service_folder_of, split,
};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Page};
use pagesmith_model::schema::Service;
use pagesmith_model::source::Source;
use pagesmith_model::{file, invariant};

/// One side of a comparison, read and parsed.
#[derive(Debug)]
pub struct Snapshot {
    /// Its name in reports.
    pub name: String,
    pub(super) folders: Vec<Folder>,
    /// A single page was named. Two such pages are compared whatever their ids are.
    pub(super) is_page: bool,
    /// The settings in `sdk.json`.
    pub(super) settings: SdkSettings,
    /// The number of ignored `index.md` files, which list the resources of a service.
    pub lists: usize,
}

/// The pages of one folder, with their service model.
#[derive(Debug)]
pub(super) struct Folder {
    /// In the order of their names.
    pub(super) pages: Vec<Page>,
    pub(super) model: Option<ServiceModel>,
    /// What the pages are bound to.
    pub(super) bound: Option<Service>,
    /// The error of binding the pages to the model.
    pub(super) unbound: Option<String>,
}

impl Snapshot {
    /// Reads the page, or the folder of pages, at `path`, which messages call `name`. The service model of a page is
    /// read from the folder of its service.
    ///
    /// # Errors
    /// The outcome has no value if a file cannot be read, a page or a model is invalid, two pages have the same id,
    /// or there are no pages.
    pub fn read(path: &Path, name: &str) -> Outcome<Self> {
        let name = name.trim_end_matches('/');
        let is_page = !path.is_dir();
        let (files, mut diagnostics) = if is_page {
            (beside(path, name), Diagnostics::default())
        } else {
            let (files, diagnostics) = layout::files(path, name);
            let files = files.into_iter().filter(|file| belongs(file.name()));
            let named = files.map(|file| (file.path, join(name, &file.relative)));
            (named.collect(), diagnostics)
        };
        let mut sources = Vec::new();
        for (path, name) in files {
            match file::read(&path, name) {
                Ok(source) => sources.push(source),
                Err(problem) => diagnostics.push(problem),
            }
        }
        if diagnostics.has_errors() {
            return Outcome { value: None, diagnostics };
        }
        Self::of(name, sources, is_page)
    }

    /// The snapshot of files that were read already, with the name `name`. Files that are neither pages nor
    /// [belong](layout::belongs) to pages are ignored. `is_page` says that a single page was named: it is compared with
    /// the page of the other side whatever the two ids are.
    ///
    /// # Errors
    /// As for [`Snapshot::read`].
    pub fn of(name: &str, sources: Vec<Source>, is_page: bool) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        let mut services: BTreeMap<String, Files> = BTreeMap::new();
        let mut settings: Option<Source> = None;
        let mut lists = 0;
        for source in sources {
            let (_, file) = split(source.name());
            let is_list = file == INDEX && !is_page && page::is_list_text(source.text());
            if is_list {
                lists += 1;
            } else if file == SETTINGS {
                // The settings are in the root: those of subfolders do not count.
                let length = |source: &Source| source.name().len();
                if settings.as_ref().is_none_or(|other| length(&source) < length(other)) {
                    settings = Some(source);
                }
            } else if belongs(file) || is_page {
                let files = services.entry(service_folder_of(source.name()).to_owned());
                files.or_default().add(source);
            }
        }
        let settings = settings.filter(|_| !is_page).and_then(|source| {
            let read = SdkSettings::read(&source);
            value(read, &mut diagnostics)
        });
        let folders: Vec<Folder> =
            services.into_values().filter_map(|files| files.read(&mut diagnostics)).collect();
        check_ids(name, &folders, &mut diagnostics);
        let (name, settings) = (name.to_owned(), settings.unwrap_or_default());
        let value =
            (!diagnostics.has_errors()).then_some(Self { name, folders, is_page, settings, lists });
        Outcome { value, diagnostics }
    }

    /// All pages, in the order of folders and files.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.folders.iter().flat_map(|folder| &folder.pages)
    }
}

/// A page and the files of its service, each with its name in messages.
fn beside(page: &Path, name: &str) -> Vec<(std::path::PathBuf, String)> {
    let folder = layout::service_folder(page).unwrap_or(page);
    let others = [SERVICE_MODEL, PAGINATORS, OVERRIDES]
        .map(|file| (folder.join(file), join(service_folder_of(name), file)));
    let others = others.into_iter().filter(|(path, _)| path.is_file());
    std::iter::once((page.to_owned(), name.to_owned())).chain(others).collect()
}

fn join(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}

fn value<T>(outcome: Outcome<T>, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.append(outcome.diagnostics);
    outcome.value
}

/// The files of one service.
#[derive(Default)]
struct Files {
    pages: Vec<Source>,
    model: Option<Source>,
    paginators: Option<Source>,
    overrides: Option<Source>,
}

impl Files {
    fn add(&mut self, source: Source) {
        match split(source.name()).1 {
            SERVICE_MODEL => self.model = Some(source),
            PAGINATORS => self.paginators = Some(source),
            OVERRIDES => self.overrides = Some(source),
            _ => self.pages.push(source),
        }
    }

    /// Parses the files. `None` if there are no pages, or if a file is invalid.
    fn read(mut self, diagnostics: &mut Diagnostics) -> Option<Folder> {
        if self.pages.is_empty() {
            return None;
        }
        self.pages.sort_by(|left, right| left.name().cmp(right.name()));
        let pages: Vec<Option<Page>> =
            self.pages.iter().map(|source| value(page::parse(source), diagnostics)).collect();
        let model = self.model.map(|source| {
            value(ServiceModel::read(&source, self.paginators.as_ref()), diagnostics)
        });
        let overrides = self.overrides.map(|source| value(Overrides::read(&source), diagnostics));
        let pages: Vec<Page> = pages.into_iter().collect::<Option<_>>()?;
        let overrides = overrides.unwrap_or_else(|| Some(Overrides::default()))?;
        let Some(model) = model else {
            return Some(Folder { pages, model: None, bound: None, unbound: None });
        };
        let model = model?;
        let (bound, unbound) = match bind(&pages, &model, &overrides) {
            Ok(service) => (Some(service), None),
            Err(problem) => (None, Some(problem)),
        };
        Some(Folder { pages, model: Some(model), bound, unbound })
    }
}

/// Binds the pages, or returns the first error of binding.
fn bind(pages: &[Page], model: &ServiceModel, overrides: &Overrides) -> Result<Service, String> {
    let first = bind::bind(pages, model, overrides);
    if let Some(service) = first.value {
        return Ok(service);
    }
    // In some dialects the names of methods are names of operations. The rules of binding expect verbs.
    let verbs: Vec<Page> = pages.iter().map(with_verbs).collect();
    if let Some(service) = bind::bind(&verbs, model, overrides).value {
        return Ok(service);
    }
    let mut errors = first.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    Err(invariant!(errors.next(), "an outcome without a value has an error").one_line())
}

/// `page` with the method `list` for `list_users`.
fn with_verbs(page: &Page) -> Page {
    let mut page = page.clone();
    let resource = page.overview.id.resource.clone();
    for method in &mut page.methods {
        method.name = verb(&method.name, &resource).to_owned();
    }
    page
}

/// Reports pages with the same id, and a side without pages.
fn check_ids(name: &str, folders: &[Folder], diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<String, &Page> = BTreeMap::new();
    for page in folders.iter().flat_map(|folder| &folder.pages) {
        let id = &page.overview.id;
        if let Some(first) = seen.insert(id.to_string(), page) {
            let message = format!("two pages describe the resource `{}`", id.value);
            diagnostics.push(
                Diagnostic::error("duplicate-page", message)
                    .at(id.span.clone(), "this resource already has a page")
                    .related(first.overview.id.span.clone(), "the other page is here")
                    .help("pass a folder with only one of the two pages"),
            );
        }
    }
    if seen.is_empty() && diagnostics.is_empty() {
        diagnostics.push(
            Diagnostic::error("no-pages", format!("there are no pages in {name}"))
                .help("pass a page, or a folder with pages at PROVIDER/SERVICE/RESOURCE.md"),
        );
    }
}
