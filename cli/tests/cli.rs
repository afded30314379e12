//! The `pagesmith` command, as a process.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use flate2::{Compression, write::GzEncoder};
use support::{copy, root, seed};
use tempfile::TempDir;

const PAGE: &str = "seeds/aws/iam_api/mfa_devices.md";
const CODE: &str = "generated/aws/iam_api/mfa_devices.rs";

/// A folder to run the command in.
struct Place(TempDir);

/// What a run of the command gave.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Place {
    fn empty() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// With a copy of the repository's seeds, and what they give.
    fn of_repository() -> Self {
        let place = Self::empty();
        copy(&root().join("seeds"), &place.path("seeds"));
        let run = place.run(&["generate"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        place
    }

    fn path(&self, file: &str) -> std::path::PathBuf {
        self.0.path().join(file)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn change(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(from).count(), 1, "{from:?} should stand in {file} once");
        self.write(file, text.replace(from, to));
    }

    fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.0.path(), arguments)
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pagesmith"));
    // As without cargo, whoever runs the tests.
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").env_remove("CARGO");
    command
}

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = command(folder, arguments).output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What a build script would generate of the same settings.
#[test]
fn settings_hold_for_the_command_too() {
    let place = Place::of_repository();
    place.write("seeds/aws/iam_api/keys.md", "no page");
    assert_eq!(place.run(&["check"]).code, Some(2));
    let page = place.read(PAGE).replace("mfa_devices", "keys");
    place.write("seeds/aws/iam_api/keys.md", &page);
    let overrides = place.read("seeds/aws/iam_api/overrides.json");
    // No rule finds an operation for its methods, which matters where it is wanted only.
    assert_eq!(place.run(&["check"]).code, Some(2));
    let settings = r#"{ "resources": ["mfa_devices"], "visibility": "pub(crate)", "feature_per_resource": true }"#;
    place.write("seeds/sdk.json", settings);
    let run = place.run(&["generate"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(overrides, place.read("seeds/aws/iam_api/overrides.json"));
    assert!(place.read("generated/mod.rs").contains("pub(crate) mod aws;"));
    assert!(
        place.read("generated/aws/iam_api/mod.rs").contains("#[cfg(feature = \"mfa_devices\")]")
    );
    assert!(!place.path("generated/aws/iam_api/keys.md").exists());
    assert_eq!(place.run(&["check"]).code, Some(0));
}

#[test]
fn the_repository_is_in_step() {
    let run = run_in(&root(), &["check"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.ends_with("files in generated are up to date\n"), "{}", run.out);
}

#[test]
fn a_changed_page_is_shown_and_mended() {
    let place = Place::of_repository();
    place.change(PAGE, "The user with whom the MFA device is associated.", "Its owner.");
    let red = place.run(&["check"]);
    assert_eq!(red.code, Some(1));
    let header = format!("--- {CODE}\n+++ {CODE} (as it would be generated)\n@@ -");
    assert!(red.out.contains(&header), "{}", red.out);
    let change =
        "-        /// The user with whom the MFA device is associated.\n+        /// Its owner.\n";
    assert!(red.out.contains(change), "{}", red.out);
    // Not to a pipe; where to a terminal, the command's own tests say.
    assert!(!red.out.contains('\u{1b}') && !red.err.contains('\u{1b}'));
    let mending = "to update them, run: pagesmith generate\n";
    assert!(red.err.ends_with(mending), "{}", red.err);
    assert_eq!(red.err.matches("warning[required-by-page-only]").count(), 1);

    let mended = place.run(&["generate"]);
    assert_eq!(mended.code, Some(0), "{}", mended.err);
    assert!(mended.out.contains(&format!("changed {CODE}\n")), "{}", mended.out);
    assert!(place.read(CODE).contains("/// Its owner.\n"));
    assert_eq!(place.run(&["check"]).code, Some(0));
    assert!(place.run(&["generate"]).out.ends_with(", 0 changed\n"));
}

/// The files that need no change are not even touched, so that nothing is built anew.
#[test]
fn files_that_are_in_step_are_left_alone() {
    let place = Place::of_repository();
    for file in [CODE, "generated/mod.rs"] {
        let mut permissions = fs::metadata(place.path(file)).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(place.path(file), permissions).unwrap();
    }
    let before = fs::metadata(place.path(CODE)).unwrap().modified().unwrap();
    assert_eq!(place.run(&["generate"]).code, Some(0));
    assert_eq!(fs::metadata(place.path(CODE)).unwrap().modified().unwrap(), before);
}

#[test]
fn a_changed_file_is_found() {
    let place = Place::of_repository();
    place.change(CODE, "pub fn mfa_devices(client)", "pub fn my_devices(client)");
    let run = place.run(&["check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("\n-    pub fn my_devices("), "{}", run.out);
    assert!(run.out.contains("\n+    pub fn mfa_devices("), "{}", run.out);
}

#[test]
fn a_missing_file_and_a_left_one_are_found() {
    let place = Place::of_repository();
    fs::remove_file(place.path("generated/aws/iam_api/types.rs")).unwrap();
    let left = "generated/aws/s3_api/buckets.rs";
    place.write(left, "// @generated by pagesmith. Changes are lost.\n");
    let own = "generated/aws/iam_api/mine.rs";
    place.write(own, "// By hand.\n// @generated by pagesmith\n");
    place.write("generated/aws/iam_api/bytes", [0xFF, 0x00]);

    let run = place.run(&["check"]);
    assert_eq!(run.code, Some(1));
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.out);
    assert!(lines[0].starts_with("generated/aws/iam_api/types.rs is missing ("));
    assert_eq!(lines[1], format!("{left} is no longer generated from any page"));

    let run = place.run(&["generate"]);
    assert!(run.out.contains("created generated/aws/iam_api/types.rs\n"), "{}", run.out);
    assert!(run.out.contains(&format!("removed {left}\n")), "{}", run.out);
    assert!(!place.path("generated/aws/s3_api").exists(), "an empty folder was left");
    assert!(place.path(own).exists(), "somebody's own file was removed");
    assert!(place.path("generated/aws/iam_api/bytes").exists());
    assert_eq!(place.run(&["check"]).code, Some(0));
}

#[test]
fn what_was_not_generated_is_in_the_way() {
    let place = Place::of_repository();
    fs::remove_file(place.path("generated/files.txt")).unwrap();
    place.write("generated/mod.rs", "// Mine.\n");
    fs::remove_file(place.path(CODE)).unwrap();
    let run = place.run(&["check"]);
    assert_eq!(run.code, Some(1));
    let line = "generated/mod.rs was not generated by pagesmith, and would be overwritten\n";
    assert!(run.out.contains(line), "{}", run.out);
    for arguments in [&["generate"][..], &["add", PAGE]] {
        let run = place.run(arguments);
        assert_eq!((run.code, &*run.out), (Some(2), ""));
        let problem = "error[not-generated]: generated/mod.rs was not generated by pagesmith";
        assert!(run.err.contains(problem) && run.err.contains("--out DIR"), "{}", run.err);
        assert_eq!(place.read("generated/mod.rs"), "// Mine.\n");
        assert!(!place.path(CODE).exists(), "something was written");
    }
    fs::rename(place.path("generated/mod.rs"), place.path("mine.rs")).unwrap();
    assert_eq!(place.run(&["generate"]).code, Some(0));
}

/// Two folders may say that they are of the same service.
#[test]
fn two_files_of_one_path_are_refused() {
    let place = Place::of_repository();
    copy(&place.path("seeds/aws"), &place.path("seeds/more/aws"));
    let run = place.run(&["generate"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("error[same-path]: two files would be called aws/"), "{}", run.err);
}

#[test]
fn other_folders_are_named_in_the_command_that_mends() {
    let place = Place::of_repository();
    fs::rename(place.path("seeds"), place.path("pages")).unwrap();
    let folders = ["--seeds", "pages", "--out", "my sdk"];
    let run = place.run(&[&["check"], &folders[..]].concat());
    assert_eq!(run.code, Some(1));
    let command = "run: pagesmith generate --seeds pages --out 'my sdk'\n";
    assert!(run.err.ends_with(command), "{}", run.err);
    let mut by_cargo =
        self::command(place.0.path(), &["check", "--seeds", "pages", "--out", "sdk"]);
    let by_cargo = by_cargo.env("CARGO", "cargo").output().unwrap();
    let err = String::from_utf8(by_cargo.stderr).unwrap();
    assert!(err.ends_with("run: cargo pagesmith generate --seeds pages --out sdk\n"), "{err}");
    assert_eq!(place.run(&[&["generate"], &folders[..]].concat()).code, Some(0));
    assert_eq!(place.run(&[&["check"], &folders[..]].concat()).code, Some(0));
    // Where the pages are is not in what they give.
    let run = place.run(&["check", "--seeds", "./pages/"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
}

#[test]
fn nothing_to_read_is_an_error() {
    let place = Place::empty();
    let run = place.run(&["check"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.starts_with("error[unreadable-folder]: the folder seeds does not exist\n"),
        "{}",
        run.err
    );

    fs::create_dir(place.path("seeds")).unwrap();
    let run = place.run(&["generate"]);
    assert_eq!(run.code, Some(2));
    insta::assert_snapshot!("no-pages", run.err);

    place.write("seeds/aws/iam_api/users.md", "\u{0}");
    let run = place.run(&["generate"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err
            .contains("error[no-service-model]: seeds/aws/iam_api has pages and no service-2.json")
    );
    assert!(run.err.contains("error[missing-front-matter]"), "{}", run.err);
    assert!(!place.path("generated").exists(), "something was written");
}

#[test]
fn a_page_that_cannot_be_read_is_an_error() {
    let place = Place::of_repository();
    place.write("seeds/aws/iam_api/users.md", [b'-', 0xFF]);
    let run = place.run(&["check"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("error[invalid-utf8]"), "{}", run.err);
    assert!(run.err.contains("--> seeds/aws/iam_api/users.md:1:2"), "{}", run.err);
    assert_eq!(run.out, "");

    fs::remove_file(place.path("seeds/aws/iam_api/users.md")).unwrap();
    fs::create_dir(place.path("seeds/aws/iam_api/users.md")).unwrap();
    let run = place.run(&["check"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("error[unreadable-file]"), "{}", run.err);
}

#[test]
fn an_output_that_is_no_folder_is_an_error() {
    let place = Place::of_repository();
    fs::remove_dir_all(place.path("generated")).unwrap();
    place.write("generated", "a file");
    for verb in ["check", "generate"] {
        let run = place.run(&[verb]);
        assert_eq!(run.code, Some(2), "{}", run.err);
        let problem = "error[unwritable-folder]: generated is not a folder\n";
        assert!(run.err.contains(problem), "{}", run.err);
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let place = Place::of_repository();
    // Enough to fill any pipe.
    place.write(CODE, "// nothing\n".repeat(100_000));
    let mut child = command(place.0.path(), &["check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(!err.contains("panicked"), "{err}");
}

#[test]
fn an_import_gives_the_seed() {
    let Some(data) = support::botocore() else { return };
    let published = data.join("iam/2010-05-08");
    let place = Place::empty();
    place.write("pages/mfa_devices.md", seed("mfa_devices.md"));
    // As it is, which is gzipped; and unpacked.
    let model = pagesmith_cli::published::read_published(&published).unwrap();
    place.write("plain/service-2.json", model.service.text());
    place.write("plain/paginators-1.json", model.paginators.unwrap().text());
    place.write("plain/endpoint-rule-set-1.json", model.endpoints.unwrap().text());
    for published in [published.to_str().unwrap(), "plain"] {
        let run = place.run(&["import", published, "--into", "pages", "--no-docs"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert_eq!(
            run.out,
            "wrote pages/service-2.json\nwrote pages/paginators-1.json\n\
             wrote pages/endpoint-rule-set-1.json\n6 operations\n"
        );
        for file in ["service-2.json", "paginators-1.json", "endpoint-rule-set-1.json"] {
            assert_eq!(place.read(&format!("pages/{file}")), seed(file), "{file}");
        }
    }
}

/// A published model, made up: what the seed has, with prose and more operations.
fn published() -> String {
    let text = seed("service-2.json");
    let more = "\"operations\": {\n    \"DeleteGroup\": { \"name\": \"DeleteGroup\", \"documentation\": \"<p>x</p>\", \
                \"http\": { \"method\": \"POST\", \"requestUri\": \"/\" } },";
    text.replacen("\"operations\": {", more, 1)
}

#[test]
fn an_import_takes_what_the_pages_need() {
    let place = Place::empty();
    place.write("pages/mfa_devices.md", seed("mfa_devices.md"));
    place.write("pages/index.md", "no page of a resource");
    place.write("plain/service-2.json", published());
    place.write("plain/paginators-1.json", seed("paginators-1.json"));
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(published().as_bytes()).unwrap();
    place.write("packed/service-2.json.gz", packed.finish().unwrap());
    place.write("packed/paginators-1.json", seed("paginators-1.json"));
    for folder in ["plain", "packed"] {
        let run = place.run(&["import", folder, "--into", "pages"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert_eq!(place.read("pages/service-2.json"), seed("service-2.json"));
        assert_eq!(place.read("pages/paginators-1.json"), seed("paginators-1.json"));
    }
    let with_group = ["import", "plain", "--into", "pages", "--operation", "DeleteGroup"];
    let run = place.run(&with_group);
    assert_eq!((run.code, run.out.ends_with("7 operations\n")), (Some(0), true));
    assert!(place.read("pages/service-2.json").contains("\"documentation\": \"<p>x</p>\""));
    let run = place.run(&[&with_group[..], &["--no-docs"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(place.read("pages/service-2.json").contains("\"DeleteGroup\""));
    assert!(!place.read("pages/service-2.json").contains("documentation"));
}

/// What the rule does not find, the override file says; where neither does, nothing is written.
#[test]
fn an_import_heeds_overrides() {
    let place = Place::empty();
    let page = seed("mfa_devices.md").replace("mfa_devices_Untag", "mfa_devices_Unlabel");
    place.write("pages/mfa_devices.md", page);
    place.write("plain/service-2.json", published());
    let run = place.run(&["import", "plain", "--into", "pages"]);
    assert_eq!(run.code, Some(2), "{}", run.out);
    assert!(run.err.contains("error[no-operation]"), "{}", run.err);
    assert!(!place.path("pages/service-2.json").exists());

    let overrides = r#"{ "operations": { "mfa_devices.Unlabel": {
        "operation": "UntagMFADevice", "reason": "the page has another word for it" } } }"#;
    place.write("pages/overrides.json", overrides);
    let run = place.run(&["import", "plain", "--into", "pages"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(place.read("pages/service-2.json").contains("\"UntagMFADevice\""));
}

#[test]
fn an_import_of_nothing_is_an_error() {
    let place = Place::empty();
    let run = place.run(&["import", "plain", "--into", "pages"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("the folder plain has neither service-2.json nor service-2.json.gz"),
        "{}",
        run.err
    );
    place.write("plain/service-2.json", published());
    let run = place.run(&["import", "plain", "--into", "pages"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("the folder pages cannot be read"), "{}", run.err);
}

#[test]
fn the_help_reads_well() {
    let place = Place::empty();
    let help = place.run(&["--help"]);
    let purpose = "Generates Rust SDKs from documentation pages of cloud resources, and keeps pages and SDKs in sync\n";
    assert!(help.out.starts_with(purpose), "{}", help.out);
    for (name, arguments) in [
        ("help-generate", &["generate", "--help"]),
        ("help-check", &["check", "--help"]),
        ("help-import", &["import", "--help"]),
    ] {
        let run = place.run(arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        insta::assert_snapshot!(name, run.out);
    }
    let run = place.run(&["chekc"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("'check'"), "{}", run.err);
    assert_eq!(place.run(&[]).code, Some(2));
}

/// The repository's seeds as the site lays pages out, a folder for each page, with the list of the service's resources.
fn place_of_the_site() -> Place {
    let place = Place::of_repository();
    let page = place.read(PAGE);
    fs::remove_file(place.path(PAGE)).unwrap();
    place.write(INDEX_PAGE, page);
    for list in ["seeds/aws/iam_api/index.md", "seeds/aws/index.md"] {
        place.write(list, "---\ntitle: iam_api\n---\n\n## Resources\n- mfa_devices\n");
    }
    place
}

const INDEX_PAGE: &str = "seeds/aws/iam_api/mfa_devices/index.md";

#[test]
fn pages_can_be_laid_out_as_the_site_does() {
    let place = place_of_the_site();
    let counted = "ignored 2 files index.md: each lists the resources of a service\n";
    for arguments in [
        &["generate"] as &[&str],
        &["check"],
        &["lint"],
        &["docs", "--check", "seeds"],
        &["diff", "seeds", "generated/../seeds"],
    ] {
        let run = place.run(arguments);
        // Both sides of a comparison have lists.
        let counted =
            if arguments[0] == "diff" { counted.replace('2', "4") } else { counted.to_owned() };
        assert_eq!(run.code, Some(0), "{arguments:?}: {}{}", run.out, run.err);
        assert!(run.err.contains(&counted), "{arguments:?}: {}", run.err);
    }
    let run = place.run(&["generate"]);
    assert!(run.out.ends_with(" in generated, 0 changed\n"), "{}", run.out);
    let run = place.run(&["docs", "--check", "seeds"]);
    assert_eq!(run.out, "1 page, 0 differ\n");
    for arguments in [
        &["methods", "mfa_devices"] as &[&str],
        &["methods", INDEX_PAGE],
        &["describe", "aws.iam_api.mfa_devices.List"],
        &["docs", INDEX_PAGE, "--dialect", "tabs-2026"],
        &["diff", INDEX_PAGE, INDEX_PAGE],
        &["docs", "seeds", "--out", "written"],
    ] {
        let run = place.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}{}", run.out, run.err);
    }
    assert_eq!(place.read("written/aws/iam_api/mfa_devices.md"), place.read(INDEX_PAGE));
    let text = place.read(INDEX_PAGE);
    place.write(INDEX_PAGE, text.replace("</td><td>Resource</td>", "</td><td>View</td>"));
    let run = place.run(&["check"]);
    assert!(run.err.contains(&format!("{INDEX_PAGE}:23:")), "{}", run.err);
}

#[test]
fn a_page_whose_id_does_not_agree_with_its_place_is_taken_where_the_settings_say_so() {
    let place = Place::of_repository();
    place.change(PAGE, "<code>aws.iam_api.mfa_devices</code>", "<code>aws.iam.mfa_devices</code>");
    for verb in ["generate", "check"] {
        let run = place.run(&[verb]);
        assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
        assert_eq!(run.err.matches("error[path-mismatch]").count(), 1, "{}", run.err);
        assert!(run.err.contains("`allow_id_mismatch` in sdk.json"), "{}", run.err);
    }
    for arguments in [&["lint"] as &[&str], &["docs", "--check", "seeds"]] {
        let run = place.run(arguments);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        let said = run.out + &run.err;
        assert_eq!(said.matches("warning[path-mismatch]").count(), 1, "{said}");
    }
    place.write("seeds/sdk.json", r#"{ "allow_id_mismatch": true }"#);
    let run = place.run(&["generate"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(!run.err.contains("path-mismatch"), "{}", run.err);
    assert!(place.path("generated/aws/iam/mfa_devices.rs").exists());
}
