//! The module of a resource: the API first, then the traits of required params and the schemas.
//!
//! ```text
//! pub fn mfa_devices(client: &runtime::Client) -> MfaDevices { … }
//! pub struct MfaDevices { client: runtime::Client }
//! pub struct MfaDevice { … }
//!
//! impl MfaDevices { pub fn list(&self) -> ListMfaDevices { … } } // and so on, for each method
//! pub struct ListMfaDevices { … }
//! pub struct ListMfaDevicesOutput { … }
//!
//! pub mod required { … }
//! mod schema { … }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, ModuleDoc};
use super::{request, required, schema, structure, tokens};
use crate::SdkSettings;
use crate::lower::{Field, Method, Output, Resource, Service};
use crate::{prose, reference};

/// The module of `resource`.
pub(super) fn module(
    service: &Service,
    resource: &Resource,
    settings: &SdkSettings,
) -> TokenStream {
    let doc = ModuleDoc::new(reference::module_docs(service, resource));
    let runtime = tokens::use_runtime(settings);
    let reexports = &resource.reexports;
    let types = schema::uses_types(resource).then(|| quote! { use super::types; });
    let states = (!resource.required.is_empty()).then(|| quote! { use runtime::{Given, Missing}; });
    let handle = handle(resource);
    let row = resource.row.as_ref().map(|row| {
        let doc = Doc::new(format!("One row of `{}`.", resource.id));
        structure::item(&doc, row, settings)
    });
    let methods = resource.methods.iter().map(|method| {
        let on_handle = on_handle(service, resource, method, settings);
        let request = request::item(resource, method, settings);
        let output = output(method, settings);
        quote! { #on_handle #request #output }
    });
    let structures = schema::structures(resource);
    let builders = structures.iter().map(|structure| structure::builder(structure));
    let required = required::module(resource);
    let schema = schema::module(resource, settings);
    quote! {
        #doc
        #(pub use super::types::#reexports;)*
        #types
        #runtime
        #states
        #handle
        #row
        #(#methods)*
        #(#builders)*
        #required
        #schema
    }
}

fn handle(resource: &Resource) -> TokenStream {
    let (function, handle) = (&resource.module, &resource.handle);
    let doc = Doc::new(format!("The methods of `{}`, for requests by `client`.", resource.id));
    let handle_doc = Doc::new(format!(
        "The methods of `{}`; see [`{1}`]({1}()).",
        resource.id,
        function.plain()
    ));
    quote! {
        #doc
        #[must_use]
        pub fn #function(client: &runtime::Client) -> #handle {
            #handle { client: client.clone() }
        }

        #handle_doc
        #[derive(Clone, Debug)]
        pub struct #handle { client: runtime::Client }
    }
}

/// The method of the handle that starts the request of `method`.
fn on_handle(
    service: &Service,
    resource: &Resource,
    method: &Method,
    settings: &SdkSettings,
) -> TokenStream {
    let Method { bound, name, request, .. } = method;
    let (request, operation, handle) = (&request.name, &request.table, &resource.handle);
    let prose = prose::to_markdown(&bound.documentation);
    let separator = if prose.is_empty() { "" } else { "\n\n" };
    let example = reference::example(service, resource, method, settings);
    let doc = Doc::new(format!(
        "{prose}{separator}`{}`, reached by `{}`. The operation {}.\n\n{example}",
        bound.full_name,
        bound.access,
        reference::operation(service, method)
    ));
    quote! {
        impl #handle {
            #doc
            pub fn #name(&self) -> #request {
                runtime::codegen::Call::new(&self.client, &schema::#operation).into()
            }
        }
    }
}

fn output(method: &Method, settings: &SdkSettings) -> Option<TokenStream> {
    let Output::Structure(structure) = &method.output else { return None };
    let doc = Doc::new(format!("The output of [`{}`].", method.request.name));
    let item = structure::item(&doc, structure, settings);
    let listing = method.rows.as_ref().map(|(row, Field { name: field, member, .. })| {
        let (output, row) = (&structure.name.name, tokens::parse(row));
        let unwrapped = (!member.required).then(|| quote! { .unwrap_or_default() });
        quote! {
            impl runtime::Listing for #output {
                type Row = #row;
                fn into_rows(self) -> Vec<#row> { self.#field #unwrapped }
            }
        }
    });
    Some(quote! { #item #listing })
}
