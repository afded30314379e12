//! The documents that are generated beside the code.

use std::collections::BTreeMap;

use crate::convert;
use pagesmith_codegen::emit::File;
use pagesmith_codegen::folder::Seeds;
use pagesmith_codegen::lower;
use pagesmith_codegen::reference;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome};
use pagesmith_model::page::{self, Dialect, ResourceId};
use pagesmith_model::schema::Service;

/// Every page is also written in this dialect.
const NEWEST: Dialect = Dialect::Tabs2026;

/// The documents of the bound pages in `seeds`. For each page:
///
/// ```text
/// aws/iam_api/mfa_devices.md            the page, written from the parsed page
/// aws/iam_api/mfa_devices.rust.md       the Rust reference
/// tabs-2026/aws/iam_api/mfa_devices.md  the page in the newest dialect, with facts from the service model
/// ```
///
/// # Errors
/// The outcome has no value if a page cannot be written in the newest dialect.
pub fn files(seeds: &Seeds) -> Outcome<Vec<File>> {
    let mut files = Vec::new();
    let mut diagnostics = Diagnostics::default();
    let bound: BTreeMap<&ResourceId, &Service> = seeds
        .services
        .iter()
        .flat_map(|service| service.resources.iter().map(move |one| (&one.id, service)))
        .collect();
    let paths = paths(bound.keys().copied());
    for page in seeds.folders.iter().flat_map(|folder| &folder.pages) {
        // The settings can leave out pages, which are then not bound.
        let Some(service) = bound.get(&page.overview.id.value) else { continue };
        let Some(below) = paths.get(&page.overview.id.value) else { continue };
        let text = page::render(page);
        if text != page.source.text() {
            diagnostics.push(not_canonical(page));
        }
        files.push(File { path: format!("{below}.md"), text });
        if page.dialect != NEWEST {
            let converted = convert::convert(page, NEWEST, Some(service));
            diagnostics.append(converted.diagnostics);
            files.extend(converted.value.map(|converted| File {
                path: format!("{NEWEST}/{below}.md"),
                text: converted.page.source.text().to_owned(),
            }));
        }
    }
    for service in &lower::lower(&seeds.services, &seeds.settings).services {
        for resource in &service.resources {
            let Some(below) = paths.get(&resource.id) else { continue };
            let path = format!("{below}.rust.md");
            files.push(File { path, text: reference::page(service, resource, &seeds.settings) });
        }
    }
    let value = (!diagnostics.has_errors()).then_some(files);
    Outcome { value, diagnostics }
}

/// The paths of the documents of `ids`, without file extensions. Paths that differ only in case would be the same file
/// on some file systems, so they get numbers; names in lower case come first.
fn paths<'a>(ids: impl Iterator<Item = &'a ResourceId>) -> BTreeMap<&'a ResourceId, String> {
    let path = |id: &ResourceId| format!("{}/{}/{}", id.provider, id.service, id.resource);
    let mut ids: Vec<&ResourceId> = ids.collect();
    ids.sort_by_key(|id| path(id).chars().any(|character| character.is_ascii_uppercase()));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut paths = BTreeMap::new();
    for id in ids {
        let mut path = path(id);
        let uses = taken.entry(path.to_ascii_lowercase()).or_default();
        *uses += 1;
        if *uses > 1 {
            path = format!("{path}-{uses}");
        }
        paths.insert(id, path);
    }
    paths
}

fn not_canonical(page: &page::Page) -> Diagnostic {
    let name = page.source.name();
    Diagnostic::warning(
        "not-canonical",
        format!("{name} does not have the layout of its generator"),
    )
    .help(format!("to see the expected layout, run: pagesmith docs {name}"))
}
