//! Folders of pages as the site lays them out, and pages whose ids do not agree with their folders.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use pagesmith_test_support as support;

use std::fs;
use std::path::Path;

use pagesmith_codegen::folder;
use pagesmith_codegen::{Build, emit};
use pagesmith_model::diagnostic::{Diagnostics, Severity, Style};
use pagesmith_model::page;
use pagesmith_model::schema::Service;
use pagesmith_sync::diff::{Snapshot, compare};
use pagesmith_sync::lint;
use pagesmith_test_support::{copy, rules, seed, seed_service, value};

/// The site's list of a service's resources.
const LIST: &str = "\
---
title: iam_api
---

## Overview
total resources: 1
";

/// The seeds as a service's folder of pages called `SERVICE`, with the page at `page` in it.
fn folder(service: &str, page: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let service = folder.path().join("aws").join(service);
    copy(&seed_service(), &service);
    let text = seed("mfa_devices.md");
    fs::remove_file(service.join("mfa_devices.md")).unwrap();
    let path = service.join(page);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    folder
}

fn files(services: &[Service]) -> Vec<emit::File> {
    pagesmith_test_support::emit(services).unwrap()
}

#[test]
fn a_page_may_be_the_index_of_a_folder_of_its_own() {
    let flat = folder("iam_api", "mfa_devices.md");
    let site = folder("iam_api", "mfa_devices/index.md");
    for list in ["index.md", "aws/index.md", "aws/iam_api/index.md"] {
        fs::write(site.path().join(list), LIST).unwrap();
    }
    let read = value(folder::read(site.path(), "pages"));
    assert_eq!(files(&read.services), files(&value(folder::read(flat.path(), "pages")).services));
    assert_eq!(read.lists, 3);
    // In 2024 a list has an Id too, the service's.
    let service = LIST.replace(
        "total resources: 1\n",
        "<table><tbody>\n<tr><td><b>Type</b></td><td>Service</td></tr>\n\
         <tr><td><b>Id</b></td><td><code>aws.iam_api</code></td></tr>\n</tbody></table>\n",
    );
    fs::write(site.path().join("aws/iam_api/index.md"), service).unwrap();
    assert_eq!(value(folder::read(site.path(), "pages")).lists, 3);
    let page = &read.folders[0].pages[0];
    assert_eq!(page.source.name(), "pages/aws/iam_api/mfa_devices/index.md");
    assert!(read.inputs.contains(&site.path().join("aws/iam_api/mfa_devices/index.md")));
    assert!(read.inputs.contains(&site.path().join("aws/iam_api/mfa_devices")));
    // The folder of the service itself, which is named to the commands too.
    let service = value(folder::read(&site.path().join("aws/iam_api"), "iam_api"));
    assert_eq!((service.services.len(), service.lists), (1, 1));
    // Two services side by side, one laid out each way.
    copy(&flat.path().join("aws/iam_api"), &site.path().join("gcp/iam_api"));
    let two = folder::load(site.path(), "pages");
    assert_eq!(two.value.unwrap().folders.len(), 2);
}

#[test]
fn the_index_of_a_resource_is_compared_as_a_page() {
    let flat = folder("iam_api", "mfa_devices.md");
    let site = folder("iam_api", "mfa_devices/index.md");
    fs::write(site.path().join("aws/iam_api/index.md"), LIST).unwrap();
    let read = |folder: &Path| value(Snapshot::read(folder, "pages"));
    let (flat, site) = (read(flat.path()), read(site.path()));
    assert_eq!(site.pages().count(), 1);
    let changes = compare(&flat, &site);
    assert!(changes.changes.is_empty() && changes.notes.is_empty(), "{changes:?}");
}

fn severities(diagnostics: &Diagnostics, rule: &str) -> Vec<Severity> {
    let found = diagnostics.iter().filter(|found| found.rule() == rule);
    found.map(pagesmith_model::diagnostic::Diagnostic::severity).collect()
}

#[test]
fn an_id_that_does_not_agree_with_its_folder_is_an_error_unless_a_setting_allows_it() {
    let folder = folder("iam", "mfa_devices.md");
    let generated = folder::read(folder.path(), "pages");
    assert!(generated.value.is_none());
    assert_eq!(severities(&generated.diagnostics, "path-mismatch"), [Severity::Error]);
    let shown = generated.diagnostics.render_all(Style::Plain);
    assert!(shown.contains("pages/aws/iam/mfa_devices.md:24:33"), "{shown}");
    assert!(shown.contains("`allow_id_mismatch`"), "{shown}");
    // To look at, the page is what it is.
    let loaded = folder::load(folder.path(), "pages");
    assert_eq!(severities(&loaded.diagnostics, "path-mismatch"), [Severity::Warning]);
    for folder in &loaded.value.unwrap().folders {
        assert!(!lint::reaches(&lint::lint(folder), Severity::Error));
    }
    // A build script says so, or the file of settings.
    let out = tempfile::tempdir().unwrap();
    let build = || Build::new(folder.path()).out_dir(out.path());
    assert!(build().run().is_err());
    build().allow_id_mismatch(true).run().unwrap();
    fs::write(folder.path().join("sdk.json"), r#"{ "allow_id_mismatch": true }"#).unwrap();
    let allowed = folder::read(folder.path(), "pages");
    assert!(severities(&allowed.diagnostics, "path-mismatch").is_empty());
    assert_eq!(allowed.value.unwrap().services[0].name, "iam_api");
    build().run().unwrap();
    let refused = build().allow_id_mismatch(false).run();
    assert_eq!(severities(&refused.unwrap_err(), "path-mismatch"), [Severity::Error]);
}

#[test]
fn an_id_that_names_another_resource_than_the_page_is_the_same_fault() {
    let folder = folder("iam_api", "mfa_device.md");
    let path = folder.path().join("aws/iam_api/mfa_device.md");
    let text = fs::read_to_string(&path).unwrap();
    let text = text
        .replace("title: mfa_devices", "title: mfa_device")
        .replace("<code>mfa_devices</code>", "<code>mfa_device</code>");
    fs::write(&path, text).unwrap();
    let read = page::read(&path, "aws/iam_api/mfa_device.md");
    assert_eq!(rules(&read.diagnostics), ["name-mismatch", "path-mismatch"]);
    assert!(!read.diagnostics.has_errors());
    let generated = folder::read(folder.path(), "pages");
    assert_eq!(severities(&generated.diagnostics, "name-mismatch"), [Severity::Error]);
    fs::write(folder.path().join("sdk.json"), r#"{ "allow_id_mismatch": true }"#).unwrap();
    let allowed = value(folder::read(folder.path(), "pages"));
    assert_eq!(allowed.services[0].resources[0].id.to_string(), "aws.iam_api.mfa_devices");
    assert_eq!(allowed.services[0].resources[0].methods[0].name, "List");
}

/// The same page with `data__` in front of the params that a body carries.
#[test]
fn data_in_front_of_a_param_is_not_on_the_wire() {
    let bound = |text: &str| value(support::bind_seed(text));
    let text = seed("mfa_devices.md");
    let prefixed = text.replace("`SerialNumber, ", "`data__SerialNumber, ");
    assert_ne!(text, prefixed);
    assert!(bound(&text) == bound(&prefixed));
    // What the operation does not take is shown as the page writes it.
    let unknown = support::bind_seed(&text.replace("`SerialNumber, ", "`data__SerialNumbr, "));
    let shown = unknown.diagnostics.render_all(Style::Plain);
    assert!(shown.contains("requires `data__SerialNumbr`"), "{shown}");
    assert!(shown.contains("did you mean `SerialNumber`?"), "{shown}");
}
