//! Finds a page by its path or its name.
//!
//! A name is an id, `aws.iam_api.mfa_devices`, or a Rust path, `aws::iam_api::mfa_devices`. Its first parts may be
//! left out if the rest is unique. Case and underscores are ignored if no name matches exactly, because Rust names
//! have other ones.

use std::path::{Path, PathBuf};

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::folder;
use pagesmith_codegen::lower;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics};
use pagesmith_model::invariant;
use pagesmith_model::layout;
use pagesmith_model::page::{self, Method, Page};
use pagesmith_model::schema::Service;
use pagesmith_model::words::{did_you_mean, list_of};

use super::folders::check_seeds;
use super::output::Output;
use super::paths::shown;
use super::problem::value;

/// A page, with its resource if it is bound to a service model.
pub(super) struct Found {
    pub(super) page: Page,
    pub(super) resource: Option<lower::Resource>,
    /// The service, if the page is bound.
    pub(super) service: Option<Service>,
}

impl Found {
    /// The Rust method of a method of the page.
    pub(super) fn lowered(&self, method: &Method) -> Option<&lower::Method> {
        let mut methods = self.resource.as_ref()?.methods.iter();
        methods.find(|lowered| lowered.bound.full_name == *method.full_name)
    }

    /// The method with this name.
    pub(super) fn method(&self, name: &str) -> Result<&Method, Diagnostic> {
        method_of(&self.page, name).ok_or_else(|| {
            let known: Vec<&str> =
                self.page.methods.iter().map(|method| method.name.as_str()).collect();
            let id = &*self.page.overview.id;
            Diagnostic::error("no-such-method", format!("{id} has no method `{name}`"))
                .help(format!("its methods are {}", known.join(", ")))
        })
    }
}

/// The page at the path or with the name `wanted`, and the method at the end of the name.
pub(super) fn page(
    wanted: &str,
    seeds: &Path,
    output: &mut Output,
) -> Result<(Found, Option<String>), Diagnostics> {
    let (path, rest) = locate(wanted, seeds)?;
    let page = read(&path)?;
    let (resource, service) = bind(&path, &page, output).unzip();
    Ok((Found { page, resource, service }, rest))
}

/// The method of `names` that `wanted` means, or `None`.
///
/// # Errors
/// Several methods match, or `wanted` starts with the path of a page that cannot be read.
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
    let quality = |name: &&String| -> Match {
        let whole = parts(name);
        let [service @ .., resource, method] = whole.as_slice() else { return Match::No };
        let full_name = format!("{resource}_{method}");
        let by_full_name = [service, &[*resource, &*full_name]].concat();
        tail(&wanted_parts, &whole).max(tail(&wanted_parts, &by_full_name))
    };
    let found = best(names.iter().map(|name| (quality(&name), name)));
    match found.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        several => Err(ambiguous(wanted, several.iter().map(|name| name.as_str())).into()),
    }
}

/// The methods in `names` of the resource `wanted`.
#[cfg(feature = "call")]
pub(super) fn methods_of_resource<'n>(wanted: &str, names: &'n [String]) -> Vec<&'n str> {
    let wanted = parts(wanted);
    let split = names.iter().filter_map(|name| name.rsplit_once('.'));
    best(split.map(|(resource, method)| (tail(&wanted, &parts(resource)), method)))
}

fn read(path: &Path) -> Result<Page, Diagnostics> {
    value(page::read(path, &shown(path)))
}

/// Splits `mfa_devices.md.List` into the path of the page and the method.
fn of_path(wanted: &str) -> Option<(PathBuf, &str)> {
    let (page, method) = wanted.rsplit_once(".md.")?;
    let path = PathBuf::from(format!("{page}.md"));
    path.is_file().then_some((path, method))
}

