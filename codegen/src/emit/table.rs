//! The members of a schema.
//!
//! ```text
//! tags: Vec<types::Tag> = list("Tags", &Structure(&types::schema::TAG)).required(),
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens;
use crate::lower::Field;
use pagesmith_model::invariant;
use pagesmith_model::model::TimestampFormat;
use pagesmith_model::schema::{Known, Target};

/// How the member of `field` travels.
pub(super) fn member(field: &Field) -> TokenStream {
    let member = &field.member;
    let wire = &member.wire;
    let structure = || {
        let path = invariant!(field.types.table.as_ref(), "a structure has a schema");
        tokens::parse(path)
    };
    let mut tokens = match &member.target {
        Target::Timestamp(format) => {
            let format = timestamp_format(*format);
            quote! { timestamp(#wire, #format) }
        }
        Target::Structure(_) | Target::Row => {
            let table = structure();
            quote! { structure(#wire, &#table) }
        }
        Target::List { element, name: wrapper, flattened: false } if wrapper == "member" => {
            let element = target(element, &structure);
            quote! { list(#wire, &#element) }
        }
        ty @ (Target::List { .. } | Target::Map { .. } | Target::Known(Known::PolicyDocument)) => {
            let target = target(ty, &structure);
            quote! { new(#wire, #target) }
        }
        _ => quote! { scalar(#wire) },
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
    quote! { #format }
}

/// The target of a member of this type; `structure` is the schema of the structure in it.
fn target(ty: &Target, structure: &impl Fn() -> TokenStream) -> TokenStream {
    match ty {
        Target::Known(Known::PolicyDocument) => quote! { PercentEncoded },
        Target::Timestamp(format) => {
            let format = timestamp_format(*format);
            quote! { Timestamp(#format) }
        }
        Target::Structure(_) | Target::Row => {
            let table = structure();
            quote! { Structure(&#table) }
        }
        Target::List { element, name, flattened } => {
            let element = target(element, structure);
            quote! {
                List { name: #name, flattened: #flattened, element: &#element }
            }
        }
        Target::Map { value, names: (key_name, value_name), flattened } => {
            let element = target(value, structure);
            quote! {
                Map {
                    key: #key_name,
                    value: #value_name,
                    flattened: #flattened,
                    element: &#element,
                }
            }
        }
        _ => quote! { Scalar },
    }
}
