//! Encoding of requests, written by hand.

use form_urlencoded::Serializer;
use job::Method;

/// The body of a call.
pub(crate) fn body(method: Method, user_name: &str) -> String {
    let [first, second] = job::CODES;
    let mut form = Serializer::new(String::with_capacity(256));
    let action = match method {
        Method::List => "ListMFADevices",
        Method::Deactivate => "DeactivateMFADevice",
        Method::Enable => "EnableMFADevice",
        Method::Resync => "ResyncMFADevice",
        Method::Tag => "TagMFADevice",
        Method::Untag => "UntagMFADevice",
    };
    form.append_pair("Action", action).append_pair("Version", "2010-05-08");
    if method != Method::List {
        form.append_pair("SerialNumber", job::SERIAL_NUMBER);
    }
    match method {
        Method::List | Method::Deactivate => {
            form.append_pair("UserName", user_name);
        }
        Method::Enable | Method::Resync => {
            form.append_pair("UserName", user_name)
                .append_pair("AuthenticationCode1", first)
                .append_pair("AuthenticationCode2", second);
        }
        Method::Tag => {
            let (key, value) = job::TAG;
            form.append_pair("Tags.member.1.Key", key).append_pair("Tags.member.1.Value", value);
        }
        Method::Untag => {
            form.append_pair("TagKeys.member.1", job::TAG.0);
        }
    }
    form.finish()
}
