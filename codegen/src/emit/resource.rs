//! The module of a resource: the handle, the row, the request and output of each method, and the methods; then the traits
//! of required params.
//!
//! ```text
//! runtime::codegen::resource! { pub fn mfa_devices(client) -> MfaDevices; }
//! runtime::codegen::structure! { pub struct MfaDevice { … } }
//!
//! runtime::codegen::request! { pub struct ListMfaDevices { … } }
//! runtime::codegen::structure! { pub struct ListMfaDevicesOutput { … } }
//! impl MfaDevices { pub fn list(&self) -> ListMfaDevices { … } … }
//!
//! runtime::codegen::required! { … }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, ModuleDoc};
use super::gated::Gated;
use super::{request, required, structure, tokens};
use crate::SdkSettings;
use crate::lower::{Method, Output, Resource, Service};
use crate::{prose, reference};

/// The module of `resource`.
pub(super) fn module(
    service: &Service,
    resource: &Resource,
    settings: &SdkSettings,
) -> TokenStream {
    let doc = ModuleDoc::new(reference::module_docs(service, resource));
    let runtime = if resource.required.is_empty() {
        tokens::use_runtime(settings)
    } else {
        let runtime = tokens::parse(&settings.runtime);
        quote! { use #runtime::{self as runtime, Given}; }
    };
    let reexports = match resource.reexports.as_slice() {
        [] => None,
        [name] => Some(quote! { pub use super::types::#name; }),
        names => Some(quote! { pub use super::types::{#(#names),*}; }),
    };
    let types = uses_types(resource).then(|| quote! { use super::types; });
    let handle = handle(resource);
    let row = resource.row.as_ref().map(|row| {
        let doc = Doc::new(format!("One row of `{}`.", resource.id));
        structure::item(&doc, row, settings)
    });
    let requests = resource.methods.iter().map(|method| {
        let request = request::item(service, resource, method);
        let output = output(method, settings);
        quote! { #request #output }
    });
    let methods = methods(service, resource, settings);
    let required = required::traits(resource);
    let blocking = resource.methods.iter().map(request::blocking);
    let blocking = (!resource.methods.is_empty()).then(|| Gated {
        gate: &settings.blocking,
        code: quote! { runtime::codegen::blocking! { #(#blocking)* } },
    });
    let serde = structure::serde(resource.structures(), settings);
    quote! {
        #doc
        #reexports
        #types
        #runtime
        #handle
        #row
        #(#requests)*
        #methods
        #required
        #blocking
        #serde
    }
}

/// Whether the code of `resource` names the module `types`.
fn uses_types(resource: &Resource) -> bool {
    let structures = resource.structures().flat_map(|structure| &structure.fields);
    let params = resource.methods.iter().flat_map(|method| &method.params);
    let mut fields = structures.chain(params.map(|param| &param.field));
    fields.any(|field| field.types.value.contains("types::"))
}

fn handle(resource: &Resource) -> TokenStream {
    let (function, handle) = (&resource.module, &resource.handle);
    let doc = Doc::new(format!("The methods of `{}`, for requests by `client`.", resource.id));
    quote! {
        runtime::codegen::resource! {
            #doc
            pub fn #function(client) -> #handle;
        }
    }
}

/// The methods of the handle, which start requests.
fn methods(service: &Service, resource: &Resource, settings: &SdkSettings) -> Option<TokenStream> {
    let methods = resource.methods.iter().map(|method| {
        let Method { bound, name, request, .. } = method;
        let about = format!(
            "`{}`, reached by `{}`. The operation {}.",
            bound.full_name,
            bound.access,
            reference::operation(service, method)
        );
        let prose = prose::to_markdown(&bound.documentation);
        let example = reference::doc_example(service, resource, method, settings);
        let paragraphs = [prose.trim_end(), &about, &example].into_iter();
        let doc =
            Doc::new(paragraphs.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n"));
        quote! {
            #doc
            pub fn #name(&self) -> #request { runtime::codegen::start(&self.client) }
        }
    });
    let handle = &resource.handle;
    (!resource.methods.is_empty()).then(|| quote! { impl #handle { #(#methods)* } })
}

fn output(method: &Method, settings: &SdkSettings) -> Option<TokenStream> {
    let Output::Structure(structure) = &method.output else { return None };
    let doc = Doc::new(format!("The output of [`{}`].", method.request));
    Some(structure::item(&doc, structure, settings))
}
