//! Items that require a Cargo feature, or that are left out.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::Gate;

/// One item, which requires what its gate says.
pub(super) struct Gated<'a> {
    pub(super) gate: &'a Gate,
    pub(super) code: TokenStream,
}

impl ToTokens for Gated<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { gate, code } = self;
        match gate {
            Gate::Off => {}
            Gate::On => code.to_tokens(tokens),
            Gate::Feature(name) => tokens.extend(quote! { #[cfg(feature = #name)] #code }),
        }
    }
}
