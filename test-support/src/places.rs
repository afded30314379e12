//! The paths of test inputs: in the workspace, or outside it on machines that have them.
// Each test file uses some of these functions.
#![allow(dead_code)]
// A skipped test prints why.
#![allow(clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};

/// The root folder of the workspace.
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

/// The corpus of pages. If there is none, prints that the test is skipped.
pub fn corpus() -> Option<PathBuf> {
    let default = root().join("../shared/corpus");
    let folder = std::env::var_os("PAGESMITH_CORPUS").map_or(default, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no corpus of pages (set PAGESMITH_CORPUS)");
    None
}

/// botocore's data directory. If it is not set, prints that the test is skipped.
pub fn botocore() -> Option<PathBuf> {
    let folder = std::env::var_os("PAGESMITH_BOTOCORE_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: set PAGESMITH_BOTOCORE_DATA to botocore's data directory");
    }
    folder
}

/// Copies the content of the folder `from` to `to`.
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
