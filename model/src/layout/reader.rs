//! Reading a folder of pages and models.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files::{FolderFile, walk};
use super::names::{
    INDEX, OVERRIDES, PAGINATORS, SERVICE_MODEL, WAITERS, is_markdown, join, service_folder_of,
};
use super::sources::{ServicePages, ServiceSources};
use super::{Folder, IdMismatch, Layout, Options};
use crate::diagnostic::{Diagnostic, Diagnostics, Outcome};
use crate::source::Source;
use crate::{file, page};

pub(super) struct Reader<'a> {
    folder: &'a Path,
    name: &'a str,
    options: &'a Options,
    layout: Layout,
    diagnostics: Diagnostics,
}

impl<'a> Reader<'a> {
    pub(super) fn read(folder: &'a Path, name: &'a str, options: &'a Options) -> Outcome<Layout> {
        let (files, inputs, diagnostics) = walk(folder, name);
        let layout = Layout { inputs, ..Layout::default() };
        let mut reader = Self { folder, name, options, layout, diagnostics };
        let mut services: BTreeMap<&Path, (&str, Vec<&FolderFile>)> = BTreeMap::new();
        for file in files.iter().filter(|file| is_markdown(&file.path)) {
            if file.name() == INDEX && page::is_list(&file.path) {
                reader.layout.lists += 1;
                reader.layout.inputs.push(file.path.clone());
            } else {
                let service = service_folder_of(&file.relative);
                // In the order of paths and not of their texts, in which `-` comes before `/`.
                let (_, pages) = services.entry(Path::new(service)).or_insert((service, vec![]));
                pages.push(file);
            }
        }
        for (service, pages) in services.into_values() {
            reader.service(service, &pages);
        }
        if reader.layout.services.is_empty() && reader.diagnostics.is_empty() {
            reader.diagnostics.push(
                Diagnostic::error("no-pages", format!("there are no pages in {name}"))
                    .help(format!("put one at {name}/PROVIDER/SERVICE/RESOURCE.md")),
            );
        }
        reader.diagnostics.outcome(Some(reader.layout))
    }

    fn service(&mut self, service: &str, pages: &[&FolderFile]) {
        self.layout.services.insert(service.to_owned());
        let Options { models, overrides, id_mismatch } = self.options;
        let pages = pages
            .iter()
            .filter_map(|page| self.source(page.path.clone(), join(self.name, &page.relative)));
        let pages = pages.collect();
        let model = models.get(service);
        let beside_model = |name| model.map(|model| model.with_file_name(name));
        let sources = ServiceSources {
            pages,
            model: self.beside(service, SERVICE_MODEL, model.cloned()),
            paginators: self.beside(service, PAGINATORS, beside_model(PAGINATORS)),
            waiters: self.beside(service, WAITERS, beside_model(WAITERS)),
            overrides: self.beside(service, OVERRIDES, overrides.get(service).cloned()),
        };
        let parsed = sources.parse();
        for found in &parsed.diagnostics {
            if let Some(found) = id_mismatch.judge(found) {
                self.diagnostics.push(found);
            }
        }
        if let Some(ServicePages { pages, model: Some(model), overrides }) = parsed.value {
            self.layout.folders.push(Folder { pages, model, overrides });
        }
    }

    /// The file of a service that is beside its pages, or `elsewhere`, where the settings have it.
    fn beside(&mut self, service: &str, file: &str, elsewhere: Option<PathBuf>) -> Option<Source> {
        let is_named = elsewhere.is_some() && ![PAGINATORS, WAITERS].contains(&file);
        let folder = join(self.name, service);
        let (path, name) = match elsewhere {
            Some(path) => {
                let name = path.to_string_lossy().replace('\\', "/");
                (path, name)
            }
            None => (self.folder.join(service).join(file), join(&folder, file)),
        };
        if is_named || path.exists() {
            return self.source(path, name);
        }
        if file == SERVICE_MODEL {
            let problem = format!("{folder} has pages and no {file}");
            let help = "import it from the published models: pagesmith import --help";
            self.diagnostics.push(Diagnostic::error("no-service-model", problem).help(help));
        }
        None
    }

    fn source(&mut self, path: PathBuf, name: String) -> Option<Source> {
        let read = file::read(&path, name);
        self.layout.inputs.push(path);
        self.diagnostics.keep(read)
    }
}

impl IdMismatch {
    /// What `found` is with this setting, if it is anything.
    fn judge(self, found: &Diagnostic) -> Option<Diagnostic> {
        match self {
            _ if !page::rules::is_id_mismatch(found.rule()) => Some(found.clone()),
            Self::Allow => None,
            Self::Warn => Some(found.clone()),
            Self::Refuse => {
                let help = found.help_text().unwrap_or_default();
                let help = format!(
                    "{help}; or accept the page: set `allow_id_mismatch` in sdk.json to true"
                );
                Some(found.clone().into_error().help(help))
            }
        }
    }
}
