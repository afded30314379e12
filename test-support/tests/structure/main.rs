//! The structure of the workspace: which crates may depend on which, and that no two modules of a crate depend on
//! each other.
//!
//! A module may use items of the modules that contain it, and a module may use its children. Between any other two
//! modules, dependencies go one way. Tests are not checked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod crates;
mod cycles;
mod references;
mod syntax;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use self::crates::Workspace;
use self::syntax::Crate;

/// Known cycles, which should be removed: the crate, and the modules as reports show them. Do not add cycles.
const KNOWN: &[(&str, &[&str])] = &[
    ("local-iam", &["builder", "endpoint"]),
    ("local-iam", &["connection", "server"]),
    ("pagesmith-model", &["bind::operation", "bind::overrides"]),
    ("pagesmith-runtime", &["dynamic::call", "dynamic::listing"]),
];

#[test]
fn modules_do_not_depend_on_each_other() {
    let workspace = Workspace::read();
    let mut report = String::new();
    for (name, root) in workspace.roots() {
        for cycle in cycles::of(&Crate::read(&root)) {
            let known =
                |modules: &[&str]| cycle.modules.iter().all(|m| modules.contains(&m.as_str()));
            if !KNOWN.iter().any(|(of, modules)| *of == name && known(modules)) {
                let _ = writeln!(report, "{name}: {cycle}");
            }
        }
    }
    assert!(report.is_empty(), "modules that depend on each other:\n{report}");
}

#[test]
fn crates_depend_on_each_other_as_designed() {
    let workspace = Workspace::read();
    let expected: &[(&str, &[&str])] = &[
        ("local-iam", &[]),
        ("pagesmith", &["pagesmith-codegen (build)", "pagesmith-runtime"]),
        (
            "pagesmith-cli",
            &["pagesmith-codegen", "pagesmith-model", "pagesmith-runtime", "pagesmith-sync"],
        ),
        ("pagesmith-codegen", &["pagesmith-model"]),
        ("pagesmith-model", &[]),
        // Behind the feature `dynamic` only.
        ("pagesmith-runtime", &["pagesmith-model (optional)"]),
        ("pagesmith-sync", &["pagesmith-codegen", "pagesmith-model"]),
        // The code is committed, so there is no generator in the build.
        ("sample-committed", &["pagesmith-runtime"]),
        ("sample-sdk", &["pagesmith-codegen (build)", "pagesmith-runtime"]),
    ];
    let mut dependencies = workspace.dependencies();
    // Test support may depend on any crate. Only tests may depend on it.
    dependencies.retain(|name, _| !name.ends_with("test-support"));
    let expected = expected.iter().map(|(name, on)| {
        ((*name).to_owned(), on.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>())
    });
    assert_eq!(dependencies, expected.collect());
}

/// Writes a crate of the files given as `(path, text)`, and returns the cycles in it.
fn cycles_in(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("structure").join(name);
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let found = cycles::of(&Crate::read(&folder.join("lib.rs")));
    let folder = format!("{}/", folder.display());
    found.iter().map(|cycle| cycle.to_string().replace(&folder, "")).collect()
}

#[test]
fn siblings_that_use_each_other_are_a_cycle() {
    let found = cycles_in(
        "siblings",
        &[
            ("lib.rs", "mod left;\nmod right;\n"),
            ("left.rs", "use crate::right::Right;\n\npub struct Left(Right);\n"),
            ("right.rs", "pub struct Right;\n\nfn left() -> Option<super::left::Left> { None }\n"),
        ],
    );
    assert_eq!(found, ["left, right\n  left -> right: left.rs:1\n  right -> left: right.rs:3"]);
}

#[test]
fn a_cycle_of_inner_modules_is_reported_for_their_parents() {
    let found = cycles_in(
        "grandchildren",
        &[
            ("lib.rs", "mod a;\nmod b;\nmod c;\n"),
            ("a/mod.rs", "mod inner;\nuse inner::x;\n"),
            ("a/inner.rs", "use crate::{b::deep::{self, y}, c};\npub fn x() { y(); deep::y() }\n"),
            ("b/mod.rs", "pub mod deep { pub fn y() { crate::c::z() } }\n"),
            ("c.rs", "pub fn z() { crate::a::x() }\n"),
        ],
    );
    assert_eq!(
        found,
        [
            "a, b, c\n  a -> b: a/inner.rs:1, a/inner.rs:2\n  a -> c: a/inner.rs:1\n  b -> c: b/mod.rs:1\n  c -> a: c.rs:1"
        ]
    );
}

#[test]
fn a_cycle_through_a_re_export_is_found() {
    let found = cycles_in(
        "re_export",
        &[
            ("lib.rs", "mod outer;\n"),
            (
                "outer.rs",
                "mod left;\nmod right;\npub use self::left::Left;\npub(crate) use right::*;\n",
            ),
            ("outer/left.rs", "pub struct Left;\nuse super::Right;\n"),
            ("outer/right.rs", "use super::*;\npub struct Right(Option<Left>);\n"),
        ],
    );
    assert_eq!(
        found,
        ["outer::left, outer::right\n  outer::left -> outer::right: outer/left.rs:2\n  \
          outer::right -> outer::left: outer/right.rs:2"]
    );
}

#[test]
fn parents_children_tests_and_other_crates_are_not_a_cycle() {
    let found = cycles_in(
        "none",
        &[
            (
                "lib.rs",
                "mod a;\nmod b;\n#[cfg(test)]\nmod tests;\npub use std::path;\npub struct Root;\n",
            ),
            (
                "a.rs",
                "mod inner { use super::Own; use crate::{Root, path}; }\nuse self::inner as i;\nstruct Own;\nuse crate::b;\n",
            ),
            (
                "b.rs",
                "#[cfg(test)]\nmod tests { use crate::a; }\nmacro_rules! m { () => { $crate::a::x() } }\nuse ::a::c;\n",
            ),
            ("tests.rs", "use crate::a;\n"),
        ],
    );
    assert_eq!(found, [""; 0]);
}
