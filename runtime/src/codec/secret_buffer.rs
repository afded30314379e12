//! A buffer for a request body.

use std::io;

use zeroize::Zeroizing;

/// A growing body. It is overwritten when it is dropped and when it grows, since it may contain secrets.
pub(crate) struct SecretBuffer(Zeroizing<Vec<u8>>);

impl SecretBuffer {
    pub(crate) fn new() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(256)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn push(&mut self, byte: u8) {
        self.extend(&[byte]);
    }

    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// Appends `parts`, for which room has been [reserved](Self::reserve).
    pub(crate) fn extend_reserved<'p>(&mut self, parts: impl Iterator<Item = &'p str>) {
        for part in parts {
            self.0.extend_from_slice(part.as_bytes());
        }
    }

    /// Reserves room for `additional` bytes. A vector that grows by itself leaves a copy behind that is not overwritten.
    pub(crate) fn reserve(&mut self, additional: usize) {
        if self.0.capacity() - self.0.len() < additional {
            let capacity = (2 * self.0.capacity()).max(self.0.len() + additional);
            let mut larger = Zeroizing::new(Vec::with_capacity(capacity));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
    }

    pub(crate) fn finish(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}

impl io::Write for SecretBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
