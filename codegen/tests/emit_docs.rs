//! The documentation in emitted code, as `rustdoc` takes it: no broken link, no stray HTML, no bare URL.
//!
//! The runtime is stood in for by names alone, since `rustdoc` asks for no more; that all of it
//! compiles, the test `golden` of the crate `pagesmith` shows.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use std::path::Path;
use std::process::Command;

use pagesmith_codegen::emit::File;
use pagesmith_test_support::hostile::{CELLS, TEXTS, everywhere, in_cells};
use pagesmith_test_support::{bind_seed, depot, generate, root, value};
use tempfile::TempDir;

/// A program of the toolchain that runs this test.
fn tool(name: &str) -> Command {
    let beside = Path::new(env!("CARGO")).with_file_name(name);
    Command::new(if beside.exists() { beside } else { name.into() })
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Documents `files` as a crate, private items and all; the documentation is in the folder `doc`.
fn document(files: &[File]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in files {
        let path = folder.path().join("src").join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Its tables have no documentation.
        let is_tables = file.path.ends_with("endpoints.rs");
        let text = if is_tables {
            "//! Tables.\npub(crate) static RULES: () = ();"
        } else {
            file.text.as_str()
        };
        std::fs::write(path, text).unwrap();
    }
    let library = folder.path().join("libpagesmith_runtime.rlib");
    let names = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/runtime_names.txt");
    run(tool("rustc")
        .args([
            "--edition=2024",
            "--crate-name=pagesmith_runtime",
            "--crate-type=rlib",
            "-Awarnings",
            "-o",
        ])
        .args([&library, &names]));
    let main = folder.path().join("src/mod.rs");
    run(tool("rustdoc")
        .args([
            "--edition=2024",
            "--crate-name=emitted",
            "-Dwarnings",
            "-Drustdoc::all",
            "-Arustdoc::missing_crate_level_docs",
        ])
        .arg("--document-private-items")
        .arg(format!("--extern=pagesmith_runtime={}", library.display()))
        // The path of the runtime in the settings of the seeds.
        .arg(format!("--extern=pagesmith={}", library.display()))
        .arg("--out-dir")
        .args([&folder.path().join("doc"), &main]));
    folder
}

#[test]
fn a_request_shows_what_the_service_model_says_of_its_params() {
    let folder = document(&generate(&depot()));
    let page = folder.path().join("doc/emitted/acme/depot/parcels/struct.PackParcel.html");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("The weight in <em>kilograms</em>, at most <code>70</code>."), "{page}");
}

#[test]
fn the_seed_is_documented_without_a_warning() {
    document(&generate(&root().join("seeds")));
}

#[test]
fn a_made_up_service_is_documented_without_a_warning() {
    document(&generate(&depot()));
}

#[test]
fn hostile_prose_is_documented_without_a_warning() {
    document(&pagesmith_test_support::emit(&[value(bind_seed(&everywhere()))]).unwrap());
    for texts in TEXTS.chunks(CELLS) {
        document(&pagesmith_test_support::emit(&[value(bind_seed(&in_cells(texts)))]).unwrap());
    }
}
