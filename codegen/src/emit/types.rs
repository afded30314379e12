//! The module `types` of a service: structures and enums that methods take and return.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::docs::{Doc, ModuleDoc, code};
use super::open_enum::OpenEnum;
use super::structure;
use super::{schema, tokens};
use crate::SdkSettings;
use crate::lower::{Service, Structure, TypeItem};

/// The module `types` of `service`.
pub(super) fn module(service: &Service, settings: &SdkSettings) -> TokenStream {
    let doc = ModuleDoc::new(format!(
        "Structures and enums that the methods of `{}.{}` take and return.",
        service.bound.provider, service.bound.name
    ));
    let runtime = tokens::use_runtime(settings);
    let items = service.types.iter().map(|(shape, item)| match item {
        TypeItem::Structure(structure) => {
            let doc = Doc::new(match &structure.error_code {
                None => format!("{} of the service model.", code(shape)),
                Some(error) => format!(
                    "The details of the error {}; see [`details`](runtime::Error::details).",
                    code(error)
                ),
            });
            structure::item(&doc, structure, settings)
        }
        TypeItem::Enum { name, variants, other } => {
            let doc = Doc::new(format!(
                "{} of the service model. A value that it does not name is an `{other}`.",
                code(shape)
            ));
            OpenEnum { doc, name, variants, other }.into_token_stream()
        }
    });
    let structures: Vec<&Structure> = service
        .types
        .values()
        .filter_map(|item| match item {
            TypeItem::Structure(structure) => Some(structure),
            TypeItem::Enum { .. } => None,
        })
        .collect();
    let visibility = quote! { pub(crate) };
    let builders = structures.iter().map(|structure| structure::builder(structure));
    let schemas =
        structures.iter().map(|structure| schema::of_structure(structure, &visibility, settings));
    let schema = (!structures.is_empty()).then(|| {
        quote! {
            /// How the structures travel.
            pub(super) mod schema {
                use super::*;
                use super::runtime::codegen;
                #(#schemas)*
            }
        }
    });
    quote! {
        #doc
        #runtime
        #(#items)*
        #(#builders)*
        #schema
    }
}
