//! Layout of calls of macros, which prettyplease does not know the syntax of.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Attribute, LitStr, MacroDelimiter};

/// The width of code.
pub(super) const WIDTH: usize = 100;

/// The call: in parentheses, its arguments; in braces, a line for each entry.
pub(super) fn text(call: &syn::Macro) -> String {
    let path = line(call.path.to_token_stream());
    if is_block(call) {
        let mut text = format!("{path}! {{\n");
        block(call.tokens.clone(), "    ", &mut text);
        return text + "}\n";
    }
    let mut words = words(call.tokens.clone());
    if let Some(first) = words.first_mut() {
        first.insert_str(0, &format!("{path}!("));
    }
    let mut text = String::new();
    fill(&words, "", ");", &mut text);
    text
}

/// An attribute, on a line of its own.
pub(super) fn attribute(attribute: &Attribute) -> String {
    line(attribute.to_token_stream()) + "\n"
}

pub(super) fn is_block(call: &syn::Macro) -> bool {
    matches!(call.delimiter, MacroDelimiter::Brace(_))
}

/// The entries of a block, each after `indent`: attributes, what is in braces, and what a separator ends.
fn block(tokens: TokenStream, indent: &str, text: &mut String) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_mark = |tree: &TokenTree, wanted: char| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == wanted);
    let separator = if trees.iter().any(|tree| is_mark(tree, ';')) { ';' } else { ',' };
    let mut entry: Vec<TokenTree> = Vec::new();
    let mut depth = 0_usize;
    for tree in trees {
        let is_attribute = matches!(entry.as_slice(), [first] if is_mark(first, '#'));
        match &tree {
            TokenTree::Group(group) if is_attribute && group.delimiter() == Delimiter::Bracket => {
                text.push_str(indent);
                text.push_str(
                    &documentation(group.stream())
                        .unwrap_or_else(|| format!("#[{}]", line(group.stream()))),
                );
                text.push('\n');
                entry.clear();
                continue;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                fill(&words(entry.drain(..).collect()), indent, " {", text);
                block(group.stream(), &format!("{indent}    "), text);
                text.push_str(indent);
                text.push_str("}\n");
                continue;
            }
            tree if is_mark(tree, '<') => depth += 1,
            tree if is_mark(tree, '>') && !entry.last().is_some_and(|last| is_mark(last, '-')) => {
                depth = depth.saturating_sub(1);
            }
            tree if depth == 0 && is_mark(tree, separator) => {
                fill(&words(entry.drain(..).collect()), indent, &separator.to_string(), text);
                continue;
            }
            _ => {}
        }
        entry.push(tree);
    }
}

/// The comment for the attribute, if it is documentation.
fn documentation(attribute: TokenStream) -> Option<String> {
    let mut trees = attribute.into_iter();
    let is_doc = matches!(trees.next(), Some(TokenTree::Ident(name)) if name == "doc");
    let text = trees.nth(1).filter(|_| is_doc)?;
    Some(format!("///{}", syn::parse2::<LitStr>(text.into()).ok()?.value()))
}

/// Adds `words` and `end` on a line after `indent`, or on several lines if they are too long for one: then preferably
/// with a new line after `=`.
fn fill(words: &[String], indent: &str, end: &str, text: &mut String) {
    let line = words.join(" ") + end;
    text.push_str(indent);
    if indent.len() + line.chars().count() <= WIDTH {
        text.push_str(&line);
        text.push('\n');
        return;
    }
    let equals = words.iter().position(|word| word == "=");
    let mut width = indent.len();
    let mut words = words.iter().enumerate().peekable();
    while let Some((at, word)) = words.next() {
        let next = words.peek().map(|(_, next)| next.chars().count() + 1);
        let mut length = word.chars().count() + next.map_or(end.len(), |_| 0);
        // What follows a colon stays on its line if it can.
        if word.ends_with(':') {
            length += next.filter(|next| indent.len() + 4 + length + next <= WIDTH).unwrap_or(0);
        }
        let after_equals = equals.is_some_and(|equals| at == equals + 1);
        if at > 0 && (after_equals || width + 1 + length > WIDTH) {
            text.push('\n');
            text.push_str(indent);
            text.push_str("    ");
            width = indent.len() + 4;
        } else if at > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += word.chars().count();
    }
    text.push_str(end);
    text.push('\n');
}

/// `tokens` on one line, with the spaces that rustfmt would write.
fn line(tokens: TokenStream) -> String {
    words(tokens).join(" ")
}

/// What is between the spaces that rustfmt would write. A literal is one word.
fn words(tokens: TokenStream) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    // Whether the next token follows without a space.
    let mut is_tight = false;
    let mut after_word = false;
    for tree in tokens {
        let (parts, no_space_before, no_space_after) = match &tree {
            TokenTree::Group(group) => {
                let inner = self::words(group.stream());
                match group.delimiter() {
                    Delimiter::Parenthesis => (enclosed("(", inner, ")"), after_word, false),
                    Delimiter::Bracket => (enclosed("[", inner, "]"), after_word, false),
                    Delimiter::Brace => (vec![format!("{{ {} }}", inner.join(" "))], false, false),
                    Delimiter::None => (inner, false, false),
                }
            }
            TokenTree::Punct(mark) => {
                let is_joint = mark.spacing() == Spacing::Joint;
                let after_colon = words.last().is_some_and(|word| word.ends_with(':'));
                let part = vec![mark.as_char().to_string()];
                match mark.as_char() {
                    ':' => (part, true, is_joint || after_colon),
                    ',' | ';' | '>' | '?' => (part, true, is_joint),
                    '.' | '<' => (part, true, true),
                    '&' | '#' | '!' | '-' => (part, mark.as_char() == '!', true),
                    _ => (part, false, is_joint),
                }
            }
            word => (vec![word.to_string()], false, false),
        };
        let mut parts = parts.into_iter();
        match (words.last_mut(), parts.next()) {
            (Some(last), Some(first)) if is_tight || no_space_before => last.push_str(&first),
            (_, first) => words.extend(first),
        }
        words.extend(parts);
        after_word = matches!(tree, TokenTree::Ident(_));
        is_tight = no_space_after;
    }
    words
}

/// `words` in delimiters, as one word if they are short.
fn enclosed(open: &str, mut words: Vec<String>, close: &str) -> Vec<String> {
    const SHORT: usize = 60;

    let line = words.join(" ");
    if line.len() <= SHORT {
        return vec![format!("{open}{line}{close}")];
    }
    if let Some(first) = words.first_mut() {
        first.insert_str(0, open);
    }
    if let Some(last) = words.last_mut() {
        last.push_str(close);
    }
    words
}
