//! `pagesmith docs`

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pagesmith_codegen::files::{self, File};
use pagesmith_codegen::folder;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome};
use pagesmith_model::page::{self, Dialect, ResourceId};
use pagesmith_model::schema::Service;
use pagesmith_model::words::counted;
use pagesmith_sync::convert::{self, Converted};

use super::progress::Progress;
use super::{FAILED, Output, lookup, out_problem, refuse_foreign, refuse_inside, shown};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith docs --check seeds               is every page what its generator would write?
  pagesmith docs seeds/aws/iam_api/mfa_devices.md --dialect tabs-2026
                                             the page in the newest layout, on standard output
  pagesmith docs mfa_devices --dialect tabs-2026
                                             a page by its id, in the newest dialect
  pagesmith docs seeds --dialect gfm-2024 --out /tmp/pages
                                             all of them in the oldest, into a folder

Exit codes:
  0  every page was written; with --check, no page differs
  1  some pages could not be read, and the others were written; with --check, a page differs
  2  nothing was written; with --check, a page could not be read, or there is none")]
pub(super) struct Arguments {
    /// Pages, by path or by id, and folders of them. In a folder, README.md and each index.md without an Id in its Overview (the
    /// list of a service's resources) are left out.
    #[arg(value_name = "PATH", default_value = "seeds")]
    paths: Vec<PathBuf>,
    /// Compare each page, written back in memory, with its own bytes, and write nothing.
    #[arg(long, conflicts_with_all = ["dialect", "out"])]
    check: bool,
    /// Write in this dialect: gfm-2024, copyable-2024 or tabs-2026. What the service model beside
    /// a page knows is added where the dialect has a place for it; what the dialect has no place
    /// for is listed on standard error.
    #[arg(long, value_name = "DIALECT")]
    dialect: Option<Dialect>,
    /// Write each page to PROVIDER/SERVICE/RESOURCE.md below this folder, as its Id says, and list
    /// them in files.txt. What is there and is not listed is not overwritten. Without this option,
    /// one page goes to standard output, and several are refused.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The folder of pages in which an id is looked for.
    #[arg(long, default_value = "seeds", value_name = "DIR")]
    seeds: PathBuf,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> ExitCode {
    let (pages, lists) = match find_all(&arguments.paths, &arguments.seeds) {
        Ok(found) => found,
        Err(problem) => return failed(&problem.into(), output),
    };
    output.passed_over(lists);
    if arguments.check { check(&pages, output) } else { write(arguments, &pages, output) }
}

/// A page's file, and the folder that it was looked for in where it was not named itself.
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
        progress.say(output, || format!("checked {done} of {}", pages.len()));
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
        let verb = if bad == 1 { "does not parse, and was" } else { "do not parse, and were" };
        output.note(&format!("{bad} of them {verb} not compared"));
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

fn write(arguments: &Arguments, pages: &[Found], output: &mut Output) -> ExitCode {
    if pages.len() != 1 && arguments.out.is_none() {
        let problem =
            format!("{} cannot go to standard output together", counted(pages.len(), "page"));
        let help = "name the folder that they go into: --out DIR";
        return failed(&Diagnostic::error("no-out-folder", problem).help(help).into(), output);
    }
    let mut written: Vec<Written> = Vec::new();
    let mut diagnostics = Diagnostics::default();
    let mut services = Services::default();
    for found in pages {
        let converted = services.convert(&found.path, arguments.dialect, output);
        diagnostics.append(converted.diagnostics);
        let Some(Converted { page, lost }) = converted.value else { continue };
        for lost in &lost {
            output.note(&format!(
                "{}: {} has no place for {lost}",
                shown(&found.path),
                page.dialect
            ));
        }
        let text = page::render(&page);
        written.push(Written { found, id: page.overview.id.value, text });
    }
    output.diagnostics(&diagnostics);
    if written.is_empty() {
        return ExitCode::from(FAILED);
    }
    match &arguments.out {
        Some(folder) => {
            if let Err(problems) = write_all(&written, folder, output) {
                return failed(&problems, output);
            }
        }
        // As they are, byte for byte: a last line without an end is not given one.
        None => written.iter().for_each(|page| output.raw_result(&page.text)),
    }
    let bad = pages.len() - written.len();
    if bad == 0 {
        return ExitCode::SUCCESS;
    }
    let verb = if bad == 1 { "was" } else { "were" };
    output.note(&format!(
        "{bad} of {} could not be read, and {verb} not written",
        counted(pages.len(), "page")
    ));
    ExitCode::FAILURE
}

/// A page, ready to be written.
struct Written<'a> {
    found: &'a Found,
    id: ResourceId,
    text: String,
}

