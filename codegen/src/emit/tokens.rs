//! Tokens from lowered names and types.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::SdkSettings;
use crate::names::RustName;
use pagesmith_model::invariant;

impl ToTokens for RustName {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.ident().to_tokens(tokens);
    }
}

/// The tokens of a type or a path.
pub(super) fn parse(text: &str) -> TokenStream {
    invariant!(text.parse().ok(), "lowering and the check of settings give Rust")
}

/// The import of the runtime, by the name that generated code has for it.
pub(super) fn use_runtime(settings: &SdkSettings) -> TokenStream {
    let path = parse(&settings.runtime);
    quote! { use #path as runtime; }
}
