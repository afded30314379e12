//! `pagesmith add`

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::files::{Change, Difference, Others};
use pagesmith_codegen::folder::{self, Folder, Seeds};
use pagesmith_model::bind::operations_of;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics};
use pagesmith_model::file;
use pagesmith_model::layout::{PAGINATORS, SERVICE_MODEL, SETTINGS, WAITERS};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Page, ResourceId};
use pagesmith_model::{file::read_regular, source::Source};
use pagesmith_sync::import::{self, Documentation};

use super::folders::{Folders, all_files, apply, changes, refuse_inside};
use super::import::{DocumentationArgument, overrides};
use super::output::Output;
use super::paths::shown;
use super::problem::{Problem, value};
use super::published::{Published, read_published};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith add users.md
      if seeds/aws/iam_api/service-2.json already has the operations
  pagesmith add users.md --model botocore/data/iam/2010-05-08
      imports the operations from the model that AWS publishes in the PyPI package botocore

The page, the service model and the generated files are written together. If one of them cannot be
written, the others are restored.

Exit codes:
  0  the page was added
  2  nothing was changed, unless a message names a file that could not be restored")]
pub(super) struct Arguments {
    /// The page. It is written to seeds/PROVIDER/SERVICE/RESOURCE.md, by its Id
    /// PROVIDER.SERVICE.RESOURCE.
    #[arg(value_name = "PAGE")]
    page: PathBuf,
    /// The folder of the published service-2.json and paginators-1.json, gzipped or not. The
    /// operations of the page are imported from there.
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
    #[command(flatten)]
    documentation: DocumentationArgument,
    /// Replace an existing page with the same Id.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    folders: Folders,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<ExitCode, Problem> {
    plan(arguments, output)?.carry_out(arguments, output)?;
    Ok(ExitCode::SUCCESS)
}

/// The files to write.
struct Plan {
    /// The paths and texts of pages and models.
    seeds: Vec<(PathBuf, String)>,
    generated: Vec<Change>,
}

fn plan(arguments: &Arguments, output: &mut Output) -> Result<Plan, Diagnostics> {
    refuse_inside(&arguments.folders.out, &arguments.folders.seeds.path)?;
    let page = read_page(arguments)?;
    let id = page.overview.id.value.clone();
    let folder = arguments.folders.seeds.path.join(&id.provider).join(&id.service);
    let path = folder.join(format!("{}.md", id.resource));
    refuse_another(&path, &page, arguments.force)?;

    let mut seeds = loaded(&arguments.folders, output)?;
    let of_service = |one: &Folder| {
        one.pages.iter().any(|page| {
            (&page.overview.id.provider, &page.overview.id.service) == (&id.provider, &id.service)
        })
    };
    let mut written = vec![(path, page.source.text().to_owned())];
    let mut service = match seeds.folders.iter().position(of_service) {
        Some(at) => seeds.folders.remove(at),
        None => empty(&folder, arguments.model.as_deref())?,
    };
    service.pages.retain(|other| other.overview.id.value != id);
    service.pages.push(page);
    service.pages.sort_by(|left, right| left.overview.id.value.cmp(&right.overview.id.value));
    if let Some(published) = &arguments.model {
        let name = shown(&folder);
        let (model, texts) = import(published, &service, &name, arguments.documentation.choice())?;
        service.model = model;
        for (file, text) in texts {
            written.push((folder.join(file), text));
        }
    }
    if !seeds.settings.has(&id) {
        return Err(left_out(&seeds.settings, &id).into());
    }
    seeds.folders.push(service);
    let bound = seeds.bind();
    let Some(seeds) = bound.value else {
        return Err(with_advice(bound.diagnostics, arguments));
    };
    output.diagnostics(&bound.diagnostics);
    let (files, found) = all_files(&seeds)?;
    output.diagnostics(&found);
    let generated = changes(&files, &arguments.folders.out, Others::Foreign)?;
    Ok(Plan { seeds: written, generated })
}

