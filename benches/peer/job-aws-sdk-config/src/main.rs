//! The job, with aws-sdk-iam and aws-config as they come.

#[path = "../../job-aws-sdk/src/calls.rs"]
mod calls;

use aws_config::{BehaviorVersion, Region};
use aws_sdk_iam::Client;
use aws_sdk_iam::config::Credentials;
use job::{Method, Problem, Sdk, Seen};

#[derive(Clone)]
struct Aws(Client);

impl Sdk for Aws {
    async fn connect(endpoint: &str) -> Result<Self, Problem> {
        let credentials =
            Credentials::new(job::ACCESS_KEY_ID, job::SECRET_ACCESS_KEY, None, None, "given");
        let config = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new(job::REGION))
            .credentials_provider(credentials)
            .endpoint_url(endpoint)
            .load()
            .await;
        Ok(Self(Client::new(&config)))
    }

    async fn call(&self, method: Method, user_name: &'static str) -> Result<Seen, Problem> {
        calls::call(&self.0, method, user_name).await
    }
}

fn main() -> std::process::ExitCode {
    job::main::<Aws>()
}
