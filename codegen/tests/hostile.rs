//! Pages and models that try to be code: what comes out is a diagnostic with a place, or the same code
//! with other words in its documentation.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use pagesmith_test_support as support;

use std::sync::LazyLock;

use pagesmith_codegen::emit::File;
use pagesmith_model::bind;
use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page;
use pagesmith_model::schema::Service;
use pagesmith_model::source::Source;
use pagesmith_test_support::hostile::{CELLS, TEXTS, everywhere, in_cell};
use pagesmith_test_support::{bind_seed, seed, without_docs};
use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;

/// The seed's code without its documentation, by file.
static SEED: LazyLock<Vec<(String, String)>> =
    LazyLock::new(|| code_of(&support::value(bind_seed(&seed("mfa_devices.md")))));

fn code_of(service: &Service) -> Vec<(String, String)> {
    let files = pagesmith_test_support::emit(std::slice::from_ref(service)).unwrap();
    for File { path, text } in &files {
        assert!(!text.contains(['\r', '\u{202E}', '\u{2066}']), "{path} hides something");
    }
    files.iter().map(|file| (file.path.clone(), without_docs(&file.text))).collect()
}

/// The page gives the seed's code. Panics where it gives other code; false where it is refused, with a
/// place.
fn gives_the_same_code(page: &str) -> bool {
    let outcome = bind_seed(page);
    let Some(service) = outcome.value else {
        assert_refused(&outcome);
        return false;
    };
    assert_eq!(code_of(&service), *SEED);
    true
}

fn assert_refused<T>(outcome: &Outcome<T>) {
    assert!(outcome.diagnostics.has_errors());
    for found in &outcome.diagnostics {
        assert!(found.span().is_some(), "no place for {}", found.message());
        let shown = found.render(Style::Plain);
        let raw = |c: char| c.is_control() && c != '\n';
        assert!(!shown.contains(raw), "{shown:?}");
    }
}

#[test]
fn prose_is_only_ever_prose() {
    for text in TEXTS {
        for cell in [0, CELLS - 1] {
            assert!(gives_the_same_code(&in_cell(cell, text)), "{text:?} was refused");
        }
    }
    assert!(gives_the_same_code(&everywhere()));
}

#[test]
fn a_cell_may_be_a_megabyte() {
    for text in ["`", "[a](", "&lt;ul&gt;&lt;li&gt;"] {
        let cell = text.repeat(1_000_000 / text.len());
        assert!(gives_the_same_code(&in_cell(4, &cell)), "a megabyte of {text:?} was refused");
    }
}

/// A page's order of required params is no matter of the code.
#[test]
fn the_order_of_required_params_is_no_code() {
    let page = seed("mfa_devices.md");
    let swapped = page.replace("`SerialNumber, Tags, region`", "`Tags, SerialNumber, region`");
    assert_ne!(page, swapped);
    assert!(gives_the_same_code(&swapped));
}

/// Characters that no page needs are refused where they stand as such.
#[test]
fn control_characters_are_refused() {
    for character in
        ['\0', '\u{1}', '\u{7}', '\u{8}', '\u{1B}', '\u{7F}', '\u{85}', '\u{202E}', '\u{2066}']
    {
        let page = in_cell(3, &format!("be{character}fore"));
        let outcome = bind_seed(&page);
        assert_eq!(support::rules(&outcome.diagnostics), ["control-character"], "{character:?}");
        assert_refused(&outcome);
    }
    // A bare carriage return in a row.
    assert!(!gives_the_same_code(&in_cell(3, "be\rfore")));
}

/// Each place that is no prose, with the text in the place of what is there.
const PLACES: &[&str] = &[
    "`EnableDate`",
    "`string` | The date",
    "`mfa_devices_Tag`",
    "`SELECT`",
    "`SerialNumber, Tags, region`",
    "<code>mfa_devices</code>",
    "<code>aws.iam_api.mfa_devices</code>",
    "Resource</td>",
    "title: mfa_devices",
    "| Name | Datatype | Description |",
    "## Fields",
];

/// Nothing that stands for a name is taken for anything else.
#[test]
fn names_are_names() {
    let seed = seed("mfa_devices.md");
    for place in PLACES {
        assert_eq!(seed.matches(place).count(), 1, "{place:?}");
        for text in TEXTS {
            for wrapped in [(*text).to_owned(), format!("`{text}`"), format!("<code>{text}</code>")]
            {
                let page = seed.replace(place, &wrapped);
                assert!(!gives_the_same_code(&page), "{place:?} may be {wrapped:?}");
            }
        }
    }
}