impl Written<'_> {
    /// Where the command reads it, below a folder of pages.
    fn place(&self) -> String {
        let ResourceId { provider, service, resource } = &self.id;
        format!("{provider}/{service}/{resource}.md")
    }

    /// The folder of pages that it was read from.
    fn root(&self) -> Option<PathBuf> {
        if let Some(folder) = &self.found.folder {
            return Some(folder.clone());
        }
        let path = fs::canonicalize(&self.found.path).ok()?;
        let ResourceId { provider, service, resource } = &self.id;
        let folder = Path::new(provider).join(service);
        let places =
            [folder.join(format!("{resource}.md")), folder.join(resource).join("index.md")];
        let place = places.iter().find(|place| path.ends_with(place))?;
        path.ancestors().nth(place.components().count()).map(Path::to_owned)
    }
}

/// Writes all pages, or none.
fn write_all(
    written: &[Written<'_>],
    folder: &Path,
    output: &mut Output,
) -> Result<(), Diagnostics> {
    let mut places: BTreeMap<String, &Path> = BTreeMap::new();
    for page in written {
        if let Some(root) = page.root() {
            refuse_inside(folder, &root)?;
        }
        let place = page.place();
        if let Some(other) = places.insert(place.clone(), &page.found.path) {
            let (one, two) = (shown(other), shown(&page.found.path));
            let problem = format!("{one} and {two} both have the id `{}`", page.id);
            let help = format!(
                "write them into different folders; both would be {}/{place}",
                shown(folder)
            );
            return Err(Diagnostic::error("same-path", problem).help(help).into());
        }
    }
    let files = written.iter().map(|page| File { path: page.place(), text: page.text.clone() });
    let files: Vec<File> = files.collect();
    let changes = files::compare_added(&files, folder)
        .map_err(|error| out_problem(folder, "read", &error))?;
    refuse_foreign(&changes, folder)?;
    files::apply(&changes, folder).map_err(|error| out_problem(folder, "written", &error))?;
    let pages = counted(written.len(), "page");
    output.result(&format!("{pages} written below {}", shown(folder)));
    Ok(())
}

/// The services of the folders that pages are in, each read once.
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

/// What the pages of `folder` are bound to, where there is a service model beside them that fits. A
/// page can be written without.
fn services_in(folder: &Path, output: &mut Output) -> Vec<Service> {
    if !folder.join("service-2.json").exists() {
        return Vec::new();
    }
    if let Some(seeds) = folder::read_whatever_ids(folder, &shown(folder)).value {
        return seeds.services;
    }
    let folder = shown(folder);
    output.note(&format!(
        "note: the pages in {folder} do not fit the service model beside them, so that nothing of it \
         is added; to see why, run: pagesmith lint --seeds {folder}"
    ));
    Vec::new()
}

/// The pages below `paths`, in the order of their paths, and how many lists of a service's resources are among them.
fn find_all(paths: &[PathBuf], seeds: &Path) -> Result<(Vec<Found>, usize), Diagnostic> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        let problem = format!("{} cannot be read: {error}", shown(path));
        Diagnostic::error("unreadable-path", problem).help("name a page, or a folder of pages")
    };
    let mut found = Vec::new();
    // A page may be below several of them.
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
        let mut waiting = vec![path.clone()];
        let mut pages = Vec::new();
        while let Some(folder) = waiting.pop() {
            let entries = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
            for entry in entries {
                let entry = entry.map_err(|error| unreadable(&folder, &error))?;
                let kind = entry.file_type().map_err(|error| unreadable(&folder, &error))?;
                let entry = entry.path();
                // A link to a folder is left out: it may lead back.
                if kind.is_dir() {
                    waiting.push(entry);
                } else if entry.file_name().is_some_and(|name| name == "index.md")
                    && page::is_list(&entry)
                {
                    lists += 1;
                } else if is_page(&entry) && !is_generated_reference(&entry) {
                    pages.push(entry);
                }
            }
        }
        if pages.is_empty() {
            let problem = format!("there is no page below {}", shown(path));
            let help = "name a page, or a folder of pages";
            return Err(Diagnostic::error("no-pages", problem).help(help));
        }
        pages.sort();
        pages.retain(|page| is_new(page));
        let folder = || Some(path.clone());
        found.extend(pages.into_iter().map(|page| Found { path: page, folder: folder() }));
    }
    Ok((found, lists))
}

/// Whether what is found in a folder can be the page of a resource.
fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
        && path.file_name().is_some_and(|name| name != "README.md")
}

/// Whether it is the reference for Rust that `generate` puts beside a page.
fn is_generated_reference(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".rust.md") && files::is_marked(path).unwrap_or(false)
}

fn failed(problems: &Diagnostics, output: &mut Output) -> ExitCode {
    output.diagnostics(problems);
    ExitCode::from(FAILED)
}
