//! A public structure or union with its schema.
//!
//! ```text
//! runtime::codegen::structure! {
//!     /// One row of `aws.iam_api.mfa_devices`.
//!     #[derive(Clone, PartialEq, Eq, Hash)] // and Default, if nothing is required
//!     pub struct MfaDevice: MfaDeviceBuilder {
//!         /// The user with whom the MFA device is associated.
//!         pub user_name: String = value("UserName", String),
//!     }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};

use super::docs::Doc;
use super::gated::Gated;
use super::{derives, member, tokens};
use crate::SdkSettings;
use crate::lower::{Conversion, Field, Structure};

/// The structure or union.
pub(super) fn item(doc: &Doc, structure: &Structure, settings: &SdkSettings) -> TokenStream {
    let Structure { name, fields, is_input, has_eq, unknown, .. } = structure;
    let (name, builder) = (&name.name, name.builder.iter());
    let has_default = *is_input && fields.iter().all(|field| !field.member.required);
    let default = has_default.then(|| quote! { Default, });
    let eq = has_eq.then(|| quote! { , Eq, Hash });
    let traits = [(has_default, "Default"), (*has_eq, "Eq"), (*has_eq, "Hash")];
    let own: Vec<&str> = traits.iter().filter_map(|(is, name)| is.then_some(*name)).collect();
    let derives = derives::attribute(settings, name, &own);
    let attributes = quote! { #doc #[derive(Clone, #default PartialEq #eq)] #derives };
    let members = fields.iter().map(|field| {
        let (doc, name, ty) = (member::doc(field), &field.name, tokens::parse(&field.types.field));
        let flags = member::flags(field);
        if unknown.is_some() {
            let wire = &field.member.wire;
            return quote! { #doc #name(#ty) = #wire #flags };
        }
        let setter = setter(structure, field);
        let conversion = member::with_conversion(field);
        quote! { #doc pub #name #setter: #ty = #conversion #flags }
    });
    if let Some(unknown) = unknown {
        return quote! {
            runtime::codegen::union! {
                #attributes
                pub enum #name: #unknown { #(#members,)* }
            }
        };
    }
    let pair = is_input.then(|| pair(structure));
    quote! {
        runtime::codegen::structure! {
            #attributes
            pub struct #name #(: #builder)* { #(#members,)* }
        }
        #pair
    }
}

/// How the macro lets users set `field`, if it needs a name for that.
fn setter(structure: &Structure, field: &Field) -> Option<TokenStream> {
    if !structure.is_input {
        let setter = &field.setter;
        return (*setter != field.name).then(|| quote! { (#setter) });
    }
    if field.member.required {
        return Some(quote! { [new] });
    }
    let setter = format_ident!("with_{}", field.name.plain());
    Some(quote! { (#setter) })
}

/// serde's traits for `structures`.
pub(super) fn serde<'a>(
    structures: impl Iterator<Item = &'a Structure>,
    settings: &SdkSettings,
) -> Option<TokenStream> {
    let mut names = structures.map(|structure| &structure.name.name).peekable();
    names.peek()?;
    let code = quote! { runtime::codegen::serde_by_table!(#(#names);*); };
    Some(Gated { gate: &settings.serde, code }.into_token_stream())
}

/// The conversion from a pair, for a structure of two required fields, such as a tag.
fn pair(structure: &Structure) -> Option<TokenStream> {
    let [first, second] = structure.fields.as_slice() else { return None };
    let converted = |Field { member, types, .. }: &Field| {
        let is_plain = member.required && !member.recursive;
        (is_plain && types.conversion == Conversion::Value).then(|| tokens::parse(&types.value))
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

/// The value of `field` from the `argument` of a setter.
pub(super) fn value(field: &Field, argument: TokenStream) -> TokenStream {
    match field.types.conversion {
        Conversion::Copied => argument,
        Conversion::Value => quote! { #argument.into() },
        Conversion::List => quote! { runtime::codegen::list(#argument) },
        Conversion::Map => quote! { runtime::codegen::map(#argument) },
    }
}
