//! The dialect `tabs-2026`, on a page that has everything the dialect has.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::page::{
    self, Access, CodeForm, DatatypeKind, Dialect, ExampleKind, Page, Select,
};
use pagesmith_model::source::Source;
use proptest::prelude::*;

const PAGE: &str = include_str!("pages/animals.md");
const NAME: &str = "aws/zoo/animals.md";

/// The name of a snapshot, and what is replaced in the page by what.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

fn parse(text: &str) -> Outcome<Page> {
    page::parse(&Source::new(NAME, text))
}

fn right(text: &str) -> Page {
    let outcome = parse(text);
    assert!(outcome.diagnostics.is_empty(), "{}", outcome.diagnostics.render_all(Style::Plain));
    outcome.value.unwrap()
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(PAGE.to_owned(), |page, (from, to)| {
        assert!(page.contains(from), "the page has no {from:?}");
        page.replacen(from, to, 1)
    })
}

#[test]
fn the_model_has_all_that_the_page_says() {
    let page = right(PAGE);
    assert_eq!(page.dialect, Dialect::Tabs2026);
    assert_eq!(
        *page.introduction,
        "Creates, updates, deletes, gets or lists an <code>animals</code> resource."
    );
    let names: Vec<&str> = page.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["name", "born", "legs", "@tags", "diet", "X-Keeper"]);
    assert_eq!(*page.fields[0].description, "The name. (pattern: <code>[a-z]{1,9}</code>)");
    assert_eq!(page.fields[1].datatype.format.as_deref(), Some("date-time"));
    assert_eq!(page.fields[4].datatype.kind, DatatypeKind::Unspecified);
    assert_eq!(*page.field_tabs[1].method, "list_animals");
    assert_eq!(*page.field_tabs[1].prose, "All animals of the zoo");
    let accesses: Vec<Access> = page.methods.iter().map(|method| *method.access).collect();
    assert_eq!(
        accesses[1..],
        [
            Access::Select,
            Access::Insert,
            Access::Update,
            Access::Replace,
            Access::Delete,
            Access::Exec
        ]
    );
    assert_eq!(*page.methods[1].optional_params[1], "maxResults");
    assert_eq!(page.params.len(), 5);
    let kinds: Vec<ExampleKind> = page.examples.iter().map(|section| section.kind).collect();
    assert_eq!(kinds.len(), 6);
    assert_eq!(kinds[5], ExampleKind::Lifecycle);
    let manifest = &page.examples[1].examples[1];
    assert_eq!(
        (manifest.label.as_str(), manifest.value.as_str(), manifest.form),
        ("Manifest", "manifest", CodeForm::Component)
    );
    assert!(manifest.code.ends_with("- first: {{ first }}\n"));
}

#[test]
fn writes_back_every_variation_of_the_generator() {
    let no_fields_from = PAGE.find("<Tabs").unwrap();
    let no_fields_to = PAGE.find("\n## Methods").unwrap();
    let notice = "`SELECT` not supported for this resource, use `SHOW METHODS` to view available operations for the resource.\n\n";
    let unsupported = PAGE[..no_fields_from].to_owned() + notice + &PAGE[no_fields_to..];
    let without_examples = PAGE[..PAGE.find("\n## `SELECT` examples").unwrap()].to_owned();
    let variations = [
        PAGE.to_owned(),
        unsupported.clone(),
        without_examples,
        edited(&[("--- \n", "---\n")]),
        edited(&[("import CodeBlock from '@theme/CodeBlock';\n", "")]),
        edited(&[("<td><CopyableCode code=\"animals\" /></td>", "<td><code>animals</code></td>")]),
        edited(&[
            ("<CodeBlock language=\"yaml\">{`", "```yaml\n"),
            ("\n`}</CodeBlock>\n\n", "\n```\n"),
        ]),
        edited(&[("gets or lists an <code>animals</code> resource.", "x.<br />y")]),
    ];
    for text in variations {
        assert_eq!(page::render(&right(&text)), text);
    }
    assert_eq!(right(&unsupported).select, Select::Unsupported);
}

