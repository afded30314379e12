//! `untag` without each of its required parameters.

use pagesmith::aws::iam_api::mfa_devices::MfaDevices;

fn without_serial_number(devices: &MfaDevices) {
    let _ = devices.untag().tag_keys(["Team"]).send();
}

fn without_tag_keys(devices: &MfaDevices) {
    let _ = devices.untag().serial_number("GAHT12345678").send();
}

fn without_any(devices: &MfaDevices) {
    let _ = devices.untag().send();
}

fn main() {}
