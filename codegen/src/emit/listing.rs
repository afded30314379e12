//! How a listing continues, and where its rows are.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{expression, tokens};
use crate::lower::{Field, Method};
use pagesmith_model::jmespath::Step;
use pagesmith_model::schema::Continuation;

/// The setter of an operation for its `continuation`. Where all values are members of the output, their indices are enough.
pub(super) fn pages(Continuation { markers, more_results }: &Continuation) -> TokenStream {
    let returned = markers.iter().map(|(_, steps)| steps).chain(more_results);
    if !returned.clone().all(|steps| member(steps).is_some()) {
        let markers = markers.iter().map(|(taken, steps)| {
            let (taken, steps) = (Literal::usize_unsuffixed(*taken), expression::table(steps));
            quote! { (#taken, #steps) }
        });
        let more_results = option(more_results.as_ref().map(|steps| expression::table(steps)));
        return quote! { .pages_by(&[#(#markers),*], #more_results) };
    }
    let markers = markers.iter().map(|(taken, steps)| {
        let (taken, returned) = (Literal::usize_unsuffixed(*taken), member(steps));
        quote! { (#taken, #returned) }
    });
    let more_results = option(more_results.as_ref().and_then(|steps| member(steps)));
    quote! { .pages(&[#(#markers),*], #more_results) }
}

/// The index of the member that `steps` give, if they are no more than that.
fn member(steps: &[Step]) -> Option<Literal> {
    match steps {
        [Step::Member(index)] => Some(Literal::usize_unsuffixed(*index)),
        _ => None,
    }
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote! { Some(#value) },
        None => quote! { None },
    }
}

/// Where the rows of `method` are in its output, and the type of a row.
pub(super) fn rows(method: &Method) -> Option<TokenStream> {
    let (row, fields) = method.rows.as_ref()?;
    let row = tokens::parse(row);
    let (first, rest) = fields.split_first()?;
    let name = &first.name;
    if rest.is_empty() {
        return Some(quote! { #name: #row });
    }
    let mut outer = first;
    let mut rows = quote! { page.#name };
    for field in rest {
        let name = &field.name;
        rows = match (is_optional(outer), is_optional(field)) {
            (false, _) => quote! { #rows.#name },
            (true, false) => quote! { #rows.map(|it| it.#name) },
            (true, true) => quote! { #rows.and_then(|it| it.#name) },
        };
        // What follows a field in an optional structure is optional.
        outer = if is_optional(outer) { outer } else { field };
    }
    Some(quote! { page => #rows, #row })
}

fn is_optional(field: &Field) -> bool {
    !field.member.required
}