/// Names that are names for a page and not for Rust.
#[test]
fn odd_names_are_resolved() {
    let model = seed("service-2.json");
    for odd in
        ["type", "Self", "self", "a.b:c", "$x", "@x", "_", "__", "X-Y", "crate", "r", "async"]
    {
        let page = seed("mfa_devices.md").replace("| `EnableDate`", &format!("| `{odd}`"));
        let model = model.replace("\"EnableDate\"", &format!("\"{odd}\""));
        let page = support::page("mfa_devices.md", &page);
        let model = support::read_model(&model, None);
        let service = support::value(bind::bind(&[page], &model, &support::seed_overrides()));
        for file in pagesmith_test_support::emit(&[service]).unwrap() {
            syn::parse_file(&file.text).unwrap();
        }
    }
}

/// Front matter that nothing is made of may say anything.
#[test]
fn front_matter_is_not_code() {
    for text in TEXTS {
        let page = seed("mfa_devices.md").replace(
            "description: Query, deploy and manage AWS resources using SQL",
            &format!("description: {text}"),
        );
        gives_the_same_code(&page);
    }
}

fn model_of(text: &str) -> Outcome<ServiceModel> {
    ServiceModel::read(&Source::new("seeds/aws/iam_api/service-2.json", text), None)
}

/// Binds the seed page to a model; what is wrong with the model by itself is an outcome too.
fn bind_model(text: &str) -> Outcome<Service> {
    let outcome = model_of(text);
    let Some(model) = outcome.value else {
        return Outcome { value: None, diagnostics: outcome.diagnostics };
    };
    let page =
        page::parse(&Source::new("seeds/aws/iam_api/mfa_devices.md", seed("mfa_devices.md")));
    bind::bind(&[page.value.unwrap()], &model, &support::seed_overrides())
}

const HOSTILE_NAMES: &[&str] =
    &["a\\\"; pub fn evil() {} //", "`", "<script>", "a\\nb", "\\u0000", "\\u202Ex", " ", "", "é"];

#[test]
fn names_in_a_model_are_names() {
    let seed = seed("service-2.json");
    for name in HOSTILE_NAMES {
        for (from, to) in [
            // An operation, a member of an input, one of an output, a structure, a list.
            ("\"name\": \"ListMFADevices\"", format!("\"name\": \"{name}\"")),
            ("\"MaxItems\": {", format!("\"{name}\": {{")),
            ("\"IsTruncated\": {", format!("\"{name}\": {{")),
            ("\"Tag\"", format!("\"{name}\"")),
            ("\"tagListType\"", format!("\"{name}\"")),
        ] {
            assert!(seed.contains(from), "{from}");
            let outcome = bind_model(&seed.replace(from, &to));
            assert!(outcome.value.is_none(), "{to} was taken");
            assert_refused(&outcome);
        }
    }
}

/// An error's code stands in documentation, where it could begin a block of code that is compiled.
#[test]
fn codes_of_errors_are_names() {
    let seed = seed("service-2.json");
    let from = "\"code\": \"NoSuchEntity\"";
    assert_eq!(seed.matches(from).count(), 1);
    let block = "x`\\n\\n```\\nstd::process::abort()\\n```";
    for code in HOSTILE_NAMES.iter().copied().chain([block, "[x](y)", "a b", "a|b", "\\u0085"]) {
        let outcome = bind_model(&seed.replace(from, &format!("\"code\": \"{code}\"")));
        assert!(outcome.value.is_none(), "{code} was taken");
        assert_refused(&outcome);
        let first = outcome.diagnostics.iter().next().unwrap();
        assert_eq!(first.rule(), "bad-name", "{code}");
    }
    for code in ["AWS.SimpleQueueService.NonExistentQueue", "a-b_c:d", "404"] {
        let outcome = bind_model(&seed.replace(from, &format!("\"code\": \"{code}\"")));
        assert!(outcome.value.is_some(), "{code} was refused");
    }
}

/// The name of a service comes into documentation as words, and into code as nothing else.
#[test]
fn texts_in_a_model_are_texts() {
    let seed = seed("service-2.json");
    for text in HOSTILE_TEXTS {
        let from = "\"AWS Identity and Access Management\"";
        assert_eq!(seed.matches(from).count(), 1, "{from}");
        let service = support::value(bind_model(&seed.replace(from, &format!("\"{text}\""))));
        for (file, seed) in code_of(&service).iter().zip(&*SEED) {
            assert_eq!(masked(&file.1, &file.0), masked(&seed.1, &seed.0), "{text}");
        }
    }
}

const HOSTILE_TEXTS: &[&str] = &[
    "a\\\"; pub fn evil() {} //",
    "`<script>`",
    "a\\n\\nb\\r\\u0085",
    "\\u202Ex\\u0000",
    "*/",
    "[x](y)",
];

