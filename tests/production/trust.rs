//! Which certificates servers are checked by: those of an authority that no platform knows, from a bundle.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::rustls::pki_types::pem::PemObject as _;
use pagesmith::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use pagesmith::rustls::{ServerConfig, ServerConnection, StreamOwned};
use pagesmith::{ClientBuilder, Retry};

use crate::environment::{CHILD, answer, child_at_home, home, said};

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
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
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
        said(&child_at_home(&format!("trust::{NAME}"), &home, &variables))
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
    let expected = format!("said: Configuration: {key} (ca_bundle of the profile \"default\" (");
    assert!(text.contains(&expected) && text.contains("does not hold certificates"), "{text}");
}
