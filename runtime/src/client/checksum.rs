//! The checksums of requests and responses, as botocore computes and checks them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use crc_fast::{CrcAlgorithm, Digest as Crc};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Digest as _;

use crate::error::{Error, ErrorKind};
use crate::schema::{Checksum, ChecksumAlgorithm, EncodedRequest, Operation};

/// When the client computes or checks a checksum.
///
/// AWS's tools have the same setting: `request_checksum_calculation` and `response_checksum_validation`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChecksumPolicy {
    /// Whenever the operation can have one.
    #[default]
    WhenSupported,
    /// Only if the operation requires one, or if a parameter of the call asks for one.
    WhenRequired,
}

/// When checksums are computed and checked. A setting may be unset.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ChecksumSettings {
    pub(crate) request: Option<ChecksumPolicy>,
    pub(crate) response: Option<ChecksumPolicy>,
}

/// The prefix of the headers with checksums.
const HEADER_PREFIX: &str = "x-amz-checksum-";

impl ChecksumSettings {
    /// These settings, with those of `others` where they are unset.
    pub(crate) fn or(self, others: Self) -> Self {
        Self {
            request: self.request.or(others.request),
            response: self.response.or(others.response),
        }
    }

    /// Adds a checksum to `request`, and the header that asks for one of the response.
    ///
    /// # Errors
    /// If the call selects an algorithm that this crate does not have.
    pub(crate) fn apply(
        self,
        operation: &Operation<'_>,
        request: &mut EncodedRequest,
    ) -> Result<(), String> {
        let Some(checksum) = operation.checksum else { return Ok(()) };
        let is_in_memory = request.body.as_bytes().is_some();
        if is_in_memory || checksum.required {
            self.add(&checksum, request)?;
        }
        if let Some(mode) = checksum.mode_header
            && self.response.unwrap_or_default() == ChecksumPolicy::WhenSupported
            && value(request, mode).is_none()
        {
            set(request, mode, "ENABLED");
        }
        Ok(())
    }

    /// Adds the checksum of the body. That of a stream is not known before the stream has been sent.
    fn add(self, checksum: &Checksum<'_>, request: &mut EncodedRequest) -> Result<(), String> {
        let Some(algorithm) = self.algorithm(checksum, request)? else { return Ok(()) };
        let Some(body) = request.body.as_bytes() else {
            return Err(
                "the operation requires a checksum, and its body is a stream; pass the body as bytes, or compute the \
                 checksum yourself and set its parameter"
                    .to_owned(),
            );
        };
        let mut hasher = Hasher::new(algorithm);
        hasher.update(body);
        set(request, algorithm.header(), &hasher.finish());
        Ok(())
    }

    /// The algorithm of the checksum that `request` needs. If the call does not select one, the header that does is added.
    fn algorithm(
        self,
        checksum: &Checksum<'_>,
        request: &mut EncodedRequest,
    ) -> Result<Option<ChecksumAlgorithm>, String> {
        let is_checksum = |(name, _): &(HeaderName, _)| name.as_str().starts_with(HEADER_PREFIX);
        if request.headers.iter().any(is_checksum) {
            return Ok(None);
        }
        let selected = checksum.algorithm_header.and_then(|header| value(request, header));
        if let Some(name) = selected {
            let algorithm = ChecksumAlgorithm::named(name).ok_or_else(|| {
                let known = ChecksumAlgorithm::ALL.map(ChecksumAlgorithm::name).join(", ");
                format!(
                    "the checksum algorithm {name:?} is not supported; use one of {known}, or compute the checksum yourself \
                     and set its parameter"
                )
            })?;
            return Ok(Some(algorithm));
        }
        let is_supported = checksum.algorithm_header.is_some()
            && self.request.unwrap_or_default() == ChecksumPolicy::WhenSupported;
        if !checksum.required && !is_supported {
            return Ok(None);
        }
        let default = ChecksumAlgorithm::Crc32;
        if let Some(header) = checksum.algorithm_header {
            set(request, header, default.name());
        }
        Ok(Some(default))
    }
}

