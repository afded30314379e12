//! The job, with aws-sdk-iam as it comes.

mod calls;

use aws_sdk_iam::Client;
use aws_sdk_iam::config::{BehaviorVersion, Config, Credentials, Region};
use job::{Method, Problem, Sdk, Seen};

#[derive(Clone)]
struct Aws(Client);

impl Sdk for Aws {
    async fn connect(endpoint: &str) -> Result<Self, Problem> {
        let credentials =
            Credentials::new(job::ACCESS_KEY_ID, job::SECRET_ACCESS_KEY, None, None, "given");
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static(job::REGION))
            .credentials_provider(credentials)
            .endpoint_url(endpoint)
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
