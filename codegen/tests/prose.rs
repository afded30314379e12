//! Prose: what the HTML says is what the Markdown says, whatever the HTML.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use pagesmith_test_support::places;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use pagesmith_codegen::prose::{summary, to_markdown, to_plain_text};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What rustdoc enables, but for typographic quotes, which change the text.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// The words of Markdown, whitespace folded. Panics on whatever may be HTML, an image, a table or a rule.
fn words(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let url = dest_url.to_ascii_lowercase();
                assert!(url.starts_with("https://") || url.starts_with("http://"), "{dest_url}");
            }
            Event::Start(Tag::Emphasis | Tag::Strong)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => {}
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(_)
            | Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::List(_)
                | Tag::Item
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_),
            ) => text.push(' '),
            other => panic!("{other:?} in {markdown:?}"),
        }
    }
    fold(&text)
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(html: &str) {
    let markdown = to_markdown(html);
    assert_eq!(
        words(&markdown),
        fold(&to_plain_text(html)),
        "html {html:?}\nmarkdown:\n{markdown}"
    );
    for line in markdown.lines() {
        assert!(!line.ends_with([' ', '\t']), "trailing space in {markdown:?}");
    }
    assert_eq!(markdown.trim_matches('\n'), markdown);
    let summary = summary(html);
    assert!(!summary.contains('\n'), "{summary:?}");
    let all = fold(&to_plain_text(html));
    assert!(all.contains(&words(&summary)), "{summary:?} is not in {all:?}");
}

/// The descriptions of a page's Methods or Fields table, entities decoded once, as its parser gives them.
fn descriptions(page: &str) -> Vec<String> {
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    rows.filter_map(|row| row.trim_end().trim_end_matches('|').rsplit(" | ").next())
        .map(|cell| {
            let cell = cell.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
            cell.replace("&amp;", "&").trim().to_owned()
        })
        .collect()
}

fn seed_page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/aws/iam_api/mfa_devices.md");
    std::fs::read_to_string(path).unwrap()
}

/// Prose that would go wrong if anything were taken at its word.
const NASTY: &[&str] = &[
    "",
    " \n ",
    "plain",
    "<p>Never <b>closed <p>next</b> paragraph</p></p></ul></note>",
    "<a href=\"javascript:alert(1)\">click</a> <a href='/relative'>here</a> <a>nothing</a>",
    "<a href=\"https://a.example/(x) y?a=1&copy=2#_z_\">odd <code>link</code></a>",
    "<A HREF='HTTPS://A.example/'>Shout</A>!<a href=\"https://b.example\">no image</a>",
    "<script>alert(\"<b>x</b>\")</script><img src=x onerror=alert(1)><iframe src='https://e.example'>",
    "<code>a`b</code> <code>``</code> <code>`</code> <code> spaced  out </code> <code></code>",
    "1. not a list\n<p>- nor this</p><p># nor a heading</p><p>> nor a quote</p><p>+</p><p>---</p><p>===</p>",
    "*stars* _under_ snake_case __init__ [brackets](not-a-link) [ref] ![img](x) `tick` ~~gone~~ a|b \\ &copy; <arn>",
    "Go to https://docs.aws.amazon.com/IAM/x_y.html, or <b>http://a.example.</b> (https://b.example/)",
    "<ul><li>one</li><li>two<ul><li>deep<ol><li>deeper</li></ol></li></ul></li></ul><ul><li>other list</li></ul>",
    "<ul><li><p>first</p><p>second</p></li><li><pre>code  here\n  ```\n</pre></li></ul>",
    "<dl><dt>Term</dt><dd>What it is.</dd><dt><code>Other</code></dt><dd><p>One.</p><p>Two.</p></dd></dl>",
    "<note><p>Mind <i>this</i>.</p></note><important>Very.</important><caution/><warning><ul><li>a</ul></warning>",
    "<table><tr><th>H1</th><th>H2</th></tr><tr><td>a</td><td>b</td></tr></table>",
    "line<br>break<br/>- dash<br></p><h2>Heading #</h2>text",
    "x<b>bold</b>y <b>(p)</b>z <i>a</i><b>b</b> <b> spaced </b>. <b><code>c</code></b> <b>all <i>both</i></b>",
    "&lt;b&gt; &amp;lt; &#42; &nbsp;x &mdash; \u{202e}evil\u{202c}\0",
    "It takes 1.5 s, i.e. long, e.g. Not here. Then more.",
];

fn show(html: &str) -> String {
    format!("{html:?}\n--- summary\n{}\n--- markdown\n{}", summary(html), to_markdown(html))
}

#[test]
fn seed_methods() {
    let shown: Vec<String> =
        descriptions(&seed_page()).iter().map(|html| to_markdown(html)).collect();
    insta::assert_snapshot!(shown.join("\n\n==========\n\n"));
}

