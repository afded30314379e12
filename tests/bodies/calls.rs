//! Typed calls with arguments in JSON.

use pagesmith::aws::iam_api::mfa_devices::{MfaDevices, Tag};
use serde_json::Value;

use crate::support::canned::{Canned, listing, ok};

/// The operations in the order of `cases.json`.
pub(crate) const OPERATIONS: [&str; 6] = [
    "ListMFADevices",
    "DeactivateMFADevice",
    "EnableMFADevice",
    "ResyncMFADevice",
    "TagMFADevice",
    "UntagMFADevice",
];

/// A server that returns a successful response to `operation`.
pub(crate) fn server_of(operation: &str) -> Canned {
    Canned::always(match operation {
        "ListMFADevices" => ok(&listing("<MFADevices/>")),
        _ => ok(&format!("<{operation}Response/>")),
    })
}

/// Calls `operation` with `params`.
pub(crate) async fn call(devices: &MfaDevices, operation: &str, params: &Value) {
    let text = |name: &str| params[name].as_str().expect("a string").to_owned();
    let list = |name: &str| params[name].as_array().expect("a list").clone();
    let sent = match operation {
        "ListMFADevices" => {
            let mut call = devices.list();
            for (name, value) in params.as_object().unwrap() {
                call = match name.as_str() {
                    "UserName" => call.user_name(value.as_str().unwrap()),
                    "Marker" => call.marker(value.as_str().unwrap()),
                    "MaxItems" => call.max_items(value.as_i64().unwrap().try_into().unwrap()),
                    other => panic!("ListMFADevices has no {other}"),
                };
            }
            call.send().await.map(drop)
        }
        "DeactivateMFADevice" => {
            let call = devices.deactivate().user_name(text("UserName"));
            call.serial_number(text("SerialNumber")).send().await
        }
        "EnableMFADevice" => {
            let call = devices.enable().user_name(text("UserName"));
            let call = call.serial_number(text("SerialNumber"));
            let call = call.authentication_code1(text("AuthenticationCode1"));
            call.authentication_code2(text("AuthenticationCode2")).send().await
        }
        "ResyncMFADevice" => {
            let call = devices.resync().user_name(text("UserName"));
            let call = call.serial_number(text("SerialNumber"));
            let call = call.authentication_code1(text("AuthenticationCode1"));
            call.authentication_code2(text("AuthenticationCode2")).send().await
        }
        "TagMFADevice" => {
            let tags = list("Tags")
                .into_iter()
                .map(|tag| Tag::new(tag["Key"].as_str().unwrap(), tag["Value"].as_str().unwrap()));
            devices.tag().serial_number(text("SerialNumber")).tags(tags).send().await
        }
        "UntagMFADevice" => {
            let keys = list("TagKeys");
            let keys = keys.iter().map(|key| key.as_str().unwrap());
            devices.untag().serial_number(text("SerialNumber")).tag_keys(keys).send().await
        }
        other => panic!("the operation {other} is not supported by this test"),
    };
    sent.unwrap_or_else(|error| panic!("{operation}: {error}"));
}
