//! The hash of the body in a signature.

use sha2::{Digest as _, Sha256};

/// What a signature says about the body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PayloadHash<'a> {
    /// The body, whose hash is signed.
    Bytes(&'a [u8]),
    /// The SHA-256 of the body in hexadecimal, which is signed.
    Sha256Hex(&'a [u8; 64]),
    /// The body is not signed.
    Unsigned,
    /// Neither the body nor its trailer is signed. The body is in the encoding `aws-chunked`, and a trailer has its checksum.
    #[cfg_attr(not(test), expect(dead_code, reason = "no request has a trailer yet"))]
    StreamingUnsignedTrailer,
}

impl PayloadHash<'_> {
    /// Appends the last line of the canonical request, which is the value of the header `x-amz-content-sha256`.
    pub(crate) fn push_to(self, out: &mut Vec<u8>) {
        match self {
            Self::Bytes(bytes) => out.extend_from_slice(&hex_sha256(bytes)),
            Self::Sha256Hex(hex) => out.extend_from_slice(hex),
            Self::Unsigned => out.extend_from_slice(b"UNSIGNED-PAYLOAD"),
            Self::StreamingUnsignedTrailer => {
                out.extend_from_slice(b"STREAMING-UNSIGNED-PAYLOAD-TRAILER");
            }
        }
    }

    /// Whether the header must say what is signed, since it is not the hash of the body.
    pub(crate) fn is_unsigned(self) -> bool {
        matches!(self, Self::Unsigned | Self::StreamingUnsignedTrailer)
    }
}

/// The SHA-256 of `bytes` in hexadecimal.
pub(crate) fn hex_sha256(bytes: &[u8]) -> [u8; 64] {
    hex(&Sha256::digest(bytes))
}

/// A SHA-256 in hexadecimal.
pub(crate) fn hex(hash: &[u8]) -> [u8; 64] {
    let mut hex = [0; 64];
    for (digits, &byte) in hex.chunks_exact_mut(2).zip(hash) {
        digits.copy_from_slice(&[hex_digit(byte >> 4), hex_digit(byte)]);
    }
    hex
}

/// The hexadecimal digit for the lower half of `byte`.
fn hex_digit(byte: u8) -> u8 {
    match byte & 0xf {
        number @ 0..=9 => b'0' + number,
        number => b'a' - 10 + number,
    }
}
