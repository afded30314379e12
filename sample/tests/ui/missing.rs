//! The compiler error that the guide shows.

use pagesmith_runtime::Client;
use sample_sdk::aws::iam_api::virtual_mfa_devices;

async fn create(client: &Client) -> Result<(), pagesmith_runtime::Error> {
    virtual_mfa_devices(client).create().send().await?;
    Ok(())
}

fn main() {}
