//! The members of a schema, as the macros of the runtime take them.
//!
//! ```text
//! = "UserName".sensitive()                    of a param
//! = list("Tags", Tag)                         of a structure
//! = value("When", OffsetDateTime).target(Timestamp(Rfc822))
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Doc, code};
use super::tokens;
use crate::lower::{Conversion, Field};
use crate::prose;
use pagesmith_model::invariant;
use pagesmith_model::model::TimestampFormat;
use pagesmith_model::schema::{Binding, Known, Target};

/// The name on the wire, with what the setter converts.
pub(super) fn with_conversion(field: &Field) -> TokenStream {
    let (wire, element) = (&field.member.wire, tokens::parse(&field.types.element));
    match field.types.conversion {
        Conversion::Copied => quote! { copied(#wire, #element) },
        Conversion::Value => quote! { value(#wire, #element) },
        Conversion::List => quote! { list(#wire, #element) },
        Conversion::Map => quote! { map(#wire, #element) },
    }
}

/// What the type of `field` does not say of its schema.
pub(super) fn flags(field: &Field) -> TokenStream {
    let member = &field.member;
    let target = (!is_usual(&member.target)).then(|| {
        let target = target(&member.target, field);
        quote! { .target(#target) }
    });
    let sensitive = member.sensitive.then(|| quote! { .sensitive() });
    let attribute = (member.binding == Binding::Attribute).then(|| quote! { .attribute() });
    let idempotency_token = member.idempotency_token.then(|| quote! { .idempotency_token() });
    quote! { #target #sensitive #attribute #idempotency_token }
}

/// The documentation of `field`, unless it is only its name on the wire: the macros add that.
pub(super) fn doc(field: &Field) -> Option<Doc> {
    let member = &field.member;
    let name = code(&member.name);
    let documentation = documentation(field);
    let is_wire_name = documentation.is_none() && name == format!("`{}`", member.wire);
    (!is_wire_name).then(|| Doc::new(documentation.unwrap_or_else(|| format!("{name}."))))
}

/// The documentation of a field, from the page or the service model.
pub(super) fn documentation(field: &Field) -> Option<String> {
    let html = field.member.documentation.as_ref()?;
    Some(prose::to_markdown(html)).filter(|text| !text.is_empty())
}

/// Whether the runtime's `Typed` gives the Rust type this target.
fn is_usual(target: &Target) -> bool {
    match target {
        Target::Known(Known::PolicyDocument) => false,
        Target::Timestamp(format) => *format == TimestampFormat::Iso8601,
        Target::List { element, name, flattened, .. } => {
            !flattened && name == "member" && is_usual(element)
        }
        Target::Map { value, names: (key_name, value_name), flattened, .. } => {
            !flattened && key_name == "key" && value_name == "value" && is_usual(value)
        }
        _ => true,
    }
}

fn target(target: &Target, field: &Field) -> TokenStream {
    match target {
        Target::Known(Known::PolicyDocument) => quote! { PercentEncoded },
        Target::Timestamp(TimestampFormat::Iso8601) => quote! { Timestamp(Iso8601) },
        Target::Timestamp(TimestampFormat::UnixTimestamp) => quote! { Timestamp(UnixTimestamp) },
        Target::Timestamp(TimestampFormat::Rfc822) => quote! { Timestamp(Rfc822) },
        Target::Structure(_) | Target::Row => {
            let structure = invariant!(field.types.structure.as_ref(), "it has a structure");
            let structure = tokens::parse(structure);
            quote! { <#structure as Typed>::TARGET }
        }
        Target::List { element, name, flattened, .. } => {
            let element = self::target(element, field);
            quote! { List { name: #name, flattened: #flattened, element: &#element } }
        }
        Target::Map { value, names: (key_name, value_name), flattened, .. } => {
            let element = self::target(value, field);
            quote! {
                Map { key: #key_name, value: #value_name, flattened: #flattened, element: &#element }
            }
        }
        _ => quote! { Scalar },
    }
}
