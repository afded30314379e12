//! Documentation of items, as `///` comments.

use std::borrow::Cow;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use pagesmith_model::diagnostic::is_direction_control;

/// The documentation of an item, in Markdown.
pub(super) struct Doc(String);

/// The documentation of a file's module, in Markdown.
pub(super) struct ModuleDoc(String);

impl Doc {
    pub(super) fn new(markdown: impl Into<String>) -> Self {
        Self(markdown.into())
    }

    /// The same of `markdown`, with long lines broken.
    pub(super) fn wrapped(markdown: &str) -> Self {
        Self(markdown.lines().map(wrap).collect::<Vec<_>>().join("\n"))
    }
}

/// `line` in lines of at most [`WIDTH`] characters, if its words allow it.
fn wrap(line: &str) -> String {
    const WIDTH: usize = 92;

    let mut text = String::new();
    let mut width = 0;
    for word in line.split(' ') {
        if width > 0 && width + 1 + word.len() > WIDTH {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text += word;
        width += word.len();
    }
    text
}

impl ModuleDoc {
    pub(super) fn new(markdown: impl Into<String>) -> Self {
        Self(markdown.into())
    }
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let lines = lines(&self.0);
        tokens.extend(quote! { #(#[doc = #lines])* });
    }
}

impl ToTokens for ModuleDoc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let lines = lines(&self.0);
        tokens.extend(quote! { #(#![doc = #lines])* });
    }
}

/// `markdown` with `sentence` at the end: in its last paragraph, if it ends with one.
pub(super) fn with_sentence(markdown: String, sentence: &str) -> String {
    if markdown.is_empty() {
        return sentence.to_owned();
    }
    let last = markdown.rsplit_once("\n\n").map_or(&*markdown, |(_, last)| last);
    let is_paragraph = last.starts_with(|first: char| first.is_alphabetic() || first == '[');
    let line = last.lines().last().unwrap_or(last);
    let separator = match line.len() + sentence.len() {
        _ if !is_paragraph => "\n\n",
        ..92 => " ",
        _ => "\n",
    };
    markdown + separator + sentence
}

/// The lines of `markdown`, each with the space that separates it from `///`. They are raw literals, which syn and
/// prettyplease read several times faster, unless a line contains the end of such a literal.
fn lines(markdown: &str) -> impl Iterator<Item = Literal> {
    markdown.lines().map(|line| {
        let line = if line.is_empty() { String::new() } else { format!(" {}", visible(line)) };
        format!("r##\"{line}\"##").parse().unwrap_or_else(|_| Literal::string(&line))
    })
}

/// `a`, `b` and `c`, from names in code.
pub(super) fn code_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(in_code).collect();
    pagesmith_model::words::list_of(names.iter().map(String::as_str))
}

/// `` `name` ``, for any name: the value of an enum can be any text.
pub(super) fn code(name: &str) -> String {
    format!("`{}`", in_code(name))
}

fn in_code(name: &str) -> String {
    if name.is_empty() {
        return "\"\"".to_owned();
    }
    visible(name).replace('`', "'")
}

/// `text` without the characters that no comment may contain, such as those that change the direction of text.
fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        return text.into();
    }
    let is_hidden = |c: char| c.is_control() || is_direction_control(c);
    text.replace(is_hidden, "\u{FFFD}").into()
}
