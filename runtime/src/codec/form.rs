//! `application/x-www-form-urlencoded` bodies.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

/// The media type of a body.
pub(crate) const CONTENT_TYPE: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// All characters except the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A body under construction. It is overwritten when it is dropped, because it may contain secrets.
pub(crate) struct FormBody(Zeroizing<String>);

impl FormBody {
    pub(crate) fn new() -> Self {
        Self(Zeroizing::new(String::with_capacity(256)))
    }

    /// Appends `name=value`, both escaped.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        // An escaped byte takes three, and there are two more for `&` and `=`.
        self.reserve(3 * (name.len() + value.len()) + 2);
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.push_escaped(name);
        self.0.push('=');
        self.push_escaped(value);
    }

    pub(crate) fn finish(self) -> Zeroizing<String> {
        self.0
    }

    /// Reserves room for `additional` bytes. A string that grows by itself leaves a copy behind that is not overwritten.
    fn reserve(&mut self, additional: usize) {
        if self.0.capacity() - self.0.len() < additional {
            let capacity = (2 * self.0.capacity()).max(self.0.len() + additional);
            let mut larger = Zeroizing::new(String::with_capacity(capacity));
            larger.push_str(&self.0);
            self.0 = larger;
        }
    }

    fn push_escaped(&mut self, text: &str) {
        // The iterator yields each escaped byte as a separate part.
        let parts = utf8_percent_encode(text, ESCAPED);
        self.0.extend(parts.map(|part| if part == "%20" { "+" } else { part }));
    }
}
