//! The kinds of errors.

/// The kind of an [`Error`](crate::Error).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting of the client is missing or invalid.
    Configuration,
    /// A parameter has a value that cannot be sent.
    Input,
    /// There are no credentials.
    Credentials,
    /// No connection to the endpoint could be established.
    Connection,
    /// The connection closed after the request may have been sent.
    Transport,
    /// A time limit passed.
    Timeout,
    /// The response has an error status: the service rejected the request or failed, or a proxy or gateway responded instead.
    Service,
    /// The response could not be decoded.
    Response,
    /// The response exceeds one of the client's limits: its size, or the memory that its values take.
    ResponseTooLarge,
    /// A listing does not end.
    Pagination,
    /// A resource is in a state from which it cannot reach the one that was waited for.
    Waiter,
}
