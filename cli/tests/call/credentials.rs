//! Where `pagesmith call` gets region and credentials from.

use std::fs;
use std::process::Output;

use local_iam::LocalIam;

use super::command;
use super::support::command::{stderr, stdout};

const LIST: [&str; 1] = ["mfa_devices.List"];

/// A command of this tool does not give advice for Rust code.
fn assert_advice(output: &Output, words: &[&str]) {
    let said = stderr(output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    for word in words {
        assert!(said.contains(word), "{said}");
    }
    for rust in ["::", "(…)", "the crate", "Client", "builder"] {
        assert!(!said.contains(rust), "{said}");
    }
}

#[test]
fn a_missing_region_is_named_by_option_and_variable() {
    let output = command(&LIST).output().unwrap();
    assert_advice(&output, &["error: no region is set\n", "--region us-east-1", "AWS_REGION"]);
}

#[test]
fn missing_credentials_are_told_with_what_to_set() {
    let output = command(&LIST).args(["--region", "us-east-1"]).output().unwrap();
    assert_advice(
        &output,
        &["error: no credentials were found\n", "AWS_ACCESS_KEY_ID", "AWS_PROFILE"],
    );
    assert!(!stderr(&output).contains("because: set "), "{}", stderr(&output));
    // By half.
    let output = command(&LIST)
        .args(["--region", "us-east-1"])
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .output()
        .unwrap();
    assert_advice(&output, &["AWS_SECRET_ACCESS_KEY is not set"]);
}

#[test]
fn a_profile_that_is_not_there_is_told() {
    let home = tempfile::tempdir().unwrap();
    let output = command(&LIST)
        .args(["--region", "us-east-1"])
        .env("HOME", home.path())
        .env("AWS_PROFILE", "audit")
        .output()
        .unwrap();
    assert_advice(&output, &["\"audit\"", "AWS_PROFILE"]);
}

/// A folder with the files of `~/.aws`.
fn home(config: &str, credentials: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join(".aws")).unwrap();
    fs::write(home.path().join(".aws/config"), config).unwrap();
    fs::write(home.path().join(".aws/credentials"), credentials).unwrap();
    home
}

#[test]
fn a_profile_that_is_named_counts_before_the_environment() {
    let iam = LocalIam::start_blocking().unwrap();
    let keys = format!(
        "[audit]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        iam.access_key_id(),
        iam.secret_access_key()
    );
    let config = format!("[profile audit]\nregion = {}\n[profile bare]\n", iam.region());
    let home = home(&config, &keys);
    let run = |arguments: &[&str]| {
        command(&LIST)
            .args(["--endpoint-url", iam.endpoint_url()])
            .args(arguments)
            .env("HOME", home.path())
            .env("AWS_PROFILE", "nowhere")
            .env("AWS_ACCESS_KEY_ID", "AKIDOTHER")
            .env("AWS_SECRET_ACCESS_KEY", "another")
            .output()
            .unwrap()
    };
    for arguments in [&["--profile", "audit"][..], &["--profile", "audit", "--region", "us-east-1"]]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).starts_with("| EnableDate"), "{}", stdout(&output));
    }
    assert_advice(&run(&["--profile", "bare"]), &["error: no region is set\n"]);
    assert_advice(
        &run(&["--profile", "bare", "--region", "us-east-1"]),
        &["error: no credentials were found\n", "--profile"],
    );
    assert_advice(&run(&["--profile", "none"]), &["\"none\""]);
}

#[cfg(not(feature = "aws-config"))]
#[test]
fn a_build_without_the_chain_says_so() {
    let home = home("[default]\nregion = us-east-1\nsso_session = us\n", "");
    let output = command(&LIST).env("HOME", home.path()).output().unwrap();
    assert_advice(&output, &["sso_session", "SSO", "`aws-config`"]);
}

#[cfg(feature = "aws-config")]
mod chain {
    use super::super::endpoint::responding;
    use super::*;

    fn json(iam: &LocalIam) -> String {
        format!(
            r#"{{ "Version": 1, "AccessKeyId": "{}", "SecretAccessKey": "{}", "Token": "session",
                "SessionToken": "session", "Expiration": "2999-01-01T00:00:00Z" }}"#,
            iam.access_key_id(),
            iam.secret_access_key()
        )
    }

    fn start() -> LocalIam {
        let iam = LocalIam::builder().session_token("session").start_blocking().unwrap();
        iam.create_user("alice").unwrap();
        iam
    }

    fn assert_listed(output: &Output, iam: &LocalIam) {
        assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
        assert!(stdout(output).starts_with("| EnableDate"), "{}", stdout(output));
        assert_eq!(iam.requests().len(), 1);
    }

    #[test]
    fn those_of_a_container_are_used() {
        let iam = start();
        let endpoint = responding(&json(&iam));
        let output = command(&LIST)
            .args(["--region", iam.region(), "--endpoint-url", iam.endpoint_url()])
            .args(["--param", "UserName=alice"])
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("{}/role", endpoint.url))
            .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", "a token")
            .output()
            .unwrap();
        assert_listed(&output, &iam);
        let request = endpoint.requests.recv().unwrap();
        assert!(request.starts_with("GET /role HTTP/1.1\r\n"), "{request}");
        assert!(request.to_lowercase().contains("authorization: a token\r\n"), "{request}");
    }

    #[test]
    fn those_of_an_assumed_role_are_used() {
        let iam = start();
        let response = format!(
            "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
             <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>{}</AccessKeyId>\
             <SecretAccessKey>{}</SecretAccessKey><SessionToken>session</SessionToken>\
             <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>\
             </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>",
            iam.access_key_id(),
            iam.secret_access_key()
        );
        let endpoint = responding(&response);
        let folder = tempfile::tempdir().unwrap();
        let token = folder.path().join("token");
        fs::write(&token, "a token").unwrap();
        let output = command(&LIST)
            .args(["--region", iam.region(), "--endpoint-url", iam.endpoint_url()])
            .args(["--param", "UserName=alice"])
            .env("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/audit")
            .env("AWS_WEB_IDENTITY_TOKEN_FILE", &token)
            .env("AWS_ENDPOINT_URL_STS", &endpoint.url)
            .output()
            .unwrap();
        assert_listed(&output, &iam);
        let request = endpoint.requests.recv().unwrap();
        assert!(request.contains("Action=AssumeRoleWithWebIdentity"), "{request}");
    }

    #[cfg(unix)]
    #[test]
    fn those_of_a_process_are_used() {
        let iam = start();
        let folder = tempfile::tempdir().unwrap();
        let given = folder.path().join("given.json");
        fs::write(&given, json(&iam)).unwrap();
        let config = format!(
            "[profile audit]\nregion = {}\ncredential_process = /bin/cat {}\n",
            iam.region(),
            given.display()
        );
        let home = home(&config, "");
        let output = command(&LIST)
            .args(["--endpoint-url", iam.endpoint_url(), "--param", "UserName=alice"])
            .env("HOME", home.path())
            .env("AWS_PROFILE", "audit")
            .output()
            .unwrap();
        assert_listed(&output, &iam);
    }
}
