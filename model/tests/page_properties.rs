//! No text can panic the parser, make it hang, or slip through unread.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use pagesmith_model::diagnostic::Style;
use pagesmith_model::file;
use pagesmith_model::page::{self, Page};
use pagesmith_model::{file::MAX_BYTES, source::Source};
use proptest::prelude::*;

const SEED: &str = include_str!("../../seeds/aws/iam_api/mfa_devices.md");
const NAME: &str = "aws/iam_api/mfa_devices.md";

/// Parses and renders; either there is a page, or there is an error that says why not.
fn parse(bytes: Vec<u8>) -> Option<Page> {
    let outcome = match file::decode(NAME, bytes) {
        Ok(source) => page::parse(&source),
        Err(found) => {
            assert!(!found.render(Style::Plain).is_empty());
            return None;
        }
    };
    assert_eq!(outcome.value.is_none(), outcome.diagnostics.has_errors());
    for found in &outcome.diagnostics {
        let (line, column) = found.span().expect("every diagnostic has a place").line_column();
        assert!(found.one_line().starts_with(&format!("{NAME}:{line}:{column}: ")));
    }
    let _ = outcome.diagnostics.render_all(Style::Coloured);
    outcome.value
}

/// Whatever was accepted is written such that it reads back as the same page.
fn assert_fixpoint(page: &Page) {
    let rendered = page::render(page);
    let again = parse(rendered.clone().into_bytes()).expect("a rendered page reads back");
    assert_eq!(again, *page);
    assert_eq!(page::render(&again), rendered);
}

fn lines() -> Vec<&'static str> {
    SEED.split_inclusive('\n').collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_diagnostic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(parse(bytes).is_none());
    }

    #[test]
    fn any_markdown_gives_a_diagnostic(text in "([#|`<>&\\\\\n*_\\[\\]()\\-: a-c0-9\"=/]|## |<td>|<table>|```|&lt;|\\| `){0,120}") {
        let page = format!("---\ntitle: a\n---\n{text}");
        prop_assert!(parse(page.into_bytes()).is_none());
    }

    #[test]
    fn a_byte_more_less_or_other(at in 0..SEED.len(), with in any::<u8>(), how in 0..3) {
        let mut bytes = SEED.as_bytes().to_vec();
        match how {
            0 => bytes[at] = with,
            1 => bytes.insert(at, with),
            _ => { bytes.remove(at); }
        }
        if let Some(page) = parse(bytes) { assert_fixpoint(&page); }
    }

    #[test]
    fn a_line_more_less_or_elsewhere(from in 0..lines().len(), to in 0..lines().len(), how in 0..3) {
        let mut lines = lines();
        let line = lines[from];
        match how {
            0 => { lines.remove(from); }
            1 => lines.insert(to, line),
            _ => lines.swap(from, to),
        }
        if let Some(page) = parse(lines.concat().into_bytes()) { assert_fixpoint(&page); }
    }

    #[test]
    fn a_cell_more_less_or_other(line in 0..lines().len(), cell in 0_usize..6, with in "[ -~]{0,12}", how in 0..3) {
        let mut lines: Vec<String> = lines().into_iter().map(str::to_owned).collect();
        let mut cells: Vec<String> = lines[line].split('|').map(str::to_owned).collect();
        let cell = cell % cells.len();
        match how {
            0 => { cells.remove(cell); }
            1 => cells.insert(cell, with),
            _ => cells[cell] = with,
        }
        lines[line] = cells.join("|");
        if let Some(page) = parse(lines.concat().into_bytes()) { assert_fixpoint(&page); }
    }

    #[test]
    fn any_prose_survives(prose in "[^\\p{C}\\p{Z}]([ -~£–…é]|&[a-z]{2,4};|\\\\\\|){0,60}") {
        let spelled = prose.replace('|', "\\|").replace("\\\\|", "\\|");
        let text = SEED.replace("The date when the MFA device was enabled for the user.", &spelled);
        if let Some(page) = parse(text.clone().into_bytes()) {
            prop_assert_eq!(page::render(&page), text);
        }
    }
}

/// Texts that make careless parsers quadratic, or recurse.
const HOSTILE: &[&str] = &[
    "[",
    "](",
    "![a](",
    "*",
    "_a",
    "`",
    "``` ",
    "<",
    "<a ",
    "<a b=\"",
    "<!--",
    "<![CDATA[",
    "<?",
    "&",
    "&a",
    "&copy;",
    "> ",
    "- ",
    "1. ",
    "\t",
    "\\",
    "|",
    "| ",
    "||",
    "| a ",
    "|\n",
    "| a |\n",
    "a\n",
    "\n",
    "# \n",
    "## a\n",
    "<table>\n",
    "<td>",
    "<tr><td></td></tr>\n",
    "[a]: b\n",
    "- a\n",
    " - a\n",
    "---\n",
    "a: b\n",
    "é",
    "\u{202E}",
    "$$",
    "~",
    "==\n",
    ":-|",
];

fn read_hostile(bytes: usize, places: &[&str]) {
    for pattern in HOSTILE {
        let hostile = pattern.repeat(bytes / pattern.len());
        for place in places {
            let text = SEED.replacen("## Fields\n", &format!("## Fields\n{place}{hostile}\n"), 1);
            let _ = page::parse(&Source::new(NAME, text));
            let text = SEED.replacen("keywords:\n", &format!("keywords:\n{place}{hostile}\n"), 1);
            let _ = page::parse(&Source::new(NAME, text));
        }
    }
}

#[test]
fn a_header_of_many_columns_is_read() {
    let table =
        format!("{}\n{}\n{}\n", "|a".repeat(50_000), "|-".repeat(50_000), "|b\n".repeat(1000));
    let text = SEED.replacen("## Fields\n", &format!("## Fields\n{table}\n"), 1);
    assert!(page::parse(&Source::new(NAME, text)).diagnostics.has_errors());
}

#[test]
fn hostile_texts_are_read() {
    read_hostile(10_000, &["", "# ", "| ", "## Overview\n", "| `a` | `string` | "]);
}
#[test]
fn a_page_at_the_limit_is_read_whole() {
    let row =
        "| `Name{}` | `string` | Prose &lt;b&gt;with&lt;/b&gt; markup, `code` and *stars*. |\n";
    let mut rows = String::new();
    let mut count = 0;
    while SEED.len() + rows.len() + row.len() + 8 < MAX_BYTES {
        rows.push_str(&row.replace("{}", &count.to_string()));
        count += 1;
    }
    let text = SEED.replacen("| `EnableDate`", &(rows + "| `EnableDate`"), 1);
    let page = parse(text.clone().into_bytes()).unwrap();
    assert_eq!(page.fields.len(), count + 3);
    assert_eq!(page.methods.len(), 6);
    assert!(page::render(&page) == text);
}

#[test]
fn a_cell_of_ten_megabytes_is_read_whole() {
    let prose = "&lt;p&gt;word&lt;/p&gt; &copy; ".repeat(300_000);
    let text =
        SEED.replacen("The user with whom the MFA device is associated.", prose.trim_end(), 1);
    let page = parse(text.clone().into_bytes()).unwrap();
    assert_eq!(page.fields[2].description.len(), "<p>word</p> © ".len() * 300_000 - 1);
    assert!(page::render(&page) == text);
}
