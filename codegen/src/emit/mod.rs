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
mod docs;
mod gated;
mod naming;
mod open_enum;
mod outline;
mod required;
mod resource;
mod service;
mod structure;
mod table;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use self::docs::ModuleDoc;
use self::naming::ServiceNames;
pub use self::outline::{Outline, OutlineMember, OutlineMethod, outlines};
use crate::bind::Service;
use crate::diagnostic::Diagnostic;
pub use crate::files::File;
use crate::names::WireName;
use crate::page::ResourceId;

/// The files of the SDK of `services`, sorted by path.
///
/// # Errors
/// Where what was emitted is no Rust, which is a mistake in this crate.
pub fn emit(services: &[Service]) -> Result<Vec<File>, Diagnostic> {
    let named: Vec<(&Service, ServiceNames)> =
        services.iter().map(|service| (service, ServiceNames::assign(service))).collect();
    let mut providers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for service in services {
        providers.entry(&service.provider).or_default().insert(&service.name);
    }
    let mut jobs: Vec<Job<'_>> =
        named.iter().flat_map(|(service, names)| service_jobs(service, names)).collect();
    for (provider, services) in &providers {
        let path = format!("{}/mod.rs", WireName(provider).to_snake().plain());
        jobs.push(Job::new(path, None, move || provider_module(provider, services)));
    }
    jobs.push(Job::new("mod.rs".to_owned(), None, || root_module(&providers)));
    let mut files = run(&jobs)?;
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
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

fn service_jobs<'a>(service: &'a Service, names: &'a ServiceNames) -> Vec<Job<'a>> {
    let provider = WireName(&service.provider).to_snake();
    let module = WireName(&service.name).to_snake();
    let below = format!("{}/{}", provider.plain(), module.plain());
    let mut jobs =
        vec![Job::new(format!("{below}/mod.rs"), None, || service::module(service, names))];
    if !service.error_codes.is_empty() {
        let code = || open_enum::error_code(&service.error_codes);
        jobs.push(Job::new(format!("{below}/error_code.rs"), None, code));
    }
    if !service.shapes.is_empty() {
        let code = || types::module(service, names);
        jobs.push(Job::new(format!("{below}/types.rs"), None, code));
    }
    for (resource, own) in service.resources.iter().zip(&names.resources) {
        let path = format!("{below}/{}.rs", own.module.plain());
        let code = move || resource::module(service, resource, names, own);
        jobs.push(Job::new(path, Some(&resource.id), code));
    }
    jobs
}

fn provider_module(provider: &str, services: &BTreeSet<&str>) -> TokenStream {
    let modules = services.iter().map(|service| {
        let module = WireName(service).to_snake().ident();
        quote! { pub mod #module; }
    });
    let doc = ModuleDoc::new(format!("The services of `{provider}` that have pages."));
    quote! { #doc #(#modules)* }
}

fn root_module(providers: &BTreeMap<&str, BTreeSet<&str>>) -> TokenStream {
    let modules = providers.keys().map(|provider| {
        let module = WireName(provider).to_snake().ident();
        // Prose is the page's own, and so are the names that it forgot to put between backquotes;
        // how much a call takes and a structure holds is for the service to say.
        quote! {
            #[allow(
                clippy::doc_markdown,
                clippy::fn_params_excessive_bools,
                clippy::should_implement_trait,
                clippy::struct_excessive_bools,
                clippy::struct_field_names,
                clippy::too_long_first_doc_paragraph,
                clippy::too_many_arguments,
                clippy::too_many_lines,
                clippy::type_complexity,
            )]
            pub mod #module;
        }
    });
    quote! { #(#modules)* }
}

/// The files of `jobs`. Formatting is most of the work of a run, and each file's is its
/// own, so many of them are shared out among threads.
fn run(jobs: &[Job<'_>]) -> Result<Vec<File>, Diagnostic> {
    /// Below this a thread costs more than it saves.
    const JOBS_A_THREAD: usize = 8;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = cores.min(jobs.len() / JOBS_A_THREAD).max(1);
    if threads == 1 {
        return jobs.iter().map(file).collect();
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|first| {
                let share = jobs.iter().skip(first).step_by(threads);
                scope.spawn(move || share.map(file).collect::<Result<Vec<_>, _>>())
            })
            .collect();
        let mut files = Vec::with_capacity(jobs.len());
        for worker in workers {
            match worker.join() {
                Ok(share) => files.extend(share?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(files)
    })
}

/// Formats the code of `job` and puts the header in front.
fn file(job: &Job<'_>) -> Result<File, Diagnostic> {
    let Job { path, page, code } = job;
    let parsed = syn::parse2::<syn::File>(code()).map_err(|error| {
        Diagnostic::error(
            "emitted-no-rust",
            format!("what was emitted for {path} is no Rust: {error}"),
        )
        .help("this is a mistake in pagesmith-codegen; please report it with the page")
    })?;
    // By its id, and not by its path, which depends on where it is generated.
    let from = page.map(|id| format!(" from the page {id}")).unwrap_or_default();
    let text = format!(
        "// @generated by pagesmith{from}. Changes are lost: change the page instead.\n\n{}",
        spaced(parsed)
    );
    Ok(File { path: path.clone(), text })
}

/// Item by item, since only this puts a blank line between them; `use` and `mod` stand together.
fn spaced(mut file: syn::File) -> String {
    let items = std::mem::take(&mut file.items);
    let mut text = prettyplease::unparse(&file);
    file.attrs.clear();
    let mut before = None;
    for item in items {
        let kind = std::mem::discriminant(&item);
        let stands_together = matches!(item, syn::Item::Use(_) | syn::Item::Mod(_));
        if !(text.is_empty() || stands_together && before == Some(kind)) {
            text.push('\n');
        }
        before = Some(kind);
        file.items = vec![item];
        text.push_str(&prettyplease::unparse(&file));
    }
    text
}
