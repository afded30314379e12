//! The module `schema` of a resource: how its operations and structures travel.
//!
//! ```text
//! pub(super) static UNTAG_MFA_DEVICE: codegen::Operation<'static> = …;
//! pub(super) struct UntagMfaDeviceInput { … }
//! pub(super) static UNTAG_MFA_DEVICE_INPUT: codegen::Shape<'static> = …;
//! codegen::record!(UntagMfaDeviceInput, UNTAG_MFA_DEVICE_INPUT, serial_number, tag_keys);
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::gated::Gated;
use super::table::Table;
use super::tokens;
use crate::SdkSettings;
use crate::lower::{Field, Method, Output, Resource, Structure, TypeName};
use pagesmith_model::invariant;
use pagesmith_model::page::Access;
use pagesmith_model::schema::{Continuation, Listing};

/// The module `schema` of `resource`.
pub(super) fn module(resource: &Resource, settings: &SdkSettings) -> TokenStream {
    let visibility = quote! { pub(super) };
    let operations = resource.methods.iter().map(|method| {
        let operation = operation(method);
        let input = input(method);
        quote! { #operation #input }
    });
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
    let table = Table { name, visibility, fields };
    let record = record(name, fields);
    let (name, table_name) = (&name.name, &name.table);
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
    quote! { #table #record #serde #details }
}

/// The input of a request.
fn input(method: &Method) -> TokenStream {
    let fields: Vec<Field> = method.params.iter().map(|param| param.field.clone()).collect();
    let members = fields.iter().map(|field| {
        let (name, ty) = (&field.name, tokens::parse(&field.types.field));
        quote! { pub(super) #name: #ty }
    });
    let visibility = quote! { pub(super) };
    let table = Table { name: &method.input, visibility: &visibility, fields: &fields };
    let record = record(&method.input, &fields);
    let name = &method.input.name;
    quote! {
        #[derive(Clone)]
        pub(super) struct #name { #(#members),* }
        #table
        #record
    }
}

/// The traits by which the runtime reads, fills and shows a structure.
fn record(name: &TypeName, fields: &[Field]) -> TokenStream {
    let TypeName { name, table, .. } = name;
    let fields = fields.iter().map(|field| &field.name);
    quote! { codegen::record!(#name, #table #(, #fields)*); }
}

fn operation(method: &Method) -> TokenStream {
    let bound = &method.bound;
    let (table, name, input) = (&method.request.table, &bound.operation, &method.input.table);
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
    quote! {
        pub(super) static #table: codegen::Operation<'static> =
            codegen::Operation::new(#name, &super::super::SERVICE, &#input)
                #read_only #host_prefix #unsigned #output #pages;
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
