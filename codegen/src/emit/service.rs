//! The module of a service: its resources, what they share, and the service's facts.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::ModuleDoc;
use super::gated::Gated;
use super::tokens;
use crate::lower::Service;
use crate::prose;
use crate::{Gate, SdkSettings};

/// The module of `service`.
pub(super) fn module(service: &Service, settings: &SdkSettings) -> TokenStream {
    let bound = &service.bound;
    let facts = &bound.metadata;
    let doc = ModuleDoc::new(format!(
        "The resources of `{}.{}`: {}, API version {}.",
        bound.provider,
        bound.name,
        prose::to_markdown(&facts.full_name),
        prose::to_markdown(&facts.api_version),
    ));
    let resources = service.resources.iter().map(|resource| {
        let module = &resource.module;
        let gate = resource.feature.clone().map_or(Gate::On, Gate::Feature);
        // Without documentation: rustdoc would resolve the links of the module's own documentation here.
        let module_item = Gated { gate: &gate, code: quote! { pub mod #module; } };
        let function = Gated { gate: &gate, code: quote! { pub use self::#module::#module; } };
        quote! { #module_item #function }
    });
    let types = (!service.types.is_empty()).then(|| quote! { pub mod types; });
    let error_code = (!service.error_codes.is_empty()).then(|| {
        quote! {
            mod error_code;
            pub use self::error_code::ErrorCode;
        }
    });
    let runtime = tokens::parse(&settings.runtime);
    let id = &facts.service_id;
    let endpoint_prefix = &facts.endpoint_prefix;
    let signing_name = facts.signing_name();
    let api_version = &facts.api_version;
    quote! {
        #doc
        #error_code
        #(#resources)*
        #types

        static SERVICE: #runtime::codegen::Service<'static> = #runtime::codegen::Service {
            id: #id,
            endpoint_prefix: #endpoint_prefix,
            signing_name: #signing_name,
            api_version: #api_version,
            protocol: #runtime::codegen::AWS_QUERY,
            target_prefix: None,
        query_compatible: false,
            xml_namespace: None,
        };
    }
}
