//! Responses that the service returns only once.

use std::fs;
use std::process::Output;

use local_iam::{Fault, LocalIam};

use super::support::command::{stderr, stdout};
use super::{call, command_to};

const CREATE: [&str; 5] = [
    "virtual_mfa_devices.Create",
    "--seeds",
    "sample/pages",
    "--param",
    "VirtualMFADeviceName=phone",
];

fn create(more: &[&str], iam: &LocalIam) -> Output {
    call(&[&CREATE[..], more].concat(), iam)
}

/// The seed in a response as JSON.
fn seed_in(text: &str) -> String {
    let rows: serde_json::Value = serde_json::from_str(text).unwrap();
    rows[0]["Base32StringSeed"].as_str().unwrap().to_owned()
}

#[test]
fn a_call_whose_response_would_be_lost_is_not_sent() {
    let iam = LocalIam::start_blocking().unwrap();
    let output = create(&[], &iam);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for word in
        ["Base32StringSeed", "QRCodePNG", "no request was sent", "--output FILE", "--show-secrets"]
    {
        assert!(said.contains(word), "{said}");
    }
    assert!(iam.requests().is_empty());
    // What is only read can be read again.
    let list = call(&["virtual_mfa_devices.List", "--seeds", "sample/pages"], &iam);
    assert_eq!(list.status.code(), Some(0), "{}", stderr(&list));
}

#[test]
fn secrets_are_shown_where_that_is_asked_for() {
    let iam = LocalIam::start_blocking().unwrap();
    let output = create(&["--show-secrets", "--format", "json"], &iam);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(seed_in(&stdout(&output)).len() > 16);
}

#[cfg(unix)]
#[test]
fn a_response_goes_to_a_file_of_its_owner() {
    use std::os::unix::fs::PermissionsExt as _;

    let iam = LocalIam::start_blocking().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("device.json");
    let output = create(&["--output", file.to_str().unwrap()], &iam);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), format!("wrote {}\n", file.display()));
    let text = fs::read_to_string(&file).unwrap();
    assert!(seed_in(&text).len() > 16);
    assert!(text.ends_with("]\n"), "{text:?}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

/// Each is found before anything is sent.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_found_before_the_call() {
    let iam = LocalIam::start_blocking().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("file"), "somebody's own").unwrap();
    std::os::unix::fs::symlink("elsewhere", path("link")).unwrap();
    for (name, words) in
        [("file", "already exists"), ("link", "already exists"), ("nowhere/file", "cannot write ")]
    {
        let output = create(&["--output", path(name).to_str().unwrap()], &iam);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        assert!(stderr(&output).contains("no request was sent"), "{}", stderr(&output));
    }
    assert_eq!(fs::read_to_string(path("file")).unwrap(), "somebody's own");
    assert!(!path("elsewhere").exists());

    // As on a disk that is full.
    let command = command_to(&CREATE, &iam);
    let output = std::process::Command::new("/bin/sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"])
        .arg(command.get_program())
        .args(command.get_args())
        .args(["--output", path("full").to_str().unwrap()])
        .current_dir(super::root())
        .env_clear()
        .env("AWS_ACCESS_KEY_ID", iam.access_key_id())
        .env("AWS_SECRET_ACCESS_KEY", iam.secret_access_key())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("cannot write "), "{}", stderr(&output));
    assert!(!path("full").exists());
    assert!(iam.requests().is_empty());
}

#[test]
fn a_call_that_fails_leaves_no_file() {
    let iam = LocalIam::start_blocking().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("device.json");
    iam.inject(Fault::error(409, "EntityAlreadyExists", "there is one"));
    let output = create(&["--output", file.to_str().unwrap()], &iam);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(!file.exists());
    assert!(!stderr(&output).contains("find what it created"), "{}", stderr(&output));
    iam.inject(Fault::reset_after_processing());
    let output = create(&["--output", file.to_str().unwrap()], &iam);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("find what it created"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn a_response_that_standard_output_does_not_take_is_saved() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Stdio;

    let mut streams: Vec<(&str, Stdio)> = Vec::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    streams.push(("pipe", writer.into()));
    match fs::OpenOptions::new().write(true).open("/dev/full") {
        Ok(full) => streams.push(("full", full.into())),
        Err(_) => eprintln!("skipped in part: there is no /dev/full"),
    }
    for (name, stream) in streams {
        let iam = LocalIam::start_blocking().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut command = command_to(&CREATE, &iam);
        command.arg("--show-secrets").env("TMPDIR", folder.path()).stdout(stream);
        let output = command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        let saved = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        assert!(said.contains(saved.to_str().unwrap()), "{name}: {said}");
        let seed = seed_in(&fs::read_to_string(&saved).unwrap());
        assert!(!said.contains(&seed), "{name}: {said}");
        assert_eq!(fs::metadata(&saved).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
