//! Tokens from lowered names and types.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::SdkSettings;
use crate::names::RustName;
use pagesmith_model::invariant;
use pagesmith_model::model::AuthScheme;

impl ToTokens for RustName {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.ident().to_tokens(tokens);
    }
}

/// The tokens of a type or a path.
pub(super) fn parse(text: &str) -> TokenStream {
    invariant!(text.parse().ok(), "lowering and the check of settings give Rust")
}

/// The name of `scheme` in the runtime.
pub(super) fn auth_scheme(scheme: AuthScheme) -> TokenStream {
    match scheme {
        AuthScheme::SigV4 => quote! { SigV4 },
        AuthScheme::S3 => quote! { S3 },
        AuthScheme::Bearer => quote! { Bearer },
        AuthScheme::NoAuth => quote! { NoAuth },
    }
}

/// The import of the runtime, by the name that generated code has for it.
pub(super) fn use_runtime(settings: &SdkSettings) -> TokenStream {
    let path = parse(&settings.runtime);
    quote! { use #path as runtime; }
}
