//! Open enums: the values that the service model names, and any other as it came.
//!
//! ```text
//! pub enum ErrorCode { NoSuchEntity, …, Other(String) }
//! runtime::open_enum!(ErrorCode, Other, (NoSuchEntity, "NoSuchEntity"), …);
//! ```

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::docs::{Doc, ModuleDoc, code};
use super::made::literal;
use super::naming;
use crate::names::RustName;

/// The module `error_code` of a service with these codes.
pub(super) fn error_code(codes: &[String]) -> TokenStream {
    let module = ModuleDoc::new("The codes of the service's errors.");
    let name = Ident::new("ErrorCode", Span::call_site());
    let doc = Doc::new(
        "The code of an error that the service answers, of those that the pages' methods declare.\n\n\
         A code that is none of these is kept as it came: services add codes at any time.",
    );
    let open = OpenEnum { doc, name: &name, values: codes };
    quote! {
        #module
        use pagesmith_runtime::codegen as runtime;
        #open

        impl ErrorCode {
            /// The code of `error`; `None` where the service gave none.
            #[must_use]
            pub fn of(error: &pagesmith_runtime::Error) -> Option<Self> {
                error.code().map(Self::from)
            }
        }
    }
}

/// A string shape of the model with values.
pub(super) struct ShapeEnum<'a> {
    pub(super) shape: &'a str,
    pub(super) name: &'a RustName,
    pub(super) values: &'a [String],
}

impl ToTokens for ShapeEnum<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let name = self.name.ident();
        let doc = Doc::new(format!(
            "{} of the service model. A value that it does not name is kept as it came.",
            code(self.shape)
        ));
        let open = OpenEnum { doc, name: &name, values: self.values };
        open.to_tokens(tokens);
    }
}

struct OpenEnum<'a> {
    doc: Doc,
    name: &'a Ident,
    values: &'a [String],
}

impl ToTokens for OpenEnum<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { doc, name, values } = self;
        let (variants, other) = naming::variants(values);
        let variants: Vec<Ident> = variants.iter().map(RustName::ident).collect();
        let other = other.ident();
        let literals = values.iter().map(|value| literal(value));
        let docs = values.iter().map(|value| Doc::new(format!("{}.", code(value))));
        tokens.extend(quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#docs #variants,)*
                /// Any other, as it came.
                #other(String),
            }

            runtime::open_enum!(#name, #other #(, (#variants, #literals))*);
        });
    }
}
