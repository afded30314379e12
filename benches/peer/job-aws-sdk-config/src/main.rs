//! The calls with aws-sdk-iam and aws-config with their default features.

#[path = "../../job-aws-sdk/src/calls.rs"]
mod calls;

use aws_config::{BehaviorVersion, Region};
use aws_sdk_iam::Client;
use job::Problem;

async fn connect(endpoint: &str) -> Result<Client, Problem> {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new(job::REGION))
        .credentials_provider(calls::credentials())
        .endpoint_url(endpoint)
        .load()
        .await;
    Ok(Client::new(&config))
}

fn main() -> std::process::ExitCode {
    job::main::<calls::Aws>()
}
