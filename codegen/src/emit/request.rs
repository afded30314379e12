//! A request: a type parameter for each required param, which is `Missing` until the param is `Given`.
//!
//! ```text
//! runtime::codegen::request! {
//!     /// A request to [`MfaDevices::untag`]. Required: `serial_number` and `tag_keys`.
//!     pub struct UntagMfaDevice<S, T>: UntagMfaDeviceInput = "UntagMFADevice" {
//!         serial_number: runtime::SerialNumber = "SerialNumber",
//!         tag_keys: Vec<String> = "TagKeys",
//!     }
//! }
//!
//! impl<S, T> UntagMfaDevice<S, T> {
//!     pub fn serial_number(self, …) -> UntagMfaDevice<Given, T> { … }
//!     pub fn send(self) -> runtime::Sending<()>
//!     where S: required::SerialNumberIsGiven, T: required::TagKeysIsGiven { … }
//! }
//! ```

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Doc, code, code_list, with_sentence};
use super::{member, structure, tokens};
use crate::lower::{Given, Method, Param, Resource, Service};
use crate::names::RustName;
use pagesmith_model::model::{AuthScheme, Protocol, Retryable};
use pagesmith_model::page::Access;
use pagesmith_model::schema::{self, Continuation};

/// The request of `method`.
pub(super) fn item(service: &Service, resource: &Resource, method: &Method) -> TokenStream {
    let doc = doc(resource, method);
    let (request, input) = (&method.request, &method.input);
    let parameters: Vec<&RustName> = method.given().map(|given| &given.parameter).collect();
    let used = (!parameters.is_empty()).then(|| quote! { <#(#parameters),*> });
    let params = method.params.iter().map(|Param { field, option_setter, given, .. }| {
        let setter = given.is_none().then(|| quote! { (#option_setter) });
        let (name, ty, wire) = (&field.name, tokens::parse(&field.types.field), &field.member.wire);
        let flags = member::flags(field);
        quote! { #name #setter: #ty = #wire #flags }
    });
    let operation = operation(service, method);
    let setters = method.params.iter().map(|param| setter(method, param));
    let send = send(method);
    let listing = listing(method);
    let no_presign =
        (!service.bound.can_be_presigned(&method.bound)).then(|| quote! { , no_presign });
    quote! {
        runtime::codegen::request! {
            #doc
            pub struct #request #used: #input = #operation { #(#params,)* }
        }

        impl #used #request #used {
            #(#setters)*
            #send
        }

        runtime::codegen::request_methods!(#request #used, #input #no_presign);
        #listing
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

/// The operation that the request calls.
fn operation(service: &Service, method: &Method) -> TokenStream {
    let (bound, name) = (&method.bound, &method.bound.operation);
    let read_only = (bound.access == Access::Select).then(|| quote! { .read_only() });
    let http = http(bound);
    // Other protocols send the same for a structure without members.
    let sends_nothing = !bound.has_input && service.bound.protocol == Protocol::RpcV2Cbor;
    let without_input = sends_nothing.then(|| quote! { .without_input() });
    let host_prefix = bound.host_prefix.as_ref().map(|prefix| quote! { .host_prefix(#prefix) });
    let auth = bound.auth.map(|scheme| match scheme {
        AuthScheme::NoAuth => quote! { .unsigned() },
        scheme => {
            let scheme = tokens::auth_scheme(scheme);
            quote! { .auth(runtime::codegen::AuthScheme::#scheme) }
        }
    });
    let unsigned_payload = bound.unsigned_payload.then(|| quote! { .unsigned_payload() });
    let output = bound.output.as_ref().map(|output| {
        let structure = tokens::parse(&method.output.name());
        let wrapper = Some(&output.wrapper).filter(|wrapper| **wrapper != format!("{name}Result"));
        let wrapper = wrapper.map(|wrapper| quote! { in #wrapper });
        quote! { -> #structure #wrapper }
    });
    let pages = continuation(method).map(|Continuation { markers, more_results }| {
        let markers = markers.iter().map(|(taken, returned)| {
            let [taken, returned] = [*taken, *returned].map(Literal::usize_unsuffixed);
            quote! { (#taken, #returned) }
        });
        let more_results = more_results.map(Literal::usize_unsuffixed);
        let more_results = match more_results {
            Some(index) => quote! { Some(#index) },
            None => quote! { None },
        };
        quote! { .pages(&[#(#markers),*], #more_results) }
    });
    let retryable = bound.retryable.iter().map(|(code, Retryable { throttling })| {
        let kind = if *throttling {
            quote! { throttling }
        } else {
            quote! { transient }
        };
        quote! { runtime::codegen::Retryable::#kind(#code) }
    });
    let retryable = (retryable.len() > 0).then(|| quote! { .retryable(&[#(#retryable),*]) });
    quote! {
        #name #read_only #http #without_input #host_prefix #auth #unsigned_payload #retryable
        #pages #output
    }
}

/// What the model says of the HTTP request, where it is not `POST /`.
fn http(method: &schema::Method) -> TokenStream {
    let schema::Http { method, uri, root, namespace } = &method.http;
    let is_usual = method == "POST" && uri == "/";
    let http = (!is_usual).then(|| quote! { .http(#method, #uri) });
    let root = root.as_ref().map(|root| quote! { .root(#root) });
    let namespace = namespace.as_ref().map(|namespace| {
        let namespace = member::namespace(namespace);
        quote! { .namespace(#namespace) }
    });
    quote! { #http #root #namespace }
}

/// How the listing of `method` continues, if it can have more than one page.
fn continuation(method: &Method) -> Option<&Continuation> {
    method.bound.listing.as_ref()?.continuation.as_ref()
}

fn setter(method: &Method, param: &Param) -> TokenStream {
    let Param { field, setter, given, .. } = param;
    let (name, argument) = (&field.name, tokens::parse(&field.types.argument));
    let need = if given.is_some() { "required" } else { "optional" };
    let names = format!("{}, {need}.", code(&field.member.name));
    let doc = Doc::new(match member::documentation(field) {
        Some(documentation) => with_sentence(documentation, &names),
        None => names,
    });
    let value = structure::value(field, quote! { value });
    let (value, request) = if given.is_none() {
        (quote! { Some(#value) }, quote! { Self })
    } else {
        let states = method.params.iter().filter_map(|other| {
            let parameter = &other.given.as_ref()?.parameter;
            let is_this = other.setter == *setter;
            Some(if is_this {
                quote! { Given }
            } else {
                quote! { #parameter }
            })
        });
        let request = &method.request;
        (value, quote! { #request<#(#states),*> })
    };
    quote! {
        #doc
        pub fn #setter(self, value: #argument) -> #request {
            self.call.set(|input| input.#name = #value)
        }
    }
}

fn send(method: &Method) -> TokenStream {
    let output = tokens::parse(&method.output.name());
    let mut bounds = method
        .given()
        .map(|Given { parameter, required }| quote! { #parameter: required::#required })
        .peekable();
    let bounds = bounds.peek().is_some().then(|| quote! { where #(#bounds),* });
    let listing = if continuation(method).is_some() { ", for one page of the listing" } else { "" };
    let doc = Doc::wrapped(&format!("Sends the request{listing}.{}", errors(method)));
    quote! {
        #doc
        pub fn send(self) -> runtime::Sending<#output> #bounds {
            self.call.output()
        }
    }
}

/// A sentence about the errors of the service.
fn errors(method: &Method) -> String {
    if method.errors.is_empty() {
        return String::new();
    }
    let codes = code_list(method.errors.iter().map(|(code, _)| code.as_str()));
    format!(" [Error codes](super::ErrorCode): {codes}.")
}

/// The request with the bounds of its type parameters and its output, as macros take it.
fn signature(method: &Method) -> TokenStream {
    let (request, output) = (&method.request, tokens::parse(&method.output.name()));
    let mut bounds = method
        .given()
        .map(|Given { parameter, required }| quote! { #parameter: #required })
        .peekable();
    let bounds = bounds.peek().is_some().then(|| quote! { <#(#bounds),*> });
    quote! { #request #bounds -> #output }
}

/// The methods of a listing.
fn listing(method: &Method) -> Option<TokenStream> {
    let pages = continuation(method).map(|_| quote! { , pages });
    let rows = method.rows.as_ref().map(|(row, field)| {
        let (name, row) = (&field.name, tokens::parse(row));
        quote! { , rows(#name: #row) }
    });
    let signature = signature(method);
    (pages.is_some() || rows.is_some())
        .then(|| quote! { runtime::codegen::listing!(#signature #pages #rows); })
}

/// The methods without `async`.
pub(super) fn blocking(method: &Method) -> TokenStream {
    let signature = signature(method);
    let rows = method.rows.is_some().then(|| quote! { , rows });
    quote! { #signature #rows; }
}
