//! A request builder: one type parameter for each required param, `Missing` until it is `Given`.
//!
//! ```text
//! pub struct UntagMfaDevice<SerialNumber = pagesmith_runtime::Missing, TagKeys = pagesmith_runtime::Missing> {
//!     call: runtime::Call<UntagMfaDeviceInput, (SerialNumber, TagKeys)>,
//! }
//!
//! impl<SerialNumber, TagKeys> UntagMfaDevice<SerialNumber, TagKeys> {
//!     pub fn serial_number(mut self, …) -> UntagMfaDevice<pagesmith_runtime::Given, TagKeys> { … }
//!     pub fn send(self) -> pagesmith_runtime::Sending<()>
//!     where SerialNumber: required::SerialNumber, TagKeys: required::TagKeys { … }
//! }
//!
//! runtime::request!(UntagMfaDevice, UntagMfaDeviceInput, SerialNumber, TagKeys);
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::docs::{Doc, code, code_list};
use super::gated::Gated;
use super::made::Made;
use super::naming::{self, MethodNames, ResourceNames};
use super::required::{Required, RequiredParam};
use super::structure::{Record, idents};
use super::table::Table;
use super::types::{ModuleContext, Value};
use crate::names::RustName;
use pagesmith_model::schema::{Member, Method, OutputShape};

/// The request builder of a method, with its input.
pub(super) struct Builder<'a> {
    pub(super) method: &'a Method,
    pub(super) names: &'a MethodNames,
    /// In the order of the method's input.
    pub(super) setters: &'a [RustName],
    pub(super) resource: &'a ResourceNames,
    pub(super) required: &'a Required,
    pub(super) place: ModuleContext<'a>,
}

impl Builder<'_> {
    /// What `send` gives.
    fn output(&self) -> TokenStream {
        match self.method.output.as_ref().map(|output| &output.shape) {
            None => quote! { () },
            Some(OutputShape::Members(_)) => self.names.output.name.ident().to_token_stream(),
            Some(OutputShape::Row) => {
                self.resource.row.as_ref().map(|row| row.name.ident()).to_token_stream()
            }
        }
    }

    /// What it requires, in the order of the operation's members, which is that of its type
    /// parameters: no order in a page changes the type.
    fn required_params(&self) -> Vec<RequiredParam<'_>> {
        self.required.params(self.method).collect()
    }

    fn doc(&self) -> Doc {
        let members = |required: bool| {
            let chosen = self.method.input.iter().filter(move |member| member.required == required);
            chosen.map(|member| member.name.as_str())
        };
        let call = format!(
            "A call of [`{}::{}`]: the operation {}.",
            self.resource.handle,
            self.names.method.plain(),
            code(&self.method.operation),
        );
        let mut paragraphs = vec![call];
        for (word, required) in [("Required", true), ("Optional", false)] {
            if members(required).next().is_some() {
                paragraphs.push(format!("{word}: {}.", code_list(members(required))));
            }
        }
        Doc::new(paragraphs.join("\n\n"))
    }

    fn setter(
        &self,
        member: &Member,
        field: &Ident,
        (setter, set): (&Ident, &Ident),
        required: &[RequiredParam<'_>],
    ) -> TokenStream {
        let builder = self.names.builder.name.ident();
        let takes = self.place.takes(member);
        let made = Value { member, name: field };
        let doc = Doc::new(format!(
            "{}, {}.",
            code(&member.name),
            if member.required { "required" } else { "optional" }
        ));
        if !member.required {
            let set_doc = Doc::new(format!("{}; `None` leaves it out.", code(&member.name)));
            let ty = self.place.field(member);
            return quote! {
                #doc
                pub fn #setter(mut self, #field: #takes) -> Self {
                    self.call.input.#field = Some(#made);
                    self
                }
                #set_doc
                pub fn #set(mut self, #field: #ty) -> Self {
                    self.call.input.#field = #field;
                    self
                }
            };
        }
        let after = required.iter().map(|RequiredParam { wire, parameter, .. }| {
            if *wire == member.name {
                quote! { pagesmith_runtime::Given }
            } else {
                quote! { #parameter }
            }
        });
        quote! {
            #doc
            pub fn #setter(mut self, #field: #takes) -> #builder<#(#after),*> {
                self.call.input.#field = #made;
                self.call.retype().into()
            }
        }
    }

    fn endings(&self, required: &[RequiredParam<'_>]) -> TokenStream {
        let output = self.output();
        let bounds: Vec<_> = required
            .iter()
            .map(|RequiredParam { parameter, is_given, .. }| {
                quote! { #parameter: required::#is_given }
            })
            .collect();
        let bounds = (!bounds.is_empty()).then(|| quote! { where #(#bounds),* });
        let listing = self.method.listing.as_ref();
        let continued = listing.is_some_and(|listing| listing.continuation.is_some());
        let doc = Doc::new(format!(
            "Sends the call{}.\n\n# Errors\n{}",
            if continued { ", for one page" } else { "" },
            self.errors()
        ));
        let send = if self.method.output.is_some() {
            quote! { output }
        } else {
            quote! { send }
        };
        let rows = listing.filter(|listing| listing.rows.is_some()).map(|_| {
            quote! {
                /// Every row of the listing: a `Stream` that fetches pages as it gets to them.
                pub fn rows(self) -> pagesmith_runtime::Rows<#output> #bounds {
                    pagesmith_runtime::Rows::new(self.call.pages())
                }
            }
        });
        let rows_blocking = rows.is_some().then(|| Gated {
            gate: &self.place.settings.blocking,
            code: quote! {
                /// Every row of the listing, without `async`: an `Iterator` that fetches pages as it
                /// gets to them.
                pub fn rows_blocking(self) -> pagesmith_runtime::BlockingRows<#output> #bounds {
                    pagesmith_runtime::BlockingRows::new(self.rows())
                }
            },
        });
        let send_blocking = Gated {
            gate: &self.place.settings.blocking,
            code: quote! {
                /// As `send`, without `async`: this thread waits.
                ///
                /// # Errors
                /// Those of `send`, and [`pagesmith_runtime::ErrorKind::Configuration`] where it is called
                /// from `async` code.
                pub fn send_blocking(self) -> Result<#output, pagesmith_runtime::Error> #bounds {
                    runtime::block_on(self.send())
                }
            },
        };
        let pages = continued.then(|| {
            quote! {
                /// Every page of the listing: a `Stream` that fetches them as it gets to them.
                pub fn pages(self) -> pagesmith_runtime::Pages<#output> #bounds {
                    self.call.pages()
                }
            }
        });
        quote! {
            #doc
            pub fn send(self) -> pagesmith_runtime::Sending<#output> #bounds {
                self.call.#send()
            }
            #send_blocking
            #rows
            #rows_blocking
            #pages
        }
    }

    fn errors(&self) -> String {
        let codes = self.method.error_codes.iter();
        let links: Vec<String> = codes
            .filter_map(|name| Some((name, self.place.names.error_codes.get(name)?)))
            .map(|(name, variant)| {
                format!("[{}](super::ErrorCode::{})", code(name), variant.plain())
            })
            .collect();
        if links.is_empty() {
            return "Those of every call: see [`pagesmith_runtime::ErrorKind`].".to_owned();
        }
        format!(
            "Those of every call (see [`pagesmith_runtime::ErrorKind`]), and from the service\n{}.",
            links.join(",\n")
        )
    }
}

