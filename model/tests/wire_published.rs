//! Reads every service model that AWS publishes, of whatever protocol.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::{Path, PathBuf};

use pagesmith_model::model::ServiceModel;
use pagesmith_test_support::published::{Published, read_published};

#[test]
fn every_published_model_reads() {
    let Ok(data) = std::env::var("PAGESMITH_BOTOCORE_DATA") else {
        eprintln!(
            "skipped: set PAGESMITH_BOTOCORE_DATA to botocore's data directory to read every published model"
        );
        return;
    };
    let mut query = 0;
    for published in published(Path::new(&data)) {
        let outcome = ServiceModel::read(&published.service, published.paginators.as_ref());
        assert!(
            outcome.diagnostics.is_empty(),
            "{:?}: {:?}",
            published.service,
            outcome.diagnostics
        );
        let model = outcome.value.unwrap();
        if model.metadata.protocol == "query" {
            query += 1;
            for (name, operation) in &model.operations {
                assert!(operation.unsupported.is_empty(), "{name}: {:?}", operation.unsupported);
            }
            for (name, shape) in &model.shapes {
                assert!(shape.unsupported.is_empty(), "{name}: {:?}", shape.unsupported);
            }
        }
    }
    assert!(query >= 20, "only {query} models of the query protocol");
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