impl Plan {
    fn carry_out(mut self, arguments: &Arguments, output: &mut Output) -> Result<(), Diagnostics> {
        self.seeds.retain(|(path, text)| {
            read_regular(path).map_or(true, |found| found != text.as_bytes())
        });
        let out = &arguments.folders.out;
        let seeds = self.seeds.iter().map(|(path, _)| path.clone());
        let generated = self.generated.iter().map(|change| out.join(&change.path));
        let mut before = Vec::new();
        for path in seeds.chain(generated) {
            let previous = Previous::read(path.clone())
                .map_err(|error| io_problem("unreadable-file", &path, "read", &error))?;
            before.push(previous);
        }
        if let Err(problem) = self.write(out) {
            let mut problems = Diagnostics::from(problem);
            for previous in before.iter().rev() {
                if let Err(error) = previous.restore() {
                    problems.push(io_problem("not-restored", &previous.path, "restored", &error));
                }
            }
            return Err(problems);
        }
        for (path, _) in &self.seeds {
            output.result(&format!("wrote {}", shown(path)));
        }
        for change in &self.generated {
            let verb = if change.difference == Difference::Left { "removed" } else { "wrote" };
            output.result(&format!("{verb} {}/{}", shown(out), change.path));
        }
        Ok(())
    }

    fn write(&self, out: &Path) -> Result<(), Diagnostic> {
        for (path, text) in &self.seeds {
            let parents = path.parent().map_or(Ok(()), fs::create_dir_all);
            parents
                .and_then(|()| fs::write(path, text))
                .map_err(|error| io_problem("unwritable-file", path, "written", &error))?;
        }
        apply(&self.generated, out)
    }
}

/// The state of a file before it is written.
struct Previous {
    path: PathBuf,
    /// `None` if there was no file.
    bytes: Option<Vec<u8>>,
    /// The parent folders that did not exist, the innermost first.
    missing: Vec<PathBuf>,
}

impl Previous {
    fn read(path: PathBuf) -> io::Result<Self> {
        let bytes = match read_regular(&path) {
            Ok(bytes) => Some(bytes),
            // A broken link is an error, because it cannot be restored.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => None,
            Err(error) => return Err(error),
        };
        let parents = path.ancestors().skip(1).filter(|parent| *parent != Path::new(""));
        let missing = parents.take_while(|parent| !parent.exists()).map(Path::to_owned).collect();
        Ok(Self { path, bytes, missing })
    }

