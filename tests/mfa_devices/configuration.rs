//! Errors of the configuration, before anything is sent.

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::{Client, ErrorKind};

use crate::support::canned::{Canned, listing, ok};
use crate::support::{chain, client_at};

const INVALID_REGIONS: [&str; 8] =
    ["", "US-EAST-1", "us east 1", "us-east-1.evil.example/", "-east", "east-", "us_east_1", "é"];

#[tokio::test]
async fn an_invalid_region_is_an_error_before_anything_is_sent() {
    let server = Canned::always(ok(&listing("<MFADevices/>")));
    let devices = mfa_devices(&client_at(&server.url()));
    let long = "a".repeat(64);
    for region in INVALID_REGIONS.into_iter().chain([&*long]) {
        let error = devices.list().region(region).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(!error.may_have_been_sent() && !error.is_retryable(), "{error}");
        assert_eq!(
            error.to_string(),
            format!(
                "{region:?} is not a valid region; expected lower-case letters, digits and \
                 hyphens, such as us-east-1 [ListMFADevices]"
            )
        );
        let mut rows = devices.list().region(region).rows();
        assert_eq!(rows.try_next().await.unwrap_err().kind(), ErrorKind::Configuration);

        let built = Client::builder(region).credentials("id", "secret", None).build();
        assert_eq!(built.unwrap_err().kind(), ErrorKind::Configuration);
    }
    assert!(server.requests().is_empty());
}

#[test]
fn a_client_needs_credentials() {
    let error = Client::builder("us-east-1").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(!error.may_have_been_sent() && error.operation().is_none());
    assert!(
        error.to_string().contains(".credentials("),
        "the message must say what to do: {error}"
    );
}

#[test]
fn an_invalid_endpoint_url_is_an_error() {
    let urls = [
        "",
        "localhost:4566",
        "127.0.0.1",
        "ftp://127.0.0.1/",
        "http://",
        "http://127.0.0.1/?a=b",
        "http://127.0.0.1/#part",
        "http://127.0.0.1:99999/",
        "http://name@127.0.0.1/",
    ];
    for url in urls {
        let builder = Client::builder("us-east-1").credentials("id", "secret", None);
        let error = builder.endpoint_url(url).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url}: {error}");
        assert!(!error.may_have_been_sent(), "{url}");
        assert!(
            error.to_string().contains("(endpoint_url) is not a valid endpoint; expected"),
            "{error}"
        );
        let texts = chain(&error);
        assert!(texts.windows(2).all(|pair| !pair[0].contains(&pair[1])), "{texts:?}");
    }
}

#[tokio::test]
async fn an_endpoint_may_have_a_path() {
    let server = Canned::always(ok(&listing("<MFADevices/>")));
    for (path, expected) in
        [("", "/"), ("/", "/"), ("/iam", "/iam"), ("/iam/", "/iam/"), ("/a%20b/c", "/a%20b/c")]
    {
        let client = client_at(&format!("{}{path}", server.url()));
        mfa_devices(&client).list().send().await.unwrap();
        let requests = server.requests();
        let head = &requests.last().unwrap().head;
        assert!(head.starts_with(&format!("POST {expected} HTTP/1.1\r\n")), "{head}");
    }
}

#[tokio::test]
async fn an_app_id_is_added_to_the_user_agent() {
    let server = Canned::always(ok(&listing("<MFADevices/>")));
    let with = |app_id: &str| {
        let builder = Client::builder("us-east-1").credentials("id", "secret", None);
        builder.endpoint_url(server.url()).app_id(app_id).build()
    };
    mfa_devices(&with("inventory-7").unwrap()).list().send().await.unwrap();
    let head = server.requests()[0].head.clone();
    let agent =
        concat!("user-agent: pagesmith/", env!("CARGO_PKG_VERSION"), " app/inventory-7\r\n");
    assert!(head.to_lowercase().contains(agent), "{head}");
    for invalid in ["", "a b", "a\r\nx-injected: 1", "é", &"a".repeat(51)] {
        assert_eq!(with(invalid).unwrap_err().kind(), ErrorKind::Configuration, "{invalid:?}");
    }
}

/// Credentials that are invalid in HTTP headers are an error, which does not show them.
#[tokio::test]
async fn credentials_that_are_invalid_in_a_header_are_an_error() {
    let server = Canned::always(ok(&listing("<MFADevices/>")));
    let token = Some("a\r\nx-injected: 1".to_owned());
    for (id, token) in [("id", token), ("id\r\nx-injected: 1", None)] {
        let builder = Client::builder("us-east-1").credentials(id, "secret", token);
        let client = builder.endpoint_url(server.url()).build().unwrap();
        let error = mfa_devices(&client).list().send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
        assert!(!error.may_have_been_sent() && !error.to_string().contains("injected"), "{error}");
    }
    assert!(server.requests().is_empty());
}
