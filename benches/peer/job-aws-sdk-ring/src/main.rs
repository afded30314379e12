//! The job, with aws-sdk-iam on rustls over ring instead of its own default of TLS.

#[path = "../../job-aws-sdk/src/calls.rs"]
mod calls;

use aws_sdk_iam::Client;
use aws_sdk_iam::config::{BehaviorVersion, Config, Credentials, Region};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use job::{Method, Problem, Sdk, Seen};

#[derive(Clone)]
struct Aws(Client);

impl Sdk for Aws {
    async fn connect(endpoint: &str) -> Result<Self, Problem> {
        let credentials =
            Credentials::new(job::ACCESS_KEY_ID, job::SECRET_ACCESS_KEY, None, None, "given");
        let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static(job::REGION))
            .credentials_provider(credentials)
            .endpoint_url(endpoint)
            .http_client(http)
            .build();
        Ok(Self(Client::from_conf(config)))
    }

    async fn call(&self, method: Method, user_name: &'static str) -> Result<Seen, Problem> {
        calls::call(&self.0, method, user_name).await
    }
}

fn main() -> std::process::ExitCode {
    job::main::<Aws>()
}
