//! A structure: the struct, its table, and the lines through which the runtime reads and fills it.
//!
//! ```text
//! #[derive(Clone, PartialEq, Eq, Hash)] // and Default, where nothing is required
//! #[non_exhaustive]
//! pub struct Tag { pub key: String, pub value: String }
//!
//! pub(super) static TAG: runtime::Shape<'static> = runtime::Shape::new("Tag", &[…]);
//!
//! impl Tag { pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self { … } }
//! runtime::record!(Tag, TAG, key, value);
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::derives;
use super::docs::{Doc, code};
use super::gated::Gated;
use super::made::Made;
use super::naming::{self, TypeName};
use super::table::Table;
use super::types::{ModuleContext, Value};
use crate::names::RustName;
use crate::prose;
use pagesmith_model::schema::Member;

/// A public structure.
pub(super) struct Structure<'a> {
    pub(super) doc: Doc,
    pub(super) name: &'a TypeName,
    pub(super) members: &'a [Member],
    /// The names of the fields, in the order of the members.
    pub(super) fields: &'a [RustName],
    pub(super) place: ModuleContext<'a>,
    /// Of the table.
    pub(super) visibility: TokenStream,
    pub(super) constructor: Constructor,
}

/// Whether users make values of a structure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Constructor {
    /// It is an argument: `new` takes what is required, `with_…` the rest.
    Public,
    /// Only the service makes it, and tests do: it has a builder.
    None,
}

impl ToTokens for Structure<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { doc, name, members, fields, place, visibility, constructor } = self;
        let idents = idents(fields);
        let ident = name.name.ident();
        let fields = members.iter().zip(&idents).map(|(member, field)| {
            let doc = Doc::new(match &member.documentation {
                Some(html) if !html.trim().is_empty() => prose::to_markdown(html),
                _ => format!("{}.", code(&member.name)),
            });
            let ty = place.field(member);
            Made(move || quote! { #doc pub #field: #ty })
        });
        let table = Table { name, visibility, fields: &idents, members, place: *place };
        let record = Record { name, fields: &idents };
        let public = *constructor == Constructor::Public;
        let serde = Gated { gate: &place.settings.serde, code: self.serde() };
        let construct = public.then(|| self.constructors());
        let builder = (!public).then(|| self.builder());
        let can_be_empty = public && members.iter().all(|member| !member.required);
        let default = can_be_empty.then(|| quote! { Default, });
        let has_eq = place.names.have_eq(members, place.row_members);
        let eq = has_eq.then(|| quote! { , Eq, Hash });
        let already = [(can_be_empty, "Default"), (has_eq, "Eq"), (has_eq, "Hash")];
        let already = already.iter().filter(|(is_there, _)| *is_there).map(|(_, path)| *path);
        let already: Vec<&str> = already.collect();
        let derives = derives::attribute(place.settings, &name.name, &already);
        tokens.extend(quote! {
            #doc
            #[derive(Clone, #default PartialEq #eq)]
            #derives
            #[non_exhaustive]
            pub struct #ident { #(#fields),* }

            #construct
            #table
            #record
            #builder

            #serde
        });
    }
}

impl Structure<'_> {
    /// serde's traits, which read and write by the table.
    fn serde(&self) -> TokenStream {
        let (name, table) = (self.name.name.ident(), self.name.table.ident());
        quote! { runtime::serde_by_table!(#name, #table); }
    }

    /// What builds a value, for tests.
    fn builder(&self) -> Option<TokenStream> {
        let TypeName { name, table, builder } = self.name;
        let (name, table, builder) = (name.ident(), table.ident(), builder.as_ref()?.ident());
        let setters = naming::builder_setters(self.fields);
        let fields = self.members.iter().zip(self.fields).zip(&setters);
        let fields = fields.map(|((member, field), setter)| {
            let other = (setter != field).then(|| setter.ident()).map(|other| quote! { = #other });
            let (field, ty) = (field.ident(), self.place.built(member));
            quote! { (#field #other, #ty) }
        });
        Some(quote! { runtime::builder!(#name, #table, #builder #(, #fields)*); })
    }

    fn constructors(&self) -> TokenStream {
        let name = self.name.name.ident();
        let doc = Doc::new(format!("{} with what it must have.", code(self.name.name.plain())));
        let names = self.fields;
        let arguments = self.members.iter().zip(names);
        let arguments = arguments.filter(|(member, _)| member.required);
        let arguments = arguments.map(|(member, name)| {
            let (field, takes) = (name.ident(), self.place.takes(member));
            Made(move || quote! { #field: #takes })
        });
        let values = self.members.iter().zip(names).map(|(member, name)| {
            let field = name.ident();
            Made(move || {
                let made = Value { member, name: &field };
                match (member.required, member.recursive) {
                    (false, _) => quote! { #field: None },
                    (true, true) => quote! { #field: Box::new(#made) },
                    (true, false) if made.is_argument() => quote! { #field },
                    (true, false) => quote! { #field: #made },
                }
            })
        });
        let setters = self.members.iter().zip(names);
        let setters = setters.filter(|(member, _)| !member.required);
        let setters = setters.map(|(member, name)| Made(move || self.setter(member, name)));
        let pair = self.pair();
        quote! {
            impl #name {
                #doc
                #[must_use]
                pub fn new(#(#arguments),*) -> Self { Self { #(#values),* } }
                #(#setters)*
            }
            #pair
        }
    }

    /// Where a structure is a pair, as a tag is of key and value, a pair is one.
    fn pair(&self) -> Option<TokenStream> {
        let [first, second] = self.members else { return None };
        let takes = [first, second].map(|member| {
            let is_one = member.required && !member.recursive;
            is_one.then(|| self.place.converts(member)).flatten()
        });
        let [Some(first), Some(second)] = takes else { return None };
        let name = self.name.name.ident();
        Some(quote! {
            impl<K: Into<#first>, V: Into<#second>> From<(K, V)> for #name {
                fn from(pair: (K, V)) -> Self {
                    Self::new(pair.0, pair.1)
                }
            }
        })
    }

    fn setter(&self, member: &Member, name: &RustName) -> TokenStream {
        let setter = quote::format_ident!("with_{}", name.plain());
        let field = name.ident();
        let takes = self.place.takes(member);
        let made = Value { member, name: &field };
        let made = Made(|| {
            if member.recursive {
                quote! { Box::new(#made) }
            } else {
                quote! { #made }
            }
        });
        let doc = Doc::new(format!("The same with {}.", code(&member.name)));
        quote! {
            #doc
            #[must_use]
            pub fn #setter(mut self, #field: #takes) -> Self {
                self.#field = Some(#made);
                self
            }
        }
    }
}

/// The lines through which the runtime reads, fills and shows a structure.
pub(super) struct Record<'a> {
    pub(super) name: &'a TypeName,
    pub(super) fields: &'a [Ident],
}

impl ToTokens for Record<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (name, table) = (self.name.name.ident(), self.name.table.ident());
        let fields = self.fields;
        tokens.extend(quote! { runtime::record!(#name, #table #(, #fields)*); });
    }
}

/// `names` as identifiers.
pub(super) fn idents(names: &[RustName]) -> Vec<Ident> {
    names.iter().map(RustName::ident).collect()
}
