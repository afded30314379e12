//! What pages of the same dialects have that the corpus lacks, and pages of layouts that are not read.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use pagesmith_test_support::places;

use std::path::{Path, PathBuf};

use pagesmith_model::diagnostic::{Diagnostic, Outcome, Style};
use pagesmith_model::page::{self, Access, Dialect, Page};
use pagesmith_model::source::Source;
use pagesmith_sync::convert::convert;

const TABS: &str = include_str!("pages/animals.md");

fn pipes() -> String {
    places::seed("mfa_devices.md")
}

fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(text.to_owned(), |page, (from, to)| {
        assert!(page.contains(from), "the page has no {from:?}");
        page.replacen(from, to, 1)
    })
}

fn parse(text: &str) -> Outcome<Page> {
    page::parse(&Source::new("", text))
}

fn rules(outcome: &Outcome<Page>) -> Vec<&'static str> {
    outcome.diagnostics.iter().map(Diagnostic::rule).collect()
}

/// The page, which is written back byte for byte and can be written in every dialect. `warnings` are all that is said.
fn read(text: &str, warnings: &[&str]) -> Page {
    let outcome = parse(text);
    assert_eq!(rules(&outcome), warnings, "{}", outcome.diagnostics.render_all(Style::Plain));
    let page = outcome.value.unwrap();
    assert_eq!(page::render(&page), text);
    for dialect in Dialect::ALL {
        let converted = convert(&page, dialect, None);
        assert!(converted.value.is_some(), "{}", converted.diagnostics.render_all(Style::Plain));
    }
    page
}

#[test]
fn the_prose_of_an_example_may_have_code() {
    for prose in [
        "One: ```a``` and ```b```.",
        "```json<br />{}<br />```",
        "Above:\n\n```sql\nSELECT 1;\n```\n\nBelow.",
        "Send <br /> ``` alone.",
        "# not a heading<br />",
        "## Nor this<br />one",
        "See `<table>` and `<td>`.",
    ] {
        let instead = format!("{prose}\n\n```sql");
        let page = read(&edited(TABS, &[("Gets an animal.\n\n```sql", &instead)]), &[]);
        let example = &page.examples[0].examples[0];
        assert_eq!((example.prose.as_str(), example.language.as_str()), (prose, "sql"));
        assert!(example.code.starts_with("SELECT\n"), "{}", *example.code);
    }
}

#[test]
fn an_empty_line_that_is_missing_is_told_where_it_is_missing() {
    let outcome = parse(&edited(TABS, &[("Gets an animal.\n\n```sql", "One ```a```.\n```sql")]));
    assert_eq!(rules(&outcome), ["misplaced"]);
    let span = outcome.diagnostics.iter().next().unwrap().span().unwrap();
    assert_eq!(span.text(), "```sql");
}

#[test]
fn names_are_what_the_wire_has() {
    for name in ["filter[a][b]", "+1", "-1", "2fa", "page(size)", "a/b", "@odata.type"] {
        let page = read(&TABS.replace("maxResults", name), &[]);
        assert!(page.params.iter().any(|param| param.name.value == name), "{name}");
        assert_eq!(*page.methods[1].optional_params[1], name);
        let page = read(&edited(&pipes(), &[("| `EnableDate` |", &format!("| `{name}` |"))]), &[]);
        assert_eq!(*page.fields[0].name, name);
    }
}

#[test]
fn a_datatype_may_be_empty_or_a_format_alone() {
    let page = read(&edited(&pipes(), &[("| `string` |", "| `` |")]), &[]);
    assert_eq!(page.fields[0].datatype.to_string(), "");
    let page = read(&edited(TABS, &[("<code>string (date-time)<", "<code> (uuid)<")]), &[]);
    assert_eq!(page.fields[1].datatype.to_string(), " (uuid)");
}

#[test]
fn a_method_that_several_verbs_reach_has_a_row_for_each() {
    let row = TABS.find("<tr>\n    <td><a href=\"#get_animal\">").unwrap();
    let end = row + TABS[row..].find("</tr>\n").unwrap() + 6;
    let again = TABS[row..end].replace("code=\"select\"", "code=\"replace\"");
    let page = read(&[&TABS[..end], &again, &TABS[end..]].concat(), &[]);
    assert_eq!(page.methods[0].name, page.methods[1].name);
    let accesses = [*page.methods[0].access, *page.methods[1].access];
    assert_eq!(accesses, [Access::Select, Access::Replace]);
    let twice = [&TABS[..end], &TABS[row..end], &TABS[end..]].concat();
    assert_eq!(rules(&parse(&twice)), ["duplicate-method"]);
}

#[test]
fn a_pipe_in_a_description_belongs_to_it() {
    let text = edited(&pipes(), &[("Removes the", "Removes a | b, the")]);
    let page = read(&text, &["too-many-cells"]);
    let described = page.methods.iter().map(|method| method.description.as_str());
    assert!(described.into_iter().any(|prose| prose.starts_with("Removes a | b, the")));
}

#[test]
fn a_page_may_have_no_methods() {
    let text = pipes();
    let start = text.find("| `mfa_devices_").unwrap();
    assert!(read(&text[..start], &["no-methods"]).methods.is_empty());
}

fn pages_below(folder: &Path, found: &mut Vec<PathBuf>) {
    // A part of the corpus may lack a folder.
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages_below(&path, found);
        } else if path.file_name().is_some_and(|name| name != "index.md" && name != "README.md") {
            found.push(path);
        }
    }
}

#[test]
fn a_layout_that_is_not_read_is_told_once() {
    let schema = ("<table>\n<thead>", "<SchemaTable fields={[]} />\n<table>\n<thead>");
    let texts = [
        edited(TABS, &[schema]),
        edited(TABS, &[("<td>Resource</td>", "<td>View</td>")]),
        pipes() + "\n## `SELECT` examples\n\n```sql\nSELECT 1;\n```\n",
    ];
    for text in texts {
        let outcome = parse(&text);
        let shown = outcome.diagnostics.render_all(Style::Plain);
        assert_eq!(rules(&outcome), ["unsupported-layout"], "{shown}");
        assert!(Dialect::ALL.iter().all(|dialect| shown.contains(dialect.name())), "{shown}");
    }
    let layouts = ["2026-awscc", "2024-05-02-cloud-control", "2024-05-17-cloud-control"];
    let Some(corpus) = places::corpus() else { return };
    for layout in layouts.into_iter().chain(["2025-01-cloud-control"]) {
        let mut pages = Vec::new();
        pages_below(&corpus.join(layout), &mut pages);
        // The service `cloud_control` itself is documented in a dialect.
        pages.retain(|path| !path.parent().unwrap().ends_with("cloud_control"));
        for path in pages {
            let outcome = page::read(&path, "");
            let shown = outcome.diagnostics.render_all(Style::Plain);
            assert_eq!(rules(&outcome), ["unsupported-layout"], "{}: {shown}", path.display());
        }
    }
}

#[test]
fn every_page_of_the_corpus_is_read_and_written_back() {
    let Some(corpus) = places::corpus() else { return };
    let mut pages = Vec::new();
    for day in ["2024-05-02", "2024-05-17", "2026-08"] {
        pages_below(&corpus.join(day), &mut pages);
    }
    for path in pages {
        let outcome = page::read(&path, path.to_str().unwrap());
        let shown = outcome.diagnostics.render_all(Style::Plain);
        assert!(!outcome.diagnostics.has_errors(), "{shown}");
        let page = outcome.value.unwrap();
        assert!(page::render(&page) == page.source.text(), "{}", path.display());
    }
}
