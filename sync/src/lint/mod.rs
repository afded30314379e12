//! Finds differences between pages and their service models, and broken links.
//!
//! Binding reports what prevents generating an SDK. Lint reports what does not prevent it but is probably wrong. Links
//! are checked without a request.

mod datatypes;
mod fields;
mod links;
mod output;
mod params;
pub mod rules;

use std::collections::BTreeMap;

pub use self::output::{JSON_VERSION, render};
use pagesmith_codegen::folder::Folder;
use pagesmith_model::bind;
use pagesmith_model::diagnostic::{Diagnostics, Severity};
use pagesmith_model::page::{Page, ResourceId};
use pagesmith_model::schema::Resource;

/// Checks the pages of `folder` against their service model. The result includes the diagnostics of binding.
#[must_use]
pub fn lint(folder: &Folder) -> Diagnostics {
    let Folder { pages, model, overrides } = folder;
    let bound = bind::bind(pages, model, overrides);
    let mut diagnostics = bound.diagnostics;
    let service = bound.value;
    if let Some(service) = &service {
        let resources = service.resources.iter().map(|resource| (&resource.id, resource));
        let resources: BTreeMap<&ResourceId, &Resource> = resources.collect();
        let resource = |page: &Page| resources.get(&*page.overview.id).copied();
        params::check_operations(service, model, &mut diagnostics);
        for (page, resource) in pages.iter().filter_map(|page| Some((page, resource(page)?))) {
            params::check(page, resource, &mut diagnostics);
        }
        for (page, resource) in pages.iter().filter_map(|page| Some((page, resource(page)?))) {
            fields::check(page, resource, model, &mut diagnostics);
        }
    }
    for page in pages {
        links::check(page, &mut diagnostics);
    }
    diagnostics
}

/// Whether one of `diagnostics` has at least `severity`.
#[must_use]
pub fn reaches(diagnostics: &Diagnostics, severity: Severity) -> bool {
    diagnostics.iter().any(|found| found.severity() >= severity)
}
