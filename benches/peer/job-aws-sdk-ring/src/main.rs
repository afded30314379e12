//! The calls with aws-sdk-iam on rustls with ring instead of its default TLS.

#[path = "../../job-aws-sdk/src/calls.rs"]
mod calls;

use aws_sdk_iam::Client;
use aws_sdk_iam::config::{BehaviorVersion, Config, Region};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use job::Problem;

#[allow(clippy::unused_async)] // The other programs await in their `connect`.
async fn connect(endpoint: &str) -> Result<Client, Problem> {
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(job::REGION))
        .credentials_provider(calls::credentials())
        .endpoint_url(endpoint)
        .http_client(http)
        .build();
    Ok(Client::from_conf(config))
}

fn main() -> std::process::ExitCode {
    job::main::<calls::Aws>()
}
