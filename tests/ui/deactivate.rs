//! `deactivate` without each of its required parameters.

use pagesmith::aws::iam_api::mfa_devices::MfaDevices;

fn without_serial_number(devices: &MfaDevices) {
    let _ = devices.deactivate().user_name("alice").send();
}

fn without_user_name(devices: &MfaDevices) {
    let _ = devices.deactivate().serial_number("GAHT12345678").send();
}

fn without_any(devices: &MfaDevices) {
    let _ = devices.deactivate().send();
}

fn main() {}
