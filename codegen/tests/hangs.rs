//! Inputs that are made to take time, of half a megabyte. All of them come to an end.
//!
//! This finds what hangs: the limit that `hangs::ends` sets is many times what any of them takes. How work grows is
//! counted, and not timed, in `bind/growth.rs`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::format_collect
)]

use pagesmith_test_support as support;

use std::fs;

use pagesmith_codegen::emit;
use pagesmith_codegen::folder::{self, Folder};
use pagesmith_codegen::lower;
use pagesmith_codegen::reference;
use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::Style;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Dialect};
use pagesmith_model::source::Source;
use pagesmith_sync::convert;
use pagesmith_sync::diff::{self, Snapshot};
use pagesmith_sync::lint;
use pagesmith_test_support::hangs::ends;
use pagesmith_test_support::hostile::in_cell;
use pagesmith_test_support::seed;
use pagesmith_test_support::users::{MODEL, OVERRIDES, PAGE};

/// How long each text is, in bytes.
const LENGTH: usize = 500_000;

/// As many items as a text of [`LENGTH`] holds, each with its number in it.
fn many(item: impl Fn(usize) -> String, separator: &str) -> String {
    let length = item(10_000).len() + separator.len();
    let items: Vec<String> = (0..LENGTH / length).map(item).collect();
    items.join(separator)
}

/// Reads, binds, lints, emits and writes all that one page gives, and every diagnostic of it.
fn all_of(page: &str, model: &str, overrides: &str) {
    let read = page::parse(&Source::new("aws/iam_api/users.md", page));
    let read_model = ServiceModel::read(&Source::new("service-2.json", model), None);
    let read_overrides = Overrides::read(&Source::new("overrides.json", overrides));
    let (Some(page), Some(model), Some(overrides)) =
        (read.value, read_model.value, read_overrides.value)
    else {
        return;
    };
    let bound = bind::bind(std::slice::from_ref(&page), &model, &overrides);
    assert_eq!(page::render(&page).is_empty(), page.source.text().is_empty());
    for dialect in [Dialect::Gfm2024, Dialect::Copyable2024, Dialect::Tabs2026] {
        let _ = convert::convert(&page, dialect, bound.value.as_ref());
    }
    if let Some(service) = &bound.value {
        let settings = pagesmith_codegen::SdkSettings::default();
        let sdk = lower::lower(std::slice::from_ref(service), &settings);
        let service_sdk = &sdk.services[0];
        assert!(!reference::page(service_sdk, &service_sdk.resources[0], &settings).is_empty());
        let _ = pagesmith_test_support::emit(std::slice::from_ref(service));
    }
    let folder = Folder { pages: vec![page], model, overrides };
    let _ = lint::lint(&folder);
}

fn all_of_a_page(what: &'static str, page: String) {
    ends(what, move || all_of(&page, MODEL, OVERRIDES));
}

/// In a description and in the text of a page.
const PIECES: &[&str] = &[
    "&lt;a ",
    "&lt;a href=\"x\"&gt;b",
    "](",
    "[a](b",
    "[a](x) ",
    "&lt;div&gt;",
    "&lt;ul&gt;&lt;li&gt;",
    "&",
    "&amp;",
    "&#10;",
    "`",
    "``` ",
    "**",
    "*a ",
    "_",
    "&lt;!--",
    "&lt;![CDATA[",
    "\\",
    "\\|",
    "a",
    " ",
    "&lt;p&gt;",
    "&lt;code&gt;",
    "&lt;pre&gt;",
    "&lt;table&gt;&lt;tr&gt;&lt;td&gt;",
    "&lt;",
    "&gt; ",
    "&lt;note&gt;",
    "&lt;/p&gt;",
    "https://a.example ",
    "<",
    "[",
    "]",
    "~~~",
    "&lt;a href=&lt;a href=",
    "é",
];

#[test]
fn descriptions() {
    for piece in PIECES {
        let page = in_cell(3, &piece.repeat(LENGTH / piece.len()));
        ends(piece, move || {
            all_of(&page, &seed("service-2.json"), &seed("overrides.json"));
        });
    }
}

