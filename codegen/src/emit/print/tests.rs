//! What is printed has the tokens that were to be printed, whatever they are.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::sample::select;
use quote::quote;

use super::file;
use crate::emit::docs::{Doc, ModuleDoc};

/// The tokens of `stream`, one a string, without what the printer may add: a comma before what closes a group
/// that is no tuple of one, and braces around the expression of an arm or a closure.
fn tokens(stream: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    add(stream, &mut found);
    found
}

fn add(stream: TokenStream, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => {
                let after_arrow = found.len() >= 2 && found.ends_with(&["=".into(), ">".into()]);
                let is_call = match found.as_slice() {
                    [.., arrow, last] if last == ">" => arrow != "-" && arrow != "=",
                    [.., last] => {
                        last == ")" || last.starts_with(|first: char| first.is_alphabetic())
                    }
                    [] => false,
                };
                add_group(group, after_arrow, is_call, found);
            }
            TokenTree::Punct(mark) if mark.as_char() == ',' && at + 1 == trees.len() => {}
            TokenTree::Punct(mark) => {
                if mark.as_char() == '>' && found.last().is_some_and(|last| last == ",") {
                    found.pop();
                }
                found.push(mark.as_char().to_string());
            }
            other => found.push(other.to_string()),
        }
    }
}

fn add_group(group: &Group, after_arrow: bool, is_call: bool, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = group.stream().into_iter().collect();
    let is = |tree: Option<&TokenTree>, wanted: char| matches!(tree, Some(TokenTree::Punct(mark)) if mark.as_char() == wanted);
    let is_comma = |at: &usize| is(trees.get(*at), ',') && !is(trees.get(at + 1), '>');
    let is_of_one = is(trees.last(), ',') && (0..trees.len()).filter(is_comma).count() == 1;
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis if !is_call && is_of_one => ("(1", ")"),
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace if after_arrow => ("", ","),
        Delimiter::Brace if found.last().is_some_and(|last| last == "|") => ("", ""),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    };
    found.push(open.to_owned());
    add(group.stream(), found);
    found.push(close.to_owned());
}

/// Without what is empty, and a comma that follows another, which a brace stood for.
fn tidy(tokens: Vec<String>) -> Vec<String> {
    let mut tidied: Vec<String> = Vec::new();
    for token in tokens.into_iter().filter(|token| !token.is_empty()) {
        let is_second = token == "," && tidied.last().is_some_and(|last| last == ",");
        if !is_second {
            if token == "}" && tidied.last().is_some_and(|last| last == ",") {
                tidied.pop();
            }
            tidied.push(token);
        }
    }
    tidied
}

fn assert_kept(code: &str) {
    let stream: TokenStream = code.parse().expect(code);
    let text = file(stream.clone());
    let printed: TokenStream = text.parse().expect(&text);
    assert_eq!(tidy(tokens(printed)), tidy(tokens(stream)), "{text}");
}

fn word() -> impl Strategy<Value = String> {
    let known =
        select(vec!["self", "value", "r#type", "SerialNumber", "A", "request_with_a_long_name"]);
    prop_oneof![known.prop_map(str::to_owned), "[a-z][a-z0-9_]{8,20}[a-z]"]
}

fn path() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..4).prop_map(|words| words.join("::"))
}

fn joined(some: &[String]) -> String {
    some.join(", ")
}

fn of_type() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![path(), Just("&'static str".to_owned()), Just("()".to_owned())];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            (path(), prop::collection::vec(inner.clone(), 1..4))
                .prop_map(|(path, inner)| format!("{path}<{}>", joined(&inner))),
            (word(), inner.clone())
                .prop_map(|(word, inner)| format!("impl {word}<Item = {inner}>")),
            inner.clone().prop_map(|inner| format!("&mut {inner}")),
            inner.clone().prop_map(|inner| format!("[{inner}]")),
            inner.clone().prop_map(|inner| format!("({inner},)")),
            prop::collection::vec(inner, 2..5).prop_map(|inner| format!("({})", joined(&inner))),
        ]
    })
}

fn literal() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<u16>().prop_map(|number| number.to_string()),
        any::<String>().prop_map(|text| quote! { #text }.to_string()),
        Just("true".to_owned()),
    ]
}

