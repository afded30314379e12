//! Layout of calls of macros, which prettyplease does not know the syntax of.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;

/// The width up to which a call stays on one line.
const WIDTH: usize = 89;

/// The call, with an argument on each line if it is long. Of a table in braces, each entry has a line.
pub(super) fn text(call: &syn::Macro) -> String {
    let path = tokens(call.path.to_token_stream());
    let trees: Vec<TokenTree> = call.tokens.clone().into_iter().collect();
    if let Some((TokenTree::Group(table), head)) = trees.split_last()
        && table.delimiter() == Delimiter::Brace
    {
        let trees: Vec<TokenTree> = table.stream().into_iter().collect();
        let line = format!("{path}!({} {{", lines(head, "", ", "));
        if line.len() <= WIDTH {
            return format!("{line}\n{}}})", lines(&trees, "    ", ",\n"));
        }
        let head = lines(head, "    ", ",\n");
        let head = head.trim_end().trim_end_matches(',');
        return format!("{path}!(\n{head} {{\n{}    }}\n)", lines(&trees, "        ", ",\n"));
    }
    let line = format!("{path}!({})", tokens(call.tokens.clone()));
    if line.len() <= WIDTH {
        return line;
    }
    format!("{path}!(\n{})", lines(&trees, "    ", ",\n"))
}

/// Whether the arguments of the call end with a table in braces.
pub(super) fn is_table(call: &syn::Macro) -> bool {
    let is_braces =
        |tree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    call.tokens.clone().into_iter().last().is_some_and(is_braces)
}

/// What is between the commas of `trees`, each after `indent`, with `separator` between them; a separator with an end
/// of line is also after the last.
fn lines(trees: &[TokenTree], indent: &str, separator: &str) -> String {
    let is_comma =
        |tree: &TokenTree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ',');
    let parts = split(trees, is_comma).into_iter().filter(|part| !part.is_empty());
    let parts = parts.map(|part| format!("{indent}{}", tokens(part.iter().cloned().collect())));
    let mut text = parts.collect::<Vec<_>>().join(separator);
    if separator.ends_with('\n') && !text.is_empty() {
        text += separator;
    }
    text
}

/// The parts of `trees` between those where `is_end`; a comma between angle brackets is none.
fn split(trees: &[TokenTree], is_end: impl Fn(&TokenTree) -> bool) -> Vec<&[TokenTree]> {
    let (mut parts, mut start, mut depth, mut previous) = (Vec::new(), 0_usize, 0_usize, ' ');
    for (at, tree) in trees.iter().enumerate() {
        let mark = if let TokenTree::Punct(mark) = tree { mark.as_char() } else { ' ' };
        match mark {
            '<' => depth += 1,
            '>' if !matches!(previous, '-' | '=') => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_end(tree) => {
                parts.extend(trees.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
        previous = mark;
    }
    parts.extend(trees.get(start..));
    parts
}

/// `tokens` on one line, with the spaces that rustfmt would write.
pub(super) fn tokens(tokens: TokenStream) -> String {
    let mut text = String::new();
    // Whether the next token follows without a space.
    let mut is_tight = true;
    let mut after_word = false;
    for tree in tokens {
        let (part, no_space_before, no_space_after) = match &tree {
            TokenTree::Group(group) => {
                let inner = self::tokens(group.stream());
                match group.delimiter() {
                    Delimiter::Parenthesis => (format!("({inner})"), after_word, false),
                    Delimiter::Bracket => (format!("[{inner}]"), after_word, false),
                    Delimiter::Brace => (format!("{{ {inner} }}"), false, false),
                    Delimiter::None => (inner, false, false),
                }
            }
            TokenTree::Punct(mark) => {
                let is_joint = mark.spacing() == Spacing::Joint;
                match mark.as_char() {
                    ':' => (":".to_owned(), true, is_joint || text.ends_with(':')),
                    c @ (',' | ';' | '>' | '?') => (c.to_string(), true, is_joint),
                    c @ ('.' | '<') => (c.to_string(), true, true),
                    c @ ('&' | '#' | '!') => (c.to_string(), c == '!', true),
                    c => (c.to_string(), false, is_joint),
                }
            }
            word => (word.to_string(), false, false),
        };
        if !(is_tight || no_space_before) {
            text.push(' ');
        }
        after_word = matches!(tree, TokenTree::Ident(_));
        text += &part;
        is_tight = no_space_after;
    }
    text
}
