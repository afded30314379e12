//! What comes from the environment, which a process cannot change for itself: these tests run
//! themselves anew, as children with an environment of their own.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use local_iam::LocalIam;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, ClientBuilder, Retry};

/// What the child is to do; unset in the parent.
pub(crate) const CHILD: &str = "PAGESMITH_TEST_CHILD";

/// Runs the test `name` of this very program as a child with `variables` and no others of AWS's.
fn child(name: &str, variables: &[(&str, &str)]) -> Output {
    // A folder without any profile.
    child_at_home(name, &std::env::temp_dir().join("pagesmith-no-such-home"), variables)
}

/// The same, where the home directory is `home`.
pub(crate) fn child_at_home<Value: AsRef<OsStr>>(
    name: &str,
    home: &Path,
    variables: &[(&str, Value)],
) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    for (variable, _) in std::env::vars_os() {
        let variable = variable.to_string_lossy().into_owned();
        if variable.starts_with("AWS_") || variable.to_ascii_lowercase().ends_with("_proxy") {
            command.env_remove(variable);
        }
    }
    command.args(["--exact", name, "--nocapture", "--test-threads=1"]).env(CHILD, "1");
    command.env("HOME", home);
    command.envs(variables.iter().map(|(name, value)| (name, value.as_ref()))).output().unwrap()
}

/// A fresh home directory for the test `name`, with `files` below `.aws`.
pub(crate) fn home(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("homes").join(name);
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(home.join(".aws")).unwrap();
    for (file, bytes) in files {
        std::fs::write(home.join(".aws").join(file), bytes).unwrap();
    }
    home
}

/// In a child, prints what `from_env` gives.
fn report() {
    match ClientBuilder::from_env().and_then(ClientBuilder::build) {
        Ok(client) => println!("said: a client of {}", client.region()),
        Err(error) => println!("said: {error}"),
    }
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned()
}

#[test]
fn a_client_comes_from_the_environment() {
    if std::env::var_os(CHILD).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let client = Client::from_env().unwrap();
            assert_eq!(client.region(), "us-east-1");
            mfa_devices(&client).list().send().await.unwrap();
        });
        return;
    }
    let iam = LocalIam::builder().session_token("token").start_blocking().unwrap();
    let variables = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", iam.access_key_id()),
        ("AWS_SECRET_ACCESS_KEY", iam.secret_access_key()),
        ("AWS_SESSION_TOKEN", "token"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("AWS_ENDPOINT_URL_IAM", iam.endpoint_url()),
        ("AWS_SDK_UA_APP_ID", "inventory"),
    ];
    let output = child("environment::a_client_comes_from_the_environment", &variables);
    assert!(output.status.success(), "{}", said(&output));
    let requests = iam.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].header("user-agent").unwrap().ends_with(" app/inventory"));
}

#[test]
fn an_environment_without_a_region_says_so() {
    if std::env::var_os(CHILD).is_some() {
        let error = ClientBuilder::from_env().unwrap_err();
        println!("said: {error}");
        return;
    }
    let output = child("environment::an_environment_without_a_region_says_so", &[]);
    assert!(said(&output).contains("said: no region: set AWS_REGION"), "{}", said(&output));
}

#[test]
fn a_proxy_comes_from_the_environment() {
    if std::env::var_os(CHILD).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let error = runtime.block_on(async {
            let builder = Client::builder("us-east-1").credentials("AKIDEXAMPLE", "secret", None);
            let builder = builder.endpoint_url("http://iam.example").retry(Retry::never());
            mfa_devices(&builder.build().unwrap()).list().send().await.unwrap_err()
        });
        assert_eq!(error.code(), Some("FromTheProxy"), "{error}");
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut first, mut length) = (String::new(), 0);
        reader.read_line(&mut first).unwrap();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        reader.read_exact(&mut vec![0; length]).unwrap();
        let body = "<ErrorResponse><Error><Code>FromTheProxy</Code></Error></ErrorResponse>";
        let head = format!("HTTP/1.1 400 Bad Request\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        first
    });
    let output =
        child("environment::a_proxy_comes_from_the_environment", &[("http_proxy", &proxy)]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(asked.join().unwrap(), "POST http://iam.example/ HTTP/1.1\r\n");
}

