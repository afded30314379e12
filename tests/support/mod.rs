//! Shared code of the integration tests: a client for an endpoint, a server of prepared responses,
//! and a search for secrets.

// Each test program uses a part of this.
#![allow(dead_code)]

pub(crate) mod canned;
pub(crate) mod leaks;

use std::error::Error as _;
use std::time::Duration;

use local_iam::{LocalIam, VirtualMfaDevice};
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::aws::iam_api::mfa_devices::MfaDevices;
use pagesmith::{Client, Error, Retry};

/// The default retries, without pauses.
pub(crate) const WITHOUT_PAUSE: Retry = Retry::standard().first_pause(Duration::ZERO);

/// A client with the credentials of `iam`.
pub(crate) fn client_of(iam: &LocalIam) -> Client {
    Client::builder("us-east-1")
        .credentials(
            iam.access_key_id(),
            iam.secret_access_key(),
            iam.session_token().map(str::to_owned),
        )
        .endpoint_url(iam.endpoint_url())
        .retry(WITHOUT_PAUSE)
        .build()
        .unwrap()
}

/// The methods of a client with the credentials of `iam`.
pub(crate) fn devices_of(iam: &LocalIam) -> MfaDevices {
    mfa_devices(&client_of(iam))
}

/// A client of an endpoint that does not verify signatures.
pub(crate) fn client_at(url: &str) -> Client {
    Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", "the secret of this test", None)
        .endpoint_url(url)
        .retry(WITHOUT_PAUSE)
        .build()
        .unwrap()
}

/// An endpoint with the user alice.
pub(crate) async fn iam_with_alice() -> LocalIam {
    let iam = LocalIam::start().await.unwrap();
    iam.create_user("alice").unwrap();
    iam
}

/// Creates the virtual device `name`, and enables it for alice.
pub(crate) async fn enabled_device(iam: &LocalIam, name: &str) -> VirtualMfaDevice {
    let device = iam.create_virtual_mfa_device(name).unwrap();
    let [first, second] = device.codes();
    devices_of(iam)
        .enable()
        .user_name("alice")
        .serial_number(device.serial_number())
        .authentication_code1(first)
        .authentication_code2(second)
        .send()
        .await
        .unwrap();
    device
}

/// Polls `fetch` until `server` has received `requests` requests, and then drops it. The server must not respond
/// before that.
pub(crate) async fn cancelled_at_request<T>(
    server: &canned::Canned,
    requests: usize,
    fetch: impl Future<Output = T>,
) {
    let requested = async {
        while server.requests().len() < requests {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        _ = fetch => panic!("the server must not respond yet"),
        () = requested => {}
    }
}

/// The actions of the requests to `iam`, in order.
pub(crate) fn actions(iam: &LocalIam) -> Vec<String> {
    let requests = iam.requests();
    requests.iter().map(|request| request.action().unwrap_or("none").to_owned()).collect()
}

/// The texts of `error` and of all its sources, outermost first.
pub(crate) fn chain(error: &Error) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(source) = cause {
        texts.push(source.to_string());
        cause = source.source();
    }
    texts
}
