//! `pagesmith docs`

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pagesmith_codegen::bind::Service;
use pagesmith_codegen::convert::{self, Converted};
use pagesmith_codegen::diagnostic::{Diagnostic, Diagnostics, Outcome};
use pagesmith_codegen::page::{self, Dialect};
use pagesmith_codegen::{files, seeds};

use super::progress::Progress;
use super::{FAILED, Output, shown};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith docs --check seeds               is every page what its generator would write?
  pagesmith docs seeds/aws/iam_api/mfa_devices.md --dialect tabs-2026
                                             the page in the newest layout, on standard output
  pagesmith docs seeds --dialect gfm-2024 --out /tmp/pages
                                             all of them in the oldest, into a folder

Exit codes: 0 done, or no page differs; 1 a page differs (--check); 2 a page does not parse, or
there is none.")]
pub(super) struct Arguments {
    /// Pages, and folders of them. In a folder, README.md and each index.md without an Id in its Overview (the
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
    /// Write into this folder, by the pages' paths. Without it, one page goes to standard output,
    /// and several are refused.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> ExitCode {
    let (pages, lists) = match find_all(&arguments.paths) {
        Ok(found) => found,
        Err(problem) => return failed(&problem.into(), output),
    };
    if lists > 0 {
        output.note(&format!("{lists} lists of a service's resources are passed over"));
    }
    if arguments.check {
        check(&arguments.paths, &pages, output)
    } else {
        write(arguments, &pages, output)
    }
}

/// A page's file, and its path below the folder in which it was found.
struct Found {
    path: PathBuf,
    below: PathBuf,
}

fn check(paths: &[PathBuf], pages: &[Found], output: &mut Output) -> ExitCode {
    let is_empty = |path: &&PathBuf| !pages.iter().any(|page| page.path.starts_with(path));
    if let Some(empty) = paths.iter().find(is_empty) {
        let problem = format!("there is no page below {}", shown(empty));
        let help = "name a page, or a folder of pages";
        return failed(&Diagnostic::error("no-pages", problem).help(help).into(), output);
    }
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
    output.result(&format!("{} pages, {differ} differ", pages.len()));
    if bad > 0 {
        output.note(&format!("{bad} of them do not parse, and were not compared"));
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
        let problem = format!("{} pages cannot go to standard output", pages.len());
        let help = "name the folder that they go into: --out DIR";
        return failed(&Diagnostic::error("no-out-folder", problem).help(help).into(), output);
    }
    if let Some(problem) = arguments.out.as_ref().and_then(|out| one_destination(pages, out)) {
        return failed(&problem.into(), output);
    }
    let mut written: Vec<(&Found, String)> = Vec::new();
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
        written.push((found, page::render(&page)));
    }
    output.diagnostics(&diagnostics);
    if diagnostics.has_errors() {
        return ExitCode::from(FAILED);
    }
    match &arguments.out {
        Some(folder) => write_all(&written, folder, output),
        None => print(&written),
    }
}

/// Each page as it is, byte for byte: a last line without an end is given none.
fn print(written: &[(&Found, String)]) -> ExitCode {
    let mut stream = std::io::stdout().lock();
    for (_, text) in written {
        // Nobody is left to tell where the stream is closed.
        let _ = stream.write_all(text.as_bytes());
    }
    let _ = stream.flush();
    ExitCode::SUCCESS
}

fn write_all(written: &[(&Found, String)], folder: &Path, output: &mut Output) -> ExitCode {
    for (found, text) in written {
        let path = folder.join(&found.below);
        if let Err(error) = write_file(&path, text) {
            let problem = format!("{} cannot be written: {error}", shown(&path));
            return failed(&Diagnostic::error("unwritable-file", problem).into(), output);
        }
    }
    output.result(&format!("{} pages written below {}", written.len(), shown(folder)));
    ExitCode::SUCCESS
}

/// What is wrong where two pages would go to the same file of `folder`.
fn one_destination(pages: &[Found], folder: &Path) -> Option<Diagnostic> {
    let mut places: BTreeMap<&Path, &Path> = BTreeMap::new();
    pages.iter().find_map(|page| {
        let other = places.insert(&page.below, &page.path)?;
        let (one, two) = (shown(other), shown(&page.path));
        let place = shown(&folder.join(&page.below));
        let problem = format!("{one} and {two} would both be written to {place}");
        Some(Diagnostic::error("same-path", problem).help("write them into different folders"))
    })
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
        let folder = seeds::service_folder(path).unwrap_or(path);
        let services =
            self.0.entry(folder.to_owned()).or_insert_with(|| services_in(folder, output));
        let of_page = |service: &&Service| {
            service.resources.iter().any(|resource| resource.id == *page.overview.id)
        };
        convert::convert(&page, dialect, services.iter().find(of_page))
    }
}

/// What the pages of `folder` are bound to, where there is a service model beside them that fits. A
/// page can be written without.
fn services_in(folder: &Path, output: &mut Output) -> Vec<Service> {
    if !folder.join("service-2.json").exists() {
        return Vec::new();
    }
    if let Some(seeds) = seeds::read(folder, &shown(folder)).value {
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
fn find_all(paths: &[PathBuf]) -> Result<(Vec<Found>, usize), Diagnostic> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        let problem = format!("{} cannot be read: {error}", shown(path));
        Diagnostic::error("unreadable-path", problem).help("name a page, or a folder of pages")
    };
    let mut found = Vec::new();
    let mut lists = 0;
    for path in paths {
        if fs::metadata(path).map_err(|error| unreadable(path, &error))?.is_file() {
            let below = path.file_name().map(PathBuf::from).unwrap_or_default();
            found.push(Found { path: path.clone(), below });
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
        pages.sort();
        found.extend(pages.into_iter().map(|page| {
            let below = page.strip_prefix(path).map(Path::to_owned).unwrap_or_default();
            Found { path: page, below }
        }));
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

fn write_file(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}

fn failed(problems: &Diagnostics, output: &mut Output) -> ExitCode {
    output.diagnostics(problems);
    ExitCode::from(FAILED)
}
