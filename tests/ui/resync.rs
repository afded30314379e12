//! `resync` without each of its required parameters.

use pagesmith::aws::iam_api::mfa_devices::MfaDevices;

fn without_authentication_code1(devices: &MfaDevices) {
    let _ = devices
        .resync()
        .authentication_code2("654321")
        .serial_number("GAHT12345678")
        .user_name("alice")
        .send();
}

fn without_authentication_code2(devices: &MfaDevices) {
    let _ = devices
        .resync()
        .authentication_code1("123456")
        .serial_number("GAHT12345678")
        .user_name("alice")
        .send();
}

fn without_serial_number(devices: &MfaDevices) {
    let _ = devices
        .resync()
        .authentication_code1("123456")
        .authentication_code2("654321")
        .user_name("alice")
        .send();
}

fn without_user_name(devices: &MfaDevices) {
    let _ = devices
        .resync()
        .authentication_code1("123456")
        .authentication_code2("654321")
        .serial_number("GAHT12345678")
        .send();
}

fn without_any(devices: &MfaDevices) {
    let _ = devices.resync().send();
}

fn main() {}
