//! `pagesmith docs`, and the documents that `generate` writes and `check` holds, through the binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::fs;
use std::path::Path;

use support::command::{run, stderr, stdout};
use support::{corpus, root, seed};

/// A folder with the repository's seeds and what is generated from them.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    support::copy(&root().join("seeds"), &folder.path().join("seeds"));
    assert_eq!(run(&["generate"], folder.path()).status.code(), Some(0));
    folder
}

const PAGE: &str = "seeds/aws/iam_api/mfa_devices.md";

fn pages_below(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    // The list of a service's resources is not a page of one.
    let entries = entries.filter(|path| !path.ends_with("index.md"));
    entries
        .map(|path| {
            if path.is_dir() {
                pages_below(&path)
            } else {
                usize::from(path.extension().is_some_and(|end| end == "md"))
            }
        })
        .sum()
}

#[test]
fn every_page_of_the_corpus_is_written_back() {
    let Some(corpus) = corpus() else { return };
    let pages = |folder: &str| pages_below(&corpus.join(folder));
    // The folders of the dialects that are read.
    for folder in ["2024-05-02", "2024-05-17", "2026-08"] {
        let output = run(&["docs", "--check", corpus.join(folder).to_str().unwrap()], &root());
        assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
        assert_eq!(stdout(&output), format!("{} pages, 0 differ\n", pages(folder)));
    }
    // Those of a layout that is not read: each is named once.
    for folder in ["2026-awscc", "2024-05-02-cloud-control/aws/appsync"] {
        let output = run(&["docs", "--check", corpus.join(folder).to_str().unwrap()], &root());
        assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
        let errors: Vec<String> = stderr(&output)
            .lines()
            .filter(|line| line.starts_with("error"))
            .map(str::to_owned)
            .collect();
        assert!(
            errors.iter().all(|error| error.starts_with("error[unsupported-layout]")),
            "{errors:?}"
        );
        assert_eq!(errors.len(), pages(folder));
    }
}

#[test]
fn a_page_may_be_named_by_its_id() {
    let folder = workspace();
    for name in ["mfa_devices", "aws.iam_api.mfa_devices", "iam_api::mfa_devices"] {
        let output = run(&["docs", name], folder.path());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(stdout(&output), seed("mfa_devices.md"));
    }
    let output = run(&["docs", "mfa_devices.List"], folder.path());
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
}

#[test]
fn a_page_that_differs_is_named_with_its_line() {
    let folder = workspace();
    let text = seed("mfa_devices.md").replace("|:-----|:---------|", "|------|:---------|");
    fs::write(folder.path().join(PAGE), text).unwrap();
    let output = run(&["docs", "--check", "seeds"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), format!("{PAGE}:29 differs\n1 page, 1 differs\n"));
    assert_eq!(run(&["docs", "--check", PAGE], folder.path()).status.code(), Some(1));
}

