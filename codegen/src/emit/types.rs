//! What a member holds, as Rust's types; and the module `types` of a service.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::docs::{Doc, ModuleDoc, code};
use super::naming::{self, ServiceNames, TypeName};
use super::open_enum::ShapeEnum;
use super::structure::{Constructor, Structure};
use crate::SdkSettings;
use pagesmith_model::bind::{Known, Member, Service, Shape, Type};

/// Where code stands, which decides by what path it speaks of a type.
#[derive(Clone, Copy)]
pub(super) struct ModuleContext<'a> {
    pub(super) names: &'a ServiceNames,
    /// Which parts are generated.
    pub(super) settings: &'a SdkSettings,
    /// The row of the module's resource; `None` in the module `types` itself.
    pub(super) row: Option<&'a TypeName>,
    /// What it holds.
    pub(super) row_members: &'a [Member],
    /// Whether this is the module `types`.
    pub(super) in_types: bool,
}

/// The type of a value.
#[derive(Clone, Copy)]
pub(super) struct RustType<'a> {
    place: ModuleContext<'a>,
    ty: &'a Type,
    sensitive: bool,
}

impl ToTokens for RustType<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { place, ty, sensitive } = *self;
        tokens.extend(match ty {
            Type::String | Type::Known(Known::PolicyDocument) if sensitive => {
                quote! { pagesmith_runtime::Sensitive<String> }
            }
            Type::Blob if sensitive => quote! { pagesmith_runtime::Sensitive<Vec<u8>> },
            Type::String | Type::Known(Known::PolicyDocument) => quote! { String },
            Type::Known(Known::SerialNumber) => quote! { pagesmith_runtime::SerialNumber },
            Type::Blob => quote! { Vec<u8> },
            Type::Boolean => quote! { bool },
            Type::Integer => quote! { i32 },
            Type::Long => quote! { i64 },
            Type::Float => quote! { f32 },
            Type::Double => quote! { f64 },
            Type::Timestamp(_) => quote! { pagesmith_runtime::time::OffsetDateTime },
            Type::Row => place.row.map(|row| row.name.ident()).into_token_stream(),
            Type::Enum(shape) | Type::Structure(shape) => {
                let name = place.names.shapes.get(shape).map(|name| name.name.ident());
                place.in_types_path(name.as_ref())
            }
            Type::List { element, .. } => {
                let element = place.rust_type(element, sensitive);
                quote! { Vec<#element> }
            }
            Type::Map { value, .. } => {
                let value = place.rust_type(value, sensitive);
                quote! { std::collections::BTreeMap<String, #value> }
            }
        });
    }
}

/// The type of a struct's field.
#[derive(Clone, Copy)]
pub(super) struct FieldType<'a> {
    rust_type: RustType<'a>,
    member: &'a Member,
}

