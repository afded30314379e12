//! The reference for Rust, as a page and as the documentation of a module.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use pagesmith_test_support as support;

use std::path::Path;

use pagesmith_codegen::emit;
use pagesmith_codegen::files;
use pagesmith_codegen::folder;
use pagesmith_codegen::lower;
use pagesmith_codegen::reference;
use pagesmith_codegen::{SdkSettings, names::WireName};
use pagesmith_model::schema::Service;
use pagesmith_sync::documents;
use pagesmith_test_support::{depot, file, root, seed, users, value};

fn seed_service() -> Service {
    value(support::bind_seed(&seed("mfa_devices.md")))
}

fn page_of(service: &Service) -> String {
    let settings = SdkSettings::default();
    let sdk = lower::lower(std::slice::from_ref(service), &settings);
    reference::page(&sdk.services[0], &sdk.services[0].resources[0], &settings)
}

/// The code of the resource, without the marks of comments.
fn docs_of(service: &Service) -> String {
    docs_with(service, &SdkSettings::default())
}

fn docs_with(service: &Service, settings: &SdkSettings) -> String {
    let sdk = lower::lower(std::slice::from_ref(service), settings);
    let files = emit::emit(&sdk, settings).unwrap();
    let code = file(&files, "aws/iam_api/mfa_devices.rs");
    let lines = code.lines().map(|line| line.trim_start().trim_start_matches("/// "));
    lines.map(|line| line.trim_start_matches("///")).collect::<Vec<_>>().join("\n")
}

/// The blocks of code in Markdown, and the word behind the fence.
fn blocks(markdown: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut rest = markdown;
    while let Some((_, after)) = rest.split_once("```rust,") {
        let (kind, after) = after.split_once('\n').unwrap();
        let (code, after) = after.split_once("```").unwrap();
        // Lines that rustdoc does not show begin with a hash.
        let code =
            code.lines().map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n");
        blocks.push((kind.to_owned(), code.collect()));
        rest = after;
    }
    blocks
}

#[test]
fn the_documents_in_generated_are_those_of_the_seeds() {
    let seeds = value(folder::read(&root().join("seeds"), "seeds"));
    let documents = value(documents::files(&seeds));
    let paths: Vec<&str> = documents.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "aws/iam_api/mfa_devices.md",
            "tabs-2026/aws/iam_api/mfa_devices.md",
            "aws/iam_api/mfa_devices.rust.md",
        ]
    );
    assert_eq!(file(&documents, "aws/iam_api/mfa_devices.md"), seed("mfa_devices.md"));
    let mut all = documents;
    all.extend(support::emit_seeds(&seeds));
    let all = files::with_manifest(all).unwrap();
    let changes = files::compare(&all, &root().join("generated"), files::Others::Foreign).unwrap();
    let paths: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
    assert!(paths.is_empty(), "run: cargo pagesmith generate ({paths:?})");
}

#[test]
fn every_method_has_an_example_with_all_that_it_requires() {
    let service = seed_service();
    for text in [page_of(&service), docs_of(&service)] {
        let blocks = blocks(&text);
        assert_eq!(blocks.len(), 6);
        for ((_, code), method) in blocks.iter().zip(&service.resources[0].methods) {
            assert!(syn::parse_file(code).is_ok(), "{code}");
            for param in &method.required_params {
                let setter = format!(".{}(", WireName(param).to_snake());
                assert!(code.contains(&setter), "{setter} is not in {code}");
            }
        }
    }
}

#[test]
fn examples_are_compiled_only_where_others_reach_the_sdk() {
    let service = seed_service();
    assert!(blocks(&docs_of(&service)).iter().all(|(kind, code)| {
        kind == "ignore" && code.contains("crate::aws::iam_api::mfa_devices(client)")
    }));
    let mut settings = SdkSettings::default();
    settings.path = Some("pagesmith".to_owned());
    assert!(blocks(&docs_with(&service, &settings)).iter().all(|(kind, code)| {
        kind == "no_run" && code.contains("pagesmith::aws::iam_api::mfa_devices(client)")
    }));
    // Nobody outside can reach what is not public.
    settings.visibility = "pub(crate)".to_owned();
    assert!(blocks(&docs_with(&service, &settings)).iter().all(|(kind, _)| kind == "ignore"));
}

