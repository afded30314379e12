//! A page by its path or its id, with what its folder's service model makes of it.

use std::path::{Path, PathBuf};

use pagesmith_codegen::bind::{Resource, Service};
use pagesmith_codegen::diagnostic::{Diagnostic, Diagnostics};
use pagesmith_codegen::emit::{self, Outline};
use pagesmith_codegen::page::{self, Page};
use pagesmith_codegen::seeds;

use super::{Output, shown};

/// A page that was asked for.
pub(super) struct Found {
    pub(super) page: Page,
    pub(super) bound: Option<Bound>,
}

/// The page's resource, tied to the service model.
pub(super) struct Bound {
    pub(super) resource: Resource,
    pub(super) outline: Outline,
}

/// The page at the path, or of the id, `wanted`, and the name behind it that is none of either.
pub(super) fn page(
    wanted: &str,
    below: &Path,
    output: &mut Output,
) -> Result<(Found, Option<String>), Diagnostics> {
    let (path, rest) = locate(wanted, below)?;
    let outcome = page::read(&path, &shown(&path));
    let Some(page) = outcome.value else {
        return Err(outcome.diagnostics);
    };
    let bound = bind(&path, &page, output);
    Ok((Found { page, bound }, rest))
}

fn locate(wanted: &str, below: &Path) -> Result<(PathBuf, Option<String>), Diagnostic> {
    let path = PathBuf::from(wanted);
    if path.is_file() {
        return Ok((path, None));
    }
    // `mfa_devices.md.List`
    if let Some((page, method)) = wanted.rsplit_once(".md.")
        && Path::new(&format!("{page}.md")).is_file()
    {
        return Ok((PathBuf::from(format!("{page}.md")), Some(method.to_owned())));
    }
    let parts: Vec<&str> = wanted.splitn(4, '.').collect();
    let (id, method) = match parts.as_slice() {
        [provider, service, resource] => ([provider, service, resource], None),
        [provider, service, resource, method] => ([provider, service, resource], Some(*method)),
        _ => return Err(not_found(wanted, below)),
    };
    let [provider, service, resource] = id;
    let folder = below.join(provider).join(service);
    let paths = [folder.join(format!("{resource}.md")), folder.join(resource).join("index.md")];
    let is_name = |part: &&str| !part.contains(['/', '\\']) && *part != "..";
    if id.into_iter().all(is_name)
        && let Some(path) = paths.into_iter().find(|path| path.is_file())
    {
        return Ok((path, method.map(str::to_owned)));
    }
    Err(not_found(wanted, below))
}

fn not_found(wanted: &str, below: &Path) -> Diagnostic {
    Diagnostic::error("no-such-page", format!("there is no page `{wanted}`")).help(format!(
        "name the path of a page, or the id of one below {}: aws.iam_api.mfa_devices",
        shown(below)
    ))
}

fn bind(path: &Path, page: &Page, output: &mut Output) -> Option<Bound> {
    let folder = seeds::service_folder(path)?;
    let Some(seeds) = seeds::read(folder, &shown(folder)).value else {
        output.note("note: there is no service model beside the page that fits, so that nothing is said of Rust");
        return None;
    };
    seeds.services.iter().find_map(|service| of(service, page))
}

fn of(service: &Service, page: &Page) -> Option<Bound> {
    let at = service.resources.iter().position(|one| one.id == *page.overview.id)?;
    let resource = service.resources.get(at)?.clone();
    let outline = emit::outlines(service).into_iter().nth(at)?;
    Some(Bound { resource, outline })
}
