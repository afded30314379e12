//! Credentials from `credential_process`, with real scripts.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use local_iam::LocalIam;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, ClientBuilder, Error, Retry};

use crate::environment::{CHILD, child_at_home, home, respond, text_of};

/// 2099-01-01T00:00:00Z, in hours since 1970.
const START_HOURS: u64 = 1_130_808;

const KEYS: &str = r#""AccessKeyId": "AKID", "SecretAccessKey": "hush-hush""#;

/// A home directory with a profile whose credentials `script` prints. `$1` of the script is its own folder.
fn home_with_script(name: &str, script: &str, more: &str) -> PathBuf {
    let home = home(name, &[]);
    let folder = home.join("a folder");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("get credentials");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    let config = format!(
        "[default]\nregion = us-east-1\ncredential_process = \"{}\" '{}' two\\ words\n{more}",
        path.display(),
        folder.display()
    );
    std::fs::write(home.join(".aws/config"), config).unwrap();
    home
}

fn folder() -> PathBuf {
    Path::new(&std::env::var_os("HOME").unwrap()).join("a folder")
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

async fn call(client: &Client) -> Result<(), Error> {
    mfa_devices(client).list().send().await.map(|_| ())
}

/// The output of a script, with keys that expire at `expiration`.
fn json(iam: &LocalIam, expiration: &str) -> String {
    format!(
        r#"{{"Version": 1, "AccessKeyId": "{}", "SecretAccessKey": "{}", "SessionToken": "{}", "Expiration": "{expiration}", "AccountId": "123456789012"}}"#,
        iam.access_key_id(),
        iam.secret_access_key().replace('/', "\\/"),
        iam.session_token().unwrap()
    )
}

/// The process is run once for several calls, and again when its credentials have expired.
#[test]
fn a_process_is_run_again_when_its_credentials_have_expired() {
    const NAME: &str = "process::a_process_is_run_again_when_its_credentials_have_expired";
    if std::env::var_os(CHILD).is_some() {
        let hours = Arc::new(AtomicU64::new(0));
        let clock = hours.clone();
        let start = SystemTime::UNIX_EPOCH + Duration::from_hours(START_HOURS);
        let builder = ClientBuilder::from_env().unwrap().retry(Retry::never());
        let client = builder
            .clock(move || start + Duration::from_hours(clock.load(Ordering::Relaxed)))
            .build()
            .unwrap();
        let runs = || {
            std::fs::read_to_string(folder().join("runs")).map_or(0, |text| text.lines().count())
        };
        assert_eq!(runs(), 0, "the process is not run before it is needed");
        runtime().block_on(async {
            let (first, second) = tokio::join!(call(&client), call(&client));
            first.unwrap();
            second.unwrap();
            assert_eq!(runs(), 1);
            hours.store(1, Ordering::Relaxed);
            call(&client).await.unwrap();
            assert_eq!(runs(), 1);
            // The cached credentials have expired.
            hours.store(2, Ordering::Relaxed);
            call(&client).await.unwrap();
            assert_eq!(runs(), 2);
        });
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let more = format!("endpoint_url = http://{}", listener.local_addr().unwrap());
    let heads = Arc::<Mutex<Vec<String>>>::default();
    let recorded = heads.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let head = respond(stream.unwrap()).unwrap();
            recorded.lock().unwrap().push(head);
        }
    });
    let print = |id: &str, expiration: &str| {
        format!(
            "cat <<'END'\n{{ \"Version\" : 1, \"AccessKeyId\":\"{id}\", \"SecretAccessKey\": \"a\\/b\",\n\
             \"SessionToken\": \"\\u0074oken\", \"Expiration\": \"{expiration}\", \"AccountId\": null }}\nEND"
        )
    };
    let script = format!(
        "echo run >> \"$1/runs\"\n[ \"$2\" = 'two words' ] || exit 9\n\
         if [ $(wc -l < \"$1/runs\") = 1 ]; then\n{}\nelse\n{}\nfi",
        print("FIRST", "2099-01-01T02:00:00Z"),
        print("SECOND", "2099-01-01T05:00:00+01:00")
    );
    let home = home_with_script("process-gives", &script, &more);
    let output = child_at_home::<&str>(NAME, &home, &[]);
    assert!(output.status.success(), "{}", text_of(&output));
    let heads = heads.lock().unwrap();
    let ids: Vec<_> = heads
        .iter()
        .map(|head| head.split("Credential=").nth(1).unwrap().split('/').next().unwrap())
        .collect();
    assert_eq!(ids, ["FIRST", "FIRST", "FIRST", "SECOND"]);
    assert!(heads.iter().all(|head| head.contains("x-amz-security-token: token\r\n")), "{heads:?}");
}