#[test]
fn a_page_that_does_not_parse_is_an_error_and_all_others_are_looked_at() {
    let folder = workspace();
    fs::write(folder.path().join("seeds/aws/iam_api/aaa.md"), "no page").unwrap();
    fs::write(folder.path().join("seeds/aws/iam_api/index.md"), "the service").unwrap();
    let output = run(&["docs", "--check", "seeds"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stdout(&output), "2 pages, 0 differ\n");
    assert!(stderr(&output).contains("error[missing-front-matter]"), "{}", stderr(&output));
    assert_eq!(run(&["docs", "--check", "nowhere"], folder.path()).status.code(), Some(2));
}

#[test]
fn a_page_may_be_an_index_and_lists_of_services_are_counted() {
    let folder = workspace();
    let place = |path: &str| folder.path().join("seeds/aws/iam_api").join(path);
    fs::create_dir(place("mfa_devices")).unwrap();
    fs::rename(place("mfa_devices.md"), place("mfa_devices/index.md")).unwrap();
    fs::write(place("index.md"), "the service").unwrap();
    let output = run(&["docs", "--check", "seeds"], folder.path());
    assert_eq!(stdout(&output), "1 page, 0 differ\n", "{}", stderr(&output));
    assert!(stderr(&output).contains("ignored 1 file index.md"), "{}", stderr(&output));
    let described = run(&["describe", "aws.iam_api.mfa_devices"], folder.path());
    assert_eq!(described.status.code(), Some(0), "{}", stderr(&described));
    assert!(stderr(&described).is_empty(), "{}", stderr(&described));
}

#[test]
fn a_page_is_written_to_standard_output_and_several_only_into_a_folder() {
    let folder = workspace();
    let output = run(&["docs", PAGE], folder.path());
    assert_eq!(stdout(&output), seed("mfa_devices.md"));
    fs::create_dir_all(folder.path().join("more/aws/iam_api")).unwrap();
    fs::copy(folder.path().join(PAGE), folder.path().join("more/aws/iam_api/mfa_devices.md"))
        .unwrap();
    let output = run(&["docs", "seeds", "more"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--out DIR"));
    let output = run(&["docs", "more", "--out", "written"], folder.path());
    assert_eq!(stdout(&output), "1 page written to written\n");
    let written = fs::read_to_string(folder.path().join("written/aws/iam_api/mfa_devices.md"));
    assert_eq!(written.unwrap(), seed("mfa_devices.md"));
}

#[test]
fn a_page_is_written_where_the_command_reads_it() {
    let folder = workspace();
    let output = run(&["docs", PAGE, "--dialect", "tabs-2026", "--out", "written"], folder.path());
    assert_eq!(stdout(&output), "1 page written to written\n", "{}", stderr(&output));
    let found = run(&["methods", "aws.iam_api.mfa_devices", "--seeds", "written"], folder.path());
    assert_eq!(found.status.code(), Some(0), "{}", stderr(&found));
    // By the id, wherever the page was found.
    let output = run(&["docs", "seeds/aws", "--out", "again"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(folder.path().join("again/aws/iam_api/mfa_devices.md").is_file());
}

#[test]
fn what_docs_wrote_is_written_again_and_nothing_else() {
    let folder = workspace();
    let page = folder.path().join("written/aws/iam_api/mfa_devices.md");
    let write = |arguments: &[&str]| {
        run(&[&["docs"], arguments, &["--out", "written"]].concat(), folder.path())
    };
    let other = seed("mfa_devices.md").replace("mfa_devices", "keys");
    fs::create_dir_all(folder.path().join("more/aws/iam_api")).unwrap();
    fs::write(folder.path().join("more/aws/iam_api/keys.md"), other).unwrap();
    assert_eq!(write(&["more"]).status.code(), Some(0));

    fs::write(&page, "somebody's own").unwrap();
    let output = write(&["seeds"]);
    assert_eq!(output.status.code(), Some(2));
    let refused = "error[not-generated]: written/aws/iam_api/mfa_devices.md was not generated";
    assert!(stderr(&output).starts_with(refused), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&page).unwrap(), "somebody's own");

    fs::remove_file(&page).unwrap();
    assert_eq!(write(&["seeds"]).status.code(), Some(0));
    let output = write(&["seeds", "--dialect", "tabs-2026"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(fs::read_to_string(&page).unwrap().contains("<Tabs"));
    // What another run wrote stays, and is still known.
    assert!(folder.path().join("written/aws/iam_api/keys.md").is_file());
    assert_eq!(write(&["more", "--dialect", "tabs-2026"]).status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn docs_does_not_write_through_a_link_or_into_what_is_not_a_file() {
    use std::os::unix::fs::symlink;

    let folder = workspace();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("outside")).unwrap();
    fs::write(path("outside/mfa_devices.md"), "outside").unwrap();
    fs::create_dir_all(path("file/aws/iam_api")).unwrap();
    symlink(path("outside/mfa_devices.md"), path("file/aws/iam_api/mfa_devices.md")).unwrap();
    fs::create_dir_all(path("folder/aws")).unwrap();
    symlink(path("outside"), path("folder/aws/iam_api")).unwrap();
    fs::create_dir_all(path("other/aws/iam_api/mfa_devices.md")).unwrap();
    for out in ["file", "folder", "other"] {
        let output = run(&["docs", "seeds", "--out", out], folder.path());
        assert_eq!(output.status.code(), Some(2), "{out}: {}", stdout(&output));
        assert!(stderr(&output).starts_with("error[not-generated]: "), "{}", stderr(&output));
    }
    assert_eq!(fs::read_to_string(path("outside/mfa_devices.md")).unwrap(), "outside");
}

#[test]
fn an_output_folder_inside_the_seeds_is_refused() {
    let folder = workspace();
    #[cfg(unix)]
    std::os::unix::fs::symlink("seeds", folder.path().join("link")).unwrap();
    let mut outs = vec!["seeds", "seeds/written", "./seeds/../seeds/aws"];
    if cfg!(unix) {
        outs.push("link/written");
    }
    for out in outs {
        for arguments in
            [&["docs", "seeds"][..], &["docs", PAGE], &["generate"], &["add", PAGE], &["check"]]
        {
            let output = run(&[arguments, &["--out", out]].concat(), folder.path());
            assert_eq!(output.status.code(), Some(2), "{arguments:?} {out}: {}", stdout(&output));
            let refused = format!("error[output-in-seeds]: {out} is ");
            let said = stderr(&output);
            assert!(said.starts_with(&refused), "{arguments:?}: {said}");
        }
    }
    assert!(!folder.path().join("seeds/written").exists());
    assert!(!folder.path().join("seeds/files.txt").exists());
}

#[test]
fn a_bad_page_does_not_keep_the_others_from_being_written() {
    let folder = workspace();
    fs::write(folder.path().join("seeds/aws/iam_api/aaa.md"), "not a page").unwrap();
    let output = run(&["docs", "seeds", "--out", "written"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "1 page written to written\n");
    assert!(stderr(&output).contains("error[missing-front-matter]"), "{}", stderr(&output));
    assert!(
        stderr(&output).ends_with("1 page could not be read and written\n"),
        "{}",
        stderr(&output)
    );
    assert!(folder.path().join("written/aws/iam_api/mfa_devices.md").is_file());

    let output = run(&["docs", "seeds/aws/iam_api/aaa.md", "--out", "none"], folder.path());
    assert_eq!((output.status.code(), stdout(&output)), (Some(2), String::new()));
    assert!(!folder.path().join("none").exists());
}

#[test]
fn another_dialect_takes_in_what_the_service_model_knows() {
    let output = run(&["docs", PAGE, "--dialect", "tabs-2026"], &root());
    assert_eq!(output.status.code(), Some(0));
    let committed = root().join("generated/tabs-2026/aws/iam_api/mfa_devices.md");
    assert_eq!(stdout(&output), fs::read_to_string(committed).unwrap());
    assert!(stdout(&output).contains("<td><code>integer</code></td>"));
    assert_eq!(stderr(&output), "");
}

#[test]
fn what_another_dialect_has_no_place_for_is_listed() {
    let Some(corpus) = corpus() else { return };
    let page = corpus.join("2026-08/aws/iam/mfa_devices.md");
    let output = run(&["docs", page.to_str().unwrap(), "--dialect", "gfm-2024"], &root());
    let lost: Vec<String> = stderr(&output)
        .lines()
        .map(|line| line.split_once(" cannot express ").unwrap().1.to_owned())
        .collect();
    assert_eq!(
        lost,
        [
            "fields that the table of `list_mfa_devices` lacks or describes differently: `Certifications`, `EnableDate`, `SerialNumber` and `UserName`",
            "optional params of `get_mfa_device`: `UserName`",
            "optional params of `list_mfa_devices`: `UserName`, `Marker` and `MaxItems`",
            "datatypes and descriptions of the params: `SerialNumber`, `region`, `Marker`, `MaxItems` and `UserName`",
            "the examples of SELECT: `get_mfa_device` and `list_mfa_devices`",
        ]
    );
}

#[test]
fn an_unknown_dialect_is_refused_with_those_that_are_known() {
    let output = run(&["docs", PAGE, "--dialect", "tabs"], &root());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("tabs-2026"), "{}", stderr(&output));
}

#[test]
fn generate_writes_documents_beside_the_code_and_check_holds_them() {
    let folder = workspace();
    let generated = folder.path().join("generated");
    let own = generated.join("aws/iam_api/mfa_devices.md");
    assert_eq!(fs::read_to_string(&own).unwrap(), seed("mfa_devices.md"));
    let listed = fs::read_to_string(generated.join("files.txt")).unwrap();
    for path in [
        "aws/iam_api/mfa_devices.md",
        "aws/iam_api/mfa_devices.rs",
        "aws/iam_api/mfa_devices.rust.md",
        "tabs-2026/aws/iam_api/mfa_devices.md",
    ] {
        assert!(listed.lines().any(|line| line == path), "{listed}");
        assert!(generated.join(path).is_file());
    }
    assert_eq!(run(&["check"], folder.path()).status.code(), Some(0));
    fs::write(&own, "changed by hand\n").unwrap();
    let output = run(&["check"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("--- generated/aws/iam_api/mfa_devices.md"));
    assert!(stderr(&output).contains("pagesmith generate"));
    assert_eq!(run(&["generate"], folder.path()).status.code(), Some(0));
    assert_eq!(run(&["check"], folder.path()).status.code(), Some(0));
}

#[test]
fn a_document_that_no_page_gives_any_more_goes_and_somebodys_own_stays() {
    let folder = workspace();
    let generated = folder.path().join("generated");
    let old = generated.join("aws/iam_api/users.md");
    let own = generated.join("aws/iam_api/notes.md");
    fs::write(&old, seed("mfa_devices.md")).unwrap();
    fs::write(&own, "mine").unwrap();
    let outside = folder.path().join("outside.md");
    fs::write(&outside, "not below").unwrap();
    let manifest = generated.join("files.txt");
    let listed = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, listed + "aws/iam_api/users.md\n../outside.md\n").unwrap();
    let output = run(&["check"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains("users.md is no longer generated from any page"),
        "{}",
        stdout(&output)
    );
    run(&["generate"], folder.path());
    assert!(!old.exists());
    assert!(own.exists() && outside.exists());
    assert_eq!(run(&["check"], folder.path()).status.code(), Some(0));
}

#[test]
fn generated_pages_are_pages_themselves() {
    let folder = workspace();
    let output = run(&["docs", "--check", "generated"], folder.path());
    assert_eq!(stdout(&output), "2 pages, 0 differ\n", "{}", stderr(&output));
}

#[test]
fn two_pages_of_one_destination_are_refused() {
    let folder = workspace();
    support::copy(&folder.path().join("seeds"), &folder.path().join("more"));
    let output = run(&["docs", "seeds", "more", "--out", "written"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("error[same-path]"), "{}", stderr(&output));
    assert!(stderr(&output).contains("written/aws/iam_api/mfa_devices.md"));
    assert!(!folder.path().join("written").exists());
}

#[test]
fn nothing_to_check_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("page.md"), seed("mfa_devices.md")).unwrap();
    for paths in [&["empty"][..], &["page.md", "empty"]] {
        let output = run(&[&["docs", "--check"], paths].concat(), folder.path());
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), String::new()));
        assert!(stderr(&output).contains("error[no-pages]: there are no pages in empty"));
    }
}

#[test]
fn a_page_on_standard_output_has_the_bytes_that_it_has_in_a_file() {
    let folder = workspace();
    let text = seed("mfa_devices.md");
    for text in [text.trim_end().to_owned(), format!("{}\n\n", text.trim_end())] {
        fs::write(folder.path().join(PAGE), text).unwrap();
        let output = run(&["docs", PAGE], folder.path());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        run(&["docs", PAGE, "--out", "written"], folder.path());
        let written = folder.path().join("written");
        let written = fs::read_to_string(written.join("aws/iam_api/mfa_devices.md")).unwrap();
        assert_eq!(stdout(&output), written);
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_are_not_followed() {
    let folder = workspace();
    std::os::unix::fs::symlink("..", folder.path().join("seeds/aws/loop")).unwrap();
    let output = run(&["docs", "--check", "seeds"], folder.path());
    assert_eq!(stdout(&output), "1 page, 0 differ\n", "{}", stderr(&output));
}
