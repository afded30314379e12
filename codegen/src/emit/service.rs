//! The module of a service: its resources, what they share, and the service's own facts.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::ModuleDoc;
use super::naming::ServiceNames;
use crate::bind::Service;
use crate::prose;

/// The module of `service`.
pub(super) fn module(service: &Service, names: &ServiceNames) -> TokenStream {
    let facts = &service.metadata;
    let doc = ModuleDoc::new(format!(
        "The resources of `{}.{}`: {}, API version {}.",
        service.provider,
        service.name,
        prose::to_markdown(&facts.full_name),
        prose::to_markdown(&facts.api_version),
    ));
    let resources = names.resources.iter().map(|own| {
        let module = own.module.ident();
        // Without a word here: rustdoc would look here, and not in the module, for what the
        // module's own documentation links to.
        quote! {
            pub mod #module;
            pub use self::#module::#module;
        }
    });
    let types = (!service.shapes.is_empty()).then(|| quote! { pub mod types; });
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

        static SERVICE: pagesmith::runtime::Service<'static> = pagesmith::runtime::Service {
            id: #id,
            endpoint_prefix: #endpoint_prefix,
            signing_name: #signing_name,
            api_version: #api_version,
        };
    }
}
