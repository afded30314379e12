//! A call that lacks a required parameter does not compile, and the compiler names the parameter.
//!
//! The messages must equal `tests/ui/*.stderr`. If they change intentionally or with the compiler, update these files
//! with `TRYBUILD=overwrite cargo test --test compile_fail`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

use std::fs;
use std::path::Path;

/// Some methods, and the parameters that the page requires for them. The other methods are generated in the same way.
const REQUIRED: [(&str, &[&str]); 2] = [
    ("enable", &["authentication_code1", "authentication_code2", "serial_number", "user_name"]),
    ("tag", &["serial_number", "tags"]),
];

/// One run for all files: trybuild then checks the dependencies once.
#[test]
fn a_call_without_a_required_parameter_does_not_compile() {
    let cases = trybuild::TestCases::new();
    for (method, _) in REQUIRED {
        cases.compile_fail(format!("tests/ui/{method}.rs"));
    }
    cases.compile_fail("tests/ui/one_missing.rs");
    cases.compile_fail("tests/ui/presign.rs");
}

/// trybuild compares the messages with files. This test checks what the files say.
#[test]
fn every_message_names_its_parameter() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    for (method, parameters) in REQUIRED {
        let stderr = fs::read_to_string(folder.join(format!("{method}.stderr"))).unwrap();
        let source = fs::read_to_string(folder.join(format!("{method}.rs"))).unwrap();
        for parameter in parameters {
            assert!(source.contains(&format!("fn without_{parameter}(")), "{method}: {parameter}");
            let message = format!("the required parameter `{parameter}` has not been given");
            // Once for the call in which only this parameter is missing, once for the call in which all are.
            assert_eq!(stderr.matches(&message).count(), 2, "{method}: {parameter}");
        }
        // One error for each parameter that is missing, although every call is awaited.
        assert_eq!(stderr.matches("error").count(), 2 * parameters.len(), "{method}");
        assert!(
            !stderr.contains("/home/") && !stderr.contains("/tmp/"),
            "{method}: the message contains a path of a machine"
        );
    }
}

/// One missing parameter causes one error, which must be short. The README shows the same text.
#[test]
fn one_missing_parameter_is_one_short_error() {
    /// The lines that cargo adds to the error: a blank line, a reference to the documentation, and a
    /// summary.
    const CARGO_LINES: usize = 3;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stderr = fs::read_to_string(root.join("tests/ui/one_missing.stderr")).unwrap();
    assert_eq!(stderr.matches("error").count(), 1, "{stderr}");
    assert!(stderr.lines().count() + CARGO_LINES <= 22, "{} lines", stderr.lines().count());
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.contains(&format!("```text\n{stderr}```\n")), "README.md shows another text");
}
