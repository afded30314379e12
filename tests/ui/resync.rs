//! `resync` without each of its required parameters.

use pagesmith::Error;
use pagesmith::aws::iam_api::mfa_devices::MfaDevices;

async fn without_authentication_code1(devices: &MfaDevices) -> Result<(), Error> {
    devices
        .resync()
        .authentication_code2("654321")
        .serial_number("GAHT12345678")
        .user_name("alice")
        .send()
        .await?;
    Ok(())
}

async fn without_authentication_code2(devices: &MfaDevices) -> Result<(), Error> {
    devices
        .resync()
        .authentication_code1("123456")
        .serial_number("GAHT12345678")
        .user_name("alice")
        .send()
        .await?;
    Ok(())
}

async fn without_serial_number(devices: &MfaDevices) -> Result<(), Error> {
    devices
        .resync()
        .authentication_code1("123456")
        .authentication_code2("654321")
        .user_name("alice")
        .send()
        .await?;
    Ok(())
}

async fn without_user_name(devices: &MfaDevices) -> Result<(), Error> {
    devices
        .resync()
        .authentication_code1("123456")
        .authentication_code2("654321")
        .serial_number("GAHT12345678")
        .send()
        .await?;
    Ok(())
}

async fn without_any(devices: &MfaDevices) -> Result<(), Error> {
    devices.resync().send().await?;
    Ok(())
}

fn main() {}
