//! Compares the guide in README.md with this crate: the code, the errors and the table of settings.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use pagesmith_codegen::Build;
use pagesmith_codegen::diagnostic::{Diagnostics, Severity, Style};

fn crate_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A code block of the guide.
struct Block {
    /// The attribute after the language, such as `title=build.rs`.
    attribute: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let guide = fs::read_to_string(crate_folder().join("README.md")).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in guide.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => blocks.push(block),
            (Some(opening), None) => {
                let attribute = opening.split_once(' ').map_or("", |(_, rest)| rest).to_owned();
                open = Some(Block { attribute, text: String::new() });
            }
            (None, Some(block)) => open = Some(Block { text: block.text + line + "\n", ..block }),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block does not end");
    blocks
}

fn with_attribute<'a>(blocks: &'a [Block], key: &str) -> Vec<(&'a str, &'a str)> {
    let of = |block: &'a Block| Some((block.attribute.strip_prefix(key)?, block.text.as_str()));
    blocks.iter().filter_map(of).collect()
}

#[test]
fn code_blocks_are_in_this_crate() {
    let blocks = blocks();
    let titled = with_attribute(&blocks, "title=");
    assert!(titled.len() >= 8, "only {} blocks have a title", titled.len());
    for (file, text) in titled {
        let whole = fs::read_to_string(crate_folder().join(file)).unwrap();
        assert!(whole.contains(text), "{file} does not have this:\n{text}");
    }
}

/// Every crate that the calls use is declared in a block of the guide.
#[test]
fn the_guide_declares_all_dependencies() {
    let calls = fs::read_to_string(crate_folder().join("tests/devices.rs")).unwrap();
    let uses = calls.lines().filter_map(|line| {
        let rest = line.strip_prefix("use ").or_else(|| line.strip_prefix("#["))?;
        rest.split_once("::").map(|(name, _)| name)
    });
    let others: Vec<&str> = uses.filter(|name| !["std", "sample_sdk"].contains(name)).collect();
    assert!(others.contains(&"tokio") && others.contains(&"local_iam"), "{others:?}");
    let blocks = blocks();
    let declarations: String =
        with_attribute(&blocks, "title=Cargo.toml").into_iter().map(|(_, text)| text).collect();
    for name in others {
        let declared = format!("\n{} = ", name.replace('_', "-"));
        assert!(declarations.contains(&declared), "the guide does not declare {name}");
    }
}

/// The diagnostics after `from` is replaced by `to` in the pages.
fn diagnostics_after(from: &str, to: &str) -> Diagnostics {
    let folder = tempfile::tempdir().unwrap();
    let service = folder.path().join("aws/iam_api");
    fs::create_dir_all(&service).unwrap();
    for entry in fs::read_dir(crate_folder().join("pages/aws/iam_api")).unwrap() {
        let entry = entry.unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        fs::write(service.join(entry.file_name()), text.replace(from, to)).unwrap();
    }
    Build::new(folder.path()).out_dir(folder.path().join("out")).run().unwrap_err()
}

#[test]
fn the_guide_shows_the_errors_of_the_generator() {
    let found =
        diagnostics_after("`VirtualMFADeviceName, region`", "`VirtualMFADeviceNam, region`");
    let error = found.iter().find(|found| found.severity() == Severity::Error).unwrap();
    let span = error.span().expect("a position");
    let folder = span.source().name().split("/aws/").next().unwrap();
    let shown = |text: String| text.replace(folder, "pages").trim_end().to_owned();
    let blocks = blocks();
    for (name, text) in with_attribute(&blocks, "from=") {
        let expected = match name {
            "param-cargo" => shown(error.one_line()),
            "param" => shown(error.render(Style::Plain)),
            "missing" => continue,
            other => panic!("unknown source: {other}"),
        };
        assert_eq!(text.trim_end(), expected);
    }
}

/// The compiler reports a missing param.
#[cfg(feature = "virtual_mfa_devices")]
#[test]
fn the_guide_shows_the_error_of_the_compiler() {
    trybuild::TestCases::new().compile_fail("tests/ui/missing.rs");
    let stderr = fs::read_to_string(crate_folder().join("tests/ui/missing.stderr")).unwrap();
    assert_eq!(stderr.matches("error").count(), 1, "{stderr}");
    let blocks = blocks();
    let shown = with_attribute(&blocks, "from=missing");
    let stderr = stderr.replace("$OUT_DIR[sample-sdk]", "$OUT_DIR");
    assert!(matches!(shown.as_slice(), [("", text)] if *text == stderr), "{shown:?}");
}

/// Each setter has a row in the table of settings.
#[test]
fn the_guide_has_every_setting() {
    let guide = fs::read_to_string(crate_folder().join("README.md")).unwrap();
    let build = crate_folder().join("../codegen/src/build/mod.rs");
    let build = fs::read_to_string(build).unwrap();
    let setters = build.lines().filter_map(|line| {
        let rest = line.trim().strip_prefix("pub fn ")?;
        rest.split(['(', '<']).next().filter(|name| !["new", "emit", "run"].contains(name))
    });
    let setters: Vec<&str> = setters.collect();
    assert_eq!(setters.len(), 12, "{setters:?}");
    for setter in setters {
        assert!(guide.contains(&format!("\n| `.{setter}(")), "the guide does not have {setter}");
    }
}