#[test]
fn the_error_of_a_process_has_the_cause_and_no_secrets() {
    const NAME: &str = "process::the_error_of_a_process_has_the_cause_and_no_secrets";
    if std::env::var_os(CHILD).is_some() {
        let client = ClientBuilder::from_env().and_then(ClientBuilder::build);
        match client.map(|client| runtime().block_on(call(&client)).unwrap_err()) {
            Ok(error) => {
                assert!(!error.may_have_been_sent());
                println!("reported: {error}\n{error:?}");
            }
            Err(error) => println!("reported: {error}\n{error:?}"),
        }
        return;
    }
    let print = |text: &str| format!("cat <<'END'\n{text}\nEND");
    let cases = [
        ("exit", "echo hush-hush >&2; exit 3".to_owned(), "failed with exit status: 3"),
        ("nothing", "true".to_owned(), "printed something other than a JSON object"),
        ("text", print("hush-hush"), "printed something other than a JSON object"),
        (
            "half",
            print(&format!(r#"{{"Version": 1, {KEYS}"#)),
            "printed something other than a JSON object",
        ),
        ("version-2", print(&format!(r#"{{"Version": 2, {KEYS}}}"#)), "Version is not 1"),
        ("version", print(&format!("{{{KEYS}}}")), "Version is not 1"),
        ("text-version", print(&format!(r#"{{"Version": "1", {KEYS}}}"#)), "Version is not 1"),
        (
            "no-secret",
            print(r#"{"Version": 1, "AccessKeyId": "hush-hush"}"#),
            "without the text SecretAccessKey",
        ),
        (
            "number",
            print(r#"{"Version": 1, "AccessKeyId": 7, "SecretAccessKey": "hush-hush"}"#),
            "without the text AccessKeyId",
        ),
        (
            "when",
            print(&format!(r#"{{"Version": 1, {KEYS}, "Expiration": "soon"}}"#)),
            "Expiration is not a time",
        ),
        (
            "expired",
            print(&format!(r#"{{"Version": 1, {KEYS}, "Expiration": "2020-01-01T00:00:00Z"}}"#)),
            "credentials that have expired",
        ),
        ("endless", "yes hush-hush".to_owned(), "printed more than"),
    ];
    for (case, script, expected) in cases {
        let home = home_with_script(
            &format!("process-none-{case}"),
            &script,
            "endpoint_url = http://127.0.0.1:9",
        );
        let text = text_of(&child_at_home::<&str>(NAME, &home, &[]));
        assert!(text.contains("reported: ") && text.contains(expected), "{case}: {text}");
        assert!(!text.contains("hush"), "{case}: {text}");
        if case != "expired" {
            let setting = format!(
                "credential_process of the profile \"default\" ({}, line 3)",
                home.join(".aws/config").display()
            );
            assert!(text.contains(&setting), "{case}: {text}");
        }
    }
    for (command, expected) in [
        ("/no/such/command hush", "could not be started"),
        ("'/bin/sh hush", "has a quote that is not closed"),
    ] {
        let config = format!(
            "[default]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:9\n\
             credential_process = {command}\n"
        );
        let home = home("process-command", &[("config", config.as_bytes())]);
        let text = text_of(&child_at_home::<&str>(NAME, &home, &[]));
        assert!(text.contains(expected) && !text.contains("hush"), "{command}: {text}");
    }
}

/// The process waits for another task of a single-threaded runtime.
#[test]
fn a_process_does_not_block_the_runtime() {
    const NAME: &str = "process::a_process_does_not_block_the_runtime";
    if std::env::var_os(CHILD).is_some() {
        let client = ClientBuilder::from_env().unwrap().build().unwrap();
        runtime().block_on(async {
            let other = async {
                while !folder().join("started").exists() {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                std::fs::write(folder().join("go on"), "").unwrap();
            };
            let (result, ()) = tokio::join!(call(&client), other);
            result.unwrap();
        });
        return;
    }
    let iam = LocalIam::builder().session_token("token").start_blocking().unwrap();
    let script = format!(
        "touch \"$1/started\"\nwhile [ ! -e \"$1/go on\" ]; do sleep 0.01; done\ncat <<'END'\n{}\nEND",
        json(&iam, "2099-01-01T00:00:00Z")
    );
    let more = format!("endpoint_url = {}", iam.endpoint_url());
    let home = home_with_script("process-waits", &script, &more);
    let output = child_at_home::<&str>(NAME, &home, &[]);
    assert!(output.status.success(), "{}", text_of(&output));
}

/// A process that exceeds its time limit is killed.
#[test]
fn a_process_that_hangs_is_killed() {
    const NAME: &str = "process::a_process_that_hangs_is_killed";
    if std::env::var_os(CHILD).is_some() {
        let client = ClientBuilder::from_env().unwrap().build().unwrap();
        runtime().block_on(async {
            let mut limit = Duration::from_millis(250);
            // The limit is increased until the process has started before it.
            let error = loop {
                let patient = client.to_builder().credentials_timeout(limit).build().unwrap();
                let error = call(&patient).await.unwrap_err();
                if std::fs::read_to_string(folder().join("id")).is_ok_and(|id| id.ends_with('\n')) {
                    break error;
                }
                limit *= 2;
            };
            println!("reported: {error}");
            let id = std::fs::read_to_string(folder().join("id")).unwrap();
            while Path::new("/proc").join(id.trim()).exists() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        return;
    }
    let home = home_with_script(
        "process-hangs",
        "echo $$ > \"$1/id\"\nexec sleep 600",
        "endpoint_url = http://127.0.0.1:9",
    );
    let output = child_at_home::<&str>(NAME, &home, &[]);
    let text = text_of(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("returned no credentials within"), "{text}");
}

/// The precedence is that of AWS's tools: the keys of the credentials file, the process, the keys of the config file.
#[test]
fn a_process_takes_precedence_over_the_keys_of_the_config_file() {
    const NAME: &str = "process::a_process_takes_precedence_over_the_keys_of_the_config_file";
    if std::env::var_os(CHILD).is_some() {
        let client = ClientBuilder::from_env().unwrap().retry(Retry::never()).build().unwrap();
        println!(
            "reported: {:?}",
            runtime().block_on(call(&client)).map_err(|error| error.to_string())
        );
        return;
    }
    let iam = LocalIam::builder().session_token("token").start_blocking().unwrap();
    let script = format!("cat <<'END'\n{}\nEND", json(&iam, "2099-01-01T00:00:00Z"));
    let keys = "aws_access_key_id = OTHER\naws_secret_access_key = other\n";
    let more = format!("endpoint_url = {}\n{keys}", iam.endpoint_url());
    let home = home_with_script("process-order", &script, &more);
    let text = text_of(&child_at_home::<&str>(NAME, &home, &[]));
    assert!(text.contains("reported: Ok(())"), "{text}");
    std::fs::write(home.join(".aws/credentials"), format!("[default]\n{keys}")).unwrap();
    let text = text_of(&child_at_home::<&str>(NAME, &home, &[]));
    assert!(text.contains("InvalidClientTokenId"), "{text}");
}
