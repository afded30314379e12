//! Open enums: the values that the service model names, and any other as it came.
//!
//! ```text
//! pub enum ErrorCode { NoSuchEntity, …, Other(String) }
//! impl ErrorCode { pub fn as_str(&self) -> &str { … } }
//! impl From<&str> for ErrorCode { … }
//! ```

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::docs::{Doc, ModuleDoc, code};
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
        #open

        impl ErrorCode {
            /// The code of `error`; `None` where the service gave none.
            #[must_use]
            pub fn of(error: &pagesmith::Error) -> Option<Self> {
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
        tokens.extend(quote! {
            #open

            impl runtime::Text for #name {
                fn set(&mut self, text: &str) {
                    *self = Self::from(text);
                }
            }

            impl runtime::Value for #name {
                fn data(&self) -> runtime::Data<'_> {
                    runtime::Data::Text(self.as_str())
                }
                fn slot(&mut self) -> runtime::Slot<'_> {
                    runtime::Slot::Text(self)
                }
                fn empty() -> Self {
                    Self::from("")
                }
            }
        });
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
        let docs = values.iter().map(|value| Doc::new(format!("{}.", code(value))));
        tokens.extend(quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#docs #variants,)*
                /// Any other, as it came.
                #other(String),
            }

            impl #name {
                /// As it stands on the wire.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::#other(other) => other,
                    }
                }
            }

            impl From<&str> for #name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#values => Self::#variants,)*
                        other => Self::#other(other.to_owned()),
                    }
                }
            }

            impl From<String> for #name {
                fn from(text: String) -> Self {
                    Self::from(text.as_str())
                }
            }

            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }
        });
    }
}
