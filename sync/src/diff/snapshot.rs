//! One side of a comparison: pages, and beside those of a service its model.

use std::collections::BTreeMap;
use std::path::Path;

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::folder::service_folder;
use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome, Severity};
use pagesmith_model::file;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Page};
use pagesmith_model::schema::Service;
use pagesmith_model::source::Source;
use pagesmith_model::words::singular;

/// The files that stand beside pages.
const MODEL: &str = "service-2.json";
const PAGINATORS: &str = "paginators-1.json";
const OVERRIDES: &str = "overrides.json";

/// The page of a resource in a folder of its own, or the list of a service's resources.
const INDEX: &str = "index.md";

/// The file in the root of a folder of pages.
const SDK: &str = "sdk.json";

/// How many folders deep pages are looked for.
const DEEPEST: usize = 32;

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
        let mut diagnostics = Diagnostics::default();
        let mut sources = Vec::new();
        if path.is_dir() {
            read_folder(path, name, 0, &mut sources, &mut diagnostics);
        } else {
            keep(file::read(path, name), &mut sources, &mut diagnostics);
            let (folder, service) = (service_of(name), service_folder(path).unwrap_or(path));
            for file in [MODEL, PAGINATORS, OVERRIDES] {
                let beside = service.join(file);
                if beside.is_file() {
                    let shown = join(folder, file);
                    keep(file::read(&beside, shown), &mut sources, &mut diagnostics);
                }
            }
        }
        if diagnostics.has_errors() {
            return Outcome { value: None, diagnostics };
        }
        let is_page = !path.is_dir();
        Self::of(name, sources, is_page)
    }

    /// The side called `name` that these files are, however they were read; those that are neither pages
    /// nor stand beside them are let be. `is_page` says that one page was named and not a folder: it is
    /// compared with the other side's page whatever the two ids are.
    ///
    /// # Errors
    /// As for [`Snapshot::read`].
    pub fn of(name: &str, sources: Vec<Source>, is_page: bool) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        let mut settings = SdkSettings::default();
        let mut lists = 0;
        let shallowest = sources.iter().filter(|source| split(source.name()).1 == SDK);
        let root = shallowest.map(|source| source.name().len()).min();
        for source in sources {
            let (_, file) = split(source.name());
            if file == INDEX && !is_page && page::is_list_text(source.text()) {
                lists += 1;
                continue;
            }
            if file == SDK {
                // One deeper down is no root's.
                if !is_page && root == Some(source.name().len()) {
                    let read = SdkSettings::read(&source);
                    settings = value(read, &mut diagnostics).unwrap_or_default();
                }
                continue;
            }
            if !belongs(file) && !is_page {
                continue;
            }
            let group = groups.entry(service_of(source.name()).to_owned()).or_default();
            match file {
                MODEL => group.model = Some(source),
                PAGINATORS => group.paginators = Some(source),
                OVERRIDES => group.overrides = Some(source),
                _ => group.pages.push(source),
            }
        }
        let folders: Vec<Folder> =
            groups.into_values().filter_map(|group| group.read(&mut diagnostics)).collect();
        check(name, &folders, &mut diagnostics);
        let value = (!diagnostics.has_errors()).then(|| Self {
            name: name.to_owned(),
            folders,
            is_page,
            settings,
            lists,
        });
        Outcome { value, diagnostics }
    }

    /// Every page, in the order of folders and files.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.folders.iter().flat_map(|folder| &folder.pages)
    }
}

/// The sources of one folder.
#[derive(Default)]
struct Group {
    pages: Vec<Source>,
    model: Option<Source>,
    paginators: Option<Source>,
    overrides: Option<Source>,
}

impl Group {
    /// `None` where there is no page, or one is not as it should be.
    fn read(mut self, diagnostics: &mut Diagnostics) -> Option<Folder> {
        if self.pages.is_empty() {
            return None;
        }
        self.pages.sort_by(|left, right| left.name().cmp(right.name()));
        let parsed: Vec<Option<Page>> =
            self.pages.iter().map(|source| value(page::parse(source), diagnostics)).collect();
        let model = self.model.map(|source| {
            value(ServiceModel::read(&source, self.paginators.as_ref()), diagnostics)
        });
        let overrides = self.overrides.map(|source| value(Overrides::read(&source), diagnostics));
        let pages: Vec<Page> = parsed.into_iter().collect::<Option<_>>()?;
        let overrides = overrides.unwrap_or_else(|| Some(Overrides::default()))?;
        let model = match model {
            Some(read) => Some(read?),
            None => None,
        };
        let (bound, unbound) = match model.as_ref().map(|model| bound(&pages, model, &overrides)) {
            None => (None, None),
            Some(Ok(service)) => (Some(service), None),
            Some(Err(problem)) => (None, Some(problem)),
        };
        Some(Folder { pages, model, bound, unbound })
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
    Err(errors.next().map(Diagnostic::one_line).unwrap_or_default())
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

/// The method's name without the resource, in the plural or the singular, on either end of it.
pub(super) fn verb<'a>(method: &'a str, resource: &str) -> &'a str {
    let one = singular(resource);
    [resource, one.as_str()]
        .into_iter()
        .find_map(|word| {
            let behind = method.strip_suffix(word).and_then(|verb| verb.strip_suffix('_'));
            behind.or_else(|| method.strip_prefix(word)?.strip_prefix('_'))
        })
        .filter(|verb| !verb.is_empty())
        .unwrap_or(method)
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

/// Reads what is below `folder` that belongs to a side. Links to folders are not followed.
fn read_folder(
    folder: &Path,
    name: &str,
    depth: usize,
    sources: &mut Vec<Source>,
    diagnostics: &mut Diagnostics,
) {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            let problem = format!("the folder {name} cannot be read: {error}");
            diagnostics.push(Diagnostic::error("unreadable-folder", problem));
            return;
        }
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let file = entry.file_name().to_string_lossy().into_owned();
        let shown = join(name, &file);
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && depth < DEEPEST && !file.starts_with('.') {
            read_folder(&entry.path(), &shown, depth + 1, sources, diagnostics);
        } else if !is_folder && belongs(&file) {
            keep(file::read(&entry.path(), shown), sources, diagnostics);
        }
    }
}

/// Whether a file of that name is a page, stands beside pages or says which parts an SDK has.
#[must_use]
pub fn belongs(file: &str) -> bool {
    is_page_of_a_resource(file) || [MODEL, PAGINATORS, OVERRIDES, SDK].contains(&file)
}

fn is_page_of_a_resource(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "md")
}

/// The folder and the file of a name.
fn split(name: &str) -> (&str, &str) {
    name.rsplit_once(['/', '\\']).unwrap_or(("", name))
}

/// The folder of the service whose page goes by that name.
fn service_of(name: &str) -> &str {
    let (folder, file) = split(name);
    if file == INDEX { split(folder).0 } else { folder }
}

fn join(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}

#[cfg(test)]
mod tests {
    use super::verb;

    #[test]
    fn finds_the_verb() {
        assert_eq!(verb("list_mfa_devices", "mfa_devices"), "list");
        assert_eq!(verb("get_mfa_device", "mfa_devices"), "get");
        assert_eq!(verb("mfa_devices_List", "mfa_devices"), "List");
        assert_eq!(verb("List", "mfa_devices"), "List");
        assert_eq!(verb("mfa_devices", "mfa_devices"), "mfa_devices");
    }
}