const LINES: &[&str] = &[
    "- a\n",
    "> ",
    ">\n",
    "- ",
    "  ",
    "```\n",
    "~~~\n",
    "# a\n",
    "## Fields\n",
    "## Methods\n",
    "<table>\n",
    "<tr><td>",
    "<p>\n\n",
    "<details>\n\n",
    "| a | b |\n",
    "| a | b |\n|---|---|\n",
    "[a]: b\n",
    "[a]",
    "![",
    "<!--",
    "<a ",
    "---\n",
    "a: b\n",
    "&amp;",
    "*",
    "_a",
    "`a\n",
    "1. ",
    "\n",
    "<Tabs>\n",
    "<TabItem value=\"a\">\n",
    "import a\n",
    "{",
    "\\",
    "a\n===\n",
    "<code>",
    "</td>",
];

#[test]
fn documents() {
    for line in LINES {
        for place in ["title: users\n", "## Overview\n", "## Methods\n"] {
            let page =
                PAGE.replacen(place, &format!("{place}{}", line.repeat(LENGTH / line.len())), 1);
            ends(line, move || all_of(&page, MODEL, OVERRIDES));
        }
    }
}

#[test]
fn tables() {
    let fields = many(|at| format!("| `F{at}` | `string` | x |"), "\n");
    all_of_a_page("fields", PAGE.replace("## Methods\n", &format!("{fields}\n## Methods\n")));
    let methods = many(|at| format!("| `users_M{at}` | `EXEC` | `region` | x |"), "\n");
    all_of_a_page("methods", format!("{PAGE}{methods}\n"));
    let params = many(|at| format!("P{at}"), ", ");
    all_of_a_page("params", PAGE.replace("`UserName, region`", &format!("`{params}, region`")));
    let cells = "| a ".repeat(LENGTH / 4);
    all_of_a_page("cells", format!("{PAGE}{cells}|\n"));
    let keys = many(|at| format!("k{at}: x"), "\n");
    all_of_a_page("keys", PAGE.replacen("title: users\n", &format!("title: users\n{keys}\n"), 1));
    let items = many(|at| format!("  - x{at}"), "\n");
    all_of_a_page(
        "items",
        PAGE.replacen("title: users\n", &format!("title: users\nkeywords:\n{items}\n"), 1),
    );
}

fn all_of_a_model(what: &'static str, model: String) {
    ends(what, move || all_of(PAGE, &model, OVERRIDES));
}

fn with_shapes(shapes: &str) -> String {
    MODEL
        .replace("\"nameType\": {", &format!("{shapes},\n    \"nameType\": {{"))
        .replace("\"Path\": { \"shape\": \"nameType\" } }\n", "\"Path\": { \"shape\": \"s0\" } }\n")
}

