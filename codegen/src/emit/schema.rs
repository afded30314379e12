//! The module `schema` of a resource: how its operations and structures travel.
//!
//! ```text
//! codegen::structure!(pub(super) MfaDevice, MFA_DEVICE { … });
//! codegen::operation!(UNTAG_MFA_DEVICE = "UntagMFADevice", …, UntagMfaDeviceInput { … });
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::gated::Gated;
use super::{table, tokens};
use crate::SdkSettings;
use crate::lower::{Method, Output, Param, Resource, Structure};
use pagesmith_model::invariant;
use pagesmith_model::page::Access;
use pagesmith_model::schema::{Continuation, Listing};

/// The module `schema` of `resource`.
pub(super) fn module(resource: &Resource, settings: &SdkSettings) -> TokenStream {
    let visibility = quote! { pub(super) };
    let operations = resource.methods.iter().map(operation);
    let structures = structures(resource);
    let uses_parent = !structures.is_empty() || uses(resource, &["types::", "runtime::"]);
    let parent = uses_parent.then(|| quote! { use super::*; });
    let structures =
        structures.iter().map(|structure| of_structure(structure, &visibility, settings));
    quote! {
        /// How the operations and structures travel.
        mod schema {
            #parent
            use super::runtime::codegen;
            #(#structures)*
            #(#operations)*
        }
    }
}

/// The row and the outputs of `resource`.
pub(super) fn structures(resource: &Resource) -> Vec<&Structure> {
    let outputs = resource.methods.iter().filter_map(|method| match &method.output {
        Output::Structure(structure) => Some(structure),
        Output::Nothing | Output::Row(_) => None,
    });
    resource.row.iter().chain(outputs).collect()
}

/// Whether the code of `resource` names the module `types`.
pub(super) fn uses_types(resource: &Resource) -> bool {
    let fields = structures(resource).into_iter().flat_map(|structure| &structure.fields);
    fields.into_iter().any(|field| field.types.value.contains("types::"))
        || uses(resource, &["types::"])
}

/// Whether the type of an input contains one of `paths`.
fn uses(resource: &Resource, paths: &[&str]) -> bool {
    let params = resource.methods.iter().flat_map(|method| &method.params);
    let mut types = params.map(|param| &param.field.types.field);
    types.any(|ty| paths.iter().any(|path| ty.contains(path)))
}

/// The schema of a structure, and its traits.
pub(super) fn of_structure(
    structure: &Structure,
    visibility: &TokenStream,
    settings: &SdkSettings,
) -> TokenStream {
    let Structure { name, fields, error_code, .. } = structure;
    let (name, table_name) = (&name.name, &name.table);
    let members = fields.iter().map(|field| {
        let (name, member) = (&field.name, table::member(field));
        quote! { #name = #member }
    });
    let details = error_code.as_ref().map(|code| {
        quote! {
            impl runtime::ErrorDetails for #name {
                const CODE: &'static str = #code;
                fn shape() -> &'static codegen::Shape<'static> { &#table_name }
            }
        }
    });
    let serde = Gated {
        gate: &settings.serde,
        code: quote! { codegen::serde_by_table!(#name, #table_name); },
    };
    let schema = match &structure.unknown {
        None => quote! { codegen::structure!(#visibility #name, #table_name { #(#members),* }); },
        Some(unknown) => {
            quote! { codegen::union!(#visibility #name, #unknown, #table_name { #(#members),* }); }
        }
    };
    quote! {
        #schema
        #serde
        #details
    }
}

fn operation(method: &Method) -> TokenStream {
    let bound = &method.bound;
    let (table, name, input) = (&method.request.table, &bound.operation, &method.input);
    let read_only = (bound.access == Access::Select).then(|| quote! { .read_only() });
    let host_prefix = bound.host_prefix.as_ref().map(|prefix| quote! { .host_prefix(#prefix) });
    let unsigned = bound.unsigned.then(|| quote! { .unsigned() });
    let output = bound.output.as_ref().map(|output| {
        let wrapper = &output.wrapper;
        let shape = match &method.output {
            Output::Nothing => None,
            Output::Row(row) => Some(&row.table),
            Output::Structure(structure) => Some(&structure.name.table),
        };
        let shape = invariant!(shape, "an operation with an output was lowered with one");
        quote! { .output(#wrapper, &#shape) }
    });
    let pages = match &bound.listing {
        Some(Listing { continuation: Some(continuation), .. }) => Some(pages(continuation)),
        _ => None,
    };
    let members = method.params.iter().map(|Param { field, .. }| {
        let (name, ty) = (&field.name, tokens::parse(&field.types.field));
        let member = table::member(field);
        quote! { #name: #ty = #member }
    });
    quote! {
        codegen::operation!(
            #table = #name #read_only #host_prefix #unsigned #output #pages,
            #input { #(#members),* }
        );
    }
}

fn pages(continuation: &Continuation) -> TokenStream {
    let markers = continuation.markers.iter().map(|(taken, returned)| {
        let [taken, returned] = [taken, returned].map(|index| Literal::usize_unsuffixed(*index));
        quote! { (#taken, #returned) }
    });
    let more_results = match continuation.more_results {
        Some(index) => {
            let index = Literal::usize_unsuffixed(index);
            quote! { Some(#index) }
        }
        None => quote! { None },
    };
    quote! { .pages(&[#(#markers),*], #more_results) }
}
