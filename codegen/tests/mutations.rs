//! The page's bytes change, and so does the API: by that, and by nothing else.
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
use std::path::{Path, PathBuf};

use pagesmith_codegen::emit::File;
use pagesmith_test_support::outline::{difference, outline};
use pagesmith_test_support::{copy, file, generate, root, without_docs};
use tempfile::TempDir;

const PAGE: &str = "aws/iam_api/mfa_devices.md";
const MODEL: &str = "aws/iam_api/service-2.json";
const CODE: &str = "aws/iam_api/mfa_devices.rs";

/// A copy of the repository's seeds.
struct Seeds {
    folder: TempDir,
    before: Vec<File>,
}

impl Seeds {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        copy(&root().join("seeds"), folder.path());
        let before = generate(folder.path());
        Self { folder, before }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// Replaces what stands in a file once.
    fn change(&self, file: &str, from: &str, to: &str) {
        let path = self.path(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from:?} should stand in {file} once");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    /// Removes the line of a file that begins so.
    fn remove_line(&self, file: &str, start: &str) {
        let path = self.path(file);
        let text = fs::read_to_string(&path).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with(start)).collect();
        assert_eq!(kept.len() + 1, text.lines().count());
        fs::write(path, kept.join("\n") + "\n").unwrap();
    }

    /// How the outline of the resource changed; the other files must not have.
    fn changes(&self) -> Vec<String> {
        let after = generate(self.folder.path());
        for old in self.before.iter().filter(|old| old.path != CODE) {
            assert_eq!(old.text, file(&after, &old.path), "{} changed too", old.path);
        }
        assert_eq!(self.before.len(), after.len());
        difference(&outline(file(&self.before, CODE)), &outline(file(&after, CODE)))
    }

    /// The resource's code before and after.
    fn codes(&self) -> (String, String) {
        let after = generate(self.folder.path());
        (file(&self.before, CODE).to_owned(), file(&after, CODE).to_owned())
    }
}

#[test]
fn a_field_is_added() {
    let seeds = Seeds::new();
    seeds.change(
        MODEL,
        "\"EnableDate\": {",
        "\"Nickname\": { \"shape\": \"userNameType\" },\n        \"EnableDate\": {",
    );
    assert_eq!(seeds.changes(), [""; 0], "a member that the page does not list is no field");
    seeds.change(
        PAGE,
        "| `UserName` | `string` | The user",
        "| `Nickname` | `string` | What people call it. |\n| `UserName` | `string` | The user",
    );
    assert_eq!(
        seeds.changes(),
        [
            "- schema of MfaDevice [EnableDate, SerialNumber, UserName]",
            "+ MfaDevice.nickname: Option<String>",
            "+ schema of MfaDevice [EnableDate, SerialNumber, Nickname, UserName]",
        ]
    );
    assert!(seeds.codes().1.contains("        /// What people call it.\n        pub nickname:"));
}

#[test]
fn a_field_is_removed() {
    let seeds = Seeds::new();
    seeds.remove_line(PAGE, "| `EnableDate`");
    assert_eq!(
        seeds.changes(),
        [
            "- MfaDevice.enable_date: runtime::time::OffsetDateTime",
            "- schema of MfaDevice [EnableDate, SerialNumber, UserName]",
            "+ schema of MfaDevice [SerialNumber, UserName]",
        ]
    );
}

#[test]
fn a_param_is_removed() {
    let seeds = Seeds::new();
    seeds.change(PAGE, "`SerialNumber, UserName, region`", "`SerialNumber, region`");
    insta::assert_snapshot!("param-removed", seeds.changes().join("\n"));
}

#[test]
fn a_param_is_added() {
    let seeds = Seeds::new();
    let list = "`mfa_devices_List` | `SELECT` | ";
    seeds.change(PAGE, &format!("{list}`region`"), &format!("{list}`MaxItems, region`"));
    insta::assert_snapshot!("param-added", seeds.changes().join("\n"));
}

#[test]
fn a_method_is_renamed() {
    let seeds = Seeds::new();
    seeds.change(PAGE, "mfa_devices_Enable`", "mfa_devices_Activate`");
    for (from, to) in [
        ("\"EnableMFADevice\": {", "\"ActivateMFADevice\": {"),
        ("\"name\": \"EnableMFADevice\"", "\"name\": \"ActivateMFADevice\""),
    ] {
        seeds.change(MODEL, from, to);
    }
    let (before, after) = seeds.codes();
    let renamed = before
        .replace("EnableMfaDevice", "ActivateMfaDevice")
        .replace("EnableMFADevice", "ActivateMFADevice")
        .replace("ENABLE_MFA_DEVICE", "ACTIVATE_MFA_DEVICE")
        .replace("mfa_devices_Enable", "mfa_devices_Activate")
        .replace("MfaDevices::enable", "MfaDevices::activate")
        .replace("fn enable(", "fn activate(");
    // Longer and shorter names break lines elsewhere; the code is the same.
    assert_eq!(without_docs(&after), without_docs(&renamed));
    assert!(after.contains("`mfa_devices_Activate`, reached by `EXEC`."));
    assert!(!after.contains("EnableMfa"));
}

