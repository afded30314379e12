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

use pagesmith_test_support as support;

use std::collections::BTreeSet;
use std::path::Path;

use pagesmith_codegen::files::{self, Others};
use pagesmith_codegen::{SdkSettings, emit, folder, lower};
use pagesmith_model::bind::{self, Overrides};
use pagesmith_test_support::golden::{assert_golden, assert_same};
use pagesmith_test_support::{hostile, root, users};

#[test]
fn the_seed_gives_what_is_in_generated() {
    let emitted = support::generate(&root().join("seeds"));
    let mut changes = files::compare(&emitted, &root().join("generated"), Others::Foreign).unwrap();
    // The documents beside the code are the command's, whose test compares all.
    changes.retain(|change| Path::new(&change.path).extension().is_some_and(|end| end == "rs"));
    assert_same(&changes, "cargo pagesmith generate");
}

#[test]
fn a_made_up_service_gives_what_was_compiled() {
    let emitted = support::generate(&support::depot());
    assert_golden(&emitted, &root().join("tests/golden/depot"), "emit_golden");
}

#[test]
fn listings_and_waiters_give_what_was_compiled() {
    let emitted = support::generate(&support::fleet());
    assert_golden(&emitted, &root().join("tests/golden/fleet"), "emit_golden");
}

#[test]
fn hostile_pages_give_what_was_compiled() {
    let service = support::value(support::bind_seed(&hostile::everywhere()));
    let emitted = pagesmith_test_support::emit(&[service]).unwrap();
    assert_golden(&emitted, &root().join("tests/golden/hostile"), "emit_golden");
}

/// A provider and a service called as the file of a module is, and resources that differ in case only. No two
/// files are one on a disk that does not tell cases apart.
#[test]
fn awkward_names_give_what_was_compiled() {
    let pages = ["users", "Users", "uSers"].map(|resource| {
        let methods = users::PAGE.lines().filter(|line| !line.starts_with("| `users_Add`"));
        let text = methods.collect::<Vec<_>>().join("\n") + "\n";
        let text = text.replace("aws.iam_api.", "mod.mod.").replace("users", resource);
        support::page(&format!("mod/mod/{resource}.md"), &text)
    });
    let model = support::read_model(users::MODEL, None);
    let service = support::value(bind::bind(&pages, &model, &Overrides::default()));
    // Unused code that is `pub(crate)` must compile without a warning too.
    let mut settings = SdkSettings::default();
    settings.visibility = "pub(crate)".to_owned();
    let emitted = emit::emit(&lower::lower(&[service], &settings), &settings).unwrap();
    let folded: BTreeSet<String> =
        emitted.iter().map(|file| file.path.to_ascii_lowercase()).collect();
    assert_eq!(folded.len(), emitted.len());
    assert_golden(&emitted, &root().join("tests/golden/names"), "emit_golden");
}

/// The settings change these lines, and no others.
#[test]
fn settings_change_visibility_and_derives_only() {
    let plain = support::generate(&support::depot());
    let mut seeds = support::value(folder::load(&support::depot(), "seeds"));
    seeds.settings.visibility = "pub(crate)".to_owned();
    for (name, paths) in
        [("Inner", vec!["Default"]), ("Size", vec!["Default", "Eq", "std::hash::Hash"])]
    {
        let paths = paths.into_iter().map(str::to_owned).collect();
        seeds.settings.derives.insert(name.to_owned(), paths);
    }
    let set = support::emit_seeds(&support::value(seeds.bind()));
    assert_eq!(set.len(), plain.len());
    let mut changed = Vec::new();
    for (set, plain) in set.iter().zip(&plain) {
        assert_eq!(set.path, plain.path);
        let mut old: Vec<&str> = plain.text.lines().collect();
        for line in set.text.lines() {
            match old.iter().position(|old| *old == line) {
                Some(at) => drop(old.remove(at)),
                None => changed.push(format!("{}: + {}", set.path, line.trim())),
            }
        }
        changed.extend(old.iter().map(|line| format!("{}: - {}", set.path, line.trim())));
    }
    // `Size` derives `Eq` and `Hash` without settings.
    assert_eq!(
        changed,
        [
            "acme/depot/types.rs: + #[derive(Default)]",
            "mod.rs: + dead_code,",
            "mod.rs: + unreachable_pub,",
            "mod.rs: + unused_imports,",
            "mod.rs: + pub(crate) mod acme;",
            "mod.rs: - pub mod acme;",
        ]
    );
}
