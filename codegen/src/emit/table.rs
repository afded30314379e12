//! A shape's table.
//!
//! ```text
//! static TAG: runtime::Shape<'static> = runtime::Shape::new("Tag", &[
//!     runtime::Member::scalar("key", "Key").required(),
//! ]);
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::made::{Made, literal};
use super::naming::TypeName;
use super::types::ModuleContext;
use pagesmith_model::model::TimestampFormat;
use pagesmith_model::schema::{Known, Member, Target};

/// The table of the structure `name`.
pub(super) struct Table<'a> {
    pub(super) name: &'a TypeName,
    pub(super) visibility: &'a TokenStream,
    pub(super) fields: &'a [Ident],
    pub(super) members: &'a [Member],
    pub(super) place: ModuleContext<'a>,
}

impl ToTokens for Table<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { name, visibility, fields, members, place } = self;
        let table = name.table.ident();
        let shown = literal(name.name.plain());
        let rows = members.iter().zip(*fields);
        let rows = rows.map(|(member, field)| Made(move || row(*place, member, field)));
        tokens.extend(quote! {
            #visibility static #table: runtime::Shape<'static> =
                runtime::Shape::new(#shown, &[#(#rows),*]);
        });
    }
}

/// The row of `member`, whose field is `field`.
fn row(place: ModuleContext<'_>, member: &Member, field: &Ident) -> TokenStream {
    let field = field.to_string();
    let field = literal(field.trim_start_matches("r#"));
    let wire = literal(&member.wire);
    let mut row = match &member.target {
        scalar if says_all(scalar) => quote! { runtime::Member::scalar(#field, #wire) },
        Target::Timestamp(format) => {
            let format = timestamp_format(*format);
            quote! { runtime::Member::timestamp(#field, #wire, #format) }
        }
        Target::Structure(_) | Target::Row => {
            let table = structure_table(place, &member.target);
            quote! { runtime::Member::structure(#field, #wire, &#table) }
        }
        Target::List { element, name, flattened: false } if name == "member" => {
            let element = target(place, element);
            quote! { runtime::Member::list(#field, #wire, &#element) }
        }
        other => {
            let target = target(place, other);
            quote! { runtime::Member::new(#field, #wire, #target) }
        }
    };
    row.extend(member.required.then(|| quote! { .required() }));
    row.extend(member.sensitive.then(|| quote! { .sensitive() }));
    row.extend(member.attribute.then(|| quote! { .attribute() }));
    row.extend(member.idempotency_token.then(|| quote! { .idempotency_token() }));
    row
}

/// Whether a value of this type says by itself how it travels.
fn says_all(ty: &Target) -> bool {
    !matches!(
        ty,
        Target::Known(Known::PolicyDocument)
            | Target::Timestamp(_)
            | Target::Structure(_)
            | Target::Row
            | Target::List { .. }
            | Target::Map { .. }
    )
}

fn timestamp_format(format: TimestampFormat) -> TokenStream {
    let format = match format {
        TimestampFormat::Iso8601 => quote! { Iso8601 },
        TimestampFormat::UnixTimestamp => quote! { UnixTimestamp },
        TimestampFormat::Rfc822 => quote! { Rfc822 },
    };
    quote! { runtime::TimestampFormat::#format }
}

/// The path of the table of the structure, or the row, that `ty` is.
fn structure_table(place: ModuleContext<'_>, ty: &Target) -> TokenStream {
    match ty {
        Target::Structure(shape) => place.table(shape),
        _ => place.row.map(|row| row.table.ident()).to_token_stream(),
    }
}

fn target(place: ModuleContext<'_>, ty: &Target) -> TokenStream {
    match ty {
        Target::Known(Known::PolicyDocument) => quote! { runtime::Target::PercentEncoded },
        Target::Timestamp(format) => {
            let format = timestamp_format(*format);
            quote! { runtime::Target::Timestamp(#format) }
        }
        Target::Structure(_) | Target::Row => {
            let table = structure_table(place, ty);
            quote! { runtime::Target::Structure(&#table) }
        }
        Target::List { element, name, flattened } => {
            let element = target(place, element);
            quote! {
                runtime::Target::List { name: #name, flattened: #flattened, element: &#element }
            }
        }
        Target::Map { value, names: (key_name, value_name), flattened } => {
            let element = target(place, value);
            quote! {
                runtime::Target::Map {
                    key: #key_name,
                    value: #value_name,
                    flattened: #flattened,
                    element: &#element,
                }
            }
        }
        scalar => {
            debug_assert!(says_all(scalar));
            quote! { runtime::Target::Scalar }
        }
    }
}