impl ToTokens for Builder<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let doc = self.doc();
        let builder = self.names.builder.name.ident();
        let input = self.names.input.name.ident();
        let fields = idents(&naming::fields(&self.method.input));
        let required = self.required_params();
        let set = naming::optional_setters(self.setters);
        let setters = self.method.input.iter().zip(&fields).zip(self.setters.iter().zip(&set));
        let setters = setters.map(|((member, field), (setter, set))| {
            self.setter(member, field, (&setter.ident(), &set.ident()), &required)
        });
        let endings = self.endings(&required);
        let parameters: Vec<&Ident> = required.iter().map(|param| param.parameter).collect();
        let (declared, used) = if parameters.is_empty() {
            (None, None)
        } else {
            (
                Some(quote! { <#(#parameters = pagesmith_runtime::Missing),*> }),
                Some(quote! { <#(#parameters),*> }),
            )
        };
        let state = (!parameters.is_empty()).then(|| quote! { , (#(#parameters,)*) });
        let rust_type = self.method.input.iter().zip(&fields).map(|(member, field)| {
            let ty = self.place.field(member);
            Made(move || quote! { #field: #ty })
        });
        let record = Record { name: &self.names.input, fields: &fields };
        let table = Table {
            name: &self.names.input,
            visibility: &TokenStream::new(),
            fields: &fields,
            members: &self.method.input,
            place: self.place,
        };
        tokens.extend(quote! {
            #doc
            #[must_use = "a request does nothing until it is sent"]
            pub struct #builder #declared {
                call: runtime::Call<#input #state>,
            }

            impl #used #builder #used {
                #(#setters)*
                #endings
            }

            runtime::request!(#builder, #input #(, #parameters)*);

            #[derive(Clone)]
            struct #input { #(#rust_type),* }
            #table
            #record
        });
    }
}
