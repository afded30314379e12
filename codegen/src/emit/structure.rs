//! A structure: the struct, its table, and the lines through which the runtime reads and fills it.
//!
//! ```text
//! #[derive(Clone, PartialEq)]
//! #[non_exhaustive]
//! pub struct Tag { pub key: String, pub value: String }
//!
//! pub(super) static TAG: runtime::Shape<'static> = runtime::Shape::new("Tag", &[…]);
//!
//! impl Tag { pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self { … } }
//! impl runtime::Record for Tag { … }
//! impl Debug for Tag { … }
//! ```

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::docs::{Doc, code};
use super::naming::{self, TypeName};
use super::table::Table;
use super::types::{Argument, Place};
use crate::bind::Member;
use crate::prose;

/// A public structure.
pub(super) struct Structure<'a> {
    pub(super) doc: Doc,
    pub(super) name: &'a TypeName,
    pub(super) members: &'a [Member],
    pub(super) place: Place<'a>,
    /// Of the table.
    pub(super) visibility: TokenStream,
    pub(super) constructor: Constructor,
}

/// Whether users make values of a structure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Constructor {
    /// It is an argument: `new` takes what is required, `with_…` the rest.
    Public,
    /// Only the service makes it.
    None,
}

impl ToTokens for Structure<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            doc,
            name,
            members,
            place,
            visibility,
            constructor,
        } = self;
        let idents = field_idents(members);
        let ident = name.name.ident();
        let fields = members.iter().zip(&idents).map(|(member, field)| {
            let doc = Doc::new(match &member.prose {
                Some(html) if !html.trim().is_empty() => prose::to_markdown(html),
                _ => format!("{}.", code(&member.name)),
            });
            let holds = place.field(member);
            quote! { #doc pub #field: #holds }
        });
        let table = Table {
            name,
            visibility,
            fields: &idents,
            members,
            place: *place,
        };
        let record = Record {
            name: &ident,
            fields: &idents,
        };
        let table_name = name.table.ident();
        let construct = (*constructor == Constructor::Public).then(|| self.constructors(&idents));
        tokens.extend(quote! {
            #doc
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub struct #ident { #(#fields),* }

            #construct
            #table
            #record

            impl std::fmt::Debug for #ident {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    runtime::debug(&#table_name, self, f)
                }
            }
        });
    }
}

impl Structure<'_> {
    fn constructors(&self, idents: &[Ident]) -> TokenStream {
        let name = self.name.name.ident();
        let argument = |member: &Member, field: &Ident| {
            Argument::new(
                self.place,
                &member.holds,
                member.sensitive,
                &field.to_token_stream(),
            )
        };
        let boxed = |member: &Member, made: TokenStream| {
            if member.recursive {
                quote! { Box::new(#made) }
            } else {
                made
            }
        };
        let arguments = self
            .members
            .iter()
            .zip(idents)
            .filter(|(member, _)| member.required)
            .map(|(member, field)| {
                let takes = argument(member, field).takes;
                quote! { #field: #takes }
            });
        let values = self.members.iter().zip(idents).map(|(member, field)| {
            if member.required {
                let made = boxed(member, argument(member, field).made);
                quote! { #field: #made }
            } else {
                quote! { #field: None }
            }
        });
        let setters = self
            .members
            .iter()
            .zip(idents)
            .filter(|(member, _)| !member.required)
            .map(|(member, field)| {
                let setter = quote::format_ident!("with_{field}");
                let Argument { takes, made } = argument(member, field);
                let made = boxed(member, made);
                let doc = Doc::new(format!("The same with {}.", code(&member.name)));
                quote! {
                    #doc
                    #[must_use]
                    pub fn #setter(mut self, #field: #takes) -> Self {
                        self.#field = Some(#made);
                        self
                    }
                }
            });
        let doc = Doc::new(format!(
            "{} with what it must have.",
            code(&name.to_string())
        ));
        quote! {
            impl #name {
                #doc
                #[must_use]
                pub fn new(#(#arguments),*) -> Self { Self { #(#values),* } }
                #(#setters)*
            }
        }
    }
}

/// The lines through which the runtime reads and fills a structure.
pub(super) struct Record<'a> {
    pub(super) name: &'a Ident,
    pub(super) fields: &'a [Ident],
}

impl ToTokens for Record<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { name, fields } = self;
        let indices = || (0..fields.len()).map(Literal::usize_unsuffixed);
        let (indices, again) = (indices(), indices());
        let (read, fill) = if fields.is_empty() {
            (quote! { None }, quote! { None })
        } else {
            (
                quote! {
                    let value: &dyn runtime::Value = match index {
                        #(#indices => &self.#fields,)*
                        _ => return None,
                    };
                    Some(value)
                },
                quote! {
                    let value: &mut dyn runtime::Value = match index {
                        #(#again => &mut self.#fields,)*
                        _ => return None,
                    };
                    Some(value)
                },
            )
        };
        let index = if fields.is_empty() {
            quote! { _index }
        } else {
            quote! { index }
        };
        tokens.extend(quote! {
            impl runtime::Record for #name {
                fn member(&self, #index: usize) -> Option<&dyn runtime::Value> { #read }
                fn member_mut(&mut self, #index: usize) -> Option<&mut dyn runtime::Value> { #fill }
                fn empty() -> Self { Self { #(#fields: runtime::Value::empty()),* } }
            }
        });
    }
}

/// The names of a struct's fields for `members`.
pub(super) fn field_idents(members: &[Member]) -> Vec<Ident> {
    naming::fields(members)
        .iter()
        .map(crate::names::RustName::ident)
        .collect()
}
