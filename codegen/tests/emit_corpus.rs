//! All 62 pages of one service, bound to its whole published model: whatever goes in comes out.
//!
//! `PAGESMITH_EMIT_INTO=DIR` keeps what was emitted, to be compiled or looked at.
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

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use pagesmith_codegen::names::WireName;
use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::{Severity, Style};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Page};
use pagesmith_model::schema::{Member, Service};
use pagesmith_test_support::outline::{definition, outline};
use pagesmith_test_support::published::read_published;
use pagesmith_test_support::value;

/// The pages and the service that they are bound to; `None` where corpus or model is not there.
fn corpus() -> Option<(Vec<Page>, Service)> {
    let (corpus, botocore) = (support::corpus()?, support::botocore()?);
    let pages = pages(&corpus.join("2024-05-02/aws/iam_api"));
    let published = read_published(&botocore.join("iam/2010-05-08"));
    let model = value(ServiceModel::read(&published.service, published.paginators.as_ref()));
    let outcome = bind::bind(&pages, &model, &Overrides::default());
    let errors: Vec<String> = outcome
        .diagnostics
        .iter()
        .filter(|found| found.severity() == Severity::Error)
        .map(|found| found.render(Style::Plain))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    Some((pages, outcome.value.unwrap()))
}

fn pages(folder: &Path) -> Vec<Page> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name != "index.md"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            value(page::read(path, &name))
        })
        .collect()
}

#[test]
fn everything_is_bound() {
    let Some((pages, service)) = corpus() else {
        return;
    };
    assert_eq!(pages.len(), 62);
    assert_eq!(service.resources.len(), 62);
    let methods: usize = pages.iter().map(|page| page.methods.len()).sum();
    assert_eq!(methods, 156);
    for page in &pages {
        let resource =
            service.resources.iter().find(|resource| resource.id == *page.overview.id).unwrap();
        let fields: Vec<&str> = page.fields.iter().map(|field| &**field.name).collect();
        let members: Vec<&str> = resource
            .row
            .iter()
            .flat_map(|row| &row.members)
            .map(|member| member.name.as_str())
            .collect();
        assert_eq!(members, fields, "{}", resource.id);
        assert_eq!(resource.methods.len(), page.methods.len());
        for (bound, method) in resource.methods.iter().zip(&page.methods) {
            assert_eq!(bound.full_name, *method.full_name);
            let wanted: BTreeSet<&str> = method
                .required_params
                .iter()
                .map(|param| &*param.value)
                .filter(|param| *param != "region")
                .collect();
            let required: BTreeSet<&str> = bound
                .input
                .iter()
                .filter(|member| member.required)
                .map(|member| member.name.as_str())
                .collect();
            assert_eq!(required, wanted, "{}", bound.full_name);
        }
    }
}

#[test]
fn everything_is_emitted() {
    let Some((_, service)) = corpus() else {
        return;
    };
    let files = pagesmith_test_support::emit(std::slice::from_ref(&service)).unwrap();
    for resource in &service.resources {
        let name = &resource.id.resource;
        let code = support::file(&files, &format!("aws/iam_api/{name}.rs"));
        let schemas = schemas(code);
        let outline = outline(code);
        for method in &resource.methods {
            let shown = format!("`{}`, reached by `{}`.", method.full_name, method.access);
            assert_eq!(code.matches(&shown).count(), 1, "{shown}");
            let operation = WireName(&method.operation).to_camel();
            let schema = |end| &schemas[&format!("{operation}{end}")];
            assert_eq!(*schema("Input"), names_of(&method.input), "{shown}");
            if let Some(members) = method.own_output() {
                assert_eq!(*schema("Output"), names_of(members), "{shown}");
            }
            // Each required param is a bound of `send`.
            let start = format!("{operation}::send(self)");
            let send = outline.iter().find(|line| line.starts_with(&start));
            let send = send.unwrap_or_else(|| panic!("no {start}"));
            assert_eq!(
                send.matches(": required::").count(),
                method.required_params.len(),
                "{send}"
            );
            for param in &method.required_params {
                let wanted = format!(": required::{}", WireName(param).to_camel());
                assert!(send.contains(&wanted), "{send} has no {wanted}");
            }
        }
        if let Some(row) = &resource.row {
            let row_name = WireName(&row.name).to_camel();
            assert_eq!(schemas[row_name.plain()], names_of(&row.members), "{name}");
        }
    }
    let methods: usize = service.resources.iter().map(|resource| resource.methods.len()).sum();
    assert_eq!(methods, 156);
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    let lines: usize = files.iter().map(|file| file.text.lines().count()).sum();
    eprintln!("{} files, {bytes} bytes, {lines} lines", files.len());
    if let Some(folder) = std::env::var_os("PAGESMITH_EMIT_INTO") {
        for file in &files {
            let path = Path::new(&folder).join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.text).unwrap();
        }
    }
}

/// The same resources in the layouts that the site had later, named as it names them now.
#[test]
fn pages_of_later_dialects_are_bound() {
    let (Some(corpus), Some(botocore)) = (support::corpus(), support::botocore()) else {
        return;
    };
    let published = read_published(&botocore.join("iam/2010-05-08"));
    let paginators = published.paginators.as_ref();
    let model = value(ServiceModel::read(&published.service, paginators));
    let mut methods = Vec::new();
    for folder in ["2024-05-17/aws/iam_api", "2026-08/aws/iam"] {
        let pages = pages(&corpus.join(folder));
        let service = value(bind::bind(&pages, &model, &Overrides::default()));
        assert_eq!(service.resources.len(), pages.len());
        let bound = service.resources.iter().flat_map(|resource| &resource.methods);
        methods.extend(bound.map(|method| method.operation.clone()));
        pagesmith_test_support::emit(&[service]).unwrap();
    }
    assert!(methods.contains(&"GetMFADevice".to_owned()), "{methods:?}");
    assert_eq!(methods.iter().filter(|name| *name == "ListMFADevices").count(), 2);
}

fn names_of(members: &[Member]) -> Vec<String> {
    members.iter().map(|member| member.wire.clone()).collect()
}

/// The wire names in each schema of a file, by the name of its structure.
fn schemas(code: &str) -> BTreeMap<String, Vec<String>> {
    let items = syn::parse_file(code).unwrap().items;
    let definitions = items.iter().filter_map(|item| match item {
        syn::Item::Macro(call) => definition(call),
        _ => None,
    });
    let wire = |members: Vec<_>| {
        members.into_iter().map(|member: support::outline::Member| member.wire).collect()
    };
    definitions.map(|definition| (definition.schema, wire(definition.members))).collect()
}
