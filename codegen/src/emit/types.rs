//! What a member holds, as Rust's types; and the module `types` of a service.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs::{Doc, ModuleDoc, code};
use super::naming::{ServiceNames, TypeName};
use super::open_enum::ShapeEnum;
use super::structure::{Constructor, Structure};
use crate::SdkSettings;
use crate::bind::{Known, Member, Service, Shape, Type};

/// Where code stands, which decides by what path it speaks of a type.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) names: &'a ServiceNames,
    /// Which parts are generated.
    pub(super) settings: &'a SdkSettings,
    /// The row of the module's resource; `None` in the module `types` itself.
    pub(super) row: Option<&'a TypeName>,
    /// Whether this is the module `types`.
    pub(super) in_types: bool,
}

impl Place<'_> {
    /// The type of a struct's field for `member`.
    pub(super) fn field(self, member: &Member) -> TokenStream {
        let held = self.held(&member.holds, member.sensitive);
        let held = if member.recursive {
            quote! { Box<#held> }
        } else {
            held
        };
        if member.required {
            held
        } else {
            quote! { Option<#held> }
        }
    }

    /// The type of a value.
    pub(super) fn held(self, holds: &Type, sensitive: bool) -> TokenStream {
        match holds {
            Type::String | Type::Known(Known::PolicyDocument) if sensitive => {
                quote! { pagesmith::Sensitive<String> }
            }
            Type::Blob if sensitive => quote! { pagesmith::Sensitive<Vec<u8>> },
            Type::String | Type::Known(Known::PolicyDocument) => quote! { String },
            Type::Known(Known::SerialNumber) => quote! { pagesmith::SerialNumber },
            Type::Blob => quote! { Vec<u8> },
            Type::Boolean => quote! { bool },
            Type::Integer => quote! { i32 },
            Type::Long => quote! { i64 },
            Type::Float => quote! { f32 },
            Type::Double => quote! { f64 },
            Type::Timestamp(_) => quote! { pagesmith::time::OffsetDateTime },
            Type::Row => self.row.map(|row| row.name.ident()).into_token_stream(),
            Type::Enum(shape) | Type::Structure(shape) => {
                let name = self.names.shapes.get(shape).map(|name| name.name.ident());
                self.in_types_path(name.as_ref())
            }
            Type::List { element, .. } => {
                let element = self.held(element, sensitive);
                quote! { Vec<#element> }
            }
            Type::Map { value, .. } => {
                let value = self.held(value, sensitive);
                quote! { std::collections::BTreeMap<String, #value> }
            }
        }
    }

    /// The path of a table of the module `types`.
    pub(super) fn table(self, shape: &str) -> TokenStream {
        let table = self.names.shapes.get(shape).map(|name| name.table.ident());
        self.in_types_path(table.as_ref())
    }

    fn in_types_path(self, name: Option<&proc_macro2::Ident>) -> TokenStream {
        if self.in_types {
            quote! { #name }
        } else {
            quote! { super::types::#name }
        }
    }
}

/// What a setter takes for a value, and how it makes the value of it.
pub(super) struct Argument {
    pub(super) takes: TokenStream,
    pub(super) made: TokenStream,
}

impl Argument {
    /// For the argument `name` of a member that holds `holds`.
    pub(super) fn new(place: Place<'_>, holds: &Type, sensitive: bool, name: &TokenStream) -> Self {
        let held = place.held(holds, sensitive);
        match holds {
            Type::Boolean | Type::Integer | Type::Long | Type::Float | Type::Double => {
                Self { takes: held, made: name.clone() }
            }
            Type::List { element, .. } => {
                let element = place.held(element, sensitive);
                Self {
                    takes: quote! { impl IntoIterator<Item = impl Into<#element>> },
                    made: quote! { #name.into_iter().map(Into::into).collect() },
                }
            }
            Type::Map { value, .. } => {
                let value = place.held(value, sensitive);
                Self {
                    takes: quote! { impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)> },
                    made: quote! {
                        #name.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
                    },
                }
            }
            _ => Self { takes: quote! { impl Into<#held> }, made: quote! { #name.into() } },
        }
    }
}

/// Through which [`pagesmith::Error::details`] gives what the error `code` says.
fn error_details(name: &TypeName, code: &str) -> TokenStream {
    let (name, table) = (name.name.ident(), name.table.ident());
    quote! {
        impl pagesmith::ErrorDetails for #name {
            const CODE: &'static str = #code;
            fn shape() -> &'static runtime::Shape<'static> { &#table }
        }
    }
}

/// The module `types` of `service`.
pub(super) fn module(service: &Service, names: &ServiceNames) -> TokenStream {
    let doc = ModuleDoc::new(format!(
        "Structures and enums that the methods of `{}.{}` take and give.",
        service.provider, service.name
    ));
    let place = Place { names, settings: &service.settings, row: None, in_types: true };
    let errors: BTreeMap<&String, &String> =
        service.error_shapes.iter().rev().map(|(code, structure)| (structure, code)).collect();
    let items = service.shapes.iter().filter_map(|(shape, content)| {
        let name = names.shapes.get(shape)?;
        let error = errors.get(shape);
        Some(match content {
            Shape::Structure(members) => {
                let structure = Structure {
                    doc: Doc::new(match error {
                        None => format!("{} of the service model.", code(shape)),
                        Some(error) => format!(
                            "What the error {} says; see [`pagesmith::Error::details`].",
                            code(error)
                        ),
                    }),
                    name,
                    members,
                    place,
                    visibility: quote! { pub(super) },
                    constructor: if error.is_some() {
                        Constructor::None
                    } else {
                        Constructor::Public
                    },
                };
                let details = error.map(|code| error_details(name, code));
                quote! { #structure #details }
            }
            Shape::Enum(values) => {
                ShapeEnum { shape, name: &name.name, values }.into_token_stream()
            }
        })
    });
    quote! {
        #doc
        use pagesmith::runtime;
        #(#items)*
    }
}