/// The bytes of a variable that is not Unicode.
#[cfg(unix)]
fn not_unicode() -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(b"us-\xe9ast-1".to_vec())
}

#[test]
fn a_file_that_cannot_be_understood_is_an_error_with_its_line() {
    const NAME: &str = "a_file_that_cannot_be_understood_is_an_error_with_its_line";
    if std::env::var_os(CHILD).is_some() {
        return report();
    }
    const REGION: &[u8] = b"[default]\nregion = eu-west-1\n";
    let cases: [(&str, &str, &[u8], &str); 8] = [
        (
            "latin-1",
            "config",
            b"[default]\n# caf\xe9\nregion = eu-west-1",
            "line 2: it is not UTF-8",
        ),
        ("keys-latin-1", "credentials", b"[default]\n\n\n# \xa3", "line 4: it is not UTF-8"),
        ("utf-16", "config", b"\xff\xfe[\0d\0e\0f\0", "line 1: it is not UTF-8"),
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
            "line 2: a setting before the first [header]",
        ),
    ];
    for (case, file, bytes, expected) in cases {
        let home = home(&format!("{NAME}-{case}"), &[("config", REGION), (file, bytes)]);
        let keys = [("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "secret")];
        let said = said(&child_at_home(&format!("environment::{NAME}"), &home, &keys));
        let path = home.join(".aws").join(file);
        let expected = format!("said: {}, {expected}", path.display());
        assert!(said.contains(&expected), "{case}: expected {expected}\nin {said}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_and_one_that_is_not_there_is_not() {
    const NAME: &str = "a_file_that_cannot_be_read_is_an_error_and_one_that_is_not_there_is_not";
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
    let output = child_at_home(&format!("environment::{NAME}"), &home, &variables);
    assert!(said(&output).contains("said: a client of us-east-1"), "{}", said(&output));
    // What cannot be read by any user.
    let path = home.join(".aws").join("config");
    std::fs::create_dir(&path).unwrap();
    let output = child_at_home(&format!("environment::{NAME}"), &home, &variables);
    let expected = format!("said: {} cannot be read", path.display());
    assert!(said(&output).contains(&expected), "{}", said(&output));
    // A home that is no directory has no files.
    let output = child_at_home(&format!("environment::{NAME}"), Path::new("/dev/null"), &variables);
    assert!(said(&output).contains("said: a client of us-east-1"), "{}", said(&output));
}

#[test]
fn a_profile_with_a_blank_in_its_name_is_found() {
    const NAME: &str = "a_profile_with_a_blank_in_its_name_is_found";
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
    let output =
        child_at_home(&format!("environment::{NAME}"), &home, &[("AWS_PROFILE", "my prof")]);
    assert!(said(&output).contains("said: a client of eu-west-1"), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_unicode_is_an_error_that_names_it() {
    const NAME: &str = "a_variable_that_is_not_unicode_is_an_error_that_names_it";
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
        let said =
            said(&child_at_home(&format!("environment::{NAME}"), &home(NAME, &[]), &variables));
        assert!(said.contains(&format!("said: the variable {name} is not Unicode")), "{said}");
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
        let said = said(&child_at_home::<&str>(&format!("environment::{NAME}"), &home, &[]));
        let path = home.join(".aws").join("config");
        let place = format!("{key} of the profile \"default\" ({}, line 3)", path.display());
        assert!(said.contains(&place), "expected {place}\nin {said}");
        assert!(!said.contains("AWS_"), "{said}");
    }
}

/// Where the client connects to, of a config file that begins with a byte order mark, as a proxy sees it.
#[cfg(feature = "rustls")]
#[test]
fn a_byte_order_mark_hides_no_setting() {
    const NAME: &str = "a_byte_order_mark_hides_no_setting";
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
    let asked = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut first = String::new();
        BufReader::new(stream).read_line(&mut first).unwrap();
        first
    });
    let variables =
        [("AWS_ACCESS_KEY_ID", "A"), ("AWS_SECRET_ACCESS_KEY", "S"), ("https_proxy", &*proxy)];
    let output = child_at_home(&format!("environment::{NAME}"), &home, &variables);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(asked.join().unwrap(), "CONNECT iam-fips.amazonaws.com:443 HTTP/1.1\r\n");
}

/// A profile with keys and another way to credentials: AWS's tools take the other way, so its keys are those of
/// another principal.
#[test]
fn keys_are_not_used_where_awss_tools_would_take_others() {
    const NAME: &str = "keys_are_not_used_where_awss_tools_would_take_others";
    if std::env::var_os(CHILD).is_some() {
        return report();
    }
    let keys = "aws_access_key_id = A\naws_secret_access_key = S\n";
    let endpoint = "endpoint_url = http://127.0.0.1:9\n";
    for way in [
        "role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = default",
        "role_arn = arn:aws:iam::123456789012:role/r\ncredential_source = Environment",
        "web_identity_token_file = /token\nrole_arn = arn:aws:iam::123456789012:role/r",
        "sso_session = work",
        "sso_account_id = 123456789012\nsso_role_name = r",
        "sso_start_url = https://example.awsapps.com/start",
    ] {
        let config = format!("[default]\nregion = us-east-1\n{way}\n{endpoint}{keys}");
        let credentials = format!("[default]\n{keys}");
        let home =
            home(NAME, &[("config", config.as_bytes()), ("credentials", credentials.as_bytes())]);
        let run = |variables: &[(&str, &str)]| {
            said(&child_at_home(&format!("environment::{NAME}"), &home, variables))
        };
        let text = run(&[]);
        let key = way.split(' ').next().unwrap();
        let profile = "said: no credentials: the profile \"default\" gets them by";
        assert!(text.contains(profile), "{way}: {text}");
        assert!(text.contains(".aws/config, line ") && text.contains("from_sdk_config"), "{text}");
        assert!(text.contains(key) || key == "web_identity_token_file", "{text}");
        // The variables count before the profile, in AWS's tools as well.
        let variables = [("AWS_ACCESS_KEY_ID", "A"), ("AWS_SECRET_ACCESS_KEY", "S")];
        assert!(run(&variables).contains("said: a client of us-east-1"));
    }
    let config = format!("[default]\nregion = us-east-1\n{endpoint}{keys}");
    let home = home(NAME, &[("config", config.as_bytes())]);
    let run = |variables: &[(&str, &str)]| {
        said(&child_at_home(&format!("environment::{NAME}"), &home, variables))
    };
    assert!(run(&[]).contains("said: a client of us-east-1"));
    let text = run(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"), ("AWS_ROLE_ARN", "arn")]);
    assert!(
        text.contains("said: no credentials: the variable AWS_WEB_IDENTITY_TOKEN_FILE"),
        "{text}"
    );
}

/// A profile that is chosen by name counts before `AWS_PROFILE` and before keys in variables, for what the builder is
/// not told.
#[test]
fn a_profile_may_be_chosen_by_name() {
    const NAME: &str = "a_profile_may_be_chosen_by_name";
    if std::env::var_os(CHILD).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let call = |client: Client| {
            runtime.block_on(mfa_devices(&client).list().send()).unwrap();
            client.region().to_owned()
        };
        // Its keys, of which the endpoint accepts no others, and its endpoint.
        let chosen = ClientBuilder::from_profile("audit").unwrap().build().unwrap();
        assert_eq!(call(chosen), "eu-west-3");
        let named = Client::builder("us-east-1").profile("audit").build().unwrap();
        assert_eq!(call(named), "us-east-1");
        let instead = ClientBuilder::from_env().unwrap().profile("audit").build().unwrap();
        assert_eq!(call(instead.clone()), "eu-west-3");
        let app = instead.to_builder().app_id("told").profile("audit").build().unwrap();
        call(app);
        let error = Client::builder("us-east-1").profile("none").build().unwrap_err();
        println!("said: {error}");
        let error = ClientBuilder::from_profile("no-region").unwrap_err();
        println!("said: {error}");
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
    let output = child_at_home(&format!("environment::{NAME}"), &home, &variables);
    let text = said(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("said: the profile \"none\" is in neither "), "{text}");
    assert!(text.contains("said: no region"), "{text}");
    let requests = iam.requests();
    let agents: Vec<_> = requests
        .iter()
        .map(|request| request.header("user-agent").unwrap().rsplit('/').next().unwrap())
        .collect();
    assert_eq!(agents, ["audit", "audit", "audit", "told"]);
}

/// Answers a request with an empty listing, and gives the request's head.
pub(crate) fn answer(stream: impl std::io::Read + std::io::Write) -> std::io::Result<String> {
    let mut stream = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    stream.read_exact(&mut vec![0; length])?;
    let body = "<ListMFADevicesResponse><ListMFADevicesResult><IsTruncated>false</IsTruncated>\
                <MFADevices/></ListMFADevicesResult></ListMFADevicesResponse>";
    let answer =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.get_mut().write_all(format!("{answer}{body}").as_bytes())?;
    stream.get_mut().flush()?;
    Ok(head)
}

/// A server with a certificate of an authority that no platform knows.
#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
mod tls {
    use std::net::TcpListener;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use pagesmith::aws::iam_api::mfa_devices;
    use pagesmith::rustls::pki_types::pem::PemObject as _;
    use pagesmith::rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use pagesmith::rustls::{ServerConfig, ServerConnection, StreamOwned};
    use pagesmith::{ClientBuilder, Retry};

    use super::{CHILD, answer, child_at_home, home, said};

    fn file(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/production/tls").join(name)
    }

    /// Answers each request with an empty listing, and gives the port.
    fn start() -> u16 {
        #[cfg(feature = "aws-lc-rs")]
        use pagesmith::rustls::crypto::aws_lc_rs::default_provider;
        #[cfg(not(feature = "aws-lc-rs"))]
        use pagesmith::rustls::crypto::ring::default_provider;
        let certificate = CertificateDer::from_pem_file(file("server.pem")).unwrap();
        let key = PrivateKeyDer::from_pem_file(file("server.key")).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = ServerConnection::new(config.clone()).unwrap();
                // A client that does not trust the certificate leaves.
                let _ = answer(StreamOwned::new(connection, stream.unwrap()));
            }
        });
        port
    }

    #[test]
    fn servers_are_checked_by_the_bundle_that_is_configured() {
        const NAME: &str = "servers_are_checked_by_the_bundle_that_is_configured";
        if std::env::var_os(CHILD).is_some() {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let built = ClientBuilder::from_env().unwrap().retry(Retry::never()).build();
            let result = built.and_then(|client| {
                runtime.block_on(mfa_devices(&client).list().send()).map(|_| "answered")
            });
            match result {
                Ok(text) => println!("said: {text}"),
                Err(error) => println!("said: {:?}: {error}", error.kind()),
            }
            return;
        }
        let url = format!("https://localhost:{}", start());
        let run = |case: &str, config: &str, bundle: Option<&str>| {
            let home = home(&format!("{NAME}-{case}"), &[("config", config.as_bytes())]);
            let mut variables = vec![
                ("AWS_REGION", "us-east-1"),
                ("AWS_ACCESS_KEY_ID", "AKID"),
                ("AWS_SECRET_ACCESS_KEY", "secret"),
                ("AWS_ENDPOINT_URL", &url),
            ];
            variables.extend(bundle.map(|path| ("AWS_CA_BUNDLE", path)));
            said(&child_at_home(&format!("environment::tls::{NAME}"), &home, &variables))
        };
        let path = |name: &str| file(name).display().to_string();
        let ca = path("ca.pem");
        let text = run("none", "", None);
        assert!(text.contains("said: Connection: "), "{text}");
        let text = run("variable", "", Some(&ca));
        assert!(text.contains("said: answered"), "{text}");
        let text = run("setting", &format!("[default]\nca_bundle = {ca}"), None);
        assert!(text.contains("said: answered"), "{text}");
        // It takes the place of the platform's certificates, and this one is the authority of nothing.
        let text = run("other", "", Some(&path("other.pem")));
        assert!(text.contains("said: Connection: "), "{text}");
        let text = run("absent", "", Some("/no/such/bundle.pem"));
        let expected = "said: Configuration: the certificates in /no/such/bundle.pem (AWS_CA_BUNDLE) cannot be read";
        assert!(text.contains(expected), "{text}");
        let key = path("server.key");
        let text = run("no-certificate", &format!("[default]\nca_bundle = {key}"), None);
        let expected =
            format!("said: Configuration: {key} (ca_bundle of the profile \"default\" (");
        assert!(text.contains(&expected) && text.contains("does not hold certificates"), "{text}");
    }
}