impl ToTokens for FieldType<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { rust_type, member } = self;
        match (member.required, member.recursive) {
            (true, false) => rust_type.to_tokens(tokens),
            (true, true) => tokens.extend(quote! { Box<#rust_type> }),
            (false, false) => tokens.extend(quote! { Option<#rust_type> }),
            (false, true) => tokens.extend(quote! { Option<Box<#rust_type>> }),
        }
    }
}

impl<'a> ModuleContext<'a> {
    /// The type of a struct's field for `member`.
    pub(super) fn field(self, member: &'a Member) -> FieldType<'a> {
        FieldType { rust_type: self.rust_type(&member.ty, member.sensitive), member }
    }

    /// The type of a value.
    pub(super) fn rust_type(self, ty: &'a Type, sensitive: bool) -> RustType<'a> {
        RustType { place: self, ty, sensitive }
    }

    /// What a setter for `member` takes.
    pub(super) fn takes(self, member: &'a Member) -> Takes<'a> {
        Takes(self.rust_type(&member.ty, member.sensitive))
    }

    /// The type that a setter for `member` converts what it takes into, where it takes one value and
    /// converts it.
    pub(super) fn converts(self, member: &'a Member) -> Option<RustType<'a>> {
        let is_one = !matches!(member.ty, Type::List { .. } | Type::Map { .. });
        (is_one && !is_plain(&member.ty)).then(|| self.rust_type(&member.ty, member.sensitive))
    }

    /// What a setter of a value's builder is told of `member`, in the form that `runtime::builder` takes.
    pub(super) fn built(self, member: &'a Member) -> TokenStream {
        match &member.ty {
            Type::List { element, .. } => {
                let element = self.rust_type(element, member.sensitive);
                quote! { [#element] }
            }
            Type::Map { value, .. } => {
                let value = self.rust_type(value, member.sensitive);
                quote! { [String, #value] }
            }
            ty => self.rust_type(ty, member.sensitive).into_token_stream(),
        }
    }

    /// The path of a table of the module `types`.
    pub(super) fn table(self, shape: &str) -> TokenStream {
        let table = self.names.shapes.get(shape).map(|name| name.table.ident());
        self.in_types_path(table.as_ref())
    }

    fn in_types_path(self, name: Option<&Ident>) -> TokenStream {
        if self.in_types {
            quote! { #name }
        } else {
            quote! { super::types::#name }
        }
    }
}

/// What a setter takes for a value.
#[derive(Clone, Copy)]
pub(super) struct Takes<'a>(RustType<'a>);

impl ToTokens for Takes<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self(rust_type @ RustType { place, ty, sensitive }) = self;
        match ty {
            plain if is_plain(plain) => rust_type.to_tokens(tokens),
            Type::List { element, .. } => {
                let element = place.rust_type(element, *sensitive);
                tokens.extend(quote! { impl IntoIterator<Item = impl Into<#element>> });
            }
            Type::Map { value, .. } => {
                let value = place.rust_type(value, *sensitive);
                tokens.extend(
                    quote! { impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)> },
                );
            }
            _ => tokens.extend(quote! { impl Into<#rust_type> }),
        }
    }
}

/// How a setter makes the value of `member` of its argument `name`.
pub(super) struct Value<'a> {
    pub(super) member: &'a Member,
    pub(super) name: &'a Ident,
}

impl Value<'_> {
    /// Whether the value is the argument.
    pub(super) fn is_argument(&self) -> bool {
        is_plain(&self.member.ty)
    }
}

impl ToTokens for Value<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { member, name } = self;
        match &member.ty {
            plain if is_plain(plain) => name.to_tokens(tokens),
            Type::List { .. } => {
                tokens.extend(quote! { #name.into_iter().map(Into::into).collect() });
            }
            Type::Map { .. } => tokens.extend(quote! {
                #name.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
            }),
            _ => tokens.extend(quote! { #name.into() }),
        }
    }
}

/// Whether a setter takes a value of this type as it is.
fn is_plain(ty: &Type) -> bool {
    matches!(ty, Type::Boolean | Type::Integer | Type::Long | Type::Float | Type::Double)
}

/// Through which [`pagesmith_runtime::Error::details`] gives what the error `code` says.
fn error_details(name: &TypeName, code: &str) -> TokenStream {
    let (name, table) = (name.name.ident(), name.table.ident());
    quote! {
        impl pagesmith_runtime::ErrorDetails for #name {
            const CODE: &'static str = #code;
            fn shape() -> &'static runtime::Shape<'static> { &#table }
        }
    }
}

/// The module `types` of `service`.
pub(super) fn module(
    service: &Service,
    settings: &SdkSettings,
    names: &ServiceNames,
) -> TokenStream {
    let doc = ModuleDoc::new(format!(
        "Structures and enums that the methods of `{}.{}` take and give.",
        service.provider, service.name
    ));
    let place = ModuleContext { names, settings, row: None, row_members: &[], in_types: true };
    let errors: BTreeMap<&String, &String> =
        service.error_shapes.iter().rev().map(|(code, structure)| (structure, code)).collect();
    let items = service.shapes.iter().filter_map(|(shape, content)| {
        let name = names.shapes.get(shape)?;
        let error = errors.get(shape);
        Some(match content {
            Shape::Structure { members, .. } => {
                let fields = naming::fields(members);
                let structure = Structure {
                    doc: Doc::new(match error {
                        None => format!("{} of the service model.", code(shape)),
                        Some(error) => format!(
                            "What the error {} says; see [`pagesmith_runtime::Error::details`].",
                            code(error)
                        ),
                    }),
                    name,
                    members,
                    fields: &fields,
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
        use pagesmith_runtime::codegen as runtime;
        #(#items)*
    }
}
