//! `tag` without each of its required parameters.

use pagesmith::Error;
use pagesmith::aws::iam_api::mfa_devices::{MfaDevices, Tag};

async fn without_serial_number(devices: &MfaDevices) -> Result<(), Error> {
    devices.tag().tags([Tag::new("Team", "Security")]).send().await?;
    Ok(())
}

async fn without_tags(devices: &MfaDevices) -> Result<(), Error> {
    devices.tag().serial_number("GAHT12345678").send().await?;
    Ok(())
}

async fn without_any(devices: &MfaDevices) -> Result<(), Error> {
    devices.tag().send().await?;
    Ok(())
}

fn main() {}
