//! Where the inputs of tests are: in the workspace, and on machines that have them.
// Each test file uses its own part of it.
#![allow(dead_code)]
// A test that was skipped says so.
#![allow(clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};

/// The workspace's root, of which each crate is a folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The folder of the service that the repository's seeds describe.
pub fn seed_service() -> PathBuf {
    root().join("seeds/aws/iam_api")
}

/// The text of a file of that folder.
pub fn seed(name: &str) -> String {
    fs::read_to_string(seed_service().join(name)).unwrap()
}

/// The corpus of pages, or a word that it is not there.
pub fn corpus() -> Option<PathBuf> {
    let beside = root().join("../shared/corpus");
    let folder = std::env::var_os("PAGESMITH_CORPUS").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no corpus of pages (set PAGESMITH_CORPUS)");
    None
}

/// botocore's data directory, or a word that it is not there.
pub fn botocore() -> Option<PathBuf> {
    let folder = std::env::var_os("PAGESMITH_BOTOCORE_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: set PAGESMITH_BOTOCORE_DATA to botocore's data directory");
    }
    folder
}

/// A copy of the folder `from` in `to`.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
