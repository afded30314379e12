//! Serial numbers of MFA devices.

use std::borrow::Borrow;
use std::convert::Infallible;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use crate::schema::{Data, Slot, Text, Value};

/// The serial number of an MFA device: an ARN, or the number that is printed on a hardware token.
///
/// It can be created from any text, because IAM validates it.
///
/// ```
/// use pagesmith::{SerialNumber, SerialNumberKind};
///
/// let phone = SerialNumber::from("arn:aws:iam::123456789012:mfa/alice-phone");
/// assert_eq!(phone.kind(), SerialNumberKind::Virtual);
/// assert_eq!(phone.account_id(), Some("123456789012"));
/// assert_eq!(SerialNumber::from("GAHT12345678").kind(), SerialNumberKind::Hardware);
/// assert!(phone.ends_with("alice-phone")); // It dereferences to str.
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SerialNumber(String);

/// The kind of device that a [`SerialNumber`] identifies, by its format. The formats are those of AWS's documentation of IAM
/// identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SerialNumberKind {
    /// An authenticator app: `arn:aws:iam::123456789012:mfa/…`
    Virtual,
    /// A FIDO security key or passkey: `arn:aws:iam::123456789012:u2f/…`
    SecurityKey,
    /// A hardware token, which has a number instead of an ARN: `GAHT12345678`
    Hardware,
    /// An ARN of another kind.
    Other,
}

impl SerialNumber {
    /// Returns the serial number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the kind of device.
    #[must_use]
    pub fn kind(&self) -> SerialNumberKind {
        if !self.0.starts_with("arn:") {
            return SerialNumberKind::Hardware;
        }
        match self.resource().and_then(|resource| resource.split('/').next()) {
            Some("mfa") => SerialNumberKind::Virtual,
            Some("u2f") => SerialNumberKind::SecurityKey,
            _ => SerialNumberKind::Other,
        }
    }

    /// Returns the account id in the ARN, if this is an ARN.
    #[must_use]
    pub fn account_id(&self) -> Option<&str> {
        self.0.strip_prefix("arn:")?.split(':').nth(3).filter(|account| !account.is_empty())
    }

    /// The part of the ARN after the account: `mfa/alice-phone`.
    fn resource(&self) -> Option<&str> {
        self.0.splitn(6, ':').nth(5)
    }
}

impl Deref for SerialNumber {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for SerialNumber {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SerialNumber {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for SerialNumber {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for SerialNumber {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<&SerialNumber> for SerialNumber {
    fn from(other: &SerialNumber) -> Self {
        other.clone()
    }
}

impl From<SerialNumber> for String {
    fn from(serial_number: SerialNumber) -> Self {
        serial_number.0
    }
}

impl FromStr for SerialNumber {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl Borrow<str> for SerialNumber {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<SerialNumber> for str {
    fn eq(&self, other: &SerialNumber) -> bool {
        self == other.0
    }
}

impl PartialEq<SerialNumber> for &str {
    fn eq(&self, other: &SerialNumber) -> bool {
        *self == other.0
    }
}

impl PartialEq<SerialNumber> for String {
    fn eq(&self, other: &SerialNumber) -> bool {
        *self == other.0
    }
}

impl PartialEq<str> for SerialNumber {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for SerialNumber {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for SerialNumber {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Text for SerialNumber {
    fn set(&mut self, text: &str) {
        self.0.set(text);
    }
}

impl Value for SerialNumber {
    fn data(&self) -> Data<'_> {
        Data::Text(&self.0)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Text(self)
    }
    fn empty() -> Self {
        Self::default()
    }
}
