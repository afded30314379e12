//! Documentation as attributes, one an item, whose lines have the space that those of a `///` comment have.

use proc_macro2::TokenStream;
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

/// The lines of `markdown`, each with the space that separates it from `///`.
fn lines(markdown: &str) -> impl Iterator<Item = String> {
    markdown
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!(" {}", visible(line)) })
}

/// No comment may hold some characters, and the compiler refuses those that turn the direction of text.
fn push_visible(text: &mut String, line: &str) {
    if is_plain(line) {
        text.push_str(line);
    } else {
        text.extend(
            line.chars().map(|character| if is_hidden(character) { '\u{FFFD}' } else { character }),
        );
    }
}

/// Whether `text` is what ASCII shows, and nothing else. Eight bytes at a time: there is much of it.
fn is_plain(text: &str) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = ONES << 7;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let is_plain = |bytes: &[u8; 8]| {
        let word = u64::from_ne_bytes(*bytes);
        // The highest bit of one of them is set where a byte is beyond `~`, or before the blank.
        let signs = word | word.wrapping_add(ONES) | word.wrapping_sub(ONES * 0x20);
        signs & HIGHEST == 0
    };
    words.iter().all(is_plain) && rest.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// `a`, `b` and `c`, from names in code.
pub(super) fn code_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(in_code).collect();
    pagesmith_model::words::list_of(names.iter().map(String::as_str))
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
    let mut visible = String::with_capacity(text.len());
    push_visible(&mut visible, text);
    visible
}

fn is_hidden(character: char) -> bool {
    character.is_control() || is_direction_control(character)
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn every_byte_counts() {
        for byte in 0..=127_u8 {
            for at in 0..11 {
                let mut bytes = *b"plain text.";
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
                let is_shown = (b' '..=b'~').contains(&byte);
                assert_eq!(std::str::from_utf8(&bytes).map(is_plain), Ok(is_shown), "{byte} {at}");
            }
        }
        assert!(!is_plain("plaintext é plain text"));
        assert!(is_plain(""));
    }
}