/// What a request is made of has a form, and a text that has not is refused.
#[test]
fn facts_of_a_service_are_not_texts() {
    let seed = seed("service-2.json");
    for text in HOSTILE_TEXTS {
        for (from, key) in [
            ("\"apiVersion\": \"2010-05-08\"", "apiVersion"),
            ("\"serviceId\": \"IAM\"", "serviceId"),
            ("\"endpointPrefix\": \"iam\"", "endpointPrefix"),
            ("\"resultWrapper\": \"ListMFADevicesResult\"", "resultWrapper"),
        ] {
            assert_eq!(seed.matches(from).count(), 1, "{from}");
            let outcome = bind_model(&seed.replace(from, &format!("\"{key}\": \"{text}\"")));
            assert!(outcome.value.is_none(), "{key} may be {text}");
            assert_refused(&outcome);
        }
    }
}

/// Code with a mark for each text in it, and in `error_code.rs` for each name too.
fn masked(code: &str, path: &str) -> String {
    let mut marks = Vec::new();
    mask(code.parse().unwrap(), path.ends_with("error_code.rs"), &mut marks);
    marks.join(" ")
}

fn mask(tokens: TokenStream, names: bool, marks: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => mask(group.stream(), names, marks),
            TokenTree::Literal(_) => marks.push("text".to_owned()),
            TokenTree::Ident(_) if names => marks.push("name".to_owned()),
            other => marks.push(other.to_string()),
        }
    }
}

#[test]
fn values_of_an_enum_may_be_any_text() {
    let values = "\"\\\"\", \"*/\", \"\\n\\n<script>\", \"``\", \"\\u202E\", \"\\u0000\", \" \", \"{}\", \"\", \"\", \"[a](b)\"";
    let seed = seed("service-2.json").replacen(
        "\"arnType\": {",
        "\"unused\": { \"type\": \"string\" },\n    \"arnType\": {",
        1,
    );
    let text = seed.replace(
        "\"tagKeyType\": {\n      \"type\": \"string\"",
        &format!("\"tagKeyType\": {{\n      \"type\": \"string\", \"enum\": [{values}]"),
    );
    assert!(text.contains("\"enum\": ["));
    let service = support::value(bind_model(&text));
    let files = pagesmith_test_support::emit(&[service]).unwrap();
    let types = support::file(&files, "aws/iam_api/types.rs");
    assert!(!types.contains('\u{202E}') && !types.contains('\0'));
    let variants = support::outline::outline(types);
    let variants =
        variants.iter().filter(|line| line.starts_with("TagKeyType::") && !line.contains('('));
    assert_eq!(variants.count(), 11, "ten values and the one for any other");
}

#[test]
fn a_model_nested_without_end_is_refused() {
    let seed = seed("service-2.json");
    for deep in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        format!("{}{}", "[".repeat(5_000), "]".repeat(5_000)),
    ] {
        let outcome = model_of(&seed.replacen("\"IAM\"", &deep, 1));
        assert!(outcome.value.is_none());
        assert_refused(&outcome);
    }
}

#[test]
fn a_model_that_leads_nowhere_is_refused() {
    let seed = seed("service-2.json");
    for (from, to) in [
        ("\"shape\": \"Tag\"", "\"shape\": \"Gat\""),
        ("\"required\": [\n        \"Key\"", "\"required\": [\n        \"Kye\""),
        ("\"type\": \"timestamp\"", "\"type\": \"moment\""),
    ] {
        assert!(seed.contains(from), "{from}");
        let outcome = model_of(&seed.replacen(from, to, 1));
        assert!(outcome.value.is_none(), "{to} was taken");
        assert_refused(&outcome);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any text in a cell: refused, or the same code.
    #[test]
    fn any_text_in_a_cell(text in any_text(), cell in 0..CELLS) {
        gives_the_same_code(&in_cell(cell, &text));
    }

    /// Any text, spelled so that it is a cell's.
    #[test]
    fn any_prose_in_a_cell(text in any_text(), cell in 0..CELLS) {
        prop_assert!(gives_the_same_code(&in_cell(cell, &spelled(&text))), "{:?} was refused", text);
    }
}

/// Characters of every kind, mixed with pieces that mean something to somebody.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(TEXTS).prop_map(str::to_owned),
        "[ -~]{0,8}",
        prop::sample::select(
            &["///", "*/", "/*", "#[", "\"#", "`", "|", "\n", "\r", "<p>", "</", "&#", "](", "\\"]
                [..]
        )
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// `text` as the site's generator would write it, with all that is no letter as an entity.
fn spelled(text: &str) -> String {
    text.chars()
        .map(
            |c| {
                if c.is_ascii_alphanumeric() {
                    c.to_string()
                } else {
                    format!("&#{};", u32::from(c))
                }
            },
        )
        .collect()
}
