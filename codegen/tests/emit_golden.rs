//! Emitted code that the repository keeps is what is emitted now, byte for byte.
//!
//! `generated/` is compiled with the crate; `tests/golden/` by the test `golden` of the crate
//! `pagesmith`, so that nothing is kept here that does not compile.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod support;

use std::path::Path;

use pagesmith_codegen::{emit, files, seeds};
use support::golden::{assert_golden, assert_same};
use support::{hostile, root};

#[test]
fn the_seed_gives_what_is_in_generated() {
    let emitted = support::generate(&root().join("seeds"));
    let mut changes = files::compare(&emitted, &root().join("generated")).unwrap();
    // The documents beside the code are the command's, whose test compares all.
    changes.retain(|change| Path::new(change.path()).extension().is_some_and(|end| end == "rs"));
    assert_same(&changes, "cargo pagesmith generate");
}

#[test]
fn a_made_up_service_gives_what_was_compiled() {
    let emitted = support::generate(&support::depot());
    assert_golden(&emitted, &root().join("tests/golden/depot"), "emit_golden");
}

#[test]
fn hostile_pages_give_what_was_compiled() {
    let service = support::value(support::bind_seed(&hostile::everywhere()));
    let emitted = emit::emit(&[service]).unwrap();
    assert_golden(&emitted, &root().join("tests/golden/hostile"), "emit_golden");
}

/// Of no use to anybody outside, and compiled without a warning although it is used by nobody.
#[test]
fn settings_give_what_was_compiled() {
    let mut seeds = support::value(seeds::load(&support::depot(), "seeds"));
    seeds.settings.visibility = "pub(crate)".to_owned();
    for (name, paths) in
        [("Inner", vec!["Default"]), ("Size", vec!["Default", "Eq", "std::hash::Hash"])]
    {
        let paths = paths.into_iter().map(str::to_owned).collect();
        seeds.settings.derives.insert(name.to_owned(), paths);
    }
    let emitted = emit::emit(&support::value(seeds.bind()).services).unwrap();
    assert_golden(&emitted, &root().join("tests/golden/settings"), "emit_golden");
}
