//! Compares the documents of the repository with its files: links, paths, and the tables of dependencies.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 7] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "sample/README.md",
    "docs/diff.md",
    "benches/README.md",
];

/// The crates that have a table of dependencies in the README.
const CRATES: [&str; 6] = ["runtime", "model", "codegen", "sync", "cli", "local-iam"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// The texts between each `open` and the next `close`.
fn between<'a>(text: &'a str, open: &'a str, close: char) -> impl Iterator<Item = &'a str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split_once(close).map(|(inner, _)| inner))
}

/// The anchor of a heading, as GitHub builds it.
fn anchor(heading: &str) -> String {
    let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading.chars().filter(is_kept).collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn links_have_targets() {
    for document in DOCUMENTS {
        let text = read(document);
        let folder = root().join(document).parent().unwrap().to_owned();
        for link in between(&text, "](", ')').filter(|link| !link.starts_with("http")) {
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { root().join(document) } else { folder.join(path) };
            assert!(target.exists(), "{document}: there is no {link}");
            if !fragment.is_empty() {
                let headings = fs::read_to_string(&target).unwrap();
                let headings = headings.lines().filter_map(|line| line.split_once("# "));
                let found =
                    headings.map(|(_, heading)| anchor(heading)).any(|anchor| anchor == fragment);
                assert!(found, "{document}: there is no heading for {link}");
            }
        }
    }
}

/// The paths in the table of CONTRIBUTING.md.
#[test]
fn paths_exist() {
    let text = read("CONTRIBUTING.md");
    let table = text.split("## Where to make a change").nth(1).unwrap();
    let table = table.split("\n## ").next().unwrap();
    let code = table.split('`').skip(1).step_by(2);
    let mut paths = code.filter(|text| text.contains('/') && !text.contains(' ')).peekable();
    assert!(paths.peek().is_some(), "the table has no paths");
    for path in paths {
        assert!(root().join(path).exists(), "CONTRIBUTING.md: there is no {path}");
    }
}

#[test]
fn each_dependency_has_a_reason() {
    let readme = read("README.md");
    let tables = readme.split("\n## Dependencies\n").nth(1).unwrap();
    let tables = tables.split("\n## ").next().unwrap();
    for name in CRATES {
        let package =
            if name == "local-iam" { name.to_owned() } else { format!("pagesmith-{name}") };
        let table = tables.split(&format!("`{package}`")).nth(1).expect("a table for each crate");
        let table = table.split("`pagesmith-").next().unwrap();
        let manifest = fs::read_to_string(root().join(Path::new(name).join("Cargo.toml"))).unwrap();
        let section = manifest.split("\n[dependencies]\n").nth(1).unwrap();
        let section = section.split("\n[").next().unwrap();
        let names = section.lines().filter(|line| !line.starts_with('#'));
        for dependency in names.filter_map(|line| line.split_once(" = ").map(|(name, _)| name)) {
            let is_ours = dependency.starts_with("pagesmith-");
            assert!(
                is_ours || table.contains(&format!("`{dependency}`")),
                "README.md gives no reason for {dependency}, on which {package} depends"
            );
        }
    }
}
