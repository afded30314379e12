//! How requests are authenticated.

/// How a request is authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// Signature Version 4.
    SigV4,
    /// Signature Version 4 as Amazon S3 has it: the path is signed as it is in the URL, and the header `x-amz-content-sha256` has the
    /// hash of the body.
    S3,
    /// A bearer token in the header `authorization` (RFC 6750).
    Bearer,
    /// Not at all.
    NoAuth,
}
