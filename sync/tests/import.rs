//! Trimming of published service models.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pagesmith_model::diagnostic::Diagnostics;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::source::Source;
use pagesmith_sync::import::{Documentation, Trimmed, trim as trim_with};
use pagesmith_test_support::published::{Published, read_published};

const SEED_OPERATIONS: [&str; 6] = [
    "ListMFADevices",
    "DeactivateMFADevice",
    "EnableMFADevice",
    "ResyncMFADevice",
    "TagMFADevice",
    "UntagMFADevice",
];

fn trim(
    service: &Source,
    paginators: Option<&Source>,
    operations: &BTreeSet<String>,
) -> Result<Trimmed, Diagnostics> {
    trim_with(service, paginators, operations, Documentation::Omit)
}

fn names(operations: &[&str]) -> BTreeSet<String> {
    operations.iter().map(|name| (*name).to_owned()).collect()
}

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/aws/iam_api")
}

fn sources(trimmed: &Trimmed) -> (Source, Source) {
    (Source::new("s.json", &*trimmed.service), Source::new("p.json", &*trimmed.paginators))
}

fn read(published: &Published) -> ServiceModel {
    ServiceModel::read(&published.service, published.paginators.as_ref()).value.unwrap()
}

fn botocore() -> Option<PathBuf> {
    let data = std::env::var("PAGESMITH_BOTOCORE_DATA").ok();
    if data.is_none() {
        eprintln!(
            "skipped: set PAGESMITH_BOTOCORE_DATA to botocore's data directory to trim published models"
        );
    }
    data.map(PathBuf::from)
}

#[test]
fn trimming_the_seed_changes_nothing() {
    let seed = read_published(&seeds());
    let all = trim(&seed.service, seed.paginators.as_ref(), &names(&SEED_OPERATIONS)).unwrap();
    assert_eq!(all.service, seed.service.text());
    assert_eq!(all.paginators, seed.paginators.unwrap().text());
}

#[test]
fn one_operation_brings_what_it_needs() {
    let seed = read_published(&seeds());
    let trimmed =
        trim(&seed.service, seed.paginators.as_ref(), &names(&["UntagMFADevice"])).unwrap();
    let (service, paginators) = sources(&trimmed);
    let model = ServiceModel::read(&service, Some(&paginators)).value.unwrap();
    assert_eq!(model.operations.keys().collect::<Vec<_>>(), ["UntagMFADevice"]);
    assert!(model.pagination.is_empty());
    assert!(model.shapes.contains_key("tagKeyListType") && model.shapes.contains_key("tagKeyType"));
    assert!(model.shapes.contains_key("ServiceFailureException"));
    assert!(!model.shapes.contains_key("Tag"));
}

#[test]
fn prose_and_validation_go_and_facts_stay() {
    let text = r#"{"metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "e", "protocol": "query",
        "serviceId": "S", "serviceFullName": "S", "uid": "u"}, "documentation": "<p>", "examples": {},
      "operations": {"Get": {"name": "Get", "http": {"method": "POST", "requestUri": "/", "responseCode": 200},
        "documentation": "d", "input": {"shape": "documentation", "documentation": "d"}}},
      "shapes": {"documentation": {"type": "structure", "documentation": "d", "required": ["max"],
        "members": {"max": {"shape": "min", "documentation": "d", "box": true, "locationName": "M"}}},
        "min": {"type": "string", "min": 1, "max": 2, "pattern": "p", "enum": ["a"], "sensitive": true}}}"#;
    let trimmed = trim(&Source::new("s.json", text), None, &names(&["Get"])).unwrap();
    assert_eq!(trimmed.paginators, "{\n  \"pagination\": {}\n}\n");
    let lines: Vec<&str> = trimmed.service.lines().map(str::trim).collect();
    let shapes = lines.iter().position(|line| line.starts_with("\"shapes\"")).unwrap();
    let expected = "\"shapes\": { \"documentation\": { \"type\": \"structure\", \"required\": [ \"max\" ], \
        \"members\": { \"max\": { \"shape\": \"min\", \"locationName\": \"M\" } } }, \
        \"min\": { \"type\": \"string\", \"enum\": [ \"a\" ], \"sensitive\": true } } }";
    assert_eq!(lines[shapes..].join(" "), expected);
    assert!(!trimmed.service.contains("\"d\"") && !trimmed.service.contains("responseCode"));
    assert!(trimmed.service.contains("\"uid\": \"u\""));
}

