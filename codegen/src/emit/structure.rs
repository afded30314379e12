//! A public structure, with its constructors or its builder.
//!
//! ```text
//! #[derive(Clone, PartialEq, Eq, Hash)] // and Default, if nothing is required
//! #[non_exhaustive]
//! pub struct Tag { pub key: String, pub value: String }
//!
//! impl Tag { pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self { … } }
//! ```

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};

use super::docs::{Doc, code};
use super::{derives, tokens};
use crate::SdkSettings;
use crate::lower::{Field, Structure};
use crate::names::RustName;
use crate::prose;

/// The structure, with its constructors if users create it.
pub(super) fn item(doc: &Doc, structure: &Structure, settings: &SdkSettings) -> TokenStream {
    let Structure { name, fields, is_input, has_eq, unknown, .. } = structure;
    let name = &name.name;
    if let Some(unknown) = unknown {
        return union(doc, structure, unknown, settings);
    }
    let members = fields.iter().map(|field| {
        let (doc, name, ty) = (field_doc(field), &field.name, tokens::parse(&field.types.field));
        quote! { #doc pub #name: #ty }
    });
    let has_default = *is_input && fields.iter().all(|field| !field.member.required);
    let default = has_default.then(|| quote! { Default, });
    let eq = has_eq.then(|| quote! { , Eq, Hash });
    let derives = derives::attribute(settings, name, &derived(has_default, *has_eq));
    let constructors = is_input.then(|| constructors(structure));
    quote! {
        #doc
        #[derive(Clone, #default PartialEq #eq)]
        #derives
        #[non_exhaustive]
        pub struct #name { #(#members),* }

        #constructors
    }
}

/// The enum for a union.
fn union(
    doc: &Doc,
    structure: &Structure,
    unknown: &RustName,
    settings: &SdkSettings,
) -> TokenStream {
    let Structure { name, fields, has_eq, .. } = structure;
    let name = &name.name;
    let eq = has_eq.then(|| quote! { , Eq, Hash });
    let derives = derives::attribute(settings, name, &derived(false, *has_eq));
    let variants = fields.iter().map(|field| {
        let (doc, name, ty) = (field_doc(field), &field.name, tokens::parse(&field.types.field));
        quote! { #doc #name(#ty) }
    });
    quote! {
        #doc
        #[derive(Clone, PartialEq #eq)]
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A member that the service model does not have.
            #unknown,
        }
    }
}

/// The traits that a structure derives without settings, of those that not all derive.
fn derived(has_default: bool, has_eq: bool) -> Vec<&'static str> {
    let traits = [(has_default, "Default"), (has_eq, "Eq"), (has_eq, "Hash")];
    traits.iter().filter(|(is_derived, _)| *is_derived).map(|(_, name)| *name).collect()
}

fn field_doc(field: &Field) -> Doc {
    Doc::new(documentation(field).unwrap_or_else(|| format!("{}.", code(&field.member.name))))
}

/// The documentation of a field, from the page or the service model.
pub(super) fn documentation(field: &Field) -> Option<String> {
    let html = field.member.documentation.as_ref()?;
    Some(prose::to_markdown(html)).filter(|text| !text.is_empty())
}

/// The builder of a structure that only the service creates, for tests.
pub(super) fn builder(structure: &Structure) -> Option<TokenStream> {
    let (name, table) = (&structure.name.name, &structure.name.table);
    let builder = structure.name.builder.as_ref()?;
    let fields = structure.fields.iter().map(|Field { name, setter, types, .. }| {
        let setter = (setter != name).then(|| quote! { = #setter });
        let built = tokens::parse(&types.built);
        quote! { (#name #setter, #built) }
    });
    Some(quote! {
        runtime::codegen::builder!(#name, schema::#table, #builder #(, #fields)*);
    })
}

fn constructors(structure: &Structure) -> TokenStream {
    let name = &structure.name.name;
    let doc = Doc::new(format!("A {} with its required fields.", code(name.plain())));
    let required = structure.fields.iter().filter(|field| field.member.required);
    let arguments = required.map(|Field { name, types, .. }| {
        let argument = tokens::parse(&types.argument);
        quote! { #name: #argument }
    });
    let values = structure.fields.iter().map(|field| {
        let name = &field.name;
        match field.member.required {
            false => quote! { #name: None },
            true if field.is_copied() && !field.member.recursive => quote! { #name },
            true => {
                let value = boxed(field);
                quote! { #name: #value }
            }
        }
    });
    let optional = structure.fields.iter().filter(|field| !field.member.required);
    let setters = optional.map(|field| {
        let (name, argument) = (&field.name, tokens::parse(&field.types.argument));
        let setter = format_ident!("with_{}", name.plain());
        let doc = Doc::new(format!("Sets {}.", code(&field.member.name)));
        let value = boxed(field);
        quote! {
            #doc
            #[must_use]
            pub fn #setter(mut self, #name: #argument) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    });
    let pair = pair(structure);
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

/// The conversion from a pair, for a structure of two required fields, such as a tag.
fn pair(structure: &Structure) -> Option<TokenStream> {
    let [first, second] = structure.fields.as_slice() else { return None };
    let converted = |field: &Field| {
        let is_plain = field.member.required && !field.member.recursive;
        field.types.converted.as_ref().filter(|_| is_plain).map(|ty| tokens::parse(ty))
    };
    let (name, first, second) = (&structure.name.name, converted(first)?, converted(second)?);
    Some(quote! {
        impl<K: Into<#first>, V: Into<#second>> From<(K, V)> for #name {
            fn from(pair: (K, V)) -> Self {
                Self::new(pair.0, pair.1)
            }
        }
    })
}

/// The value of `field` from the argument of its name, in a box if the field is recursive.
fn boxed(field: &Field) -> TokenStream {
    let value = value(field);
    if field.member.recursive {
        quote! { Box::new(#value) }
    } else {
        value
    }
}

/// The value of `field` from the argument of its name.
pub(super) fn value(field: &Field) -> TokenStream {
    let name = &field.name;
    if field.is_copied() {
        name.to_token_stream()
    } else if field.is_list() {
        quote! { #name.into_iter().map(Into::into).collect() }
    } else if field.is_map() {
        quote! { #name.into_iter().map(|(key, value)| (key.into(), value.into())).collect() }
    } else {
        quote! { #name.into() }
    }
}
