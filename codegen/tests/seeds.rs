//! A folder of pages and models, read as a whole.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use pagesmith_test_support as support;

use std::fs;
use std::path::Path;

use pagesmith_codegen::folder::{self, Seeds};
use pagesmith_model::diagnostic::Outcome;
use pagesmith_test_support::{copy, root, rules, seed, value};
use tempfile::TempDir;

fn read(folder: &Path) -> Outcome<Seeds> {
    folder::read(folder, "seeds")
}

fn copied() -> TempDir {
    let folder = TempDir::new().unwrap();
    copy(&root().join("seeds"), folder.path());
    folder
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn the_repositorys_seeds_are_read() {
    let outcome = read(&root().join("seeds"));
    assert_eq!(rules(&outcome.diagnostics), ["required-by-page-only"]);
    let seeds = value(outcome);
    let ids: Vec<String> = seeds
        .services
        .iter()
        .flat_map(|service| &service.resources)
        .map(|resource| resource.id.to_string())
        .collect();
    assert_eq!(ids, ["aws.iam_api.mfa_devices"]);
}

/// A build script tells cargo of each. One that is not there would make cargo run it each time; its
/// folder tells that it came.
#[test]
fn every_input_is_named() {
    let folder = copied();
    let inputs = value(read(folder.path())).inputs;
    for path in [
        "",
        "aws",
        "aws/iam_api",
        "aws/iam_api/mfa_devices.md",
        "aws/iam_api/service-2.json",
        "aws/iam_api/paginators-1.json",
        "aws/iam_api/overrides.json",
    ] {
        let wanted =
            if path.is_empty() { folder.path().to_owned() } else { folder.path().join(path) };
        assert!(inputs.contains(&wanted), "{path} is no input");
    }
    fs::remove_file(folder.path().join("aws/iam_api/overrides.json")).unwrap();
    let inputs = value(read(folder.path())).inputs;
    assert!(!inputs.contains(&folder.path().join("aws/iam_api/overrides.json")));
    assert!(inputs.contains(&folder.path().join("aws/iam_api")));
    assert!(inputs.iter().all(|input| input.exists()), "{inputs:?}");
}

/// A link may lead back to the folder that it is in.
#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let folder = copied();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("aws/loop")).unwrap();
    assert_eq!(value(read(folder.path())).services.len(), 1);
}

#[test]
fn what_is_no_page_is_left_alone() {
    let folder = copied();
    write(&folder, "aws/iam_api/index.md", "the page of the service");
    write(&folder, "aws/iam_api/notes.txt", "x");
    write(&folder, "aws/iam_api/mfa_devices.md.orig", "x");
    write(&folder, "drafts/empty/readme.txt", "x");
    assert_eq!(value(read(folder.path())).services.len(), 1);
}

#[test]
fn services_come_in_the_order_of_their_folders() {
    let folder = copied();
    for other in ["zeta_api", "alpha_api"] {
        let target = folder.path().join("aws").join(other);
        copy(&folder.path().join("aws/iam_api"), &target);
        let page = seed("mfa_devices.md").replace("aws.iam_api.", &format!("aws.{other}."));
        fs::write(target.join("mfa_devices.md"), page).unwrap();
    }
    let seeds = value(read(folder.path()));
    let names: Vec<&str> = seeds.services.iter().map(|service| service.name.as_str()).collect();
    assert_eq!(names, ["alpha_api", "iam_api", "zeta_api"]);
    let files = pagesmith_test_support::emit_seeds(&seeds);
    let provider = support::file(&files, "aws/mod.rs");
    assert!(
        provider.ends_with("pub mod alpha_api;\npub mod iam_api;\npub mod zeta_api;\n"),
        "{provider}"
    );
}

#[test]
fn every_problem_of_every_service_is_reported() {
    let folder = copied();
    write(&folder, "aws/ec2_api/hosts.md", "no page");
    write(&folder, "aws/iam_api/overrides.json", "{");
    write(&folder, "aws/iam_api/users.md", "");
    let outcome = read(folder.path());
    assert!(outcome.value.is_none());
    let found = rules(&outcome.diagnostics);
    for rule in ["missing-front-matter", "no-service-model", "bad-overrides", "empty-file"] {
        assert!(found.contains(&rule), "no {rule} in {found:?}");
    }
}

#[test]
fn a_folder_without_pages_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    write(&folder, "aws/iam_api/service-2.json", &seed("service-2.json"));
    let outcome = read(folder.path());
    assert_eq!(rules(&outcome.diagnostics), ["no-pages"]);
    let help = outcome.diagnostics.iter().next().unwrap().help_text().unwrap();
    assert_eq!(help, "put one at seeds/PROVIDER/SERVICE/RESOURCE.md");
}

/// Run by the test below, which sets what cargo sets for a build script.
#[test]
fn as_a_build_script() {
    if let Some(seeds) = std::env::var_os("PAGESMITH_TEST_SEEDS") {
        assert_eq!(pagesmith_codegen::Build::new(seeds).emit(), std::process::ExitCode::SUCCESS);
    }
}

#[test]
fn a_build_script_owns_its_folder_and_refuses_two_files_of_one_path() {
    let folder = copied();
    let out = TempDir::new().unwrap();
    fs::create_dir(out.path().join("pages")).unwrap();
    let code = out.path().join("pages/mod.rs");
    fs::write(&code, "// Of an older version, without a mark.\n").unwrap();
    let build = || {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "as_a_build_script", "--nocapture"]);
        command.env("OUT_DIR", out.path()).env("PAGESMITH_TEST_SEEDS", folder.path());
        command.output().unwrap()
    };
    let output = build();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(fs::read_to_string(&code).unwrap().starts_with("// @generated by pagesmith"));

    copy(&folder.path().join("aws"), &folder.path().join("more/aws"));
    let output = build();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("two files would be called aws/"), "{said}");
}

/// Pages are read on several threads, and what is wrong is told as if they were not.
#[test]
fn problems_are_told_in_the_order_of_the_files() {
    let folder = copied();
    let names: Vec<String> = (0..40).map(|number| format!("page{number:02}.md")).collect();
    for name in &names {
        write(&folder, &format!("aws/iam_api/{name}"), "no page\n");
    }
    write(&folder, "aws/iam_api/service-2.json", "no model");
    let found: Vec<String> = read(folder.path())
        .diagnostics
        .iter()
        .map(|found| found.span().unwrap().source().name().to_owned())
        .collect();
    let names = names.iter().map(String::as_str).chain(["service-2.json"]);
    let expected: Vec<String> = names.map(|name| format!("seeds/aws/iam_api/{name}")).collect();
    assert_eq!(found, expected);
}

/// Reading a pipe that nobody writes to would never end.
#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    for file in [
        "aws/iam_api/x.md",
        "aws/iam_api/service-2.json",
        "aws/iam_api/paginators-1.json",
        "aws/iam_api/overrides.json",
        "sdk.json",
    ] {
        let folder = copied();
        support::hangs::pipe(&folder.path().join(file));
        let path = folder.path().to_owned();
        let outcome = support::hangs::ends(file, move || read(&path));
        assert!(outcome.value.is_none(), "{file}");
        assert_eq!(rules(&outcome.diagnostics), ["unreadable-file"], "{file}");
        let found = outcome.diagnostics.iter().next().unwrap();
        assert!(found.message().ends_with("it is not a regular file"), "{}", found.message());
        assert_eq!(found.span().unwrap().source().name(), format!("seeds/{file}"));
    }
}
