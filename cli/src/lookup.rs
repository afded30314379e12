//! A page by its path or its name, with what its folder's service model makes of it.
//!
//! A name is an id, `aws.iam_api.mfa_devices`, or what Rust calls it, `aws::iam_api::mfa_devices`. Its
//! first parts may be left out where the rest means one thing only. Rust writes words in lower case with
//! underscores between them, so names are also compared without regard to either.

use std::fs;
use std::path::{Path, PathBuf};

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::folder;
use pagesmith_codegen::lower;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics};
use pagesmith_model::page::{self, Method, Page};
use pagesmith_model::schema::Service;
use pagesmith_model::words::{did_you_mean, list_of};

use super::{Output, shown};

/// A page that was asked for.
pub(super) struct Found {
    pub(super) page: Page,
    pub(super) bound: Option<Bound>,
}

/// The page's resource, tied to the service model.
pub(super) struct Bound {
    pub(super) resource: lower::Resource,
}

impl Found {
    /// The method that is called `name`.
    pub(super) fn method(&self, name: &str) -> Result<&Method, Diagnostic> {
        method_of(&self.page, name).ok_or_else(|| {
            let known: Vec<&str> =
                self.page.methods.iter().map(|method| method.name.as_str()).collect();
            let id = &*self.page.overview.id;
            Diagnostic::error("no-such-method", format!("{id} has no method `{name}`"))
                .help(format!("it has {}", known.join(", ")))
        })
    }
}

/// The page at the path, or of the name, `wanted`, and the method that the name ends with.
pub(super) fn page(
    wanted: &str,
    seeds: &Path,
    output: &mut Output,
) -> Result<(Found, Option<String>), Diagnostics> {
    let (path, rest) = locate(wanted, seeds)?;
    let page = read(&path)?;
    let bound = bind(&path, &page, output);
    Ok((Found { page, bound }, rest))
}

/// The full name of the method `wanted` among `names`, which are full names themselves; `None` where
/// there is none.
///
/// # Errors
/// Where it could be several, or `wanted` begins with the path of a page that cannot be read.
#[cfg(feature = "call")]
pub(super) fn method<'n>(
    wanted: &str,
    names: &'n [String],
) -> Result<Option<&'n str>, Diagnostics> {
    let of_path = match of_path(wanted) {
        Some((path, method)) => Some(format!("{}.{method}", *read(&path)?.overview.id)),
        None => None,
    };
    let wanted = of_path.as_deref().unwrap_or(wanted);
    let wanted_parts = parts(wanted);
    let likeness = |name: &&String| -> Likeness {
        let whole = parts(name);
        let Some((method, resource)) = whole.split_last() else { return Likeness::No };
        let full_name = format!("{}_{method}", resource.last().copied().unwrap_or_default());
        let by_full_name: Vec<&str> = resource.iter().copied().chain([&*full_name]).collect();
        tail(&wanted_parts, &whole).max(tail(&wanted_parts, &by_full_name))
    };
    let found = best(names.iter().map(|name| (likeness(&name), name)));
    match found.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        several => Err(ambiguous(wanted, several.iter().map(|name| name.as_str())).into()),
    }
}

/// The methods among `names` of the resource `wanted`.
#[cfg(feature = "call")]
pub(super) fn methods_of_resource<'n>(wanted: &str, names: &'n [String]) -> Vec<&'n str> {
    let wanted = parts(wanted);
    let split = names.iter().filter_map(|name| name.rsplit_once('.'));
    best(split.map(|(resource, method)| (tail(&wanted, &parts(resource)), method)))
}

/// Says so where the folder of pages is not there.
pub(super) fn check_seeds(seeds: &Path) -> Result<(), Diagnostic> {
    let problem = match fs::metadata(seeds) {
        Ok(found) if found.is_dir() => return Ok(()),
        Ok(_) => format!("{} is not a folder", shown(seeds)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            format!("there is no folder {}", shown(seeds))
        }
        Err(error) => format!("the folder {} cannot be read: {error}", shown(seeds)),
    };
    Err(Diagnostic::error("unreadable-folder", problem)
        .help("name the folder of pages and service models: --seeds DIR"))
}

fn read(path: &Path) -> Result<Page, Diagnostics> {
    let outcome = page::read(path, &shown(path));
    outcome.value.ok_or(outcome.diagnostics)
}

/// The page and the method of `mfa_devices.md.List`.
fn of_path(wanted: &str) -> Option<(PathBuf, &str)> {
    let (page, method) = wanted.rsplit_once(".md.")?;
    let path = PathBuf::from(format!("{page}.md"));
    path.is_file().then_some((path, method))
}

/// The page below `seeds` that `wanted` names, by its id or its name in Rust; `None` where it names none, or a method.
pub(super) fn page_path(wanted: &str, seeds: &Path) -> Option<PathBuf> {
    locate(wanted, seeds).ok().filter(|(_, method)| method.is_none()).map(|(path, _)| path)
}

