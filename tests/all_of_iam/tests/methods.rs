//! The names of all methods, and the number of lines for each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::fs;
use std::path::Path;

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::folder;
use pagesmith_codegen::lower;
use pagesmith_model::schema::Service;

const OUT_DIR: &str = env!("OUT_DIR");

fn service() -> Service {
    let seeds = Path::new(OUT_DIR).join("seeds");
    folder::read(&seeds, "seeds").value.expect("the pages match the model").services.remove(0)
}

/// `methods.txt` has a line for each method: its name, its name in Rust, and its operation.
/// `PAGESMITH_GOLDEN=update` updates the file.
#[test]
fn methods_equal_the_recorded_list() {
    let service = service();
    assert_eq!(service.resources.len(), 62);
    let mut lines = Vec::new();
    let sdk = lower::lower(std::slice::from_ref(&service), &SdkSettings::default());
    for resource in &sdk.services[0].resources {
        for method in &resource.methods {
            let rust = format!("{}().{}()", resource.module, method.name);
            let bound = &method.bound;
            lines.push(format!("{} {rust} {}\n", bound.full_name, bound.operation));
        }
    }
    assert_eq!(lines.len(), 156);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/methods.txt");
    if std::env::var_os("PAGESMITH_GOLDEN").is_some_and(|value| value == "update") {
        fs::write(&path, lines.concat()).unwrap();
    }
    assert_eq!(lines.concat(), fs::read_to_string(&path).unwrap());
}

/// Prints the numbers. There is no limit, so the reader must judge them.
#[test]
fn code_per_method() {
    let service = service();
    let folder = Path::new(OUT_DIR).join("pages/aws/iam_api");
    let (mut all, mut code, mut methods) = (0, 0, 0);
    println!("{:44} {:>7} {:>6} {:>6}", "resource", "methods", "lines", "code");
    let sdk = lower::lower(std::slice::from_ref(&service), &SdkSettings::default());
    for resource in &sdk.services[0].resources {
        let (own, own_code) = lines(&folder.join(format!("{}.rs", resource.module)));
        let count = resource.methods.len();
        println!("{:44} {count:7} {own:6} {own_code:6}", resource.module);
        (all, code, methods) = (all + own, code + own_code, methods + count);
    }
    for shared in ["types.rs", "error_code.rs", "mod.rs"] {
        let (own, own_code) = lines(&folder.join(shared));
        println!("{shared:44} {:7} {own:6} {own_code:6}", "");
        (all, code) = (all + own, code + own_code);
    }
    println!("{:44} {methods:7} {all:6} {code:6}", "all");
    println!("per method: {} lines, {} without docs", all / methods, code / methods);
    assert!(code < all, "the SDK has docs");
}

/// All lines of a file, and those that are neither empty nor a comment.
fn lines(path: &Path) -> (usize, usize) {
    let text = fs::read_to_string(path).unwrap();
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    (text.lines().count(), text.lines().filter(is_code).count())
}