#[test]
fn documentation_is_kept_or_left_out() {
    let text = r#"{"metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "e", "protocol": "query",
        "serviceId": "S", "serviceFullName": "S"}, "documentation": "of the service",
      "operations": {"Get": {"name": "Get", "http": {"method": "POST", "requestUri": "/"},
        "documentation": "of the operation", "input": {"shape": "In", "documentation": "of the input"}}},
      "shapes": {"In": {"type": "structure", "documentation": "of the shape",
        "members": {"documentation": {"shape": "Text", "documentation": "of the member"}}},
        "Text": {"type": "string"}}}"#;
    let source = Source::new("s.json", text);
    let kept = trim_with(&source, None, &names(&["Get"]), Documentation::Keep).unwrap();
    for (text, is_kept) in [
        ("of the operation", true),
        ("of the shape", true),
        ("of the member", true),
        ("of the service", false),
        ("of the input", false),
    ] {
        assert_eq!(kept.service.contains(text), is_kept, "{text}");
    }
    let omitted = trim(&source, None, &names(&["Get"])).unwrap().service;
    assert!(!omitted.contains("of the") && omitted.contains("\"documentation\": {"), "{omitted}");
    assert_eq!(trim(&sources(&kept).0, None, &names(&["Get"])).unwrap().service, omitted);
}

#[test]
fn an_operation_that_is_not_there() {
    let seed = read_published(&seeds());
    let wanted = names(&["ListMfaDevice", "Fly"]);
    let found = trim(&seed.service, None, &wanted).unwrap_err();
    let shown: Vec<(&str, &str)> =
        found.iter().map(|each| (each.message(), each.help_text().unwrap())).collect();
    let expected = [
        (
            "the service model has no operation `Fly`",
            "write the operation's name as AWS does, for example ListUsers",
        ),
        ("the service model has no operation `ListMfaDevice`", "did you mean `ListMFADevices`?"),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn the_seed_is_what_an_import_makes() {
    let Some(data) = botocore() else { return };
    let published = read_published(&data.join("iam/2010-05-08"));
    let made =
        trim(&published.service, published.paginators.as_ref(), &names(&SEED_OPERATIONS)).unwrap();
    let seed = read_published(&seeds());
    assert!(
        made.service == seed.service.text(),
        "seeds/aws/iam_api/service-2.json is not what an import makes"
    );
    assert_eq!(made.paginators, seed.paginators.unwrap().text());
}

/// Nothing that a published model says of how values travel is lost, and trimming twice is trimming once.
#[test]
fn trimmed_and_published_read_alike() {
    let Some(data) = botocore() else { return };
    for directory in [
        "iam/2010-05-08",
        "sts/2011-06-15",
        "elasticache/2015-02-02",
        "sdb/2009-04-15",
        "s3/2006-03-01",
        "ec2/2016-11-15",
    ] {
        let published = read_published(&data.join(directory));
        let full = read(&published);
        let all: BTreeSet<String> = full.operations.keys().cloned().collect();
        for operations in [all.clone(), all.iter().step_by(7).cloned().collect()] {
            let keep = Documentation::Keep;
            let original = published.paginators.as_ref();
            let trimmed = trim_with(&published.service, original, &operations, keep).unwrap();
            let (service, paginators) = sources(&trimmed);
            let again = trim_with(&service, Some(&paginators), &operations, keep).unwrap();
            assert!(again == trimmed, "{directory}: trimming again changes it");
            let model = ServiceModel::read(&service, Some(&paginators)).value.unwrap();
            assert_eq!(model.metadata, full.metadata);
            assert_eq!(model.operations.len(), operations.len());
            for (name, operation) in &model.operations {
                assert_eq!(operation, &full.operations[name]);
                assert_eq!(model.pagination.get(name), full.pagination.get(name));
            }
            for (name, shape) in &model.shapes {
                assert_eq!(shape, &full.shapes[name], "{name}");
            }
            let order: Vec<usize> =
                model.shapes.keys().map(|name| full.shapes.get_index_of(name).unwrap()).collect();
            assert!(order.is_sorted(), "{directory}: the published order is lost");
        }
    }
}
