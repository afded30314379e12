//! Errors of building a client, and clients that are built from another client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use local_iam::{Fault, LocalIam};
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::credential_types::Credentials;
use pagesmith::credential_types::provider::{ProvideCredentials, future};
use pagesmith::{Client, ErrorKind, Retry};

use crate::environment::respond_with;
use crate::world::client;

/// A redirect is not followed, even if the HTTP client is configured to follow it.
#[tokio::test]
async fn configuring_the_http_client_does_not_enable_redirects() {
    let iam = LocalIam::start().await.unwrap();
    let other = LocalIam::start().await.unwrap();
    iam.inject(Fault::redirect(other.endpoint_url()));
    let builder = client(&iam).retry(Retry::never()).configure_http_client(|http| {
        http.redirect(pagesmith::reqwest::redirect::Policy::limited(10))
    });
    let error = mfa_devices(&builder.build().unwrap()).list().send().await.unwrap_err();
    assert!(error.to_string().contains("the endpoint redirects"), "{error}");
    assert!(other.requests().is_empty());
}

#[test]
fn fips_or_dual_stack_with_a_custom_endpoint_fails_at_build() {
    let custom = || {
        Client::builder("us-east-1")
            .credentials("AKID", "secret", None)
            .endpoint_url("http://127.0.0.1:9")
    };
    for builder in [custom().use_fips(true), custom().use_dual_stack(true)] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(error.to_string().contains("the custom endpoint of endpoint_url"), "{error}");
    }
    custom().use_fips(false).build().unwrap();
}

#[test]
fn empty_keys_fail_at_build() {
    for (id, secret, expected) in [
        ("", "secret", "the access key id is empty"),
        ("AKID", "", "the secret access key is empty"),
        ("", "", "the access key id is empty"),
    ] {
        let builder = Client::builder("us-east-1").credentials(id, secret, None);
        let error = builder.endpoint_url("http://127.0.0.1:9").build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test]
async fn a_signed_call_without_credentials_is_an_error() {
    let builder = Client::builder("us-east-1").without_credentials();
    let client = builder.endpoint_url("http://127.0.0.1:9").build().unwrap();
    let error = mfa_devices(&client).list().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(!error.may_have_been_sent());
    let text = error.to_string();
    assert!(
        text.contains("built without credentials, but this operation must be signed"),
        "{text}"
    );
}

/// Runs only without a TLS feature.
#[cfg(not(any(feature = "rustls", feature = "aws-lc-rs", feature = "native-tls")))]
#[tokio::test]
async fn the_error_of_a_missing_tls_feature_names_the_feature() {
    let builder = || Client::builder("us-east-1").credentials("AKID", "secret", None);
    for builder in [builder(), builder().endpoint_url("https://127.0.0.1:9")] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(error.to_string().contains("the feature `rustls`"), "{error}");
    }
    builder().endpoint_url("http://127.0.0.1:9").build().unwrap();
    // A custom HTTP client may have TLS.
    builder().http_client(pagesmith::reqwest::Client::new()).build().unwrap();
}

/// A provider of the endpoint's keys that counts its calls.
#[derive(Debug)]
struct Counting {
    keys: [String; 2],
    calls: Arc<AtomicUsize>,
}

impl ProvideCredentials for Counting {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let [id, secret] = &self.keys;
        future::ProvideCredentials::ready(Ok(Credentials::new(id, secret, None, None, "test")))
    }
}

#[tokio::test]
async fn a_client_built_from_another_keeps_unchanged_settings() {
    let iam = LocalIam::start().await.unwrap();
    let calls = Arc::<AtomicUsize>::default();
    let keys = [iam.access_key_id().to_owned(), iam.secret_access_key().to_owned()];
    let client = Client::builder("eu-west-1")
        .credentials_provider(Counting { keys, calls: calls.clone() })
        .endpoint_url(iam.endpoint_url())
        .app_id("inventory")
        .retry(Retry::never())
        .build()
        .unwrap();
    mfa_devices(&client).list().send().await.unwrap();
    let variant = client.to_builder().app_id("audit").build().unwrap();
    assert_eq!(variant.region(), "eu-west-1");
    mfa_devices(&variant).list().send().await.unwrap();
    iam.inject(Fault::service_unavailable());
    assert_eq!(mfa_devices(&variant).list().send().await.unwrap_err().attempts(), 1);
    // This client has its own connections, but the same credentials.
    let with_own_connections =
        variant.to_builder().connect_timeout(std::time::Duration::from_secs(9));
    mfa_devices(&with_own_connections.build().unwrap()).list().send().await.unwrap();
    assert_eq!(calls.load(Ordering::Relaxed), 1, "the credentials are shared");
    let requests = iam.requests();
    let agents: Vec<_> = requests
        .iter()
        .map(|request| request.header("user-agent").unwrap().rsplit('/').next().unwrap())
        .collect();
    assert_eq!(agents, ["inventory", "audit", "audit", "audit"]);
    // The first client is unchanged.
    mfa_devices(&client).list().send().await.unwrap();
}

/// A client that is built from another shares its connections, unless a setting of the connections is changed.
#[tokio::test]
async fn a_client_built_from_another_shares_its_connections() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let accepted = Arc::<AtomicUsize>::default();
    let count = accepted.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
            let stream = stream.unwrap();
            std::thread::spawn(move || while respond_with("", &stream).is_ok() {});
        }
    });
    let builder = Client::builder("us-east-1").credentials("AKID", "secret", None);
    let client = builder.endpoint_url(&url).retry(Retry::never()).build().unwrap();
    let own = pagesmith::reqwest::Client::builder()
        .redirect(pagesmith::reqwest::redirect::Policy::none())
        .no_proxy();
    #[cfg(any(feature = "rustls", feature = "aws-lc-rs"))]
    let own = {
        #[cfg(feature = "aws-lc-rs")]
        use pagesmith::rustls::crypto::aws_lc_rs::default_provider;
        #[cfg(not(feature = "aws-lc-rs"))]
        use pagesmith::rustls::crypto::ring::default_provider;
        let provider = Arc::new(default_provider());
        let config = pagesmith::rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(pagesmith::rustls::RootCertStore::empty())
            .with_no_client_auth();
        own.tls_backend_preconfigured(config)
    };
    let own = client.to_builder().http_client(own.build().unwrap()).build().unwrap();
    let minute = std::time::Duration::from_mins(1);
    for (client, connections) in [
        (client.clone(), 1),
        (client.to_builder().app_id("variant").build().unwrap(), 1),
        (client.to_builder().connect_timeout(minute).build().unwrap(), 2),
        (client.to_builder().configure_http_client(|http| http).build().unwrap(), 3),
        (own.clone(), 4),
        // It has no effect on a custom HTTP client.
        (own.to_builder().connect_timeout(minute).build().unwrap(), 4),
        (client, 4),
    ] {
        mfa_devices(&client).list().send().await.unwrap();
        assert_eq!(accepted.load(Ordering::SeqCst), connections);
        // A task of the HTTP client returns the connection to the pool.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }
}
