//! Tokens that are made where they go: those that are made elsewhere are copied there.

use proc_macro2::{Literal, TokenStream};
use quote::ToTokens;

/// The tokens that a function makes.
pub(super) struct Made<F>(pub(super) F);

impl<F: Fn() -> TokenStream> ToTokens for Made<F> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend((self.0)());
    }
}

/// A literal of `text`. What needs no escape is not looked at again for what does, character by character.
pub(super) fn literal(text: &str) -> Literal {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    let quoted = text.as_bytes().iter().all(is_plain).then(|| format!("\"{text}\"").parse());
    quoted.and_then(Result::ok).unwrap_or_else(|| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use proc_macro2::Literal;

    #[test]
    fn literals_are_those_of_the_tokenizer() {
        for text in ["", "SerialNumber", "it's", "a\"b", "a\\", "\n", "é", "\u{7f}", "{}"] {
            assert_eq!(super::literal(text).to_string(), Literal::string(text).to_string());
        }
    }
}
