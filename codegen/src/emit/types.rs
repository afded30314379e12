//! The module `types` of a service: structures and enums that methods take and return.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::docs::{Doc, ModuleDoc, code};
use super::open_enum::OpenEnum;
use super::{structure, tokens};
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
            let item = structure::item(&doc, structure, settings);
            let details = error_details(structure);
            quote! { #item #details }
        }
        TypeItem::Enum { name, variants, other } => {
            let doc = Doc::new(format!(
                "{} of the service model. A value that it does not name is an `{other}`.",
                code(shape)
            ));
            OpenEnum { doc, name, variants, other }.into_token_stream()
        }
    });
    let structures = service.types.values().filter_map(|item| match item {
        TypeItem::Structure(structure) => Some(structure),
        TypeItem::Enum { .. } => None,
    });
    let serde = structure::serde(structures, settings);
    quote! {
        #doc
        #runtime
        #(#items)*
        #serde
    }
}

/// The trait by which the details of an error are found.
fn error_details(structure: &Structure) -> Option<TokenStream> {
    let (name, code) = (&structure.name.name, structure.error_code.as_ref()?);
    Some(quote! {
        impl runtime::ErrorDetails for #name {
            const CODE: &'static str = #code;
            fn shape() -> &'static runtime::codegen::Shape<'static> {
                runtime::codegen::shape::<Self>()
            }
        }
    })
}
