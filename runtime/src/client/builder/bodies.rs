//! Settings of checksums and compression.

use super::ClientBuilder;
#[cfg(feature = "checksums")]
use crate::client::checksum::ChecksumPolicy;

impl ClientBuilder {
    /// Sets when requests get a checksum, instead of `AWS_REQUEST_CHECKSUM_CALCULATION` or the profile's
    /// `request_checksum_calculation`. The default is [`ChecksumPolicy::WhenSupported`].
    ///
    /// The algorithm is CRC-32, unless a parameter of the call selects another. A checksum that the call sets itself is sent
    /// unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), pagesmith_runtime::Error> {
    /// use pagesmith_runtime::{ChecksumPolicy, Client};
    ///
    /// let client = Client::builder("us-east-1")
    ///     .credentials("AKIDEXAMPLE", "secret", None)
    ///     .request_checksums(ChecksumPolicy::WhenRequired)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "checksums")]
    pub fn request_checksums(mut self, policy: ChecksumPolicy) -> Self {
        self.explicit.checksums.request = Some(policy);
        self
    }

    /// Sets when the client asks for checksums of responses and checks them, instead of `AWS_RESPONSE_CHECKSUM_VALIDATION` or the
    /// profile's `response_checksum_validation`. The default is [`ChecksumPolicy::WhenSupported`].
    ///
    /// A response whose checksum is wrong is an error of kind [`ErrorKind::Response`](crate::ErrorKind::Response).
    #[cfg(feature = "checksums")]
    pub fn response_checksums(mut self, policy: ChecksumPolicy) -> Self {
        self.explicit.checksums.response = Some(policy);
        self
    }

    /// Sets whether bodies of requests are compressed if the operation allows it, instead of `AWS_DISABLE_REQUEST_COMPRESSION` or
    /// the profile's `disable_request_compression`. The default is `true`.
    #[cfg(feature = "compression")]
    pub fn request_compression(mut self, enabled: bool) -> Self {
        self.explicit.compression.disabled = Some(!enabled);
        self
    }

    /// Sets the size of a body, in bytes, from which it is compressed, instead of `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` or the
    /// profile's `request_min_compression_size_bytes`. The default is 10,240. A value below 1 is used as 1, and a value above 1 MiB
    /// as 1 MiB.
    #[cfg(feature = "compression")]
    pub fn request_min_compression_size(mut self, bytes: usize) -> Self {
        let sizes = crate::client::compression::MIN_SIZES;
        self.explicit.compression.min_size = Some(bytes.clamp(*sizes.start(), *sizes.end()));
        self
    }
}
