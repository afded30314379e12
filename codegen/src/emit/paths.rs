//! Paths and visibilities that settings hold as text, as tokens.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::names::is_keyword;

/// The path `text` without generics: `Hash`, `my_crate::MyTrait`, `::serde::Serialize`.
///
/// # Errors
/// Why it is none.
pub(super) fn path(text: &str) -> Result<TokenStream, String> {
    let tokens: TokenStream = text.parse().map_err(|error| format!("{error}"))?;
    check(&tokens)?;
    Ok(tokens)
}

/// The visibility `text`: `pub`, `pub(crate)`, `pub(in crate::sdk)`, or nothing.
///
/// # Errors
/// Why it is none.
pub(super) fn visibility(text: &str) -> Result<TokenStream, String> {
    let tokens: TokenStream = text.parse().map_err(|error| format!("{error}"))?;
    let mut trees = tokens.clone().into_iter();
    match (trees.next(), trees.next(), trees.next()) {
        (None, None, None) => {}
        (Some(TokenTree::Ident(word)), None, None) if word == "pub" => {}
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(group)), None)
            if word == "pub" && group.delimiter() == Delimiter::Parenthesis =>
        {
            restriction(group.stream())?;
        }
        _ => return Err("unexpected token".to_owned()),
    }
    Ok(tokens)
}

/// Checks what stands between the parentheses of a visibility.
fn restriction(tokens: TokenStream) -> Result<(), String> {
    let mut rest = tokens.clone().into_iter();
    match (rest.next(), rest.next()) {
        (Some(TokenTree::Ident(word)), Some(_)) if word == "in" => {
            check(&tokens.into_iter().skip(1).collect())
        }
        (Some(TokenTree::Ident(word)), None)
            if ["crate", "self", "super"].iter().any(|known| word == known) =>
        {
            Ok(())
        }
        _ => Err("expected `crate`, `self`, `super` or `in`".to_owned()),
    }
}

/// Checks that `tokens` are a path: words with `::` between them, and perhaps before them.
fn check(tokens: &TokenStream) -> Result<(), String> {
    let mut wants_word = true;
    let mut may_lead = true;
    let mut rest = tokens.clone().into_iter();
    while let Some(tree) = rest.next() {
        match tree {
            TokenTree::Ident(word) if wants_word && is_word(&word.to_string()) => {
                wants_word = false;
            }
            TokenTree::Punct(mark)
                if (!wants_word || may_lead)
                    && mark.as_char() == ':'
                    && mark.spacing() == Spacing::Joint
                    && matches!(rest.next(), Some(TokenTree::Punct(mark)) if mark.as_char() == ':') =>
            {
                wants_word = true;
            }
            _ => return Err("unexpected token".to_owned()),
        }
        may_lead = false;
    }
    if wants_word {
        Err("unexpected end of input, expected an identifier".to_owned())
    } else {
        Ok(())
    }
}

/// Whether `word`, which the tokenizer takes for one, can stand in a path: no keyword but those that start one.
fn is_word(word: &str) -> bool {
    matches!(word, "crate" | "self" | "super") || word != "_" && !is_keyword(word)
}

#[cfg(test)]
mod tests {
    use super::{path, visibility};

    #[test]
    fn paths() {
        for good in
            ["Hash", "my_crate::MyTrait", "::serde::Serialize", "crate::A", "a::r#type", "a::Größe"]
        {
            assert!(path(good).is_ok(), "{good}");
        }
        let bad = [
            "", "::", "a::", "a b", "x; y", "a: :b", "a::<b>", "a::b!()", "fn", "Fn(a)", "a)(",
            "'a",
        ];
        for bad in bad {
            assert!(path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn visibilities() {
        for good in ["", "pub", "pub(crate)", "pub(super)", "pub(in crate::sdk)"] {
            assert!(visibility(good).is_ok(), "{good}");
        }
        for bad in [
            "public",
            "pub pub",
            "pub(sdk)",
            "pub(in)",
            "pub(in a b)",
            "pub[crate]",
            "pub(crate) fn",
        ] {
            assert!(visibility(bad).is_err(), "{bad}");
        }
    }
}
