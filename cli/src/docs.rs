//! `pagesmith docs`

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pagesmith_codegen::files::{self, File, Others};
use pagesmith_codegen::folder;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome};
use pagesmith_model::layout::{self, FolderFile, INDEX, SERVICE_MODEL, is_markdown};
use pagesmith_model::page::{self, Dialect, ResourceId};
use pagesmith_model::schema::Service;
use pagesmith_model::words::counted;
use pagesmith_sync::convert::{self, Converted};

use super::folders::{apply, changes, refuse_inside};
use super::lookup;
use super::output::{FAILED, Output};
use super::paths::shown;
use super::problem::Problem;
use super::progress::Progress;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith docs --check seeds               check the layout of every page
  pagesmith docs seeds/aws/iam_api/mfa_devices.md --dialect tabs-2026
                                             write a page in the newest dialect to standard output
  pagesmith docs mfa_devices --dialect tabs-2026
                                             the same, by the id of the page
  pagesmith docs seeds --dialect gfm-2024 --out /tmp/pages
                                             write all pages in the oldest dialect into a folder

Exit codes:
  0  all pages were written; with --check, no page differs
  1  some pages could not be read, and the others were written; with --check, a page differs
  2  nothing was written; with --check, a page could not be read, or there is no page")]
pub(super) struct Arguments {
    /// Pages, by path or by id, and folders of pages. In a folder, README.md is ignored, and so is each
    /// index.md without an Id, which lists the resources of a service.
    #[arg(value_name = "PATH", default_value = "seeds")]
    paths: Vec<PathBuf>,
    /// Check that every page has the layout of its generator, and write nothing.
    #[arg(long, conflicts_with_all = ["dialect", "out"])]
    check: bool,
    /// Write in this dialect: gfm-2024, copyable-2024 or tabs-2026. Facts from the service model
    /// beside a page are added if the dialect can express them. What the dialect cannot express is
    /// listed on standard error.
    #[arg(long, value_name = "DIALECT")]
    dialect: Option<Dialect>,
    /// Write each page to PROVIDER/SERVICE/RESOURCE.md in this folder, by its Id, and list the files
    /// in files.txt. Files that are not listed there are not overwritten. Without this option, one
    /// page is written to standard output, and several are an error.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The folder of pages with the ids.
    #[arg(long, default_value = "seeds", value_name = "DIR")]
    seeds: PathBuf,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<ExitCode, Problem> {
    let (pages, lists) = find_all(&arguments.paths, &arguments.seeds)?;
    output.ignored_lists(lists);
    if arguments.check {
        return Ok(check(&pages, output));
    }
    write(arguments, &pages, output)
}

/// A page, and the folder in which it was found unless it was named itself.
struct Found {
    path: PathBuf,
    folder: Option<PathBuf>,
}

fn check(pages: &[Found], output: &mut Output) -> ExitCode {
    let mut progress = Progress::new(output);
    let (mut differ, mut bad) = (0_usize, 0_usize);
    for (done, found) in (1..).zip(pages) {
        let name = shown(&found.path);
        let outcome = page::read(&found.path, &name);
        progress.update(output, || format!("checked {done} of {}", pages.len()));
        match outcome.value {
            None => {
                bad += 1;
                progress.clear(output);
                output.diagnostics(&outcome.diagnostics);
            }
            Some(page) => {
                output.diagnostics(&outcome.diagnostics);
                if let Some(line) = first_difference(page.source.text(), &page::render(&page)) {
                    differ += 1;
                    progress.clear(output);
                    output.result(&format!("{name}:{line} differs"));
                }
            }
        }
    }
    progress.clear(output);
    let verb = if differ == 1 { "differs" } else { "differ" };
    output.result(&format!("{}, {differ} {verb}", counted(pages.len(), "page")));
    if bad > 0 {
        output.note(&format!("{} could not be parsed and compared", counted(bad, "page")));
        return ExitCode::from(FAILED);
    }
    ExitCode::from(u8::from(differ > 0))
}

/// The first line in which the two differ, from 1.
fn first_difference(found: &str, wanted: &str) -> Option<usize> {
    if found == wanted {
        return None;
    }
    let (found, wanted) = (found.split_inclusive('\n'), wanted.split_inclusive('\n'));
    Some(found.zip(wanted).take_while(|(found, wanted)| found == wanted).count() + 1)
}

fn write(arguments: &Arguments, pages: &[Found], output: &mut Output) -> Result<ExitCode, Problem> {
    if pages.len() != 1 && arguments.out.is_none() {
        let problem = format!("cannot write {} to standard output", counted(pages.len(), "page"));
        let help = "pass a folder to write them to: --out DIR";
        return Err(Diagnostic::error("no-out-folder", problem).help(help).into());
    }
    let mut written: Vec<Written> = Vec::new();
    let mut diagnostics = Diagnostics::default();
    let mut services = Services::default();
    for found in pages {
        let converted = services.convert(&found.path, arguments.dialect, output);
        diagnostics.append(converted.diagnostics);
        let Some(Converted { page, lost }) = converted.value else { continue };
        for lost in &lost {
            output.note(&format!("{}: {} cannot express {lost}", shown(&found.path), page.dialect));
        }
        let text = page::render(&page);
        written.push(Written { found, id: page.overview.id.value, text });
    }
    output.diagnostics(&diagnostics);
    if written.is_empty() {
        return Ok(ExitCode::from(FAILED));
    }
    match &arguments.out {
        Some(folder) => write_all(&written, folder, output)?,
        // Byte for byte, without adding a line end.
        None => written.iter().for_each(|page| output.raw_result(&page.text)),
    }
    let bad = pages.len() - written.len();
    if bad == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    output.note(&format!("{} could not be read and written", counted(bad, "page")));
    Ok(ExitCode::FAILURE)
}

/// A page to write.
struct Written<'a> {
    found: &'a Found,
    id: ResourceId,
    text: String,
}

