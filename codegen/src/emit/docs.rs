//! Documentation as attributes: one a line, each with the space that a `///` comment has.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::diagnostic::is_direction_control;

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

/// One a line, each with the space that a `///` comment has. No comment may hold some characters, and
/// the compiler refuses those that turn the direction of text.
fn lines(markdown: &str) -> impl Iterator<Item = String> {
    markdown
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!(" {}", visible(line)) })
}

/// `a`, `b` and `c`, from names in code.
pub(super) fn code_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(in_code).collect();
    crate::names::list_of(names.iter().map(String::as_str))
}

/// `` `name` ``, whatever the name holds: an enum's value may be any text.
pub(super) fn code(name: &str) -> String {
    format!("`{}`", in_code(name))
}

fn in_code(name: &str) -> String {
    if name.is_empty() {
        return "\"\"".to_owned();
    }
    visible(name).replace('`', "'")
}

fn visible(text: &str) -> String {
    text.replace(
        |character: char| character.is_control() || is_direction_control(character),
        "\u{FFFD}",
    )
}
