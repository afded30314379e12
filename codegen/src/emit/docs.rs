//! Documentation as attributes: one a line, each with the space that a `///` comment has.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The documentation of an item, in Markdown.
pub(super) struct Doc(String);

/// The documentation of a file's module, in Markdown.
pub(super) struct ModuleDoc(String);

impl Doc {
    pub(super) fn new(markdown: impl Into<String>) -> Self {
        Self(markdown.into())
    }
}

impl ModuleDoc {
    pub(super) fn new(markdown: impl Into<String>) -> Self {
        Self(markdown.into())
    }
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(lines(&self.0).map(|line| quote! { #[doc = #line] }));
    }
}

impl ToTokens for ModuleDoc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(lines(&self.0).map(|line| quote! { #![doc = #line] }));
    }
}

fn lines(markdown: &str) -> impl Iterator<Item = String> {
    markdown.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    })
}

/// `a`, `b` and `c`, from names in code.
pub(super) fn code_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    crate::names::list_of(names)
}

/// `` `name` ``, whatever the name holds.
pub(super) fn code(name: &str) -> String {
    // Names of pages and models are identifiers; anything else would have been refused.
    format!("`{}`", name.replace('`', "'"))
}
