//! The build script emits the same bytes as the committed files in `generated/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::Path;

/// The Rust files below `folder`, by their relative paths.
fn code(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(relative, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_build_script_emits_the_committed_files() {
    let emitted = code(&Path::new(env!("OUT_DIR")).join("pages"));
    let committed = code(&Path::new(env!("CARGO_MANIFEST_DIR")).join("generated"));
    assert!(committed.contains_key("aws/iam_api/mfa_devices.rs"), "{:?}", committed.keys());
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&emitted), names(&committed), "run `cargo pagesmith generate`");
    for (path, text) in &committed {
        assert_eq!(&emitted[path], text, "{path}: run `cargo pagesmith generate`");
    }
}
