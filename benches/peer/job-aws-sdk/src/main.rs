//! The job, with aws-sdk-iam as it comes.

mod calls;

use aws_sdk_iam::Client;
use aws_sdk_iam::config::{BehaviorVersion, Config, Region};
use job::Problem;

#[allow(clippy::unused_async)] // Others set up theirs in a way that is.
async fn connect(endpoint: &str) -> Result<Client, Problem> {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(job::REGION))
        .credentials_provider(calls::credentials())
        .endpoint_url(endpoint)
        .build();
    Ok(Client::from_conf(config))
}

fn main() -> std::process::ExitCode {
    job::main::<calls::Aws>()
}
