//! The schema of a structure.
//!
//! ```text
//! pub(super) static TAG: codegen::Shape<'static> = codegen::Shape::new("Tag", &[
//!     codegen::Member::scalar("key", "Key").required(),
//! ]);
//! ```

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::tokens;
use crate::lower::{Field, TypeName};
use pagesmith_model::invariant;
use pagesmith_model::model::TimestampFormat;
use pagesmith_model::schema::{Known, Target};

/// The schema of the structure `name`.
pub(super) struct Table<'a> {
    pub(super) name: &'a TypeName,
    pub(super) visibility: &'a TokenStream,
    pub(super) fields: &'a [Field],
}

impl ToTokens for Table<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { name: TypeName { name, table, .. }, visibility, fields } = self;
        let name = name.plain();
        let members = fields.iter().map(member);
        tokens.extend(quote! {
            #visibility static #table: codegen::Shape<'static> =
                codegen::Shape::new(#name, &[#(#members),*]);
        });
    }
}

fn member(field: &Field) -> TokenStream {
    let (name, member) = (field.name.plain(), &field.member);
    let wire = &member.wire;
    let structure = || {
        let path = invariant!(field.types.table.as_ref(), "a structure has a schema");
        tokens::parse(path)
    };
    let mut tokens = match &member.target {
        Target::Timestamp(format) => {
            let format = timestamp_format(*format);
            quote! { codegen::Member::timestamp(#name, #wire, #format) }
        }
        Target::Structure(_) | Target::Row => {
            let table = structure();
            quote! { codegen::Member::structure(#name, #wire, &#table) }
        }
        Target::List { element, name: wrapper, flattened: false } if wrapper == "member" => {
            let element = target(element, &structure);
            quote! { codegen::Member::list(#name, #wire, &#element) }
        }
        ty @ (Target::List { .. } | Target::Map { .. } | Target::Known(Known::PolicyDocument)) => {
            let target = target(ty, &structure);
            quote! { codegen::Member::new(#name, #wire, #target) }
        }
        _ => quote! { codegen::Member::scalar(#name, #wire) },
    };
    tokens.extend(member.required.then(|| quote! { .required() }));
    tokens.extend(member.sensitive.then(|| quote! { .sensitive() }));
    tokens.extend(member.attribute.then(|| quote! { .attribute() }));
    tokens.extend(member.idempotency_token.then(|| quote! { .idempotency_token() }));
    tokens
}

fn timestamp_format(format: TimestampFormat) -> TokenStream {
    let format = match format {
        TimestampFormat::Iso8601 => quote! { Iso8601 },
        TimestampFormat::UnixTimestamp => quote! { UnixTimestamp },
        TimestampFormat::Rfc822 => quote! { Rfc822 },
    };
    quote! { codegen::TimestampFormat::#format }
}

/// The target of a member of this type; `structure` is the schema of the structure in it.
fn target(ty: &Target, structure: &impl Fn() -> TokenStream) -> TokenStream {
    match ty {
        Target::Known(Known::PolicyDocument) => quote! { codegen::Target::PercentEncoded },
        Target::Timestamp(format) => {
            let format = timestamp_format(*format);
            quote! { codegen::Target::Timestamp(#format) }
        }
        Target::Structure(_) | Target::Row => {
            let table = structure();
            quote! { codegen::Target::Structure(&#table) }
        }
        Target::List { element, name, flattened } => {
            let element = target(element, structure);
            quote! {
                codegen::Target::List { name: #name, flattened: #flattened, element: &#element }
            }
        }
        Target::Map { value, names: (key_name, value_name), flattened } => {
            let element = target(value, structure);
            quote! {
                codegen::Target::Map {
                    key: #key_name,
                    value: #value_name,
                    flattened: #flattened,
                    element: &#element,
                }
            }
        }
        _ => quote! { codegen::Target::Scalar },
    }
}
