//! The root of an SDK: a module for each provider.
//!
//! ```text
//! #[allow(…)]
//! pub mod aws; // or as far as the settings say
//! ```

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::naming::outer_module;
use super::paths;
use crate::settings::SdkSettings;
use pagesmith_model::diagnostic::Diagnostic;
use pagesmith_model::schema::Service;

pub(super) struct Root<'a> {
    /// The services of each provider.
    pub(super) providers: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Which is one: tokens cannot be shared among threads.
    visibility: &'a str,
    unused: Unused,
}

/// What may be in no use.
#[derive(Clone, Copy)]
enum Unused {
    Nothing,
    /// What only resources use, where their features are off.
    WithoutResources,
    /// Nobody outside can reach any of it.
    Anything,
}

impl<'a> Root<'a> {
    /// # Errors
    /// Where the settings have no visibility of Rust, which they do not where they were read.
    pub(super) fn new(
        services: &'a [Service],
        settings: &'a SdkSettings,
    ) -> Result<Self, Diagnostic> {
        let mut providers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for service in services {
            providers.entry(&service.provider).or_default().insert(&service.name);
        }
        let visibility = settings.visibility.as_str();
        paths::visibility(visibility).map_err(|error| {
            let problem = format!("`{visibility}` is not a Rust visibility: {error}");
            Diagnostic::error("bad-visibility", problem).help("write `pub` or `pub(crate)`")
        })?;
        let unused = match (visibility, settings.feature_per_resource) {
            ("pub", false) => Unused::Nothing,
            ("pub", true) => Unused::WithoutResources,
            _ => Unused::Anything,
        };
        Ok(Self { providers, visibility, unused })
    }
}

impl ToTokens for Root<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { providers, visibility, unused } = self;
        let visibility = paths::visibility(visibility).ok();
        let allowed = match unused {
            Unused::Nothing => quote! {},
            Unused::WithoutResources => quote! { dead_code, },
            Unused::Anything => quote! { dead_code, unreachable_pub, unused_imports, },
        };
        for provider in providers.keys() {
            let module = outer_module(provider).ident();
            // Prose is the page's own, and so are the names that it forgot to put between backquotes;
            // how much a call takes and a structure holds is for the service to say.
            tokens.extend(quote! {
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
                )]
                #visibility mod #module;
            });
        }
    }
}
