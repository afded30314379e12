//! Settings from environment variables. A process cannot safely change its own variables, so these
//! tests run themselves again in a child process with other variables.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use local_iam::LocalIam;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, ClientBuilder, Retry};

/// The variable that is set only in the child process.
pub(crate) const CHILD: &str = "PAGESMITH_TEST_CHILD";

/// Runs the test `name` of this program in a child process with `variables` and no other variables of AWS.
fn child(name: &str, variables: &[(&str, &str)]) -> Output {
    // A folder that does not exist has no profiles.
    child_at_home(name, &std::env::temp_dir().join("pagesmith-no-such-home"), variables)
}

/// Runs the test as [`child`] does, with the home directory `home`.
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

/// A new home directory for the test `name`, with `files` below `.aws`.
pub(crate) fn home(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = name.replace("::", "-");
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("homes").join(folder);
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(home.join(".aws")).unwrap();
    for (file, bytes) in files {
        std::fs::write(home.join(".aws").join(file), bytes).unwrap();
    }
    home
}

/// In a child process, prints the result of `from_env`.
pub(crate) fn report() {
    match ClientBuilder::from_env().and_then(ClientBuilder::build) {
        Ok(client) => println!("reported: a client of {}", client.region()),
        Err(error) => println!("reported: {error}"),
    }
}

pub(crate) fn text_of(output: &Output) -> String {
    String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).into_owned()
}

#[test]
fn a_client_is_configured_by_the_environment() {
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
    let output = child("environment::a_client_is_configured_by_the_environment", &variables);
    assert!(output.status.success(), "{}", text_of(&output));
    let requests = iam.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].header("user-agent").unwrap().ends_with(" app/inventory"));
}

#[test]
fn a_missing_region_is_an_error() {
    if std::env::var_os(CHILD).is_some() {
        let error = ClientBuilder::from_env().unwrap_err();
        println!("reported: {error}");
        return;
    }
    let output = child("environment::a_missing_region_is_an_error", &[]);
    assert!(
        text_of(&output).contains("reported: no region: set AWS_REGION"),
        "{}",
        text_of(&output)
    );
}

#[test]
fn a_proxy_is_configured_by_the_environment() {
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
    let proxied = std::thread::spawn(move || {
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
        child("environment::a_proxy_is_configured_by_the_environment", &[("http_proxy", &proxy)]);
    assert!(output.status.success(), "{}", text_of(&output));
    assert_eq!(proxied.join().unwrap(), "POST http://iam.example/ HTTP/1.1\r\n");
}

/// Responds to a request with an empty listing, and returns the head of the request.
pub(crate) fn respond(stream: impl std::io::Read + std::io::Write) -> std::io::Result<String> {
    respond_with("connection: close\r\n", stream)
}

/// Responds as [`respond`] does, with additional `headers`. A closed connection is an error.
pub(crate) fn respond_with(
    headers: &str,
    stream: impl std::io::Read + std::io::Write,
) -> std::io::Result<String> {
    let mut stream = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
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
    let response_head =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
    stream.get_mut().write_all(format!("{response_head}{body}").as_bytes())?;
    stream.get_mut().flush()?;
    Ok(head)
}
