//! Verification of servers with the certificates of a bundle. No platform trusts its certificate authority.

use std::path::Path;

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{ClientBuilder, Retry};

use crate::environment::{CHILD, child_at_home, home, text_of};

fn file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/production/tls");
    folder.join(name).display().to_string()
}

/// In a child process, makes a call and prints the result.
fn report_a_call() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let built = ClientBuilder::from_env().unwrap().retry(Retry::never()).build();
    let result = built
        .and_then(|client| runtime.block_on(mfa_devices(&client).list().send()).map(|_| "success"));
    match result {
        Ok(text) => println!("reported: {text}"),
        Err(error) => println!("reported: {:?}: {error}", error.kind()),
    }
}

/// The output of a child process that runs the test `name` and calls `url`.
fn child(name: &str, url: &str, config: &str, bundle: Option<&str>) -> String {
    let home = home(name, &[("config", config.as_bytes())]);
    let mut variables = vec![
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "AKID"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_ENDPOINT_URL", url),
    ];
    variables.extend(bundle.map(|path| ("AWS_CA_BUNDLE", path)));
    text_of(&child_at_home(&format!("trust::{name}"), &home, &variables))
}

#[test]
fn an_unusable_bundle_is_an_error() {
    const NAME: &str = "an_unusable_bundle_is_an_error";
    if std::env::var_os(CHILD).is_some() {
        return report_a_call();
    }
    let run =
        |config: &str, bundle: Option<&str>| child(NAME, "https://127.0.0.1:9", config, bundle);
    let text = run("", Some("/no/such/bundle.pem"));
    let expected = "reported: Configuration: the certificates in /no/such/bundle.pem (AWS_CA_BUNDLE) cannot be read";
    assert!(text.contains(expected), "{text}");
    let key = file("server.key");
    let text = run(&format!("[default]\nca_bundle = {key}"), None);
    let expected =
        format!("reported: Configuration: {key} (ca_bundle of the profile \"default\" (");
    assert!(text.contains(&expected) && text.contains("does not contain certificates"), "{text}");
}

#[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
mod server {
    use std::net::TcpListener;
    use std::sync::Arc;

    #[cfg(feature = "aws-lc-rs")]
    use pagesmith::rustls::crypto::aws_lc_rs::default_provider;
    #[cfg(not(feature = "aws-lc-rs"))]
    use pagesmith::rustls::crypto::ring::default_provider;
    use pagesmith::rustls::pki_types::pem::PemObject as _;
    use pagesmith::rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use pagesmith::rustls::{ServerConfig, ServerConnection, StreamOwned};

    use super::{CHILD, child, file, report_a_call};
    use crate::environment::respond;

    /// Starts a server that responds to each request with an empty listing, and returns its port.
    fn start() -> u16 {
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
                // A client that does not trust the certificate closes the connection.
                let _ = respond(StreamOwned::new(connection, stream.unwrap()));
            }
        });
        port
    }

    #[test]
    fn servers_are_verified_with_the_configured_bundle() {
        const NAME: &str = "server::servers_are_verified_with_the_configured_bundle";
        if std::env::var_os(CHILD).is_some() {
            return report_a_call();
        }
        let url = format!("https://localhost:{}", start());
        let run = |config: &str, bundle: Option<&str>| child(NAME, &url, config, bundle);
        let ca = file("ca.pem");
        let text = run("", None);
        assert!(text.contains("reported: Connection: "), "{text}");
        let text = run("", Some(&ca));
        assert!(text.contains("reported: success"), "{text}");
        let text = run(&format!("[default]\nca_bundle = {ca}"), None);
        assert!(text.contains("reported: success"), "{text}");
        // The bundle replaces the platform's certificates, and this certificate has not signed the server's.
        let text = run("", Some(&file("other.pem")));
        assert!(text.contains("reported: Connection: "), "{text}");
    }
}