#[test]
fn seed_summaries() {
    let shown: Vec<String> = descriptions(&seed_page()).iter().map(|html| summary(html)).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn nasty() {
    for html in NASTY {
        check(html);
    }
    let shown: Vec<String> = NASTY.iter().map(|html| show(html)).collect();
    insta::assert_snapshot!(shown.join("\n\n==========\n\n"));
}

/// A reading of the HTML that shares no code with the crate's: tags cut out, blocks set apart.
fn words_of_html(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap();
        match tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap() {
            "b" | "i" | "code" | "a" | "span" => {}
            "note" if !tag.starts_with('/') => text.push_str(" Note "),
            "important" if !tag.starts_with('/') => text.push_str(" Important "),
            "p" | "ul" | "ol" | "li" | "note" | "important" | "br" | "div" | "dl" | "dt" | "dd" => {
                text.push(' ');
            }
            other => panic!("unexpected tag {other}"),
        }
        rest = after;
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    fold(&text.replace("&nbsp;", " ").replace("&amp;", "&"))
}

/// The folder of the corpus that has most descriptions.
fn corpus() -> Option<PathBuf> {
    Some(places::corpus()?.join("2024-05-02/aws/iam_api"))
}

fn corpus_descriptions() -> Option<Vec<String>> {
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(corpus()?).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    let pages = pages.iter().map(|page| std::fs::read_to_string(page).unwrap());
    Some(pages.flat_map(|page| descriptions(&page)).collect())
}

#[test]
fn every_description_of_the_corpus() {
    let Some(all) = corpus_descriptions() else {
        return;
    };
    assert!(all.len() > 250, "only {} descriptions", all.len());
    for html in &all {
        check(html);
        assert_eq!(words(&to_markdown(html)), words_of_html(html), "{html}");
        let summary = summary(html);
        assert!(html.is_empty() || summary.len() > 3, "{html}: {summary}");
    }
}

/// rustdoc, with every lint of its own an error, takes all of it.
#[test]
fn rustdoc_has_no_warning() {
    let mut all: Vec<String> = NASTY.iter().map(|html| (*html).to_owned()).collect();
    all.extend(descriptions(&seed_page()));
    all.extend(corpus_descriptions().into_iter().flatten());
    let mut text = "//! Prose.\n".to_owned();
    for (index, html) in all.iter().enumerate() {
        for line in to_markdown(html).lines() {
            let line = format!(" {line}");
            writeln!(text, "#[doc = {line:?}]").unwrap();
        }
        writeln!(text, "pub struct Prose{index};").unwrap();
    }
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = directory.join("prose_rustdoc.rs");
    std::fs::write(&file, text).unwrap();
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    let output = std::process::Command::new(rustdoc)
        .args(["--edition", "2024", "--crate-name", "prose_rustdoc", "-D", "warnings", "--out-dir"])
        .arg(directory.join("prose_rustdoc"))
        .arg(&file)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Rendering broken prose takes time that is linear in its length. Quadratic time would be hours here.
#[test]
fn long_broken_prose_comes_to_an_end() {
    let pieces = [
        "<",
        "<a \"",
        "<a \"<a\" ",
        "&",
        "&#",
        "<!--",
        "<ul><li>",
        "<note>",
        "`",
        "*",
        "<b>x</b><i>y</i>",
        "a. ",
        "http://",
        "<a href=",
        "</ul>",
    ];
    pagesmith_test_support::hangs::ends("rendering", move || {
        for piece in pieces {
            let html = piece.repeat(300_000 / piece.len());
            drop((to_markdown(&html), summary(&html), to_plain_text(&html)));
        }
    });
}

/// The pieces that prose is made of, and those that would trip a writer.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "<p>", "</p>", "<ul>", "</ul>", "<ol>", "</ol>", "<li>", "</li>", "<b>", "</b>", "<i>",
    "</i>", "<code>", "</code>", "<a href=\"https://a.example/b_c?d=e&amp;f=(g)\">",
    "<a href='/x'>", "</a>", "<note>", "</note>", "<important>", "</important>", "<br>", "<br/>",
    "<dl>", "</dl>", "<dt>", "</dt>", "<dd>", "</dd>", "<pre>", "</pre>", "<h2>", "</h2>",
    "<table>", "<tr>", "<td>", "</table>", "<script>", "</script>", "<region>", "<!-- c -->", "<",
    ">", "&lt;", "&amp;", "&", "*", "**", "_", "__", "`", "``", "```", "[", "]", "(", ")", "![",
    "#", "##", "-", "--", "---", "+", "=", "===", "1.", "2)", "10", ".", ":", "|", "||", "\\",
    "~", "~~~", "!", "\"", "'", "$", "^", "{", "}", "https://", "https://x.example/a_b*",
    "http://localhost:80", " ", " ", " ", "\n", "\t", "    ", "word", "Word", "é", "—", "“", "日本",
    "\u{a0}", "\u{202e}", "\0", "e.g.", "i.e.", "copy;", "#65;", "a", "1", "[^1]:", "[x]:", "[ ]",
    ":-:", "<a@b.c>",
];

fn prose() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(html in any::<String>()) {
        check(&html);
    }

    #[test]
    fn any_prose(html in prose()) {
        check(&html);
    }
}