#[test]
fn rows_methods_errors_and_aws_s_own_pages_are_there() {
    let service = seed_service();
    let page = page_of(&service);
    for line in [
        "| `serial_number` | `SerialNumber` | The serial number that uniquely identifies the MFA device. For virtual MFA devices, the serial number is the device ARN. |",
        "| [`tag`](#tag) | `EXEC` | `serial_number`, `tags` |  | Adds one or more tags to an IAM virtual multi-factor authentication (MFA) device. |",
        "| `max_items` | `i32` | optional | `MaxItems` |",
        "Errors: those of every request, and from the service `NoSuchEntity`, `ServiceFailure`.",
    ] {
        assert!(page.lines().any(|found| found == line), "{line}\n{page}");
    }
    let link = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html";
    let docs = docs_of(&service);
    assert!(page.contains(link) && docs.contains(link));
    assert!(docs.contains("[Error codes](super::ErrorCode)") && docs.contains("`NoSuchEntity`"));
    let mut other = service;
    other.metadata.service_id = "Nobody Knows".to_owned();
    assert!(!page_of(&other).contains("https://docs.aws.amazon.com/IAM/latest/APIReference"));
}

#[test]
fn a_service_with_everything_that_is_awkward_has_examples_that_are_rust() {
    let seeds = value(folder::read(&depot(), "depot"));
    let settings = SdkSettings::default();
    let sdk = lower::lower(&seeds.services, &settings);
    let service = &sdk.services[0];
    let mut examples = 0;
    for resource in &service.resources {
        for (_, code) in blocks(&reference::page(service, resource, &settings)) {
            assert!(syn::parse_file(&code).is_ok(), "{code}");
            examples += 1;
        }
    }
    let methods: usize = service.resources.iter().map(|resource| resource.methods.len()).sum();
    assert_eq!(examples, methods);
}

#[test]
fn two_files_of_one_path_are_refused() {
    let file = |path: &str| emit::File { path: path.to_owned(), text: String::new() };
    let refused = files::with_manifest(vec![file("b"), file("a"), file("b")]).unwrap_err();
    assert_eq!(refused.message(), "two files would be called b");
    let files = files::with_manifest(vec![file("z"), file("a")]).unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["a", files::MANIFEST, "z"]);
    assert!(files[1].text.ends_with("\na\nz\n"));
}

#[test]
fn what_cannot_be_read_is_an_error() {
    assert!(folder::load(Path::new("nowhere"), "nowhere").value.is_none());
}

/// Two documents would be one file on a disk that does not tell cases apart.
#[test]
fn documents_of_resources_that_differ_in_case_only_are_different_files() {
    let folder = tempfile::TempDir::new().unwrap();
    let service = folder.path().join("aws/iam_api");
    std::fs::create_dir_all(&service).unwrap();
    std::fs::write(service.join("service-2.json"), users::MODEL).unwrap();
    for resource in ["users", "Users"] {
        let methods = users::PAGE.lines().filter(|line| !line.starts_with("| `users_Add`"));
        let text = methods.collect::<Vec<_>>().join("\n") + "\n";
        let page = service.join(format!("{resource}.md"));
        std::fs::write(page, text.replace("users", resource)).unwrap();
    }
    let seeds = value(folder::read(folder.path(), "seeds"));
    let documents = value(documents::files(&seeds));
    let paths: Vec<&str> = documents.iter().map(|file| file.path.as_str()).collect();
    let lower: std::collections::BTreeSet<String> =
        paths.iter().map(|path| path.to_ascii_lowercase()).collect();
    assert_eq!((paths.len(), lower.len()), (6, 6), "{paths:?}");
    assert!(paths.contains(&"aws/iam_api/users.md") && paths.contains(&"aws/iam_api/Users-2.md"));
}
