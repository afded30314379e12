//! Lint: where page and service model do not say the same, and what can be told of a page's links
//! without following them.
//!
//! Binding refuses what cannot be generated; what is found here can be, and somebody should look.

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
use pagesmith_model::page::ResourceId;
use pagesmith_model::schema::{Resource, Service};

/// Everything that is found in the pages of `folder` and the model beside them. What keeps them from
/// being bound is part of it.
#[must_use]
pub fn lint(folder: &Folder) -> Diagnostics {
    let Folder { pages, model, overrides } = folder;
    let bound = bind::bind(pages, model, overrides);
    let mut diagnostics = bound.diagnostics;
    let service = bound.value;
    if let Some(service) = &service {
        params::check(pages, service, model, &mut diagnostics);
        fields::check(pages, service, model, &mut diagnostics);
    }
    for page in pages {
        links::check(page, &mut diagnostics);
    }
    diagnostics
}

/// The resources of `service` by their ids.
fn by_id(service: &Service) -> BTreeMap<&ResourceId, &Resource> {
    service.resources.iter().map(|resource| (&resource.id, resource)).collect()
}

/// Whether one of `diagnostics` is at least as bad as `severity`.
#[must_use]
pub fn reaches(diagnostics: &Diagnostics, severity: Severity) -> bool {
    diagnostics.iter().any(|found| found.severity() >= severity)
}
