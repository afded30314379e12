//! Open enums: the values that the service model names, and a variant for any other.
//!
//! ```text
//! runtime::codegen::open_enum! {
//!     pub enum ErrorCode: Other { NoSuchEntity = "NoSuchEntity", … }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs::{Doc, ModuleDoc, code};
use super::tokens;
use crate::SdkSettings;
use crate::lower::Variant;
use crate::names::{RustName, WireName};

/// The module `error_code` of a service.
pub(super) fn error_code(codes: &[Variant], settings: &SdkSettings) -> TokenStream {
    let module = ModuleDoc::new("The codes of the service's errors.");
    let runtime = tokens::use_runtime(settings);
    let doc = Doc::new(
        "The code of an error of the service, among those that the methods of the pages declare.\n\n\
         Services add codes at any time: any other code is an `Other`.",
    );
    let (name, other) = (WireName("ErrorCode").to_camel(), WireName("Other").to_camel());
    let open = OpenEnum { doc, name: &name, variants: codes, other: &other };
    quote! {
        #module
        #runtime
        #open

        impl ErrorCode {
            /// The code of `error`, or `None` if the service returned none.
            #[must_use]
            pub fn of(error: &runtime::Error) -> Option<Self> {
                error.code().map(Self::from)
            }
        }
    }
}

pub(super) struct OpenEnum<'a> {
    pub(super) doc: Doc,
    pub(super) name: &'a RustName,
    pub(super) variants: &'a [Variant],
    pub(super) other: &'a RustName,
}

impl ToTokens for OpenEnum<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { doc, name, variants, other } = self;
        let variants = variants.iter().map(|Variant { name, value }| {
            // The macro adds the value as documentation, which a comment cannot contain in all cases.
            let shown = code(value);
            let doc = (shown != format!("`{value}`")).then(|| Doc::new(format!("{shown}.")));
            quote! { #doc #name = #value }
        });
        tokens.extend(quote! {
            runtime::codegen::open_enum! {
                #doc
                pub enum #name: #other { #(#variants,)* }
            }
        });
    }
}
