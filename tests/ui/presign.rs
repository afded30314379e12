//! A request is presigned without a required parameter.

use std::time::Duration;

use pagesmith::{Client, aws::iam_api::mfa_devices};

async fn deactivate(client: &Client) -> Result<(), pagesmith::Error> {
    let minute = Duration::from_secs(60);
    mfa_devices(client).deactivate().serial_number("arn:…").presign(minute).await?;
    Ok(())
}

fn main() {}