/// The page with the id or Rust path `wanted`, or `None`.
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
    // Folders that cannot be read have no pages.
    let (files, _) = layout::files(seeds, &shown(seeds));
    let pages: Vec<([&str; 3], &Path)> =
        files.iter().filter_map(|file| Some((file.id()?, &*file.path))).collect();
    let named = |parts: &[&str]| best(pages.iter().map(|page| (tail(parts, &page.0), page)));
    let wanted_parts = parts(wanted);
    let mut found = named(&wanted_parts);
    let mut method = None;
    if let (true, Some((last, resource))) = (found.is_empty(), wanted_parts.split_last()) {
        found = named(resource);
        method = Some((*last).to_owned());
        if found.len() > 1 {
            // Perhaps only one of the pages has the method.
            found.retain(|(_, path)| read(path).is_ok_and(|page| method_of(&page, last).is_some()));
        }
    }
    match found.as_slice() {
        [(_, path)] => Ok((path.to_path_buf(), method)),
        [] => Err(not_found(wanted, seeds, &pages)),
        several => {
            let ids: Vec<String> = several.iter().map(|(id, _)| id.join(".")).collect();
            Err(ambiguous(wanted, ids.iter().map(String::as_str)))
        }
    }
}

/// How well a name matches the wanted name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    No,
    /// Except for case and underscores.
    Folded,
    Exact,
    /// Exactly, with all parts.
    Whole,
}

/// The candidates that match best.
fn best<T>(candidates: impl Iterator<Item = (Match, T)>) -> Vec<T> {
    let mut best = Match::Folded;
    let mut found = Vec::new();
    for (quality, candidate) in candidates {
        if quality > best {
            best = quality;
            found.clear();
        }
        if quality == best {
            found.push(candidate);
        }
    }
    found
}

/// How well `wanted` matches the last parts of `whole`.
fn tail(wanted: &[&str], whole: &[&str]) -> Match {
    let Some(skipped) = whole.len().checked_sub(wanted.len()) else { return Match::No };
    let pairs = || wanted.iter().zip(whole.iter().skip(skipped));
    if wanted.is_empty() || !pairs().all(|(wanted, part)| folded(wanted) == folded(part)) {
        Match::No
    } else if !pairs().all(|(wanted, part)| wanted == part) {
        Match::Folded
    } else if skipped > 0 {
        Match::Exact
    } else {
        Match::Whole
    }
}

/// Splits `aws::iam_api::mfa_devices` or `aws.iam_api.mfa_devices` into parts.
fn parts(name: &str) -> Vec<&str> {
    name.split("::").flat_map(|part| part.split('.')).collect()
}

/// The name without case and underscores: the same for `ListUsers` and `list_users`, or `Type` and `r#type`.
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
    Diagnostic::error("ambiguous-name", format!("`{wanted}` is ambiguous: it matches {names}"))
        .help("write more parts of the id")
}

fn not_found(wanted: &str, seeds: &Path, pages: &[([&str; 3], &Path)]) -> Diagnostic {
    // With as many parts as `wanted`.
    let parts = parts(wanted).len();
    let tails = pages.iter().map(|(id, _)| id.get(3_usize.saturating_sub(parts)..));
    let tails: Vec<String> = tails.flatten().map(|tail| tail.join(".")).collect();
    let hint = did_you_mean(wanted, tails.iter().map(String::as_str));
    Diagnostic::error("no-such-page", format!("there is no page `{wanted}`{hint}")).help(format!(
        "pass the path of a page, or the id of a page in {}, for example aws.iam_api.mfa_devices",
        shown(seeds)
    ))
}

fn bind(path: &Path, page: &Page, output: &mut Output) -> Option<(lower::Resource, Service)> {
    let folder = folder::service_folder(path)?;
    let Some(seeds) = folder::read_whatever_ids(folder, &shown(folder)).value else {
        output.note(
            "note: Rust names are left out, because the page has no service model, or does not match it",
        );
        return None;
    };
    seeds.services.into_iter().find_map(|service| Some((of(&service, page)?, service)))
}

fn of(service: &Service, page: &Page) -> Option<lower::Resource> {
    let at = service.resources.iter().position(|one| one.id == *page.overview.id)?;
    let sdk = lower::lower(std::slice::from_ref(service), &SdkSettings::default());
    let service = invariant!(sdk.services.into_iter().next(), "one service was lowered");
    Some(invariant!(service.resources.into_iter().nth(at), "every resource is lowered"))
}