fn value<'a>(request: &'a EncodedRequest, name: &str) -> Option<&'a str> {
    let header =
        request.headers.iter().find(|(known, _)| known.as_str().eq_ignore_ascii_case(name));
    header.and_then(|(_, value)| value.to_str().ok())
}

/// Adds the header `name`. Names come from service models, and values are ASCII.
fn set(request: &mut EncodedRequest, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) =
        (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
    {
        request.headers.push((name, value));
    }
}

/// A checksum of bytes that come in parts.
pub(crate) enum Hasher {
    Crc(ChecksumAlgorithm, Crc),
    Sha1(sha1::Sha1),
    Sha256(sha2::Sha256),
    Sha512(sha2::Sha512),
}

impl Hasher {
    pub(crate) fn new(algorithm: ChecksumAlgorithm) -> Self {
        match algorithm {
            ChecksumAlgorithm::Crc64Nvme => Self::Crc(algorithm, Crc::new(CrcAlgorithm::Crc64Nvme)),
            ChecksumAlgorithm::Crc32c => Self::Crc(algorithm, Crc::new(CrcAlgorithm::Crc32Iscsi)),
            ChecksumAlgorithm::Crc32 => Self::Crc(algorithm, Crc::new(CrcAlgorithm::Crc32IsoHdlc)),
            ChecksumAlgorithm::Sha1 => Self::Sha1(sha1::Sha1::new()),
            ChecksumAlgorithm::Sha256 => Self::Sha256(sha2::Sha256::new()),
            ChecksumAlgorithm::Sha512 => Self::Sha512(sha2::Sha512::new()),
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc(_, crc) => crc.update(bytes),
            Self::Sha1(sha) => sha.update(bytes),
            Self::Sha256(sha) => sha.update(bytes),
            Self::Sha512(sha) => sha.update(bytes),
        }
    }

    /// The checksum in base64, as the headers have it.
    pub(crate) fn finish(self) -> String {
        match self {
            Self::Crc(ChecksumAlgorithm::Crc64Nvme, crc) => {
                BASE64_STANDARD.encode(crc.finalize().to_be_bytes())
            }
            Self::Crc(_, crc) => {
                let [_, _, _, _, low @ ..] = crc.finalize().to_be_bytes();
                BASE64_STANDARD.encode(low)
            }
            Self::Sha1(sha) => BASE64_STANDARD.encode(sha.finalize()),
            Self::Sha256(sha) => BASE64_STANDARD.encode(sha.finalize()),
            Self::Sha512(sha) => BASE64_STANDARD.encode(sha.finalize()),
        }
    }
}

/// The check of a response's body, which may come in parts.
pub(crate) struct Verifier {
    hasher: Hasher,
    algorithm: ChecksumAlgorithm,
    expected: String,
}

impl Verifier {
    /// The check of the response with `headers` to a request with the headers `sent`. `None` if the request did not ask for a
    /// checksum, or the response has none that can be checked.
    pub(crate) fn new(
        checksum: Option<&Checksum<'_>>,
        sent: &[(HeaderName, HeaderValue)],
        headers: &HeaderMap,
    ) -> Option<Self> {
        let checksum = checksum?;
        let mode = checksum.mode_header?;
        sent.iter().find(|(name, _)| name.as_str().eq_ignore_ascii_case(mode))?;
        let mut usable = ChecksumAlgorithm::ALL
            .into_iter()
            .filter(|algorithm| checksum.response_algorithms.contains(algorithm));
        usable.find_map(|algorithm| {
            let expected = headers.get(algorithm.header())?.to_str().ok()?;
            // The checksum of an object that was uploaded in parts is that of the checksums of its parts.
            let is_composite = expected.contains('-');
            (!is_composite).then(|| Self {
                hasher: Hasher::new(algorithm),
                algorithm,
                expected: expected.to_owned(),
            })
        })
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
    }

    /// Ends the body.
    ///
    /// # Errors
    /// [`ErrorKind::Response`] if the body does not have the checksum.
    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.hasher.finish() == self.expected {
            return Ok(());
        }
        let message = format!(
            "the body of the response does not have the {} checksum of its header, so it was damaged on its way; send the request again",
            self.algorithm.name()
        );
        Err(Error::new(ErrorKind::Response, message))
    }
}
