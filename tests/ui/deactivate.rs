//! `deactivate` without each of its required parameters.

use pagesmith::Error;
use pagesmith::aws::iam_api::mfa_devices::MfaDevices;

async fn without_serial_number(devices: &MfaDevices) -> Result<(), Error> {
    devices.deactivate().user_name("alice").send().await?;
    Ok(())
}

async fn without_user_name(devices: &MfaDevices) -> Result<(), Error> {
    devices.deactivate().serial_number("GAHT12345678").send().await?;
    Ok(())
}

async fn without_any(devices: &MfaDevices) -> Result<(), Error> {
    devices.deactivate().send().await?;
    Ok(())
}

fn main() {}
