//! Request bodies that are compressed with gzip, as botocore does it.

use std::io::Read as _;

use flate2::Compression;
use flate2::read::GzEncoder;
use http::HeaderValue;
use http::header::CONTENT_ENCODING;
use zeroize::Zeroizing;

use crate::schema::{EncodedRequest, Operation};

/// Which requests are compressed. A setting may be unset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CompressionSettings {
    pub(crate) disabled: Option<bool>,
    /// The size of a body, in bytes, from which it is compressed.
    pub(crate) min_size: Option<usize>,
}

/// The size from which a body is compressed, unless a setting says otherwise.
const DEFAULT_MIN_SIZE: usize = 10 * 1024;

/// The sizes that can be set.
pub(crate) const MIN_SIZES: std::ops::RangeInclusive<usize> = 1..=1024 * 1024;

impl CompressionSettings {
    /// These settings, with those of `others` where they are unset.
    pub(crate) fn or(self, others: Self) -> Self {
        Self {
            disabled: self.disabled.or(others.disabled),
            min_size: self.min_size.or(others.min_size),
        }
    }

    /// Compresses the body of `request` if `operation` allows it, and the body is in memory and large enough.
    pub(crate) fn apply(self, operation: &Operation<'_>, request: &mut EncodedRequest) {
        if !operation.allows_gzip || self.disabled == Some(true) {
            return;
        }
        // The size of a stream may be unknown.
        let min_size = self.min_size.unwrap_or(DEFAULT_MIN_SIZE);
        let Some(body) = request.body.as_bytes().filter(|body| body.len() >= min_size) else {
            return;
        };
        // Reading from memory does not fail. If it did, the body would be sent as it is.
        let Some(body) = gzip(body) else { return };
        let before = request.headers.iter_mut().find(|(name, _)| *name == CONTENT_ENCODING);
        match before {
            None => request.headers.push((CONTENT_ENCODING, HeaderValue::from_static("gzip"))),
            Some((_, value)) => {
                let both = [value.as_bytes(), b",gzip"].concat();
                let Ok(both) = HeaderValue::from_bytes(&both) else { return };
                *value = both;
            }
        }
        request.body = body.into();
    }
}

fn gzip(body: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    // With enough memory from the start, so that no copy of a secret stays in memory that was given back.
    let mut compressed = Zeroizing::new(Vec::with_capacity(body.len().saturating_add(1024)));
    GzEncoder::new(body, Compression::default()).read_to_end(&mut compressed).ok()?;
    Some(compressed)
}
