//! A request: a type parameter for each required param, which is `Missing` until the param is `Given`.
//!
//! ```text
//! pub struct UntagMfaDevice<S = Missing, T = Missing> { call: … }
//!
//! impl<S, T> UntagMfaDevice<S, T> {
//!     pub fn serial_number(mut self, …) -> UntagMfaDevice<Given, T> { … }
//!     pub fn send(self) -> runtime::Sending<()>
//!     where S: required::SerialNumberIsGiven, T: required::TagKeysIsGiven { … }
//! }
//!
//! runtime::codegen::request!(UntagMfaDevice<S, T>, schema::UntagMfaDeviceInput);
//! ```

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, code, code_list};
use super::gated::Gated;
use super::{structure, tokens};
use crate::SdkSettings;
use crate::lower::{Given, Method, Output, Param, Resource};
use crate::names::RustName;

/// The request of `method`.
pub(super) fn item(resource: &Resource, method: &Method, settings: &SdkSettings) -> TokenStream {
    let doc = doc(resource, method);
    let (request, input) = (&method.request.name, &method.input);
    let parameters: Vec<&RustName> = method.given().map(|given| &given.parameter).collect();
    let in_angles = |list: TokenStream| (!parameters.is_empty()).then(|| quote! { <#list> });
    let declared = in_angles(quote! { #(#parameters = Missing),* });
    let used = in_angles(quote! { #(#parameters),* });
    let state = (!parameters.is_empty()).then(|| quote! { , (#(#parameters,)*) });
    let setters = method.params.iter().map(|param| setter(method, param));
    let send = send(method);
    let bounds =
        method.given().map(|Given { parameter, required }| quote! { #parameter: #required });
    let bounded = in_angles(quote! { #(#bounds),* });
    let output = tokens::parse(&method.output.name());
    let rows = method.rows.is_some().then(|| quote! { rows });
    let blocking = Gated {
        gate: &settings.blocking,
        code: quote! { runtime::codegen::blocking!(#request #bounded -> #rows #output); },
    };
    quote! {
        #doc
        #[must_use = "a request does nothing until it is sent"]
        pub struct #request #declared {
            call: runtime::codegen::Call<schema::#input #state>,
        }

        impl #used #request #used {
            #(#setters)*
            #send
        }

        runtime::codegen::request!(#request #used, schema::#input);
        #blocking
    }
}

fn doc(resource: &Resource, method: &Method) -> Doc {
    let mut text = format!("A request to [`{0}::{1}`].", resource.handle, method.name.plain());
    let names = |is_required: bool| -> Vec<&str> {
        let params = method.params.iter().filter(|param| param.given.is_some() == is_required);
        params.map(|param| param.setter.plain()).collect()
    };
    for (word, names) in [("Required", names(true)), ("Optional", names(false))] {
        if !names.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(text, " {word}: {}.", code_list(names));
        }
    }
    Doc::wrapped(&text)
}

fn setter(method: &Method, param: &Param) -> TokenStream {
    let Param { field, setter, option_setter, given } = param;
    let (name, argument) = (&field.name, tokens::parse(&field.types.argument));
    let value = structure::value(field);
    let need = if given.is_some() { "required" } else { "optional" };
    let names = format!("{}, {need}.", code(&field.member.name));
    let doc = Doc::new(match structure::documentation(field) {
        Some(documentation) => format!("{documentation}\n\n{names}"),
        None => names,
    });
    if given.is_none() {
        let option_doc = Doc::new(format!("{}, or nothing.", code(&field.member.name)));
        let ty = tokens::parse(&field.types.field);
        return quote! {
            #doc
            pub fn #setter(mut self, #name: #argument) -> Self {
                self.call.input.#name = Some(#value);
                self
            }
            #option_doc
            pub fn #option_setter(mut self, #name: #ty) -> Self {
                self.call.input.#name = #name;
                self
            }
        };
    }
    let request = &method.request.name;
    let states = method.params.iter().filter_map(|other| {
        let parameter = &other.given.as_ref()?.parameter;
        let is_this = other.setter == *setter;
        Some(if is_this {
            quote! { Given }
        } else {
            quote! { #parameter }
        })
    });
    quote! {
        #doc
        pub fn #setter(mut self, #name: #argument) -> #request<#(#states),*> {
            self.call.input.#name = #value;
            self.call.retype().into()
        }
    }
}

/// The methods that send the request.
fn send(method: &Method) -> TokenStream {
    let output = tokens::parse(&method.output.name());
    let bounds: Vec<TokenStream> = method
        .given()
        .map(|Given { parameter, required }| quote! { #parameter: required::#required })
        .collect();
    let bounds = (!bounds.is_empty()).then(|| quote! { where #(#bounds),* });
    let send = match method.output {
        Output::Nothing => quote! { send },
        Output::Row(_) | Output::Structure(_) => quote! { output },
    };
    let is_continued =
        method.bound.listing.as_ref().is_some_and(|listing| listing.continuation.is_some());
    let listing = if is_continued { ", for one page of the listing" } else { "" };
    let doc = Doc::wrapped(&format!("Sends the request{listing}.{}", errors(method)));
    let rows = method.rows.is_some().then(|| {
        quote! {
            /// The rows of the listing, as a `Stream` that fetches one page after the other.
            pub fn rows(self) -> runtime::Rows<#output> #bounds {
                runtime::Rows::new(self.call.pages())
            }
        }
    });
    let pages = is_continued.then(|| {
        quote! {
            /// The pages of the listing, as a `Stream`.
            pub fn pages(self) -> runtime::Pages<#output> #bounds {
                self.call.pages()
            }
        }
    });
    quote! {
        #doc
        pub fn send(self) -> runtime::Sending<#output> #bounds {
            self.call.#send()
        }
        #rows
        #pages
    }
}

/// A sentence about the errors of the service.
fn errors(method: &Method) -> String {
    if method.errors.is_empty() {
        return String::new();
    }
    let codes = code_list(method.errors.iter().map(|(code, _)| code.as_str()));
    format!(" The service's errors are {codes}; see [`ErrorCode`](super::ErrorCode).")
}
