//! Emitting: a bound service becomes the Rust of its SDK. No IO, and no decisions that binding has made.
//!
//! One file a resource, and beside them what they share:
//!
//! ```text
//! mod.rs                      pub mod aws;
//! aws/mod.rs                  pub mod iam_api;
//! aws/iam_api/mod.rs          the resources, the service's facts
//! aws/iam_api/mfa_devices.rs  one resource: handle, row, request builders, outputs
//! aws/iam_api/types.rs        structures and enums that methods take and give
//! aws/iam_api/error_code.rs   the codes of errors, as an open enum
//! ```

mod builder;
mod derives;
mod docs;
mod features;
mod format;
mod gated;
mod made;
mod naming;
mod open_enum;
mod outline;
mod paths;
mod required;
mod resource;
mod root;
mod service;
mod structure;
mod table;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use self::docs::ModuleDoc;
use self::naming::{ServiceNames, outer_module};
pub use self::outline::{Outline, OutlineMember, OutlineMethod, outlines};
use self::root::Root;
use crate::SdkSettings;
pub use crate::files::File;
use pagesmith_model::bind::Service;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics};
use pagesmith_model::page::ResourceId;
use pagesmith_model::threads;

/// The files of the SDK of `services`, sorted by path.
///
/// # Errors
/// Where the settings name what is not generated, or what no Rust can be made of.
pub fn emit(services: &[Service], settings: &SdkSettings) -> Result<Vec<File>, Diagnostics> {
    with_jobs(services, settings, |jobs| {
        // This is most of the work of a run, and each file's is its own.
        let files: Result<Vec<File>, Diagnostic> = threads::map(jobs, file).into_iter().collect();
        let mut files = files?;
        files.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(files)
    })
}

/// Hands `act` what gives the files of `services`.
fn with_jobs<T>(
    services: &[Service],
    settings: &SdkSettings,
    act: impl FnOnce(&[Job<'_>]) -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    let named = named(services);
    let mut problems = Diagnostics::default();
    derives::check(&named, settings, &mut problems);
    let root = Root::new(services, settings);
    let root = root.map_err(|problem| problems.push(problem)).ok().filter(|_| problems.is_empty());
    let Some(root) = root else { return Err(problems) };
    let features = features_of(&named, settings);
    let mut jobs: Vec<Job<'_>> = named
        .iter()
        .flat_map(|(service, names)| service_jobs(service, settings, names, &features))
        .collect();
    for (provider, services) in &root.providers {
        let path = format!("{}/mod.rs", outer_module(provider).plain());
        jobs.push(Job::new(path, None, move || provider_module(provider, services)));
    }
    jobs.push(Job::new("mod.rs".to_owned(), None, || root.to_token_stream()));
    act(&jobs)
}

/// The features that the resources of `services` stand behind, sorted; none where they stand behind none.
#[must_use]
pub fn features(services: &[Service], settings: &SdkSettings) -> Vec<String> {
    if !settings.feature_per_resource {
        return Vec::new();
    }
    let mut names: Vec<String> = features_of(&named(services), settings).into_values().collect();
    names.sort();
    names
}

fn named(services: &[Service]) -> Vec<(&Service, ServiceNames)> {
    services.iter().map(|service| (service, ServiceNames::assign(service))).collect()
}

fn features_of<'a>(
    named: &[(&'a Service, ServiceNames)],
    settings: &SdkSettings,
) -> BTreeMap<&'a ResourceId, String> {
    if settings.feature_per_resource {
        features::by_resource(named, settings)
    } else {
        BTreeMap::new()
    }
}

/// A file to be: where, from which page, and what gives its code.
struct Job<'a> {
    path: String,
    page: Option<&'a ResourceId>,
    code: Box<dyn Fn() -> TokenStream + Sync + 'a>,
}

impl<'a> Job<'a> {
    fn new(
        path: String,
        page: Option<&'a ResourceId>,
        code: impl Fn() -> TokenStream + Sync + 'a,
    ) -> Self {
        Self { path, page, code: Box::new(code) }
    }
}

fn service_jobs<'a>(
    service: &'a Service,
    settings: &'a SdkSettings,
    names: &'a ServiceNames,
    features: &'a BTreeMap<&ResourceId, String>,
) -> Vec<Job<'a>> {
    let provider = outer_module(&service.provider);
    let module = outer_module(&service.name);
    let below = format!("{}/{}", provider.plain(), module.plain());
    let mut jobs = vec![Job::new(format!("{below}/mod.rs"), None, || {
        service::module(service, names, features)
    })];
    if !service.error_codes.is_empty() {
        let code = || open_enum::error_code(&service.error_codes);
        jobs.push(Job::new(format!("{below}/error_code.rs"), None, code));
    }
    if !service.shapes.is_empty() {
        let code = || types::module(service, settings, names);
        jobs.push(Job::new(format!("{below}/types.rs"), None, code));
    }
    for (resource, own) in service.resources.iter().zip(&names.resources) {
        let path = format!("{below}/{}.rs", own.module.plain());
        let code = move || resource::module(service, settings, resource, names, own);
        jobs.push(Job::new(path, Some(&resource.id), code));
    }
    jobs
}

fn provider_module(provider: &str, services: &BTreeSet<&str>) -> TokenStream {
    let modules = services.iter().map(|service| {
        let module = outer_module(service).ident();
        quote! { pub mod #module; }
    });
    let doc = ModuleDoc::new(format!("The services of `{provider}` that have pages."));
    quote! { #doc #(#modules)* }
}

/// Formats the code of `job` and puts the header in front.
fn file(job: &Job<'_>) -> Result<File, Diagnostic> {
    let Job { path, page, code } = job;
    // By its id, and not by its path, which depends on where it is generated.
    let from = page.map(|id| format!(" from the page {id}")).unwrap_or_default();
    let code = format::file(code()).map_err(|error| {
        Diagnostic::error("generated-code", format!("the code of {path} is not Rust: {error}"))
            .help("this is a bug in pagesmith; please report it with the page")
    })?;
    let text = format!(
        "// @generated by pagesmith{from}. Changes are lost: change the page instead.\n\n{code}"
    );
    Ok(File { path: path.clone(), text })
}
