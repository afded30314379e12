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
use pagesmith_model::model::{TimestampFormat, XmlNamespace};
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
    let target = target(&member.target, field);
    let sensitive = member.sensitive.then(|| quote! { .sensitive() });
    let binding = match member.binding {
        // Events are decoded as a whole.
        Binding::Body | Binding::EventHeader | Binding::EventPayload => None,
        Binding::Attribute => Some(quote! { .attribute() }),
        Binding::Label => Some(quote! { .label() }),
        Binding::Query => Some(quote! { .query() }),
        Binding::Header => Some(quote! { .header() }),
        Binding::PrefixHeaders => Some(quote! { .prefix_headers() }),
        Binding::Payload => Some(quote! { .payload() }),
        Binding::StatusCode => Some(quote! { .status_code() }),
    };
    let query_name = member.query_name.as_ref().map(|name| quote! { .query_name(#name) });
    let namespace = member.namespace.as_ref().map(|namespace| {
        let namespace = self::namespace(namespace);
        quote! { .namespace(&#namespace) }
    });
    let idempotency_token = member.idempotency_token.then(|| quote! { .idempotency_token() });
    quote! { #target #sensitive #binding #query_name #namespace #idempotency_token }
}

/// An XML namespace.
pub(super) fn namespace(XmlNamespace { prefix, uri }: &XmlNamespace) -> TokenStream {
    let prefix = prefix.as_ref().map(|prefix| quote! { .prefix(#prefix) });
    quote! { runtime::codegen::Namespace::new(#uri) #prefix }
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
        Target::Known(Known::PolicyDocument) | Target::JsonValue => false,
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

/// The target of the member, where it is not the usual one of its type.
fn target(target: &Target, field: &Field) -> Option<TokenStream> {
    let flattened = |is_flattened: &bool| is_flattened.then(|| quote! { .flattened() });
    Some(match target {
        target if is_usual(target) => return None,
        Target::Known(Known::PolicyDocument) => quote! { .percent_encoded() },
        Target::JsonValue => quote! { .json_value() },
        Target::Timestamp(TimestampFormat::UnixTimestamp) => quote! { .unix_timestamp() },
        Target::Timestamp(TimestampFormat::Rfc822) => quote! { .rfc822() },
        Target::List { element, name, flattened: is_flattened, .. } if is_usual(element) => {
            let elements = (name != "member").then(|| quote! { .elements(#name) });
            let flattened = flattened(is_flattened);
            quote! { #elements #flattened }
        }
        Target::Map { value, names: (key, name), flattened: is_flattened, .. }
            if is_usual(value) =>
        {
            let is_named = (key, name) != (&"key".to_owned(), &"value".to_owned());
            let entries = is_named.then(|| quote! { .entries(#key, #name) });
            let flattened = flattened(is_flattened);
            quote! { #entries #flattened }
        }
        target => {
            let target = nested(target, field);
            quote! { .target(runtime::codegen::Target::#target) }
        }
    })
}

/// A target in a list or a map, after the path of the runtime's `Target`.
fn nested(target: &Target, field: &Field) -> TokenStream {
    let within = |target: &Target| match target {
        Target::Structure(_) | Target::Row => {
            let structure = invariant!(field.types.structure.as_ref(), "it has a structure");
            let structure = tokens::parse(structure);
            quote! { &runtime::codegen::target::<#structure>() }
        }
        target => {
            let target = nested(target, field);
            quote! { &runtime::codegen::Target::#target }
        }
    };
    let format = |name: TokenStream| quote! { Timestamp(runtime::codegen::TimestampFormat::#name) };
    match target {
        Target::Known(Known::PolicyDocument) => quote! { PercentEncoded },
        Target::JsonValue => quote! { JsonValue },
        Target::Timestamp(TimestampFormat::Iso8601) => format(quote! { Iso8601 }),
        Target::Timestamp(TimestampFormat::UnixTimestamp) => format(quote! { UnixTimestamp }),
        Target::Timestamp(TimestampFormat::Rfc822) => format(quote! { Rfc822 }),
        Target::List { element, name, flattened, .. } => {
            let element = within(element);
            quote! { List { name: #name, flattened: #flattened, element: #element } }
        }
        Target::Map { value, names: (key_name, value_name), flattened, .. } => {
            let element = within(value);
            quote! {
                Map { key: #key_name, value: #value_name, flattened: #flattened, element: #element }
            }
        }
        _ => quote! { Scalar },
    }
}