#[test]
fn says_what_is_wrong() {
    let cases: &[Case] = &[
        (
            "link-mismatch",
            &[
                ("<a href=\"#get_animal\">", "<a href=\"#get_animals\">"),
                ("<tr id=\"parameter-region\">", "<tr>"),
            ],
        ),
        ("missing-tab", &[("<TabItem value=\"list_animals\">", "<TabItem value=\"list\">")]),
        ("other-component", &[("<table>\n<thead>", "<SchemaTable fields={[]} />\n<thead>")]),
        ("unclosed-cell", &[("<td>Gets an animal.</td>", "<td>Gets an animal.")]),
        ("text-between", &[("## Parameters\n", "More.\n\n## Parameters\n")]),
        (
            "param-twice",
            &[(
                "<a href=\"#parameter-maxResults\"><code>maxResults</code></a>",
                "<a href=\"#parameter-region\"><code>region</code></a>",
            )],
        ),
        (
            "example-sections",
            &[
                ("## `DELETE` examples", "## `DELET` examples"),
                ("## Lifecycle Methods", "## Notes"),
            ],
        ),
        (
            "access-and-datatype",
            &[
                ("<CopyableCode code=\"insert\" />", "<CopyableCode code=\"insrt\" />"),
                ("string (date-time)", "timestamp (date-time)"),
            ],
        ),
        ("import", &[("import Tabs from '@theme/Tabs';", "import Tabs;")]),
    ];
    for (name, edits) in cases {
        let outcome = parse(&edited(edits));
        // A param that stands twice is clear, and a warning.
        assert_eq!(outcome.value.is_some(), *name == "param-twice", "{name}");
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!(
                format!("page_tabs_{name}"),
                outcome.diagnostics.render_all(Style::Plain)
            );
        });
    }
}

/// Whatever was accepted is written such that it reads back as the same page.
fn assert_fixpoint(text: &str) {
    let outcome = parse(text);
    assert_eq!(outcome.value.is_none(), outcome.diagnostics.has_errors());
    let _ = outcome.diagnostics.render_all(Style::Coloured);
    if let Some(page) = outcome.value {
        let rendered = page::render(&page);
        let again = parse(&rendered).value.unwrap();
        assert_eq!(again, page);
        assert_eq!(page::render(&again), rendered);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_character_more_less_or_other(at in 0..PAGE.len(), with in "[ -~\n]", how in 0..3) {
        let mut text = PAGE.to_owned();
        match how {
            0 => text.replace_range(at..=at, &with),
            1 => text.insert_str(at, &with),
            _ => { text.remove(at); }
        }
        assert_fixpoint(&text);
    }

    #[test]
    fn a_line_more_less_or_elsewhere(from in 0..PAGE.lines().count(), to in 0..PAGE.lines().count(), how in 0..3) {
        let mut lines: Vec<&str> = PAGE.split_inclusive('\n').collect();
        let line = lines[from];
        match how {
            0 => { lines.remove(from); }
            1 => lines.insert(to, line),
            _ => lines.swap(from, to),
        }
        assert_fixpoint(&lines.concat());
    }
}

#[test]
fn a_large_page_is_read_whole() {
    let row = "<tr>\n    <td><CopyableCode code=\"legs{}\" /></td>\n    <td><code>string</code></td>\n    <td>x</td>\n</tr>\n";
    let rows: String = (0..50_000).map(|index| row.replace("{}", &index.to_string())).collect();
    let text = edited(&[(
        "<tbody>\n<tr>\n    <td><CopyableCode code=\"name\"",
        &format!("<tbody>\n{rows}<tr>\n    <td><CopyableCode code=\"name\""),
    )]);
    let page = right(&text);
    assert_eq!(page.field_tabs[0].fields.len(), 50_005);
    assert!(page::render(&page) == text);
}
