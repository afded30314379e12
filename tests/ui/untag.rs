//! `untag` without each of its required parameters.

use pagesmith::Error;
use pagesmith::aws::iam_api::mfa_devices::MfaDevices;

async fn without_serial_number(devices: &MfaDevices) -> Result<(), Error> {
    devices.untag().tag_keys(["Team"]).send().await?;
    Ok(())
}

async fn without_tag_keys(devices: &MfaDevices) -> Result<(), Error> {
    devices.untag().serial_number("GAHT12345678").send().await?;
    Ok(())
}

async fn without_any(devices: &MfaDevices) -> Result<(), Error> {
    devices.untag().send().await?;
    Ok(())
}

fn main() {}
