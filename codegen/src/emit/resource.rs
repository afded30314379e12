//! The module of a resource: the function that gives its handle, the handle with a method for each
//! of the page's, the row, and for each method its builder, its output and its operation's table.
//!
//! ```text
//! pub fn mfa_devices(client: &pagesmith_runtime::Client) -> MfaDevices { … }
//! pub struct MfaDevices { client: pagesmith_runtime::Client }
//! impl MfaDevices { pub fn list(&self) -> ListMfaDevices { … } … }
//! pub struct MfaDevice { … }
//! static LIST_MFA_DEVICES: runtime::Operation<'static> = runtime::Operation { … };
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::builder::Builder;
use super::docs::{Doc, ModuleDoc};
use super::made::{Made, literal};
use super::naming::{self, MethodNames, ResourceNames, ServiceNames, TypeName};
use super::outline;
use super::required::Required;
use super::structure::{Constructor, Structure};
use super::types::ModuleContext;
use crate::SdkSettings;
use crate::names::RustName;
use crate::{prose, reference};
use pagesmith_model::page::Access;
use pagesmith_model::schema::{Continuation, Listing, Method, OutputShape, Resource, Service};

/// The module of `resource`.
pub(super) fn module(
    service: &Service,
    settings: &SdkSettings,
    resource: &Resource,
    names: &ServiceNames,
    own: &ResourceNames,
) -> TokenStream {
    let setters: Vec<Vec<RustName>> =
        resource.methods.iter().map(|method| naming::setters(&method.input)).collect();
    let fields = naming::fields(resource.row_members());
    let outline = outline::outline(service, settings, resource, names, own, &fields, &setters);
    let doc = ModuleDoc::new(reference::module_docs(service, resource, &outline));
    let place = ModuleContext {
        names,
        settings,
        row: own.row.as_ref(),
        row_members: resource.row_members(),
        in_types: false,
    };
    let required = Required::of(resource, &own.types, &setters);
    let reexports = own.shapes.iter().filter_map(|shape| {
        let name = names.shapes.get(shape)?.name.ident();
        Some(quote! { pub use super::types::#name; })
    });
    let handle = handle(resource, own);
    let row = resource.row.as_ref().zip(own.row.as_ref()).map(|(row, name)| Structure {
        doc: Doc::new(format!("One row of `{}`.", resource.id)),
        name,
        members: &row.members,
        fields: &fields,
        place,
        visibility: TokenStream::new(),
        constructor: Constructor::None,
    });
    let methods = resource.methods.iter().zip(&own.methods).zip(&setters);
    let methods = methods.map(|((method, names), setters)| {
        let required = &required;
        Made(move || {
            let builder = Builder { method, names, setters, resource: own, required, place };
            let fields = naming::fields(method.own_output().unwrap_or_default());
            let output = Made(|| output(method, names, place, &fields).unwrap_or_default());
            let listing = Made(|| listing(method, names, place, &fields).unwrap_or_default());
            let operation = Made(|| operation(method, names, own));
            quote! { #builder #output #listing #operation }
        })
    });
    quote! {
        #doc
        #(#reexports)*
        use pagesmith_runtime::codegen as runtime;
        #handle
        #row
        #(#methods)*
        #required
    }
}

fn handle(resource: &Resource, own: &ResourceNames) -> TokenStream {
    let function = own.module.ident();
    let handle = own.handle.ident();
    let doc = Doc::new(format!("The methods of `{}`, called through `client`.", resource.id));
    let handle_doc = Doc::new(format!(
        "The methods of `{}`. Made by [`{}`]({}()).",
        resource.id,
        own.module.plain(),
        own.module.plain()
    ));
    let methods = resource.methods.iter().zip(&own.methods);
    let methods = methods.map(|(method, names)| Made(move || handle_method(method, names)));
    quote! {
        #doc
        #[must_use]
        pub fn #function(client: &pagesmith_runtime::Client) -> #handle {
            #handle { client: client.clone() }
        }

        #handle_doc
        #[derive(Clone, Debug)]
        pub struct #handle { client: pagesmith_runtime::Client }

        impl #handle { #(#methods)* }
    }
}

/// The method of the handle that gives the request builder of `method`.
fn handle_method(method: &Method, names: &MethodNames) -> TokenStream {
    let name = names.method.ident();
    let builder = names.builder.name.ident();
    let table = names.builder.table.ident();
    let doc = Doc::new(method_doc(method));
    quote! {
        #doc
        pub fn #name(&self) -> #builder {
            runtime::Call::new(&self.client, &#table).into()
        }
    }
}

fn method_doc(method: &Method) -> String {
    let prose = prose::to_markdown(&method.documentation);
    let name = format!("`{}`, reached by `{}`.", method.full_name, method.access);
    if prose.is_empty() { name } else { format!("{prose}\n\n{name}") }
}

fn output(
    method: &Method,
    names: &MethodNames,
    place: ModuleContext<'_>,
    fields: &[RustName],
) -> Option<TokenStream> {
    let members = method.own_output()?;
    let doc = Doc::new(format!("What [`{}`] gives.", names.builder.name));
    let structure = Structure {
        doc,
        name: &names.output,
        members,
        fields,
        place,
        visibility: TokenStream::new(),
        constructor: Constructor::None,
    };
    Some(structure.into_token_stream())
}

fn listing(
    method: &Method,
    names: &MethodNames,
    place: ModuleContext<'_>,
    fields: &[RustName],
) -> Option<TokenStream> {
    let members = method.own_output()?;
    let rows = method.listing.as_ref()?.rows?;
    let (member, field) = (members.get(rows)?, fields.get(rows)?);
    let pagesmith_model::schema::Target::List { element, .. } = &member.target else {
        return None;
    };
    let row = place.rust_type(element, member.sensitive);
    let field = field.ident();
    let output = names.output.name.ident();
    let unwrapped = (!member.required).then(|| quote! { .unwrap_or_default() });
    Some(quote! {
        impl pagesmith_runtime::Listing for #output {
            type Row = #row;
            fn into_rows(self) -> Vec<#row> { self.#field #unwrapped }
        }
    })
}

fn operation(method: &Method, names: &MethodNames, own: &ResourceNames) -> TokenStream {
    let table = names.builder.table.ident();
    let name = literal(&method.operation);
    let read_only = (method.access == Access::Select).then(|| quote! { .read_only() });
    let host_prefix = method.host_prefix.as_ref().map(|prefix| quote! { .host_prefix(#prefix) });
    let unsigned = method.unsigned.then(|| quote! { .unsigned() });
    let input = names.input.table.ident();
    let output = method.output.as_ref().map(|output| {
        let wrapper = literal(&output.wrapper);
        let shape: Option<&TypeName> = match output.shape {
            OutputShape::Row => own.row.as_ref(),
            OutputShape::Members(_) => Some(&names.output),
        };
        let shape = shape.map(|shape| shape.table.ident());
        quote! { .output(#wrapper, &#shape) }
    });
    let pages = match &method.listing {
        Some(Listing { continuation: Some(continuation), .. }) => Some(pages(continuation)),
        _ => None,
    };
    quote! {
        static #table: runtime::Operation<'static> =
            runtime::Operation::new(#name, &super::SERVICE, &#input)
                #read_only #host_prefix #unsigned #output #pages;
    }
}

fn pages(continuation: &Continuation) -> TokenStream {
    let markers = continuation.markers.iter().map(|(taken, returned)| {
        let [taken, returned] = [taken, returned].map(|index| Literal::usize_unsuffixed(*index));
        quote! { (#taken, #returned) }
    });
    let more_results = match continuation.more_results {
        Some(index) => {
            let index = Literal::usize_unsuffixed(index);
            quote! { Some(#index) }
        }
        None => quote! { None },
    };
    quote! { .pages(&[#(#markers),*], #more_results) }
}
