//! `application/x-www-form-urlencoded` bodies.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::SecretBuffer;

/// The media type of a body.
pub(crate) const CONTENT_TYPE: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// All characters except the unreserved characters of RFC 3986.
pub(crate) const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A body under construction.
pub(crate) struct FormBody(SecretBuffer);

impl FormBody {
    pub(crate) fn new() -> Self {
        Self(SecretBuffer::new())
    }

    /// Appends `name=value`, both escaped.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        // An escaped byte takes three, and there are two more for `&` and `=`.
        self.0.reserve(3 * (name.len() + value.len()) + 2);
        if !self.0.is_empty() {
            self.0.push(b'&');
        }
        self.push_escaped(name);
        self.0.push(b'=');
        self.push_escaped(value);
    }

    pub(crate) fn finish(self) -> Zeroizing<Vec<u8>> {
        self.0.finish()
    }

    fn push_escaped(&mut self, text: &str) {
        // The iterator yields each escaped byte as a separate part.
        let parts = utf8_percent_encode(text, ESCAPED);
        self.0.extend_reserved(parts.map(|part| if part == "%20" { "+" } else { part }));
    }
}