#[test]
fn models() {
    let member = |at: usize| format!(r#""m{at}":{{"shape":"nameType","location":"header"}}"#);
    let members = many(member, ",");
    all_of_a_model(
        "unmodelled members",
        with_shapes(&format!(r#""s0":{{"type":"structure","members":{{{members}}}}}"#)),
    );
    let members = many(|at| format!(r#""m{at}":{{"shape":"nameType","unknown":1}}"#), ",");
    all_of_a_model(
        "unknown keys",
        with_shapes(&format!(r#""s0":{{"type":"structure","members":{{{members}}}}}"#)),
    );
    let members = many(|at| format!(r#""{}":{{"shape":"nameType"}}"#, alike(at)), ",");
    all_of_a_model(
        "names that collide",
        with_shapes(&format!(r#""s0":{{"type":"structure","members":{{{members}}}}}"#)),
    );
    let names: Vec<String> = (0..20_000).map(|at| format!("\"m{at}\"")).collect();
    let members: Vec<String> =
        names.iter().map(|name| format!(r#"{name}:{{"shape":"nameType"}}"#)).collect();
    all_of_a_model(
        "required members",
        with_shapes(&format!(
            r#""s0":{{"type":"structure","required":[{}],"members":{{{}}}}}"#,
            names.join(","),
            members.join(",")
        )),
    );
    all_of_a_model(
        "required and not there",
        with_shapes(&format!(
            r#""s0":{{"type":"structure","required":[{}],"members":{{}}}}"#,
            names.join(",")
        )),
    );
    all_of_a_model(
        "chained structures",
        with_shapes(&many(
            |at| {
                format!(
                    r#""s{at}":{{"type":"structure","required":["n"],"members":{{"n":{{"shape":"s{}"}}}}}}"#,
                    if at + 1 < LENGTH / 90 { at + 1 } else { 0 }
                )
            },
            ",",
        )),
    );
    all_of_a_model(
        "chained lists",
        with_shapes(&many(
            |at| {
                format!(
                    r#""s{at}":{{"type":"list","member":{{"shape":"s{}"}}}}"#,
                    if at + 1 < LENGTH / 60 { at + 1 } else { 0 }
                )
            },
            ",",
        )),
    );
    let values = many(|at| format!("\"{}\"", alike(at)), ",");
    all_of_a_model(
        "values that collide",
        with_shapes(&format!(r#""s0":{{"type":"string","enum":[{values}]}}"#)),
    );
    let operations = many(
        |at| format!(r#""Op{at}":{{"name":"Op{at}","http":{{"method":"PUT","requestUri":"/"}}}}"#),
        ",",
    );
    all_of_a_model(
        "operations",
        MODEL.replace("\"AddUserToGroup\": {", &format!("{operations},\"AddUserToGroup\": {{")),
    );
    all_of_a_model(
        "bad metadata",
        MODEL.replace(
            "\"serviceId\"",
            &format!("{},\"serviceId\"", many(|at| format!("\"k{at}\":1"), ",")),
        ),
    );
    all_of_a_model(
        "repeated keys",
        MODEL.replace(
            "\"serviceId\"",
            &format!("{}\"serviceId\"", r#""protocols":[],"#.repeat(LENGTH / 15)),
        ),
    );
    let prefix = "{UserName}".repeat(LENGTH / 10);
    all_of_a_model(
        "host prefix",
        MODEL.replace(
            "\"input\": {",
            &format!("\"endpoint\":{{\"hostPrefix\":\"{prefix}\"}},\"input\": {{"),
        ),
    );
}

/// A name that is `a` in Rust, whatever its number.
fn alike(at: usize) -> String {
    format!("a{:b}", at + 1).replace('0', "-").replace('1', ".")
}

#[test]
fn operations_of_one_name() {
    let spell = |at: usize| -> String {
        "creatuseroperation"
            .chars()
            .enumerate()
            .map(
                |(bit, letter)| {
                    if at >> bit & 1 == 1 { letter.to_ascii_uppercase() } else { letter }
                },
            )
            .collect()
    };
    let operations: Vec<String> = (0..3_000)
        .map(|at| {
            let name = spell(at);
            format!(r#""{name}":{{"name":"{name}","http":{{"method":"POST","requestUri":"/"}}}}"#)
        })
        .collect();
    let model = MODEL.replace(
        "\"AddUserToGroup\": {",
        &format!("{},\"AddUserToGroup\": {{", operations.join(",")),
    );
    let methods: String = (0..3_000)
        .map(|at| format!("| `users_{}` | `EXEC` | `region` | x |\n", spell(at)))
        .collect();
    ends("ambiguous", move || all_of(&format!("{PAGE}{methods}"), &model, OVERRIDES));
}

#[test]
fn methods_without_operations() {
    let operations = many(
        |at| {
            format!(
                r#""Operation{at}":{{"name":"Operation{at}","http":{{"method":"POST","requestUri":"/"}}}}"#
            )
        },
        ",",
    );
    let model =
        MODEL.replace("\"AddUserToGroup\": {", &format!("{operations},\"AddUserToGroup\": {{"));
    let methods = many(|at| format!("| `users_Operatoin{at}` | `EXEC` | `region` | x |"), "\n");
    ends("no operation", move || all_of(&format!("{PAGE}{methods}\n"), &model, OVERRIDES));
}

#[test]
fn overrides() {
    let operations = many(
        |at| {
            format!(
                r#""Operation{at}":{{"name":"Operation{at}","http":{{"method":"POST","requestUri":"/"}}}}"#
            )
        },
        ",",
    );
    let model =
        MODEL.replace("\"AddUserToGroup\": {", &format!("{operations},\"AddUserToGroup\": {{"));
    for (what, overrides) in [
        (
            "stale operations",
            format!(
                "{{\"operations\":{{{}}}}}",
                many(
                    |at| format!(r#""users.M{at}":{{"operation":"Operatoin{at}","reason":"x"}}"#),
                    ","
                )
            ),
        ),
        (
            "stale types",
            format!(
                "{{\"types\":{{{}}}}}",
                many(|at| format!(r#""naemType{at}":{{"type":"SerialNumber","reason":"x"}}"#), ",")
            ),
        ),
        (
            "sensitive",
            format!(
                "{{\"sensitive\":{{{}}}}}",
                many(|at| format!(r#""naemType{at}":{{"reason":"x"}}"#), ",")
            ),
        ),
        (
            "bad overrides",
            format!("{{\"sensitive\":{{{}}}}}", many(|at| format!(r#""naemType{at}":1"#), ",")),
        ),
    ] {
        let model = model.clone();
        ends(what, move || all_of(PAGE, &model, &overrides));
    }
}

#[test]
fn settings() {
    let users: Vec<String> = (0..10_000).map(|at| format!("\"resource_{at}\"")).collect();
    let names = users.join(",");
    let paths = many(|at| format!("\"a::B{at}\""), ",");
    for (what, text) in [
        ("resources", format!("{{\"resources\":[{names}]}}")),
        ("keys", format!("{{{}}}", many(|at| format!("\"k{at}\":1"), ","))),
        ("derive", format!("{{\"derive\":{{\"MfaDevice\":[{paths}]}}}}")),
        (
            "derives",
            format!(
                "{{\"derive\":{{{}}}}}",
                many(|at| format!("\"MfaDevcie{at}\":[\"Hash\"]"), ",")
            ),
        ),
        (
            "models",
            format!("{{\"models\":{{{}}}}}", many(|at| format!("\"aws/iam_ap{at}\":\"x\""), ",")),
        ),
    ] {
        let folder = tempfile::TempDir::new().unwrap();
        support::copy(&support::root().join("seeds"), folder.path());
        fs::write(folder.path().join("sdk.json"), text).unwrap();
        ends(what, move || {
            let outcome = folder::read(folder.path(), "seeds");
            let emitted = outcome.value.map(|seeds| {
                emit::emit(&lower::lower(&seeds.services, &seeds.settings), &seeds.settings)
            });
            assert!(emitted.is_none_or(|emitted| emitted.is_ok() || what == "derives"));
        });
    }
}

fn compared(what: &'static str, old: String, new: String) {
    ends(what, move || {
        let side = |text: String| {
            let files = vec![Source::new("users.md", text), Source::new("service-2.json", MODEL)];
            Snapshot::of("pages", files, true).value.unwrap()
        };
        let changes = diff::compare(&side(old), &side(new));
        assert!(!changes.changes.is_empty());
    });
}

#[test]
fn differences() {
    let with = |place: &str, text: &str| PAGE.replacen(place, &format!("{text}{place}"), 1);
    let fields = |word: &str| many(|at| format!("| `F{word}{at}` | `string` | x{word} |"), "\n");
    compared(
        "renamed fields",
        with("## Methods\n", &format!("{}\n", fields("a"))),
        with("## Methods\n", &format!("{}\n", fields("b"))),
    );
    let methods = |word: &str| {
        many(|at| format!("| `users_F{word}{at}` | `EXEC` | `region` | x{word} |"), "\n")
    };
    compared(
        "renamed methods",
        format!("{PAGE}{}\n", methods("a")),
        format!("{PAGE}{}\n", methods("b")),
    );
    let params = |word: &str| -> String {
        (0..200)
            .map(|method| {
                let params: Vec<String> =
                    (0..190).map(|at| format!("Param{word}WithALongNameOfItsOwn{at}")).collect();
                format!("| `users_M{method}` | `EXEC` | `{}, region` | x |\n", params.join(", "))
            })
            .collect()
    };
    compared("renamed params", format!("{PAGE}{}", params("a")), format!("{PAGE}{}", params("b")));
    let keys = |word: &str| many(|at| format!("k{word}{at}: x"), "\n");
    compared(
        "keys",
        with("---\n\n## Overview", &format!("{}\n", keys("a"))),
        with("---\n\n## Overview", &format!("{}\n", keys("b"))),
    );
}

/// Each has a column of its own, far into the line.
#[test]
fn many_problems_on_one_line() {
    let operations = many(|at| format!("\"k{at}\":\"é\""), ",");
    let text = format!("{{\"metadata\":{{}},\"operations\":{{{operations}}},\"shapes\":{{}}}}");
    ends("columns", move || {
        let found = ServiceModel::read(&Source::new("service-2.json", text), None).diagnostics;
        assert!(found.len() > 20_000);
        let places: std::collections::BTreeSet<String> =
            found.iter().map(pagesmith_model::diagnostic::Diagnostic::one_line).collect();
        assert!(places.len() > 20_000);
        let last = found.iter().last().unwrap().render(Style::Plain);
        assert!(last.contains("service-2.json:1:"), "{last}");
    });
}
