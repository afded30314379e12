//! Every page of the corpus is read without a word of complaint, and written back byte for byte.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use pagesmith_test_support::places;

use std::path::{Path, PathBuf};

use pagesmith_model::diagnostic::Style;
use pagesmith_model::page::{self, Access, Dialect, Page, Select};
use pagesmith_model::source::Source;
use places::corpus;

/// The resource pages of a folder of the corpus, by name, each parsed.
fn pages(folder: &str) -> Vec<(String, Page)> {
    let Some(corpus) = corpus() else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(corpus.join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap() != "index.md")
        .collect();
    files.sort();
    files.into_iter().map(|path| read(&corpus, &path)).collect()
}

fn read(corpus: &Path, path: &Path) -> (String, Page) {
    let name = path.strip_prefix(corpus).unwrap().to_str().unwrap().replace('\\', "/");
    let outcome = page::read(path, &name);
    assert!(outcome.diagnostics.is_empty(), "{}", outcome.diagnostics.render_all(Style::Plain));
    (name, outcome.value.expect("a page without diagnostics"))
}

fn assert_round_trip(pages: &[(String, Page)]) {
    for (name, page) in pages {
        let rendered = page::render(page);
        assert_eq!(rendered, page.source.text(), "{name} is written back otherwise");
        let again = page::parse(&Source::new(name.as_str(), rendered)).value.unwrap();
        assert_eq!(again, *page, "{name} reads back otherwise");
    }
}

#[test]
fn reads_and_writes_every_page_of_gfm_2024() {
    let pages = pages("2024-05-02/aws/iam_api");
    if pages.is_empty() {
        return;
    }
    assert_eq!(pages.len(), 62);
    assert!(pages.iter().all(|(_, page)| page.dialect == Dialect::Gfm2024));
    let methods = || pages.iter().flat_map(|(_, page)| &page.methods);
    assert_eq!(methods().count(), 156, "the service's index.md counts 156");
    let of = |access| methods().filter(|method| *method.access == access).count();
    assert_eq!((of(Access::Insert), of(Access::Delete)), (14, 23));
    // 44 by the service's own index.
    assert_eq!(pages.iter().filter(|(_, page)| page.select != Select::Unsupported).count(), 44);
    assert_round_trip(&pages);
}

#[test]
fn counts_what_goes_in_against_what_comes_out() {
    for (name, page) in pages("2024-05-02/aws/iam_api") {
        let rows = page.source.text().lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(rows, page.fields.len() + page.methods.len(), "{name}");
    }
}

#[test]
fn reads_and_writes_every_page_of_copyable_2024() {
    let pages = pages("2024-05-17/aws/iam_api");
    assert!(pages.iter().all(|(_, page)| page.dialect == Dialect::Copyable2024));
    assert_round_trip(&pages);
}

#[test]
fn reads_and_writes_every_page_of_tabs_2026() {
    let pages = pages("2026-08/aws/iam");
    assert_round_trip(&pages);
    for (name, page) in &pages {
        assert_eq!(page.dialect, Dialect::Tabs2026, "{name}");
        let rows = page
            .source
            .text()
            .lines()
            .filter(|line| line.starts_with("<tr") && !line.contains("<td>"))
            .count();
        let fields: usize = page.field_tabs.iter().map(|tab| tab.fields.len()).sum();
        assert_eq!(rows, fields + page.methods.len() + page.params.len(), "{name}");
        let statements = page.source.text().matches("```sql").count();
        let examples: usize = page.examples.iter().map(|section| section.examples.len()).sum();
        assert_eq!(statements, examples, "{name}");
    }
}

#[test]
fn the_dialects_of_2024_say_the_same() {
    let older = pages("2024-05-02/aws/iam_api");
    for (name, newer) in pages("2024-05-17/aws/iam_api") {
        let file = name.rsplit('/').next().unwrap();
        let (_, older) =
            older.iter().find(|(name, _)| name.ends_with(&format!("/{file}"))).unwrap();
        assert_eq!(newer.fields, older.fields, "{name}");
        assert_eq!(newer.methods, older.methods, "{name}");
    }
}

#[test]
fn says_that_a_service_page_is_one() {
    let Some(corpus) = corpus() else { return };
    let outcome =
        page::read(&corpus.join("2024-05-02/aws/iam_api/index.md"), "aws/iam_api/index.md");
    assert!(outcome.value.is_none());
    let rules: Vec<&str> =
        outcome.diagnostics.iter().map(pagesmith_model::diagnostic::Diagnostic::rule).collect();
    assert_eq!(rules, ["service-page"]);
}
