//! Reads every service model that AWS publishes, of whatever protocol.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pagesmith_model::bind::bind_model;
use pagesmith_model::diagnostic::Diagnostic;
use pagesmith_model::model::ServiceModel;
use pagesmith_test_support::published::{Published, read_published};

#[test]
fn every_published_model_reads_and_binds() {
    let Ok(data) = std::env::var("PAGESMITH_BOTOCORE_DATA") else {
        eprintln!(
            "skipped: set PAGESMITH_BOTOCORE_DATA to botocore's data directory to read every published model"
        );
        return;
    };
    let (mut protocols, mut refused) = (BTreeMap::new(), Vec::new());
    for published in published(Path::new(&data)) {
        let outcome = ServiceModel::read(&published.service, published.paginators.as_ref());
        assert!(
            outcome.diagnostics.is_empty(),
            "{:?}: {:?}",
            published.service,
            outcome.diagnostics
        );
        let model = outcome.value.unwrap();
        let bound = bind_model(&model);
        match bound.value {
            Some(service) => *protocols.entry(service.protocol.name()).or_insert(0) += 1,
            None => {
                let rules = bound.diagnostics.iter().map(Diagnostic::rule);
                refused.push((model.metadata.service_id, rules.collect::<Vec<_>>()));
            }
        }
    }
    let least = [("ec2", 1), ("json", 100), ("query", 15), ("rest-json", 200), ("rest-xml", 4)];
    for (protocol, least) in least {
        assert!(protocols[protocol] >= least, "{protocols:?}");
    }
    // Signature Version 2.
    refused.sort_unstable();
    let signature = vec!["unsupported-signature"];
    let expected = ["ImportExport", "SimpleDB"];
    assert_eq!(refused, expected.map(|id| (id.to_owned(), signature.clone())));
}

/// Every model in botocore's data directory, whatever its protocol.
fn published(data: &Path) -> Vec<Published> {
    let list = |path: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect()
    };
    let versions = list(data).into_iter().flat_map(|service| list(&service));
    versions
        .filter(|path| {
            path.join("service-2.json.gz").exists() || path.join("service-2.json").exists()
        })
        .map(|path| read_published(&path))
        .collect()
}