#[test]
fn a_method_is_removed() {
    let seeds = Seeds::new();
    seeds.remove_line(PAGE, "| `mfa_devices_Untag`");
    insta::assert_snapshot!("method-removed", seeds.changes().join("\n"));
}

#[test]
fn a_description_changes() {
    let seeds = Seeds::new();
    let (old, new) = ("The user with whom the MFA device is associated.", "Who <b>owns</b> it.");
    seeds.change(PAGE, old, new);
    assert_eq!(seeds.changes(), [""; 0]);
    let (before, after) = seeds.codes();
    assert_eq!(without_docs(&before), without_docs(&after));
    assert!(after.contains("        /// Who **owns** it.\n        pub user_name: String = "));
    assert_only_lines_with(&before, &after, old, "Who **owns** it.");
}

/// Of two texts with as many lines, those that differ have `old` in the one and `new` in the other.
fn assert_only_lines_with(before: &str, after: &str, old: &str, new: &str) {
    assert_eq!(before.lines().count(), after.lines().count());
    let differing: Vec<_> =
        before.lines().zip(after.lines()).filter(|(before, after)| before != after).collect();
    assert!(!differing.is_empty());
    for (before, after) in differing {
        assert!(before.contains(old) && after.contains(new), "{before}\n{after}");
    }
}

/// The model decides what a field holds; the page's datatype is SQL's.
#[test]
fn a_datatype_changes() {
    let seeds = Seeds::new();
    seeds.change(PAGE, "`EnableDate` | `string`", "`EnableDate` | `integer`");
    assert_eq!(seeds.changes(), [""; 0]);
    seeds.change(MODEL, "\"type\": \"timestamp\"", "\"type\": \"long\"");
    assert_eq!(
        seeds.changes(),
        ["- MfaDevice.enable_date: runtime::time::OffsetDateTime", "+ MfaDevice.enable_date: i64",]
    );
}

#[test]
fn an_access_changes() {
    let seeds = Seeds::new();
    seeds.change(PAGE, "`mfa_devices_Tag` | `EXEC`", "`mfa_devices_Tag` | `UPDATE`");
    let (before, after) = seeds.codes();
    assert_eq!(without_docs(&before), without_docs(&after));
    assert_only_lines_with(&before, &after, "`EXEC`", "`UPDATE`");
    assert!(after.contains("/// `mfa_devices_Tag`, reached by `UPDATE`. "));
}

/// What only reads may be sent again when its answer was lost.
#[test]
fn a_method_that_reads_comes_to_write() {
    let seeds = Seeds::new();
    seeds.change(PAGE, "`mfa_devices_List` | `SELECT`", "`mfa_devices_List` | `EXEC`");
    seeds.remove_line(PAGE, "| `EnableDate`");
    seeds.remove_line(PAGE, "| `SerialNumber`");
    seeds.remove_line(PAGE, "| `UserName` | `string`");
    let (before, after) = seeds.codes();
    assert_eq!(
        (before.matches(".read_only()").count(), after.contains(".read_only()")),
        (1, false)
    );
    // Without fields there is no row, and what is listed goes by the model's name.
    let after = outline(&after);
    assert!(!after.contains(&"struct MfaDevice".to_owned()));
    let list = "ListMfaDevicesOutput.mfa_devices: Vec<types::MfaDevice>";
    assert!(after.contains(&list.to_owned()), "{after:#?}");
}

#[test]
fn the_same_bytes_give_the_same_files() {
    let first = generate(&support::depot());
    assert_eq!(first, generate(&support::depot()));
}

/// Files are found in the order of their creation on some disks, and in another on others.
#[test]
fn the_order_and_the_place_of_files_do_not_matter() {
    let expected = generate(&support::depot());
    let mut names: Vec<String> = fs::read_dir(support::depot().join("acme/depot"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for turn in [3, 7, names.len() - 1] {
        names.rotate_left(turn);
        names.swap(0, turn);
        let folder = tempfile::Builder::new().prefix("elsewhere with blanks").tempdir().unwrap();
        let service = folder.path().join("acme/depot");
        fs::create_dir_all(&service).unwrap();
        for name in &names {
            fs::copy(support::depot().join("acme/depot").join(name), service.join(name)).unwrap();
        }
        // Under another name too, as messages would call it.
        let seeds = support::value(pagesmith_codegen::folder::read(folder.path(), "../x y/seeds"));
        assert_eq!(support::emit_seeds(&seeds), expected);
    }
}

#[test]
fn nothing_emitted_names_a_place_on_this_machine() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let parts = [folder.to_string_lossy().into_owned(), "seeds/".to_owned()];
    for emitted in generate(&support::depot()) {
        for part in &parts {
            assert!(!emitted.text.contains(part), "{} names {part}", emitted.path);
        }
    }
}
