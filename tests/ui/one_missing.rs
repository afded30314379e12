//! The program of the README that does not compile.

use pagesmith::{Client, aws::iam_api::mfa_devices};

async fn deactivate(client: &Client) -> Result<(), pagesmith::Error> {
    mfa_devices(client).deactivate().serial_number("arn:…").send().await?;
    Ok(())
}

fn main() {}
