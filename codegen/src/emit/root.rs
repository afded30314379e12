//! The root of an SDK, with a module for each provider, and the modules of the providers.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::ModuleDoc;
use super::tokens;
use crate::lower::Sdk;
use crate::names::RustName;
use crate::settings::SdkSettings;
use crate::syntax;
use pagesmith_model::diagnostic::Diagnostic;

pub(super) struct Root<'a> {
    /// The modules of the services of each provider.
    pub(super) providers: BTreeMap<&'a RustName, BTreeSet<&'a RustName>>,
    settings: &'a SdkSettings,
}

impl<'a> Root<'a> {
    /// # Errors
    /// Where the visibility in the settings is not Rust.
    pub(super) fn new(sdk: &'a Sdk, settings: &'a SdkSettings) -> Result<Self, Diagnostic> {
        let mut providers: BTreeMap<&RustName, BTreeSet<&RustName>> = BTreeMap::new();
        for service in &sdk.services {
            providers.entry(&service.provider).or_default().insert(&service.module);
        }
        let visibility = settings.visibility.as_str();
        syntax::visibility(visibility).map_err(|error| {
            let problem = format!("`{visibility}` is not a Rust visibility: {error}");
            Diagnostic::error("bad-visibility", problem).help("write `pub` or `pub(crate)`")
        })?;
        Ok(Self { providers, settings })
    }

    /// The root module.
    pub(super) fn module(&self) -> TokenStream {
        let visibility = tokens::parse(&self.settings.visibility);
        let allowed = match (self.settings.visibility.as_str(), self.settings.feature_per_resource)
        {
            ("pub", false) => quote! {},
            // Without their features, resources do not use what they share.
            ("pub", true) => quote! { dead_code, },
            _ => quote! { dead_code, unreachable_pub, unused_imports, },
        };
        let modules = self.providers.keys();
        // The prose is the page's, and the service decides what a request takes and a structure has.
        quote! {
            #(
                #[allow(
                    #allowed
                    clippy::doc_markdown,
                    clippy::fn_params_excessive_bools,
                    clippy::should_implement_trait,
                    clippy::struct_excessive_bools,
                    clippy::struct_field_names,
                    clippy::too_long_first_doc_paragraph,
                    clippy::too_many_arguments,
                    clippy::too_many_lines,
                    clippy::type_complexity,
                    clippy::wildcard_imports,
                )]
                #visibility mod #modules;
            )*
        }
    }
}

/// The module of a provider.
pub(super) fn provider(name: &RustName, services: &BTreeSet<&RustName>) -> TokenStream {
    let doc = ModuleDoc::new(format!("The services of `{}`.", name.plain()));
    let services = services.iter();
    quote! { #doc #(pub mod #services;)* }
}
