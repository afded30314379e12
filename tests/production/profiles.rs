//! Settings from the shared files and from variables, with real files and the variables of a child process.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;

use local_iam::LocalIam;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, ClientBuilder, Retry};

use crate::environment::{CHILD, child_at_home, home, report, text_of};

/// The bytes of a variable that is not Unicode.
#[cfg(unix)]
fn not_unicode() -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(b"us-\xe9ast-1".to_vec())
}

#[test]
fn a_malformed_file_is_an_error_with_its_line() {
    const NAME: &str = "a_malformed_file_is_an_error_with_its_line";
    if std::env::var_os(CHILD).is_some() {
        return report();
    }
    let cases: [(&str, &str, &[u8], &str); 8] = [
        (
            "latin-1",
            "config",
            b"[default]\n# caf\xe9\nregion = eu-west-1",
            "line 2: the file is not UTF-8",
        ),
        ("keys-latin-1", "credentials", b"[default]\n\n\n# \xa3", "line 4: the file is not UTF-8"),
        ("utf-16", "config", b"\xff\xfe[\0d\0e\0f\0", "line 1: the file is not UTF-8"),
        ("header", "config", b"[default]\n[profile bad\nregion = a", "line 2: the header has no ]"),
        ("no-name", "config", b"[]\n", "line 1: the header has no name"),
        (
            "no-equals",
            "config",
            b"[default]\nuse_fips_endpoint true",
            "line 2: expected key = value",
        ),
        ("no-key", "config", b"[default]\n = true", "line 2: expected key = value"),
        (
            "no-header",
            "config",
            b"\nregion = us-east-1",
            "line 2: this setting is before the first [header]",
        ),
    ];
    for (case, file, bytes, expected) in cases {
        let home = home(
            &format!("{NAME}-{case}"),
            &[("config", b"[default]\nregion = eu-west-1\n"), (file, bytes)],
        );
        let keys = [("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "secret")];
        let text = text_of(&child_at_home(&format!("profiles::{NAME}"), &home, &keys));
        let path = home.join(".aws").join(file);
        let expected = format!("reported: {}, {expected}", path.display());
        assert!(text.contains(&expected), "{case}: expected {expected}\nin {text}");
    }
}

#[test]
fn an_unreadable_file_is_an_error_and_a_missing_file_is_not() {
    const NAME: &str = "an_unreadable_file_is_an_error_and_a_missing_file_is_not";
    if std::env::var_os(CHILD).is_some() {
        return report();
    }
    let variables = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "AKID"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
    ];
    let home = home(NAME, &[]);
    let output = child_at_home(&format!("profiles::{NAME}"), &home, &variables);
    assert!(text_of(&output).contains("reported: a client of us-east-1"), "{}", text_of(&output));
    // No user can read a folder as a file.
    let path = home.join(".aws").join("config");
    std::fs::create_dir(&path).unwrap();
    let output = child_at_home(&format!("profiles::{NAME}"), &home, &variables);
    let expected = format!("reported: {} cannot be read", path.display());
    assert!(text_of(&output).contains(&expected), "{}", text_of(&output));
    // A home that is not a directory has no files.
    let output = child_at_home(&format!("profiles::{NAME}"), Path::new("/dev/null"), &variables);
    assert!(text_of(&output).contains("reported: a client of us-east-1"), "{}", text_of(&output));
}

#[test]
fn a_profile_with_a_space_in_its_name_is_found() {
    const NAME: &str = "a_profile_with_a_space_in_its_name_is_found";
    if std::env::var_os(CHILD).is_some() {
        return report();
    }
    let home = home(
        NAME,
        &[
            (
                "config",
                b"[profile \"my prof\"]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:9\n",
            ),
            ("credentials", b"[my prof]\naws_access_key_id=A\naws_secret_access_key=S\n"),
        ],
    );
    let output = child_at_home(&format!("profiles::{NAME}"), &home, &[("AWS_PROFILE", "my prof")]);
    assert!(text_of(&output).contains("reported: a client of eu-west-1"), "{}", text_of(&output));
}

#[cfg(unix)]
#[test]
fn the_error_of_a_variable_that_is_not_unicode_names_it() {
    const NAME: &str = "the_error_of_a_variable_that_is_not_unicode_names_it";
    if std::env::var_os(CHILD).is_some() {
        return report();
    }
    for name in [
        "AWS_PROFILE",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_IAM",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_MAX_ATTEMPTS",
        "AWS_RETRY_MODE",
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_USE_DUALSTACK_ENDPOINT",
        "AWS_SDK_UA_APP_ID",
    ] {
        let mut variables: Vec<(&str, OsString)> =
            vec![("AWS_ACCESS_KEY_ID", "AKID".into()), ("AWS_SECRET_ACCESS_KEY", "secret".into())];
        if name != "AWS_DEFAULT_REGION" {
            variables.push(("AWS_REGION", "us-east-1".into()));
        }
        variables.push((name, not_unicode()));
        let text =
            text_of(&child_at_home(&format!("profiles::{NAME}"), &home(NAME, &[]), &variables));
        assert!(
            text.contains(&format!("reported: the variable {name} is not valid Unicode")),
            "{text}"
        );
    }
}

#[test]
fn an_error_about_a_setting_of_the_profile_names_file_and_key() {
    const NAME: &str = "an_error_about_a_setting_of_the_profile_names_file_and_key";
    if std::env::var_os(CHILD).is_some() {
        return report();
    }
    for (key, value) in [
        ("region", "US EAST"),
        ("use_fips_endpoint", "yes"),
        ("use_dualstack_endpoint", "1"),
        ("max_attempts", "0"),
        ("retry_mode", "wild"),
        ("sdk_ua_app_id", "a b"),
        ("endpoint_url", "localhost"),
        ("ignore_configured_endpoint_urls", "perhaps"),
    ] {
        let first = if key == "region" { "" } else { "region = us-east-1" };
        let text = format!(
            "[default]\n{first}\n{key} = {value}\naws_access_key_id = A\naws_secret_access_key = S\n"
        );
        let home = home(&format!("{NAME}-{key}"), &[("config", text.as_bytes())]);
        let text = text_of(&child_at_home::<&str>(&format!("profiles::{NAME}"), &home, &[]));
        let path = home.join(".aws").join("config");
        let setting = format!("{key} of the profile \"default\" ({}, line 3)", path.display());
        assert!(text.contains(&setting), "expected {setting}\nin {text}");
        assert!(!text.contains("AWS_"), "{text}");
    }
}

/// The config file begins with a byte order mark. A proxy shows to which host the client connects.
#[cfg(feature = "rustls")]
#[test]
fn settings_after_a_byte_order_mark_are_read() {
    const NAME: &str = "settings_after_a_byte_order_mark_are_read";
    if std::env::var_os(CHILD).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = ClientBuilder::from_env().unwrap().retry(Retry::never()).build().unwrap();
        assert_eq!(client.region(), "eu-west-1");
        runtime.block_on(mfa_devices(&client).list().send()).unwrap_err();
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let home = home(
        NAME,
        &[("config", b"\xef\xbb\xbf[default]\nuse_fips_endpoint = true\nregion = eu-west-1\n")],
    );
    let connected = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut first = String::new();
        BufReader::new(stream).read_line(&mut first).unwrap();
        first
    });
    let variables =
        [("AWS_ACCESS_KEY_ID", "A"), ("AWS_SECRET_ACCESS_KEY", "S"), ("https_proxy", &*proxy)];
    let output = child_at_home(&format!("profiles::{NAME}"), &home, &variables);
    assert!(output.status.success(), "{}", text_of(&output));
    assert_eq!(connected.join().unwrap(), "CONNECT iam-fips.amazonaws.com:443 HTTP/1.1\r\n");
}

