//! Every page of the corpus in every dialect: what is generated from a page, and what it is compared as, does not
//! depend on the dialect that it is written in.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use pagesmith_test_support as support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pagesmith_codegen::emit::File;
use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::Style;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Dialect, Page};
use pagesmith_model::schema::Service;
use pagesmith_sync::convert::convert;
use pagesmith_sync::diff::{Snapshot, compare};
use pagesmith_test_support::outline::{difference, outline};
use pagesmith_test_support::published::read_published;
use pagesmith_test_support::value;

/// The pages of resources below `folder`, each with the name that it has there.
fn pages_below(corpus: &Path, folder: &str) -> Vec<Page> {
    let mut waiting = vec![corpus.join(folder)];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = waiting.pop() {
        // A part of the corpus may lack a folder.
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.file_name().is_some_and(|name| name != "index.md") {
                files.push(path);
            }
        }
    }
    files.sort();
    let page = |path: &PathBuf| {
        let name = path.strip_prefix(corpus).unwrap().to_str().unwrap().replace('\\', "/");
        page::read(path, &name).value
    };
    files.iter().filter_map(page).collect()
}

/// Every page of the three dialects.
fn every_page() -> Vec<Page> {
    let Some(corpus) = support::corpus() else { return Vec::new() };
    ["2024-05-02", "2024-05-17", "2026-08"]
        .iter()
        .flat_map(|day| pages_below(&corpus, day))
        .collect()
}

/// A page in another dialect, and what the conversion says that it lost.
fn rendering(page: &Page, dialect: Dialect, service: Option<&Service>) -> (Page, Vec<String>) {
    let outcome = convert(page, dialect, service);
    let Some(converted) = outcome.value else {
        panic!(
            "{} in {dialect}: {}",
            page.source.name(),
            outcome.diagnostics.render_all(Style::Plain)
        );
    };
    (converted.page, converted.lost.iter().map(ToString::to_string).collect())
}

fn side(page: &Page) -> Snapshot {
    let name = page.source.name();
    value(Snapshot::of(name, vec![page.source.clone()], true))
}

#[test]
fn two_renderings_of_one_page_are_no_change() {
    let mut found = Vec::new();
    for page in every_page() {
        let own = side(&page);
        for dialect in Dialect::ALL {
            let (other, lost) = rendering(&page, dialect, None);
            let other = side(&other);
            for changes in [compare(&own, &other), compare(&other, &own)] {
                // What has no place in the other dialect is not there to be compared.
                let said = changes.changes.iter().filter(|_| lost.is_empty());
                found.extend(
                    said.map(|change| format!("{dialect}: {} {}", change.kind.id, change.subject)),
                );
                let renamed = |id: &str| id.starts_with("method-");
                let methods = changes.changes.iter().filter(|change| renamed(change.kind.id));
                found.extend(
                    methods
                        .map(|change| format!("{dialect}: {} {}", change.kind.id, change.subject)),
                );
            }
        }
    }
    assert!(found.is_empty(), "{} changes:\n{}", found.len(), found.join("\n"));
}

/// The pages of IAM in the dialect that they are in, and their service.
fn iam() -> Option<(Vec<Page>, ServiceModel)> {
    let (corpus, botocore) = (support::corpus()?, support::botocore()?);
    let published = read_published(&botocore.join("iam/2010-05-08"));
    let model = value(ServiceModel::read(&published.service, published.paginators.as_ref()));
    Some((pages_below(&corpus, "2024-05-02/aws/iam_api"), model))
}

fn bound(pages: &[Page], model: &ServiceModel) -> Service {
    value(bind::bind(pages, model, &Overrides::default()))
}

fn emitted(service: &Service) -> BTreeMap<String, String> {
    let files: Vec<File> = pagesmith_test_support::emit(std::slice::from_ref(service)).unwrap();
    files.into_iter().map(|file| (file.path, file.text)).collect()
}

/// What travels: all of a service but its prose.
fn wire(service: &Service) -> Service {
    let mut service = service.clone();
    for resource in &mut service.resources {
        for member in resource.row.iter_mut().flat_map(|row| &mut row.members) {
            member.documentation = None;
        }
        for method in &mut resource.methods {
            method.documentation.clear();
        }
    }
    service
}

/// Asserts that `pages` give the same as `wanted` in every dialect, and in every dialect from there.
fn assert_same_in_every_dialect(pages: &[Page], model: &ServiceModel, wanted: &Service) {
    let files = emitted(wanted);
    for dialect in Dialect::ALL {
        let converted: Vec<(Page, Vec<String>)> =
            pages.iter().map(|page| rendering(page, dialect, Some(wanted))).collect();
        let lossless = converted.iter().all(|(_, lost)| lost.is_empty());
        let pages: Vec<Page> = converted.into_iter().map(|(page, _)| page).collect();
        let service = bound(&pages, model);
        let other = emitted(&service);
        assert_eq!(files.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{dialect}");
        for (path, text) in &files {
            if *text == other[path] {
                continue;
            }
            assert!(!lossless, "{path} has other bytes in {dialect}");
            let outlined = difference(&outline(text), &outline(&other[path]));
            assert!(outlined.is_empty(), "{path} in {dialect}: {outlined:#?}");
        }
        assert!(wire(&service) == wire(wanted), "{dialect} is bound otherwise");
    }
}

#[test]
fn what_is_generated_does_not_depend_on_the_dialect() {
    let Some((pages, model)) = iam() else { return };
    let service = bound(&pages, &model);
    for dialect in Dialect::ALL {
        let pages: Vec<Page> =
            pages.iter().map(|page| rendering(page, dialect, Some(&service)).0).collect();
        assert_same_in_every_dialect(&pages, &model, &service);
    }
}
