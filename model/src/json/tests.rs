use super::*;
use crate::source::Source;

fn at(text: &str, path: &[&str]) -> String {
    let source = Source::new("t.json", text);
    let span = Places::new(&source).span(path);
    format!("{}..{} {}", span.range().start, span.range().end, span.text())
}

#[test]
fn finds_scalars_keys_and_items() {
    let text = r#"{"a": {"b\"c": [1, "two", {"d": null}]}, "e": -1.5}"#;
    assert_eq!(at(text, &["a"]), r#"1..4 "a""#);
    assert_eq!(at(text, &["a", "b\"c"]), r#"7..13 "b\"c""#);
    assert_eq!(at(text, &["a", "b\"c", "1"]), r#"19..24 "two""#);
    assert_eq!(at(text, &["a", "b\"c", "2"]), "26..27 {");
    assert_eq!(at(text, &["a", "b\"c", "2", "d"]), "32..36 null");
    assert_eq!(at(text, &["e"]), "46..50 -1.5");
}

#[test]
fn what_is_missing_has_the_place_around_it() {
    assert_eq!(at(r#"{"a": {"b": 1}}"#, &["a", "x", "y"]), r#"1..4 "a""#);
    assert_eq!(at(r#" {"a": {"b": [7]}}"#, &["a", "b", "0", "y"]), "14..15 7");
    for text in ["{}", "", "}]\"", "[1"] {
        assert_eq!(at(text, &["a"]), "0..0 ");
    }
}

#[test]
fn deep_nesting_does_not_overflow() {
    let text = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    assert_eq!(at(&text, &["0", "0"]), "2..3 [");
    assert_eq!(at(&text, &["0", "0", "0", "1"]), "3..4 [");
}

static RULE: Rule = Rule { id: "rule", label: "label", help: "help" };

/// The message about `text` as a `T`, and the text at its place.
fn fault<T: for<'a> Deserialize<'a>>(text: &str) -> String {
    let places = Places::new(&Source::new("t.json", text));
    let mut reader = Reader::new(&places, |_| &RULE);
    assert!(reader.file::<T>().is_none(), "{text}");
    let found = reader.diagnostics.iter().next().unwrap();
    format!("{found} @ {}", found.span().unwrap().text())
}

#[test]
fn each_fault_has_its_place() {
    type Lists = Entries<String, Vec<Option<Entries<String, u8>>>>;
    for (text, expected) in [
        (r#"{"a": 1}"#, "`a` has the wrong type @ 1"),
        (r#"{"a": [], "b": {"c": 1}}"#, r#"`b` has the wrong type @ "b""#),
        (r#"{"a": [{}, [1]]}"#, "`a.1` has the wrong type @ ["),
        (r#"{"a": [{}, {"k": 1, "l": "x"}]}"#, r#"`a.1.l` has the wrong type @ "x""#),
        (r#"{"a": [{"k": 256}]}"#, "`a.0.k` has the wrong type @ 256"),
        ("{\n\"é\": [\n{\"k\": true}\n]}", "`é.0.k` has the wrong type @ true"),
        ("[]", "the file has the wrong type @ "),
        (r#"{"a": 1"#, "the file is not valid JSON @ 1"),
        (r#"{"a": ,}"#, "the file is not valid JSON @ ,"),
    ] {
        assert_eq!(fault::<Lists>(text), expected, "{text}");
    }
}
