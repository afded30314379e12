//! `tag` without each of its required parameters.

use pagesmith::aws::iam_api::mfa_devices::{MfaDevices, Tag};

fn without_serial_number(devices: &MfaDevices) {
    let _ = devices.tag().tags([Tag::new("Team", "Security")]).send();
}

fn without_tags(devices: &MfaDevices) {
    let _ = devices.tag().serial_number("GAHT12345678").send();
}

fn without_any(devices: &MfaDevices) {
    let _ = devices.tag().send();
}

fn main() {}
