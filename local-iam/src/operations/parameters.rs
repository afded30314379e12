//! The constraints of the parameters, from IAM's service model.

use crate::error::Refusal;
use crate::form::Text;

const NAME_PATTERN: &str = r"[\w+=,.@-]+";

pub(super) const USER_NAME: Text = Text {
    name: "UserName",
    member: "userName",
    min: 1,
    max: 128,
    pattern: NAME_PATTERN,
    allows: any,
};

pub(super) const NEW_USER_NAME: Text = Text { max: 64, ..USER_NAME };

pub(super) const DEVICE_NAME: Text = Text {
    name: "VirtualMFADeviceName",
    member: "virtualMFADeviceName",
    min: 1,
    // The serial number contains the name, and must not be longer than 256 characters.
    max: 226,
    pattern: NAME_PATTERN,
    allows: any,
};

pub(super) const PATH: Text = Text {
    name: "Path",
    member: "path",
    min: 1,
    max: 512,
    pattern: r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)",
    allows: |c| ('\u{21}'..='\u{7E}').contains(&c),
};

pub(super) const SERIAL_NUMBER: Text = Text {
    name: "SerialNumber",
    member: "serialNumber",
    min: 9,
    max: 256,
    pattern: r"[\w+=/:,.@-]+",
    allows: |c| in_name(c) || matches!(c, '/' | ':'),
};

pub(super) const CODE_1: Text = Text {
    name: "AuthenticationCode1",
    member: "authenticationCode1",
    min: 6,
    max: 6,
    pattern: r"[\d]+",
    allows: |c| c.is_ascii_digit(),
};

pub(super) const CODE_2: Text =
    Text { name: "AuthenticationCode2", member: "authenticationCode2", ..CODE_1 };

pub(super) const MARKER: Text = Text {
    name: "Marker",
    member: "marker",
    min: 1,
    max: 320,
    pattern: r"[\u0020-\u00FF]+",
    allows: |c| ('\u{20}'..='\u{FF}').contains(&c),
};

pub(super) const TAG_KEY: Text = Text {
    name: "Key",
    member: "key",
    min: 1,
    max: 128,
    pattern: r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+",
    allows: in_tag,
};

pub(super) const TAG_VALUE: Text = Text {
    name: "Value",
    member: "value",
    min: 0,
    max: 256,
    pattern: r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*",
    allows: in_tag,
};

/// Names are checked by `check_name`, because the message of IAM is different.
fn any(_: char) -> bool {
    true
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_+=,.@-".contains(c)
}

fn in_tag(c: char) -> bool {
    let separator = c.is_whitespace() && !c.is_control();
    c.is_alphanumeric() || separator || "_.:/=+-@".contains(c)
}

/// Returns an error if a name has characters that IAM does not allow.
pub(super) fn check_name(member: &str, name: &str) -> Result<(), Refusal> {
    if name.chars().all(in_name) {
        return Ok(());
    }
    Err(Refusal::validation(format!(
        "The specified value for {member} is invalid. It must contain only alphanumeric characters \
         and/or the following: +=,.@_-"
    )))
}

/// Returns an error if a path does not begin and end with a slash.
pub(super) fn check_path(path: &str) -> Result<(), Refusal> {
    if path.starts_with('/') && path.ends_with('/') && path != "//" {
        return Ok(());
    }
    Err(Refusal::validation(
        "The specified value for path is invalid. It must begin and end with / and contain only \
         alphanumeric characters and/or / characters.",
    ))
}
