//! The checksums of an operation's requests and responses: the trait `httpChecksum` of service models.

/// The checksums of an operation's requests and responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checksum<'a> {
    /// Whether a request needs one.
    pub required: bool,
    /// The header of the input member that selects the algorithm, `x-amz-sdk-checksum-algorithm`.
    pub algorithm_header: Option<&'a str>,
    /// The header of the input member that asks for a checksum of the response, `x-amz-checksum-mode`.
    pub mode_header: Option<&'a str>,
    /// The algorithms of a response's checksum.
    pub response_algorithms: &'a [ChecksumAlgorithm],
}

impl<'a> Checksum<'a> {
    /// Creates the description of an operation without checksums.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            required: false,
            algorithm_header: None,
            mode_header: None,
            response_algorithms: &[],
        }
    }

    /// Marks that a request needs a checksum.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the header that selects the algorithm of the request's checksum.
    #[must_use]
    pub const fn algorithm_header(mut self, name: &'a str) -> Self {
        self.algorithm_header = Some(name);
        self
    }

    /// Sets the header that asks for a checksum of the response, and the algorithms that it can have.
    #[must_use]
    pub const fn response(
        mut self,
        mode_header: &'a str,
        algorithms: &'a [ChecksumAlgorithm],
    ) -> Self {
        self.mode_header = Some(mode_header);
        self.response_algorithms = algorithms;
        self
    }
}

/// An algorithm of checksums that this crate has. Services have others too, such as XXHASH64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChecksumAlgorithm {
    /// CRC-64 of NVM Express.
    Crc64Nvme,
    /// CRC-32C (Castagnoli).
    Crc32c,
    /// CRC-32, as of zlib.
    Crc32,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl ChecksumAlgorithm {
    /// All algorithms, in the order in which they are preferred for responses, as in botocore.
    pub const ALL: [Self; 6] =
        [Self::Crc64Nvme, Self::Crc32c, Self::Crc32, Self::Sha1, Self::Sha256, Self::Sha512];

    /// The name in service models and in the value of a member: `CRC32`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crc64Nvme => "CRC64NVME",
            Self::Crc32c => "CRC32C",
            Self::Crc32 => "CRC32",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }

    /// The header with a checksum: `x-amz-checksum-crc32`.
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
            Self::Sha512 => "x-amz-checksum-sha512",
        }
    }

    /// The algorithm of that name, in capitals or not; `None` if this crate does not have it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }
}
