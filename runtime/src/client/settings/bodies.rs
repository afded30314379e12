//! Settings of checksums and compression.

use super::Settings;
#[cfg(feature = "checksums")]
use crate::client::checksum::{ChecksumPolicy, ChecksumSettings};
#[cfg(feature = "compression")]
use crate::client::compression::{CompressionSettings, MIN_SIZES};
use crate::error::Error;

impl Settings<'_> {
    /// `AWS_REQUEST_CHECKSUM_CALCULATION` and `AWS_RESPONSE_CHECKSUM_VALIDATION`, or the profile's.
    ///
    /// # Errors
    /// If one is neither `when_supported` nor `when_required`.
    #[cfg(feature = "checksums")]
    pub(crate) fn checksums(&self) -> Result<ChecksumSettings, Error> {
        let policy = |variable, key| {
            let Some(setting) = self.get(variable, key)? else { return Ok(None) };
            match setting.value.to_ascii_lowercase().as_str() {
                "when_supported" => Ok(Some(ChecksumPolicy::WhenSupported)),
                "when_required" => Ok(Some(ChecksumPolicy::WhenRequired)),
                _ => Err(setting.invalid("when_supported or when_required")),
            }
        };
        Ok(ChecksumSettings {
            request: policy("AWS_REQUEST_CHECKSUM_CALCULATION", "request_checksum_calculation")?,
            response: policy("AWS_RESPONSE_CHECKSUM_VALIDATION", "response_checksum_validation")?,
        })
    }

    /// `AWS_DISABLE_REQUEST_COMPRESSION` and `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES`, or the profile's.
    ///
    /// # Errors
    /// If one has an invalid value.
    #[cfg(feature = "compression")]
    pub(crate) fn compression(&self) -> Result<CompressionSettings, Error> {
        let min_size = self
            .get("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "request_min_compression_size_bytes")?;
        let min_size = match min_size {
            None => None,
            Some(setting) => match setting.value.parse() {
                Ok(size) if MIN_SIZES.contains(&size) => Some(size),
                _ => return Err(setting.invalid("a whole number from 1 to 1048576")),
            },
        };
        let disabled =
            self.flag("AWS_DISABLE_REQUEST_COMPRESSION", "disable_request_compression")?;
        Ok(CompressionSettings { disabled: Some(disabled), min_size })
    }
}