fn locate(wanted: &str, seeds: &Path) -> Result<(PathBuf, Option<String>), Diagnostic> {
    let path = PathBuf::from(wanted);
    if path.is_file() {
        return Ok((path, None));
    }
    if let Some((path, method)) = of_path(wanted) {
        return Ok((path, Some(method.to_owned())));
    }
    check_seeds(seeds)?;
    let places = places(seeds);
    let named =
        |parts: &[&str]| best(places.iter().map(|place| (tail(parts, &place.parts()), place)));
    let wanted_parts = parts(wanted);
    let mut found = named(&wanted_parts);
    let mut method = None;
    if let (true, Some((last, resource))) = (found.is_empty(), wanted_parts.split_last()) {
        found = named(resource);
        method = Some((*last).to_owned());
        if found.len() > 1 {
            // Only one of them may have the method.
            found.retain(|place| {
                read(&place.path).is_ok_and(|page| method_of(&page, last).is_some())
            });
        }
    }
    match found.as_slice() {
        [only] => Ok((only.path.clone(), method)),
        [] => Err(not_found(wanted, seeds, &places)),
        several => {
            let ids: Vec<String> = several.iter().map(|place| place.id.join(".")).collect();
            Err(ambiguous(wanted, ids.iter().map(String::as_str)))
        }
    }
}

/// Where a page is, as its place says.
struct Place {
    id: [String; 3],
    path: PathBuf,
}

impl Place {
    fn parts(&self) -> Vec<&str> {
        self.id.iter().map(String::as_str).collect()
    }
}

/// The pages below `seeds`, PROVIDER/SERVICE/RESOURCE.md or PROVIDER/SERVICE/RESOURCE/index.md. What
/// cannot be read has none.
fn places(seeds: &Path) -> Vec<Place> {
    let mut places = Vec::new();
    for (provider, folder) in entries(seeds) {
        for (service, folder) in entries(&folder) {
            for (name, path) in entries(&folder) {
                let index = path.join("index.md");
                let (resource, path) = match name.strip_suffix(".md") {
                    Some("index") => continue,
                    Some(resource) if path.is_file() => (resource.to_owned(), path),
                    None if index.is_file() => (name, index),
                    _ => continue,
                };
                places.push(Place { id: [provider.clone(), service.clone(), resource], path });
            }
        }
    }
    places
}

/// The names and paths of what is in `folder`, by name.
fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
    let read = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = read
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .collect();
    found.sort();
    found
}

/// How well a name fits what was asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    No,
    /// But for case and underscores.
    Folded,
    Exact,
    /// With nothing left out.
    Whole,
}

/// Those of the best likeness.
fn best<T>(candidates: impl Iterator<Item = (Likeness, T)>) -> Vec<T> {
    let mut best = Likeness::Folded;
    let mut found = Vec::new();
    for (likeness, candidate) in candidates {
        if likeness > best {
            best = likeness;
            found.clear();
        }
        if likeness == best {
            found.push(candidate);
        }
    }
    found
}

/// How `wanted` is like the last parts of `whole`.
fn tail(wanted: &[&str], whole: &[&str]) -> Likeness {
    let Some(skipped) = whole.len().checked_sub(wanted.len()) else { return Likeness::No };
    let pairs = || wanted.iter().zip(whole.iter().skip(skipped));
    if wanted.is_empty() || !pairs().all(|(wanted, part)| folded(wanted) == folded(part)) {
        Likeness::No
    } else if !pairs().all(|(wanted, part)| wanted == part) {
        Likeness::Folded
    } else if skipped > 0 {
        Likeness::Exact
    } else {
        Likeness::Whole
    }
}

/// `aws::iam_api::mfa_devices` and `aws.iam_api.mfa_devices`, in their parts.
fn parts(name: &str) -> Vec<&str> {
    name.split("::").flat_map(|part| part.split('.')).collect()
}

/// `ListUsers` and `list_users` are the same, as are `Type` and `r#type`.
fn folded(name: &str) -> String {
    let name = name.strip_prefix("r#").unwrap_or(name);
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

fn method_of<'p>(page: &'p Page, name: &str) -> Option<&'p Method> {
    let is_named = |method: &&Method| method.name == name || *method.full_name == name;
    let is_like = |method: &&Method| {
        [&*method.name, &**method.full_name].iter().any(|known| folded(known) == folded(name))
    };
    page.methods.iter().find(is_named).or_else(|| page.methods.iter().find(is_like))
}

fn ambiguous<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Diagnostic {
    let names = list_of(names);
    Diagnostic::error("ambiguous-name", format!("`{wanted}` could be {names}"))
        .help("write as much of the id as tells them apart")
}

fn not_found(wanted: &str, seeds: &Path, places: &[Place]) -> Diagnostic {
    // With as much in front as was given.
    let parts = parts(wanted).len();
    let tails = places.iter().map(|place| place.id.get(3_usize.saturating_sub(parts)..));
    let tails: Vec<String> = tails.flatten().map(|tail| tail.join(".")).collect();
    let hint = did_you_mean(wanted, tails.iter().map(String::as_str));
    Diagnostic::error("no-such-page", format!("there is no page `{wanted}`{hint}")).help(format!(
        "name the path of a page, or the id of one below {}: aws.iam_api.mfa_devices",
        shown(seeds)
    ))
}

fn bind(path: &Path, page: &Page, output: &mut Output) -> Option<Bound> {
    let folder = folder::service_folder(path)?;
    let Some(seeds) = folder::read_whatever_ids(folder, &shown(folder)).value else {
        output.note(
            "note: there is no service model beside the page that fits it, so the names in Rust are left out",
        );
        return None;
    };
    seeds.services.iter().find_map(|service| of(service, page))
}

fn of(service: &Service, page: &Page) -> Option<Bound> {
    let at = service.resources.iter().position(|one| one.id == *page.overview.id)?;
    let sdk = lower::lower(std::slice::from_ref(service), &SdkSettings::default());
    let resource = sdk.services.into_iter().next()?.resources.into_iter().nth(at)?;
    Some(Bound { resource })
}