/// If a profile has keys and another source of credentials, AWS's tools use the other source. The keys would be
/// those of another principal.
#[test]
fn keys_are_not_used_if_awss_tools_would_use_another_source() {
    const NAME: &str = "keys_are_not_used_if_awss_tools_would_use_another_source";
    if std::env::var_os(CHILD).is_some() {
        return report();
    }
    let keys = "aws_access_key_id = A\naws_secret_access_key = S\n";
    let endpoint = "endpoint_url = http://127.0.0.1:9\n";
    for source in [
        "role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = default",
        "role_arn = arn:aws:iam::123456789012:role/r\ncredential_source = Environment",
        "web_identity_token_file = /token\nrole_arn = arn:aws:iam::123456789012:role/r",
        "sso_session = work",
        "sso_account_id = 123456789012\nsso_role_name = r",
        "sso_start_url = https://example.awsapps.com/start",
    ] {
        let config = format!("[default]\nregion = us-east-1\n{source}\n{endpoint}{keys}");
        let credentials = format!("[default]\n{keys}");
        let home =
            home(NAME, &[("config", config.as_bytes()), ("credentials", credentials.as_bytes())]);
        let run = |variables: &[(&str, &str)]| {
            text_of(&child_at_home(&format!("profiles::{NAME}"), &home, variables))
        };
        let text = run(&[]);
        let key = source.split(' ').next().unwrap();
        let profile = "reported: no credentials: the profile \"default\" gets them from";
        assert!(text.contains(profile), "{source}: {text}");
        assert!(text.contains(".aws/config, line ") && text.contains("from_sdk_config"), "{text}");
        assert!(text.contains(key) || key == "web_identity_token_file", "{text}");
        // The variables take precedence over the profile, as in AWS's tools.
        let variables = [("AWS_ACCESS_KEY_ID", "A"), ("AWS_SECRET_ACCESS_KEY", "S")];
        assert!(run(&variables).contains("reported: a client of us-east-1"));
    }
    let config = format!("[default]\nregion = us-east-1\n{endpoint}{keys}");
    let home = home(NAME, &[("config", config.as_bytes())]);
    let run = |variables: &[(&str, &str)]| {
        text_of(&child_at_home(&format!("profiles::{NAME}"), &home, variables))
    };
    assert!(run(&[]).contains("reported: a client of us-east-1"));
    let text = run(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"), ("AWS_ROLE_ARN", "arn")]);
    assert!(
        text.contains("reported: no credentials: the variable AWS_WEB_IDENTITY_TOKEN_FILE"),
        "{text}"
    );
}

/// A profile that is selected by name takes precedence over `AWS_PROFILE` and over keys in variables, where the
/// builder has no setting.
#[test]
fn a_profile_can_be_selected_by_name() {
    const NAME: &str = "a_profile_can_be_selected_by_name";
    if std::env::var_os(CHILD).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let call = |client: Client| {
            runtime.block_on(mfa_devices(&client).list().send()).unwrap();
            client.region().to_owned()
        };
        // The client uses the keys of the profile, which are the only ones that the endpoint accepts, and its endpoint.
        let selected = ClientBuilder::from_profile("audit").unwrap().build().unwrap();
        assert_eq!(call(selected), "eu-west-3");
        let named = Client::builder("us-east-1").profile("audit").build().unwrap();
        assert_eq!(call(named), "us-east-1");
        let replaced = ClientBuilder::from_env().unwrap().profile("audit").build().unwrap();
        assert_eq!(call(replaced.clone()), "eu-west-3");
        let app = replaced.to_builder().app_id("explicit").profile("audit").build().unwrap();
        call(app);
        let error = Client::builder("us-east-1").profile("none").build().unwrap_err();
        println!("reported: {error}");
        let error = ClientBuilder::from_profile("no-region").unwrap_err();
        println!("reported: {error}");
        return;
    }
    let iam = LocalIam::builder().start_blocking().unwrap();
    let config = format!(
        "[default]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:9\n[profile audit]\n\
         region = eu-west-3\nsdk_ua_app_id = audit\nendpoint_url = {}\n[profile no-region]\n",
        iam.endpoint_url()
    );
    let credentials = format!(
        "[audit]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        iam.access_key_id(),
        iam.secret_access_key()
    );
    let home =
        home(NAME, &[("config", config.as_bytes()), ("credentials", credentials.as_bytes())]);
    let variables = [("AWS_ACCESS_KEY_ID", "OTHER"), ("AWS_SECRET_ACCESS_KEY", "other")];
    let output = child_at_home(&format!("profiles::{NAME}"), &home, &variables);
    let text = text_of(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("reported: the profile \"none\" is in neither "), "{text}");
    assert!(text.contains("reported: no region"), "{text}");
    let requests = iam.requests();
    let agents: Vec<_> = requests
        .iter()
        .map(|request| request.header("user-agent").unwrap().rsplit('/').next().unwrap())
        .collect();
    assert_eq!(agents, ["audit", "audit", "audit", "explicit"]);
}