fn expression() -> impl Strategy<Value = String> {
    prop_oneof![path(), literal()].prop_recursive(5, 48, 4, |inner| {
        let some = prop::collection::vec(inner.clone(), 0..5);
        let fields = prop::collection::vec((word(), inner.clone()), 0..4);
        prop_oneof![
            (path(), some.clone()).prop_map(|(path, some)| format!("{path}({})", joined(&some))),
            (path(), prop::collection::vec((word(), some.clone()), 1..5)).prop_map(
                |(path, calls)| {
                    let calls =
                        calls.into_iter().map(|(word, some)| format!(".{word}({})", joined(&some)));
                    path + &calls.collect::<String>()
                }
            ),
            (path(), word(), word()).prop_map(|(path, one, two)| format!("{path}.{one}.{two}")),
            inner.clone().prop_map(|inner| format!("&{inner}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.clone().prop_map(|inner| format!("({inner},)")),
            some.clone().prop_map(|some| format!("[{}]", joined(&some))),
            (inner.clone(), some)
                .prop_map(|(one, some)| format!("({one}, {one}, {})", joined(&some))),
            (word(), inner.clone()).prop_map(|(word, inner)| format!("|{word}| {inner}")),
            (word(), fields).prop_map(|(word, fields)| {
                let fields = fields.into_iter().map(|(word, inner)| format!("{word}: {inner}"));
                format!("{word} {{ {} }}", joined(&fields.collect::<Vec<_>>()))
            }),
            // What the printer has no rule for.
            (inner.clone(), inner.clone())
                .prop_map(|(one, two)| format!("{one} + {two} == {one} && {two}")),
            inner.prop_map(|inner| format!("if {inner} {{ {inner} }} else {{ {inner} }}")),
        ]
    })
}

fn item() -> impl Strategy<Value = String> {
    let statement = prop_oneof![
        expression().prop_map(|value| format!("{value};")),
        (path(), expression()).prop_map(|(path, value)| format!("{path} = {value};")),
        (word(), expression()).prop_map(|(word, value)| format!("let {word} = {value};")),
        (word(), prop::collection::vec((path(), expression()), 0..3)).prop_map(|(word, arms)| {
            let arms = arms.into_iter().map(|(path, value)| format!("{path}(other) => {value},"));
            format!("match {word} {{ {} }}", arms.collect::<String>())
        }),
    ];
    let parameters = prop::collection::vec((word(), of_type()), 0..4);
    let function = (word(), parameters, of_type(), prop::collection::vec(statement, 0..3));
    let function = function.prop_map(|(word, parameters, output, body)| {
        let parameters = parameters.into_iter().map(|(word, of)| format!("{word}: {of}"));
        let parameters = joined(&parameters.collect::<Vec<_>>());
        format!(
            "pub async fn {word}<A, B = C>({parameters}) -> {output} where A: B, B: C + D, {{ {} }}",
            body.concat()
        )
    }).boxed();
    let fields = prop::collection::vec((word(), of_type()), 0..4).prop_map(|fields| {
        let fields = fields.into_iter().map(|(word, of)| format!("/// Some.\npub {word}: {of}"));
        joined(&fields.collect::<Vec<_>>())
    });
    let words = prop::collection::vec(word(), 0..8);
    prop_oneof![
        function.clone(),
        (of_type(), path(), function).prop_map(|(of, path, function)| format!(
            "impl<A> {path} for {of} {{ {function} type A = {of}; }}"
        )),
        (word(), fields).prop_map(|(word, fields)| format!(
            "#[derive(A, B)] pub(crate) struct {word}<A = B> {{ {fields} }}"
        )),
        (word(), of_type())
            .prop_map(|(word, of)| format!("pub enum {word} {{ A, B({of}, {of}), }}")),
        (of_type(), expression()).prop_map(|(of, value)| format!("static A: {of} = {value};")),
        (path(), words).prop_map(|(path, words)| format!("{path}!({});", joined(&words))),
        path().prop_map(|path| format!("#[cfg(feature = \"a\")] pub use {path};")),
        // What the printer has no rule for.
        path().prop_map(|path| format!("extern crate {path}; union A {{ a: {path} }}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_token_is_kept(items in prop::collection::vec(item(), 1..3)) {
        assert_kept(&items.join("\n"));
    }

    /// Documentation says what it said, and nothing of it is code.
    #[test]
    fn documentation_is_no_code(text in "(?s)[\\PC\\r\\n\\t\u{0}\u{202E}\"#*/\\\\ ]{0,60}") {
        assert_documents(&text);
    }
}

#[test]
fn hostile_documentation_is_no_code() {
    for text in [
        "*/ fn evil() {} /*",
        "\"] fn evil() {} #[doc = \"",
        "\"# ] fn evil() {} #[doc = r#\"",
        "a\rfn evil() {}",
        "a\r\nfn evil() {}",
        "a\nfn evil() {}",
        "\u{2028}fn evil() {}",
        "\u{202E}a",
        "\\\nfn evil() {}",
        "\"##\"#\"",
        "/ a",
        "! a",
        "\u{0}",
        "\u{85}fn evil() {}",
        "r#\"",
        "#",
        "\"",
    ] {
        assert_documents(text);
        assert_raw(text);
    }
}

/// More marks than a raw literal may have around it, and than may be looked for one by one.
#[test]
fn documentation_may_be_all_marks() {
    for marks in [254, 255, 256, 100_000] {
        assert_documents(&format!("\"{}", "#".repeat(marks)));
    }
}

/// Documents something with `text`, and holds what is printed to one thing with documentation.
fn assert_documents(text: &str) {
    let (doc, module) = (Doc::new(text), ModuleDoc::new(text));
    assert_only_docs(&file(quote! { #module #doc struct Documented; }), text);
}

/// The same for an attribute that is made without care.
fn assert_raw(text: &str) {
    assert_only_docs(&file(quote! { #![doc = #text] #[doc = #text] struct Documented; }), text);
}

fn assert_only_docs(printed: &str, text: &str) {
    let parsed = syn::parse_file(printed).unwrap_or_else(|error| panic!("{error}: {printed}"));
    assert_eq!(parsed.items.len(), 1, "{text:?}: {printed}");
    let syn::Item::Struct(item) = &parsed.items[0] else { panic!("{printed}") };
    let attributes = || item.attrs.iter().chain(&parsed.attrs);
    assert!(attributes().all(|attribute| attribute.path().is_ident("doc")), "{printed}");
}

/// Marks that belong together stay so, and others apart.
#[test]
fn marks_keep_their_distance() {
    let stream = quote! { static A: B = x.a >= b && !c || d << e; };
    let text = file(stream.clone());
    let joint = |stream: TokenStream| -> Vec<(char, Spacing)> {
        let marks = stream.into_iter().filter_map(|tree| match tree {
            TokenTree::Punct(mark) => Some((mark.as_char(), mark.spacing())),
            _ => None,
        });
        marks.collect()
    };
    let printed: TokenStream = text.parse().unwrap();
    assert_eq!(joint(printed), joint(stream), "{text}");
}