impl Written<'_> {
    /// Its path in a folder of pages.
    fn path(&self) -> String {
        let ResourceId { provider, service, resource } = &self.id;
        format!("{provider}/{service}/{resource}.md")
    }

    /// The folder of pages from which it was read.
    fn root(&self) -> Option<PathBuf> {
        if let Some(folder) = &self.found.folder {
            return Some(folder.clone());
        }
        let path = fs::canonicalize(&self.found.path).ok()?;
        let ResourceId { provider, service, resource } = &self.id;
        let folder = Path::new(provider).join(service);
        let paths = [folder.join(format!("{resource}.md")), folder.join(resource).join(INDEX)];
        let found = paths.iter().find(|end| path.ends_with(end))?;
        path.ancestors().nth(found.components().count()).map(Path::to_owned)
    }
}

/// Writes all pages, or none.
fn write_all(
    written: &[Written<'_>],
    folder: &Path,
    output: &mut Output,
) -> Result<(), Diagnostics> {
    let mut paths: BTreeMap<String, &Path> = BTreeMap::new();
    for page in written {
        if let Some(root) = page.root() {
            refuse_inside(folder, &root)?;
        }
        let path = page.path();
        if let Some(other) = paths.insert(path.clone(), &page.found.path) {
            let (one, two) = (shown(other), shown(&page.found.path));
            let problem = format!("{one} and {two} both have the id `{}`", page.id);
            let help =
                format!("write them to different folders; both would be {}/{path}", shown(folder));
            return Err(Diagnostic::error("same-path", problem).help(help).into());
        }
    }
    let files = written.iter().map(|page| File { path: page.path(), text: page.text.clone() });
    let files: Vec<File> = files.collect();
    let changes = changes(&files, folder, Others::Generated)?;
    apply(&changes, folder)?;
    let pages = counted(written.len(), "page");
    output.result(&format!("{pages} written to {}", shown(folder)));
    Ok(())
}

/// The services in the folders of pages, each read once.
#[derive(Default)]
struct Services(BTreeMap<PathBuf, Vec<Service>>);

impl Services {
    fn convert(
        &mut self,
        path: &Path,
        dialect: Option<Dialect>,
        output: &mut Output,
    ) -> Outcome<Converted> {
        let outcome = page::read(path, &shown(path));
        let Some(page) = outcome.value else {
            return Outcome { value: None, diagnostics: outcome.diagnostics };
        };
        let dialect = dialect.unwrap_or(page.dialect);
        if dialect == page.dialect {
            let converted = Converted { page, lost: Vec::new() };
            return Outcome { value: Some(converted), diagnostics: outcome.diagnostics };
        }
        let folder = folder::service_folder(path).unwrap_or(path);
        let services =
            self.0.entry(folder.to_owned()).or_insert_with(|| services_in(folder, output));
        let of_page = |service: &&Service| {
            service.resources.iter().any(|resource| resource.id == *page.overview.id)
        };
        let converted = convert::convert(&page, dialect, services.iter().find(of_page));
        let mut diagnostics = outcome.diagnostics;
        diagnostics.append(converted.diagnostics);
        Outcome { value: converted.value, diagnostics }
    }
}

/// The services of the pages in `folder`; none without a service model that the pages fit.
fn services_in(folder: &Path, output: &mut Output) -> Vec<Service> {
    if !folder.join(SERVICE_MODEL).exists() {
        return Vec::new();
    }
    if let Some(seeds) = folder::read_whatever_ids(folder, &shown(folder)).value {
        return seeds.services;
    }
    let folder = shown(folder);
    output.note(&format!(
        "note: the pages in {folder} do not fit their service model, so no facts from the model are added; to \
         see the errors, run: pagesmith lint --seeds {folder}"
    ));
    Vec::new()
}

/// The pages in `paths`, in the order of their paths, and the number of ignored lists of resources.
fn find_all(paths: &[PathBuf], seeds: &Path) -> Result<(Vec<Found>, usize), Diagnostic> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        let problem = format!("cannot read {}: {error}", shown(path));
        Diagnostic::error("unreadable-path", problem).help("pass a page or a folder of pages")
    };
    let mut found = Vec::new();
    // A page may be in several of the paths.
    let mut known = BTreeSet::new();
    let mut is_new =
        |path: &Path| known.insert(path.canonicalize().unwrap_or_else(|_| path.into()));
    let mut lists = 0;
    for path in paths {
        let named = (!path.exists()).then(|| lookup::page_path(path.to_str()?, seeds)).flatten();
        let path = named.as_ref().unwrap_or(path);
        if fs::metadata(path).map_err(|error| unreadable(path, &error))?.is_file() {
            if is_new(path) {
                found.push(Found { path: path.clone(), folder: None });
            }
            continue;
        }
        let (files, problems) = layout::files(path, &shown(path));
        if let Some(problem) = problems.iter().next() {
            return Err(problem.clone());
        }
        let mut pages = Vec::new();
        for file in files {
            if file.name() == INDEX && page::is_list(&file.path) {
                lists += 1;
            } else if is_page(&file) && !is_generated_reference(&file.path) {
                pages.push(file.path);
            }
        }
        if pages.is_empty() {
            let problem = format!("there are no pages in {}", shown(path));
            let help = "pass a page or a folder of pages";
            return Err(Diagnostic::error("no-pages", problem).help(help));
        }
        pages.retain(|page| is_new(page));
        let folder = || Some(path.clone());
        found.extend(pages.into_iter().map(|page| Found { path: page, folder: folder() }));
    }
    Ok((found, lists))
}

/// Whether a file in a folder can be a page.
fn is_page(file: &FolderFile) -> bool {
    is_markdown(&file.path) && file.name() != "README.md"
}

/// Whether the file is the Rust reference that `generate` writes beside a page.
fn is_generated_reference(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".rust.md") && files::is_marked(path).unwrap_or(false)
}
