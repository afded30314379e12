//! Published models as files, plain and packed.
#![allow(missing_docs, clippy::unwrap_used)]

#[cfg(unix)]
use pagesmith_test_support::hangs;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use pagesmith_cli::published::read_published;

fn directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&directory));
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

fn write_packed(path: &Path, bytes: &[u8]) {
    let mut encoder = GzEncoder::new(std::fs::File::create(path).unwrap(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap();
}

#[test]
fn plain_and_packed_files() {
    let directory = directory("packed");
    write_packed(&directory.join("service-2.json.gz"), b"{}");
    let published = read_published(&directory).unwrap();
    assert_eq!(published.service.text(), "{}");
    assert!(published.service.name().ends_with("packed/service-2.json.gz"));
    assert!(published.paginators.is_none());
    std::fs::write(directory.join("paginators-1.json"), "[]").unwrap();
    assert_eq!(read_published(&directory).unwrap().paginators.unwrap().text(), "[]");
}

#[test]
fn files_that_are_none() {
    let rule =
        |directory: &Path| read_published(directory).unwrap_err().iter().next().unwrap().rule();
    let directory = directory("bad");
    assert_eq!(rule(&directory), "model-not-found");
    let packed = directory.join("service-2.json.gz");
    std::fs::write(&packed, b"not packed at all").unwrap();
    assert_eq!(rule(&directory), "unreadable-file");
    write_packed(&packed, &[0xff, 0xfe]);
    assert_eq!(rule(&directory), "invalid-utf8");
    // A hundred kilobytes that unpack to a hundred megabytes.
    write_packed(&packed, &vec![b' '; 100 << 20]);
    assert_eq!(rule(&directory), "file-too-large");
}

/// Reading a pipe that nobody writes to would never end.
#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    for name in ["service-2.json", "service-2.json.gz"] {
        let directory = directory(&format!("pipe-{name}"));
        hangs::pipe(&directory.join(name));
        let found = hangs::ends(name, move || read_published(&directory)).unwrap_err();
        let found = found.iter().next().unwrap().message().to_owned();
        assert!(found.ends_with("it is not a regular file"), "{found}");
    }
}
