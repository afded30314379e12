//! The paths in code.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

/// A path that code names, and its line.
pub(crate) struct Reference {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

/// Adds every path in `tokens` to `found`, including those in macro calls.
pub(crate) fn collect(tokens: TokenStream, found: &mut Vec<Reference>) {
    add(tokens, &[], found);
}

/// Adds the paths in `tokens`. In the group of a `use`, each starts with `prefix`; elsewhere that is empty.
fn add(tokens: TokenStream, prefix: &[String], found: &mut Vec<Reference>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(name) if !prefix.is_empty() && name == "as" => at += 2,
            TokenTree::Ident(name) => {
                let is_path = !is_part_of_something_else(&tokens[..at]);
                let mut path = prefix.to_owned();
                // In a group, `self` is the path before the group.
                if prefix.is_empty() || name != "self" {
                    path.push(name.to_string());
                }
                at += 1;
                while let Some(next) = segment(&tokens[at..]) {
                    path.push(next.to_string());
                    at += 3;
                }
                if let Some(group) = use_group(&tokens[at..]) {
                    at += 3;
                    add(group, &path, found);
                } else if is_path {
                    found.push(Reference { path, line: name.span().start().line });
                }
            }
            TokenTree::Group(group) => {
                add(group.stream(), &[], found);
                at += 1;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => at += 1,
        }
    }
}

/// Whether an identifier after `before` is not the start of a path in this crate: `$crate`, `'a`, `.field`, `::std`.
fn is_part_of_something_else(before: &[TokenTree]) -> bool {
    match before {
        [.., first, second] if is_mark(first, ':') && is_mark(second, ':') => true,
        [.., last] => ['$', '\'', '.'].iter().any(|mark| is_mark(last, *mark)),
        [] => false,
    }
}

/// The identifier in `:: identifier` at the start of `tokens`.
fn segment(tokens: &[TokenTree]) -> Option<&Ident> {
    match tokens {
        [first, second, TokenTree::Ident(name), ..]
            if is_mark(first, ':') && is_mark(second, ':') =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// The content of the braces in `:: {…}` at the start of `tokens`.
fn use_group(tokens: &[TokenTree]) -> Option<TokenStream> {
    match tokens {
        [first, second, TokenTree::Group(group), ..]
            if is_mark(first, ':')
                && is_mark(second, ':')
                && group.delimiter() == Delimiter::Brace =>
        {
            Some(group.stream())
        }
        _ => None,
    }
}

fn is_mark(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == wanted)
}
