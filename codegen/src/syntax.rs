//! Rust paths and visibilities in settings.

use syn::parse::Parser as _;
use syn::{Path, Visibility};

/// The path `text`, without generic arguments: `Hash`, `my_crate::MyTrait`, `::serde::Serialize`.
///
/// # Errors
/// The syntax error.
pub(crate) fn path(text: &str) -> syn::Result<Path> {
    Path::parse_mod_style.parse_str(text)
}

/// The visibility `text`: `pub`, `pub(crate)`, `pub(in crate::sdk)`.
///
/// # Errors
/// The syntax error.
pub(crate) fn visibility(text: &str) -> syn::Result<Visibility> {
    match syn::parse_str(text)? {
        Visibility::Inherited => Err(syn::Error::new(
            proc_macro2::Span::call_site(),
            "expected `pub`, with or without a restriction",
        )),
        visibility => Ok(visibility),
    }
}

#[cfg(test)]
mod tests;
