//! Secret values.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use zeroize::Zeroize;

/// The text that is shown instead of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// A secret: a one-time code, a password, a key. `Debug` shows `[redacted]`, there is no `Display`, and the memory is overwritten
/// when the value is dropped.
///
/// ```
/// let code = pagesmith::Sensitive::from("012345");
/// assert_eq!(format!("{code:?}"), "[redacted]");
/// assert_eq!(code.expose(), "012345"); // leading zeros are kept
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sensitive<T: Zeroize>(T);

impl<T: Zeroize> Sensitive<T> {
    /// Wraps `secret`.
    pub fn new(secret: T) -> Self {
        Self(secret)
    }

    /// Returns the secret.
    pub fn expose(&self) -> &T {
        &self.0
    }

    pub(crate) fn expose_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Zeroize> Drop for Sensitive<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl From<String> for Sensitive<String> {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl From<&str> for Sensitive<String> {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

impl FromStr for Sensitive<String> {
    type Err = Infallible;
    fn from_str(secret: &str) -> Result<Self, Infallible> {
        Ok(secret.into())
    }
}

impl From<&String> for Sensitive<String> {
    fn from(secret: &String) -> Self {
        Self(secret.clone())
    }
}

impl From<Vec<u8>> for Sensitive<Vec<u8>> {
    fn from(secret: Vec<u8>) -> Self {
        Self(secret)
    }
}

impl From<&[u8]> for Sensitive<Vec<u8>> {
    fn from(secret: &[u8]) -> Self {
        Self(secret.to_vec())
    }
}
