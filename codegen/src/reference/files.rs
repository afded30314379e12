//! The documents that are generated beside the code.

use std::collections::BTreeMap;

use super::write;
use crate::bind::Service;
use crate::convert;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::emit::{self, File};
use crate::page::{self, Dialect, ResourceId};
use crate::seeds::Seeds;

/// The dialect in which every page is written beside its own.
const NEWEST: Dialect = Dialect::Tabs2026;

/// The documents of `seeds`, which are bound: for each page
///
/// ```text
/// aws/iam_api/mfa_devices.md            as it is, written back from what was read
/// aws/iam_api/mfa_devices.rust.md       the reference for Rust
/// tabs-2026/aws/iam_api/mfa_devices.md  in the newest dialect, with what the service model knows
/// ```
///
/// # Errors
/// The outcome has no value where a page cannot be written in the newest dialect.
pub fn files(seeds: &Seeds) -> Outcome<Vec<File>> {
    let mut files = Vec::new();
    let mut diagnostics = crate::diagnostic::Diagnostics::default();
    let bound: BTreeMap<&ResourceId, &Service> = seeds
        .services
        .iter()
        .flat_map(|service| service.resources.iter().map(move |one| (&one.id, service)))
        .collect();
    for page in seeds.folders.iter().flat_map(|folder| &folder.pages) {
        // A page that is not wanted is of no service.
        let Some(service) = bound.get(&page.overview.id.value) else { continue };
        let id = &*page.overview.id;
        let below = format!("{}/{}/{}", id.provider, id.service, id.resource);
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
    for service in &seeds.services {
        for (resource, outline) in service.resources.iter().zip(emit::outlines(service)) {
            let id = &resource.id;
            let path = format!("{}/{}/{}.rust.md", id.provider, id.service, id.resource);
            files.push(File { path, text: write::page(service, resource, &outline) });
        }
    }
    let value = (!diagnostics.has_errors()).then_some(files);
    Outcome { value, diagnostics }
}

fn not_canonical(page: &page::Page) -> Diagnostic {
    let name = page.source.name();
    Diagnostic::warning("not-canonical", format!("{name} is not laid out as its generator does"))
        .help(format!("it is written back otherwise; to see how, run: pagesmith docs {name}"))
}
