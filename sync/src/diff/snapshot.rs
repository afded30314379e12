//! One side of a comparison: pages, and beside those of a service its model.

use std::collections::BTreeMap;
use std::path::Path;

use super::verb::verb;
use pagesmith_codegen::SdkSettings;
use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome, Severity};
use pagesmith_model::invariant;
use pagesmith_model::layout::{FolderSources, ServicePages};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::Page;
use pagesmith_model::schema::Service;
use pagesmith_model::source::Source;

/// One side of a comparison, read and parsed.
#[derive(Debug)]
pub struct Snapshot {
    /// What reports call it.
    pub name: String,
    /// By folder.
    pub(super) folders: Vec<Folder>,
    /// It is one page that was named, to be compared with another whatever their ids.
    pub(super) is_page: bool,
    /// What `sdk.json` says.
    pub(super) settings: SdkSettings,
    /// How many files `index.md` were passed over: lists of a service's resources.
    pub lists: usize,
}

/// The pages of one folder, with what stands beside them.
#[derive(Debug)]
pub(super) struct Folder {
    /// In the order of their files' names.
    pub(super) pages: Vec<Page>,
    pub(super) model: Option<ServiceModel>,
    /// What the pages are bound to.
    pub(super) bound: Option<Service>,
    /// Why they are not, where there is a model.
    pub(super) unbound: Option<String>,
}

impl Snapshot {
    /// Reads the page, or the folder of pages, at `path`; messages call it `name`. Files of the service
    /// model are read from the page's folder.
    ///
    /// # Errors
    /// The outcome has no value where a file cannot be read, a page or a model is not as it should be,
    /// two pages are of one resource, or there is no page. All of that is reported.
    pub fn read(path: &Path, name: &str) -> Outcome<Self> {
        let name = name.trim_end_matches('/');
        let is_page = !path.is_dir();
        let read = if is_page {
            FolderSources::read_page(path, name)
        } else {
            FolderSources::read(path, name)
        };
        match read.value {
            Some(sources) => Self::new(name, &sources, is_page),
            None => Outcome { value: None, diagnostics: read.diagnostics },
        }
    }

    /// The snapshot called `name` of these files, for example of a revision of git. Files that are not part of a folder
    /// of pages are ignored. `is_page` says that one page is compared, and not a folder: its id does not matter.
    ///
    /// # Errors
    /// As for [`Snapshot::read`].
    pub fn of(name: &str, sources: Vec<Source>, is_page: bool) -> Outcome<Self> {
        let sources =
            if is_page { FolderSources::of_page(sources) } else { FolderSources::new(sources) };
        Self::new(name, &sources, is_page)
    }

    fn new(name: &str, sources: &FolderSources, is_page: bool) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        let settings = sources
            .settings
            .as_ref()
            .and_then(|file| value(SdkSettings::read(file), &mut diagnostics));
        let with_pages = sources.services.values().filter(|service| !service.pages.is_empty());
        let folders = with_pages.filter_map(|service| value(service.parse(), &mut diagnostics));
        let folders: Vec<Folder> = folders.map(Folder::new).collect();
        check(name, &folders, &mut diagnostics);
        let value = (!diagnostics.has_errors()).then(|| Self {
            name: name.to_owned(),
            folders,
            is_page,
            settings: settings.unwrap_or_default(),
            lists: sources.lists,
        });
        Outcome { value, diagnostics }
    }

    /// Every page, in the order of folders and files.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.folders.iter().flat_map(|folder| &folder.pages)
    }
}

impl Folder {
    fn new(service: ServicePages) -> Self {
        let ServicePages { pages, model, overrides } = service;
        let (bound, unbound) = match model.as_ref().map(|model| bound(&pages, model, &overrides)) {
            None => (None, None),
            Some(Ok(service)) => (Some(service), None),
            Some(Err(problem)) => (None, Some(problem)),
        };
        Self { pages, model, bound, unbound }
    }
}

/// Binds the pages, or says why that cannot be done.
fn bound(pages: &[Page], model: &ServiceModel, overrides: &Overrides) -> Result<Service, String> {
    let first = bind::bind(pages, model, overrides);
    if let Some(service) = first.value {
        return Ok(service);
    }
    // The method names of some dialects are whole operations; the rule that finds operations wants verbs.
    let verbs: Vec<Page> = pages.iter().map(with_verbs).collect();
    if let Some(service) = bind::bind(&verbs, model, overrides).value {
        return Ok(service);
    }
    let mut errors = first.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    Err(invariant!(errors.next(), "an outcome without a value has an error").one_line())
}

/// `page` with `list` for the method `list_users`.
fn with_verbs(page: &Page) -> Page {
    let mut page = page.clone();
    let resource = page.overview.id.resource.clone();
    for method in &mut page.methods {
        method.name = verb(&method.name, &resource).to_owned();
    }
    page
}

/// Reports a side without pages, and pages of one resource.
fn check(name: &str, folders: &[Folder], diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<String, &Page> = BTreeMap::new();
    for page in folders.iter().flat_map(|folder| &folder.pages) {
        let id = &page.overview.id;
        if let Some(first) = seen.insert(id.to_string(), page) {
            let message = format!("two pages describe the resource `{}`", id.value);
            diagnostics.push(
                Diagnostic::error("duplicate-page", message)
                    .at(id.span.clone(), "this resource already has a page")
                    .related(first.overview.id.span.clone(), "the other page is this one")
                    .help("pass a folder that has only one of the two"),
            );
        }
    }
    if seen.is_empty() && diagnostics.is_empty() {
        diagnostics.push(
            Diagnostic::error("no-pages", format!("there are no pages in {name}"))
                .help("pass a page, or a folder that has pages at PROVIDER/SERVICE/RESOURCE.md"),
        );
    }
}

fn value<T>(outcome: Outcome<T>, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.append(outcome.diagnostics);
    outcome.value
}