    fn restore(&self) -> io::Result<()> {
        match &self.bytes {
            Some(bytes) if read_regular(&self.path).is_ok_and(|found| found == *bytes) => {}
            Some(bytes) => {
                self.path.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::write(&self.path, bytes)?;
            }
            None if self.path.exists() => fs::remove_file(&self.path)?,
            None => {}
        }
        for folder in &self.missing {
            // A folder that is not empty yet is removed with its last file.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }
}

/// Reads the page under its future path.
fn read_page(arguments: &Arguments) -> Result<Page, Diagnostics> {
    let file = arguments.page.file_name().unwrap_or(arguments.page.as_os_str());
    let source = file::read(&arguments.page, file.to_string_lossy())?;
    let page = value(page::parse(&source))?;
    let id = &*page.overview.id;
    let seeds = arguments.folders.seeds.shown();
    let name = format!("{seeds}/{}/{}/{}.md", id.provider, id.service, id.resource);
    value(page::parse(&Source::new(name, source.text())))
}

fn refuse_another(path: &Path, page: &Page, force: bool) -> Result<(), Diagnostic> {
    let is_same = |found: Vec<u8>| found == page.source.text().as_bytes();
    if force || read_regular(path).map_or(true, is_same) {
        return Ok(());
    }
    let problem = format!("{} already exists, with other contents", shown(path));
    Err(Diagnostic::error("page-exists", problem)
        .help("to see the changes, run: pagesmith diff; to replace the page, pass --force"))
}

/// The error that `sdk.json` leaves out the resource, so that nothing would be generated for it.
fn left_out(settings: &SdkSettings, id: &ResourceId) -> Diagnostic {
    let problem = format!("the SDK does not include the resource `{id}`");
    let found = Diagnostic::error("left-out", problem);
    let found = match settings.span(&["resources"]) {
        Some(span) => found.at(span, "only these resources are generated"),
        None => found,
    };
    found.help(format!("add \"{id}\" to `resources` in sdk.json"))
}

/// Loads the folder of pages, which may not exist yet.
fn loaded(folders: &Folders, output: &mut Output) -> Result<Seeds, Diagnostics> {
    if !folders.seeds.path.exists() {
        return Ok(Seeds::default());
    }
    let outcome = folder::load(&folders.seeds.path, &folders.seeds.shown());
    let is_empty = outcome.diagnostics.iter().all(|found| found.rule() == "no-pages");
    match outcome.value {
        Some(seeds) => {
            output.diagnostics(&outcome.diagnostics);
            Ok(seeds)
        }
        None if is_empty => Ok(Seeds { settings: settings(folders)?, ..Seeds::default() }),
        None => Err(outcome.diagnostics),
    }
}

/// The settings of a folder without pages.
fn settings(folders: &Folders) -> Result<SdkSettings, Diagnostics> {
    let path = folders.seeds.path.join(SETTINGS);
    if !path.exists() {
        return Ok(SdkSettings::default());
    }
    value(SdkSettings::read(&file::read(&path, shown(&path))?))
}

/// A service without pages. Its model may exist already.
fn empty(folder: &Path, published: Option<&Path>) -> Result<Folder, Diagnostics> {
    let from = published.unwrap_or(folder);
    if published.is_none() && !folder.join(SERVICE_MODEL).exists() {
        let problem = format!("the folder {} has no service model", shown(folder));
        let found = Diagnostic::error("no-service-model", problem);
        return Err(found.help("pass the folder of a published service model: --model DIR").into());
    }
    let Published { service, paginators, waiters } = read_published(from)?;
    let read = ServiceModel::read_with_waiters(&service, paginators.as_ref(), waiters.as_ref());
    let model = value(read)?;
    Ok(Folder { pages: Vec::new(), model, overrides: overrides(folder)? })
}

type Texts = Vec<(&'static str, String)>;

/// Trims the published model to the operations that the pages need and that were imported before.
fn import(
    published: &Path,
    service: &Folder,
    name: &str,
    documentation: Documentation,
) -> Result<(ServiceModel, Texts), Diagnostics> {
    let Published { service: whole, paginators, waiters } = read_published(published)?;
    let model = value(ServiceModel::read(&whole, paginators.as_ref()))?;
    let mut operations: BTreeSet<String> =
        value(operations_of(&service.pages, &model, &service.overrides))?;
    let is_imported = service.model.source.name().starts_with(name);
    let before = service.model.operations.keys().filter(|_| is_imported);
    operations.extend(before.filter(|name| model.operation(name).is_some()).cloned());
    let trimmed = import::trim(&whole, paginators.as_ref(), &operations, documentation)?;
    let source = Source::new(format!("{name}/{SERVICE_MODEL}"), trimmed.service.clone());
    let pages = Source::new(format!("{name}/{PAGINATORS}"), trimmed.paginators.clone());
    let waiters = waiters.map(|waiters| import::trim_waiters(&waiters, &operations)).transpose()?;
    let waiters = waiters.flatten();
    let waiters_source =
        waiters.as_ref().map(|text| Source::new(format!("{name}/{WAITERS}"), text.clone()));
    let read = ServiceModel::read_with_waiters(&source, Some(&pages), waiters_source.as_ref());
    let model = value(read)?;
    let mut texts = vec![(SERVICE_MODEL, trimmed.service), (PAGINATORS, trimmed.paginators)];
    texts.extend(waiters.map(|text| (WAITERS, text)));
    Ok((model, texts))
}

fn with_advice(mut problems: Diagnostics, arguments: &Arguments) -> Diagnostics {
    let is_missing = problems.iter().any(|found| found.rule() == "no-operation");
    if is_missing && arguments.model.is_none() {
        problems.push(
            Diagnostic::error(
                "not-imported",
                "the service model does not have all operations of the page",
            )
            .help("import them from a published service model: --model DIR"),
        );
    }
    problems
}

fn io_problem(rule: &'static str, path: &Path, done: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(rule, format!("{} cannot be {done}: {error}", shown(path)))
}
