//! The module of a service: its resources, what they share, and the service's own facts.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::ModuleDoc;
use super::gated::Gated;
use super::naming::ServiceNames;
use crate::Gate;
use crate::prose;
use pagesmith_model::page::ResourceId;
use pagesmith_model::schema::Service;

/// The module of `service`.
pub(super) fn module(
    service: &Service,
    names: &ServiceNames,
    features: &BTreeMap<&ResourceId, String>,
) -> TokenStream {
    let facts = &service.metadata;
    let doc = ModuleDoc::new(format!(
        "The resources of `{}.{}`: {}, API version {}.",
        service.provider,
        service.name,
        prose::to_markdown(&facts.full_name),
        prose::to_markdown(&facts.api_version),
    ));
    let resources = service.resources.iter().zip(&names.resources).map(|(resource, own)| {
        let module = own.module.ident();
        let gate = features.get(&resource.id).map_or(Gate::On, |name| Gate::Feature(name.clone()));
        // Without a word here: rustdoc would look here, and not in the module, for what the
        // module's own documentation links to.
        let declared = Gated { gate: &gate, code: quote! { pub mod #module; } };
        let function = Gated { gate: &gate, code: quote! { pub use self::#module::#module; } };
        quote! { #declared #function }
    });
    let types = (!service.schemas.is_empty()).then(|| quote! { pub mod types; });
    let error_code = (!service.error_codes.is_empty()).then(|| {
        quote! {
            mod error_code;
            pub use self::error_code::ErrorCode;
        }
    });
    let id = &facts.service_id;
    let endpoint_prefix = &facts.endpoint_prefix;
    let signing_name = &facts.signing_name;
    let api_version = &facts.api_version;
    quote! {
        #doc
        #error_code
        #(#resources)*
        #types

        static SERVICE: pagesmith_runtime::codegen::Service<'static> = pagesmith_runtime::codegen::Service {
            id: #id,
            endpoint_prefix: #endpoint_prefix,
            signing_name: #signing_name,
            api_version: #api_version,
        };
    }
}
