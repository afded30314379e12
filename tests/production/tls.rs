//! Certificates. `self_signed/` has a certificate that no system trusts, for 127.0.0.1 and 100 years, and its key,
//! created by `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj
//! /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1`.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use pagesmith::rustls::{ServerConfig, ServerConnection, StreamOwned};
use pagesmith::{Client, ErrorKind, Retry};

/// The address of a server with that certificate, and the number of connections that it has accepted.
fn self_signed_server() -> (String, Arc<AtomicUsize>) {
    let certificate = CertificateDer::from(&include_bytes!("self_signed/certificate.der")[..]);
    let key = PrivatePkcs8KeyDer::from(&include_bytes!("self_signed/key.der")[..]);
    let provider = Arc::new(pagesmith::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = accepted.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            count.fetch_add(1, Ordering::SeqCst);
            let connection = ServerConnection::new(config.clone()).unwrap();
            // The client closes the connection after it has received the certificate.
            let _ = StreamOwned::new(connection, stream).read(&mut [0; 1024]);
        }
    });
    (url, accepted)
}

/// A retry does not make a certificate trusted.
#[tokio::test]
async fn an_untrusted_certificate_is_not_retried() {
    let (url, accepted) = self_signed_server();
    let client = Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", "secret", None)
        .endpoint_url(url)
        .retry(Retry::standard().first_pause(std::time::Duration::ZERO))
        .build()
        .unwrap();
    let error = mfa_devices(&client).list().send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1), "{error:?}");
    assert!(!error.is_retryable() && !error.may_have_been_sent(), "{error:?}");
    assert!(error.to_string().starts_with("the endpoint's certificate is not trusted"), "{error}");
    assert_eq!(accepted.load(Ordering::SeqCst), 1);
}
